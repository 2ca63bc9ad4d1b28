/* Keeps dates that one cell cannot decide as tokens, until the whole file shows the order of day and month. */
#include <string.h>

#include <apr_strings.h>

#include "fnv.h"
#include "import_internal.h"
#include "import_runs.h"

#define CACHE_SIZE       256
#define CACHED_DATE_MAX  30
#define FILE_RUNS_MAX    256 /* more runs do not fit between the first and the last year */
#define SERVICE_RUNS_MAX 16  /* later ones are not looked at */

typedef struct {
    apr_size_t len; /* 0: empty */
    char raw[CACHED_DATE_MAX];
    sp_date_t date;
} entry_t;

typedef enum { TOKEN_PERIOD, TOKEN_YEARLESS } token_kind_e;

/* What makes a period: the key of the table of tokens. */
typedef struct {
    sp_day_t start_mdy, start_dmy, end_mdy, end_dmy; /* SP_DAY_NONE: no such reading; both ends none: no end was given */
    int has_end;
    int span;
} period_key_t;

typedef struct {
    token_kind_e kind;
    period_key_t period;
    sp_date_t date;      /* YEARLESS */
    apr_uint64_t weekly; /* weekly numbers that have it */
    sp_import_cell_t at; /* where it was met first */
    sp_day_t day;        /* what was decided; SP_DAY_NONE: nothing (yet) */
    int span;
} token_t;

/* What is known of a service's weeks. */
typedef struct {
    unsigned char mdy, dmy;   /* bit sets of weekdays */
    apr_array_header_t *runs; /* of sp_import_run_t */
} weeks_t;

struct sp_import_dates_t {
    entry_t cache[CACHE_SIZE];
    sp_date_t current;
    apr_array_header_t *tokens; /* of token_t */
    apr_hash_t *periods;        /* period_key_t -> index + 1 */
    apr_uint64_t shown_mdy, shown_dmy;
    int depends; /* some date has a meaning that depends on the order */
    sp_date_order_e order;
    apr_array_header_t *weeks; /* of weeks_t, by service id - 1 */
    apr_array_header_t *runs;  /* of sp_import_run_t, of the whole file */
};

sp_import_dates_t *sp_import_dates_create(sp_import_t *imp)
{
    sp_import_dates_t *dates = apr_pcalloc(imp->pool, sizeof(*dates));

    dates->tokens = apr_array_make(imp->pool, 16, sizeof(token_t));
    dates->periods = apr_hash_make(imp->pool);
    dates->weeks = apr_array_make(imp->pool, 16, sizeof(weeks_t));
    dates->runs = apr_array_make(imp->pool, 2, sizeof(sp_import_run_t));
    dates->order = imp->options.date_order;
    return dates;
}

/* Leaves only the reading of the order that the request gives. */
static void keep_reading(sp_import_dates_t *dates, sp_date_t *date)
{
    int mdy = dates->order == SP_DATE_ORDER_MDY;

    if (date->kind == SP_DATE_FULL && date->day_mdy != date->day_dmy) {
        dates->depends = 1;
        date->day_mdy = date->day_dmy = mdy ? date->day_mdy : date->day_dmy;
        date->kind = date->day_mdy == SP_DAY_NONE ? SP_DATE_BAD : SP_DATE_FULL;
    }
    if (date->kind == SP_DATE_YEARLESS && (date->month_mdy != date->month_dmy || date->mday_mdy != date->mday_dmy)) {
        dates->depends = 1;
        date->month_mdy = date->month_dmy = mdy ? date->month_mdy : date->month_dmy;
        date->mday_mdy = date->mday_dmy = mdy ? date->mday_mdy : date->mday_dmy;
        date->kind = date->month_mdy == 0 ? SP_DATE_BAD : SP_DATE_YEARLESS;
    }
}

static void parse(sp_import_dates_t *dates, const char *s, apr_size_t len, sp_date_t *date)
{
    sp_calendar_parse(s, len, date);
    if (dates->order != SP_DATE_ORDER_UNKNOWN) {
        keep_reading(dates, date);
    }
}

const sp_date_t *sp_import_dates_parse(sp_import_t *imp, const char *s, apr_size_t len)
{
    sp_import_dates_t *dates = imp->dates;
    sp_day_t day = sp_calendar_parse_iso(s, len);

    if (day != SP_DAY_NONE) {
        dates->current.kind = SP_DATE_FULL;
        dates->current.shows = SP_DATE_ORDER_UNKNOWN;
        dates->current.day_mdy = dates->current.day_dmy = day;
        return &dates->current;
    }
    if (len == 0 || len > CACHED_DATE_MAX) {
        parse(dates, s, len, &dates->current);
        return &dates->current;
    }
    const apr_uint64_t hash = sp_fnv_add(SP_FNV_START, s, len);
    entry_t *entry = &dates->cache[(hash ^ (hash >> 32)) % CACHE_SIZE];
    if (entry->len != len || memcmp(entry->raw, s, len) != 0) {
        entry->len = len;
        memcpy(entry->raw, s, len);
        parse(dates, s, len, &entry->date);
    }
    return &entry->date;
}

static void count_shown(sp_import_dates_t *dates, const sp_date_t *date)
{
    dates->shown_mdy += date->shows == SP_DATE_ORDER_MDY;
    dates->shown_dmy += date->shows == SP_DATE_ORDER_DMY;
}

static apr_status_t add_token(sp_import_t *imp, const sp_import_cell_t *at, token_t **token)
{
    apr_array_header_t *tokens = imp->dates->tokens;

    if (tokens->nelts >= SP_IMPORT_MAX_DAYS) {
        return sp_error_set(imp->err, SP_E_TOO_MANY_DAYS, APR_EINVAL, "the file has more than %d dates that only the whole file decides", SP_IMPORT_MAX_DAYS);
    }
    *token = apr_array_push(tokens);
    **token = (token_t){.at = *at, .day = SP_DAY_NONE};
    (*token)->at.data = sp_error_found(imp->pool, at->data, at->len);
    (*token)->at.len = strlen((*token)->at.data);
    imp->dates->depends = 1;
    return APR_SUCCESS;
}

static apr_status_t find_period(sp_import_t *imp, const period_key_t *key, const sp_import_cell_t *at, apr_int32_t *bits)
{
    sp_import_dates_t *dates = imp->dates;
    int *index = apr_hash_get(dates->periods, key, sizeof(*key));

    if (!index) {
        token_t *token;
        apr_status_t rv = add_token(imp, at, &token);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        token->kind = TOKEN_PERIOD;
        token->period = *key;
        index = apr_palloc(imp->pool, sizeof(*index));
        *index = dates->tokens->nelts - 1;
        apr_hash_set(dates->periods, apr_pmemdup(imp->pool, key, sizeof(*key)), sizeof(*key), index);
    }
    *bits = SP_IMPORT_TOKEN_BIT | *index;
    return APR_SUCCESS;
}

static int is_span_ok(sp_day_t start, sp_day_t end)
{
    return start != SP_DAY_NONE && end != SP_DAY_NONE && end >= start && end - start <= SP_IMPORT_MAX_PERIOD_DAYS;
}

apr_status_t sp_import_dates_period(sp_import_t *imp, const sp_date_t *start, const sp_date_t *end, int span, const sp_import_cell_t *at,
                                    sp_import_period_t *period)
{
    period_key_t key;

    count_shown(imp->dates, start);
    if (end) {
        count_shown(imp->dates, end);
    }
    period->mdy = start->day_mdy;
    period->dmy = start->day_dmy;
    period->span = (apr_uint16_t)span;
    period->line = at->line;
    period->column = at->column;
    if (start->day_mdy == start->day_dmy && (!end || end->day_mdy == end->day_dmy)) {
        if (end && !is_span_ok(start->day_mdy, end->day_mdy)) {
            return APR_EINVAL;
        }
        period->bits = start->day_mdy;
        period->span = end ? (apr_uint16_t)(end->day_mdy - start->day_mdy) : period->span;
        return APR_SUCCESS;
    }
    memset(&key, 0, sizeof(key));
    key.start_mdy = start->day_mdy;
    key.start_dmy = start->day_dmy;
    key.end_mdy = end ? end->day_mdy : SP_DAY_NONE;
    key.end_dmy = end ? end->day_dmy : SP_DAY_NONE;
    key.has_end = end != NULL;
    key.span = span;
    return find_period(imp, &key, at, &period->bits);
}

apr_status_t sp_import_dates_yearless(sp_import_t *imp, const sp_date_t *date, const sp_import_cell_t *at, sp_import_period_t *period)
{
    int depends = imp->dates->depends;
    token_t *token;
    apr_status_t rv = add_token(imp, at, &token);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    count_shown(imp->dates, date);
    token->kind = TOKEN_YEARLESS;
    token->date = *date;
    imp->dates->depends = depends || date->month_mdy != date->month_dmy || date->mday_mdy != date->mday_dmy;
    *period = (sp_import_period_t){.mdy = SP_DAY_NONE, .dmy = SP_DAY_NONE, .line = at->line, .column = at->column};
    period->bits = SP_IMPORT_TOKEN_BIT | (imp->dates->tokens->nelts - 1);
    return APR_SUCCESS;
}

static token_t *token_of(const sp_import_t *imp, apr_int32_t bits)
{
    return &APR_ARRAY_IDX(imp->dates->tokens, bits & ~SP_IMPORT_TOKEN_BIT, token_t);
}

static weeks_t *weeks_of(sp_import_t *imp, int service)
{
    sp_import_dates_t *dates = imp->dates;

    while (dates->weeks->nelts < service) {
        APR_ARRAY_PUSH(dates->weeks, weeks_t) = (weeks_t){.runs = apr_array_make(imp->pool, 1, sizeof(sp_import_run_t))};
    }
    return &APR_ARRAY_IDX(dates->weeks, service - 1, weeks_t);
}

void sp_import_dates_see_week(sp_import_t *imp, int service, const sp_import_period_t *period)
{
    weeks_t *seen = weeks_of(imp, service);

    if (period->mdy != SP_DAY_NONE) {
        seen->mdy |= (unsigned char)(1u << sp_calendar_weekday(period->mdy));
    }
    if (period->dmy != SP_DAY_NONE) {
        seen->dmy |= (unsigned char)(1u << sp_calendar_weekday(period->dmy));
    }
    if (period->bits & SP_IMPORT_TOKEN_BIT) {
        token_of(imp, period->bits)->weekly++;
    } else {
        sp_import_run_t week = {period->bits, period->bits, period->bits + period->span, 1, period->line, period->column};
        sp_import_runs_add(imp->dates->runs, FILE_RUNS_MAX, &week);
        sp_import_runs_add(seen->runs, SERVICE_RUNS_MAX, &week);
    }
}

void sp_import_dates_see_decided(sp_import_t *imp, apr_int32_t bits, const sp_cell_t *cell)
{
    const token_t *token = token_of(imp, bits);
    sp_import_run_t week = {token->day, token->day, token->day + token->span, 1, token->at.line, token->at.column};

    sp_import_runs_add(weeks_of(imp, SP_KEY_SERVICE(cell->key))->runs, SERVICE_RUNS_MAX, &week);
}

static void report_far(sp_import_t *imp, int service, const sp_import_run_t *run)
{
    const char *name = APR_ARRAY_IDX(imp->result->said->services, service, sp_said_name_t).name;
    char iso[SP_ISO_SIZE];

    sp_import_report_warning(imp, "far_date", run->line, run->column,
                             "the week %s of \"%s\" in line %u, column %d is more than %d days from its other weeks; is the year right?",
                             sp_calendar_iso(iso, run->first), name, run->line, run->column, SP_IMPORT_FAR_DAYS);
}

void sp_import_dates_report_far(sp_import_t *imp)
{
    for (int i = 0; i < imp->dates->weeks->nelts; i++) {
        const apr_array_header_t *runs = APR_ARRAY_IDX(imp->dates->weeks, i, weeks_t).runs;
        for (int k = 0; k < runs->nelts; k++) {
            if (sp_import_runs_is_slip(runs, &APR_ARRAY_IDX(runs, k, sp_import_run_t))) {
                report_far(imp, i, &APR_ARRAY_IDX(runs, k, sp_import_run_t));
            }
        }
    }
}

static sp_date_order_e order_by_weekday(const sp_import_dates_t *dates)
{
    int mdy = 0, dmy = 0;

    for (int i = 0; i < dates->weeks->nelts; i++) {
        const weeks_t *seen = &APR_ARRAY_IDX(dates->weeks, i, weeks_t);
        mdy += __builtin_popcount(seen->mdy);
        dmy += __builtin_popcount(seen->dmy);
    }
    return mdy == dmy ? SP_DATE_ORDER_UNKNOWN : mdy < dmy ? SP_DATE_ORDER_MDY : SP_DATE_ORDER_DMY;
}

static int is_ambiguous(const token_t *token)
{
    const sp_date_t *date = &token->date;

    return token->kind == TOKEN_PERIOD || date->month_mdy != date->month_dmy || date->mday_mdy != date->mday_dmy;
}

static const token_t *first_ambiguous(const sp_import_dates_t *dates)
{
    for (int i = 0; i < dates->tokens->nelts; i++) {
        const token_t *token = &APR_ARRAY_IDX(dates->tokens, i, token_t);
        if (is_ambiguous(token)) {
            return token;
        }
    }
    return NULL;
}

static void decide_order(sp_import_t *imp)
{
    sp_import_dates_t *dates = imp->dates;
    const token_t *token = first_ambiguous(dates);

    if (dates->order != SP_DATE_ORDER_UNKNOWN || !dates->depends || !token) {
        return;
    }
    if (dates->shown_mdy || dates->shown_dmy) {
        dates->order = dates->shown_dmy > dates->shown_mdy ? SP_DATE_ORDER_DMY : SP_DATE_ORDER_MDY;
        return;
    }
    dates->order = order_by_weekday(dates);
    if (dates->order != SP_DATE_ORDER_UNKNOWN) {
        sp_import_report_assumed(imp, "date_order", token->at.line, token->at.column,
                                 "dates such as \"%s\" are read with the %s first, because the weeks of each service then begin on the same weekday",
                                 token->at.data, dates->order == SP_DATE_ORDER_MDY ? "month" : "day");
        return;
    }
    sp_import_report_problem(imp, SP_E_CSV_DATE_ORDER, &token->at, "can be read in two ways: both readings of the dates fit",
                             "the field date_order=mdy (month first) or date_order=dmy (day first)");
}

static void decide_period(sp_import_t *imp, token_t *token)
{
    int mdy = imp->dates->order == SP_DATE_ORDER_MDY;
    sp_day_t start = mdy ? token->period.start_mdy : token->period.start_dmy;
    sp_day_t end = mdy ? token->period.end_mdy : token->period.end_dmy;

    if (start == SP_DAY_NONE || (token->period.has_end && end == SP_DAY_NONE)) {
        sp_import_report_problem(imp, SP_E_CSV_BAD_DATE, &token->at,
                                 mdy ? "is not a date with the month first, as the other dates of the file are"
                                     : "is not a date with the day first, as the other dates of the file are",
                                 "a date in the order of the others, or such as 2025-01-31");
        return;
    }
    if (token->period.has_end && !is_span_ok(start, end)) {
        sp_import_report_problem(imp, SP_E_CSV_BAD_DATE, &token->at, "begins a period that does not end within 400 days after it", "an end after the start");
        return;
    }
    token->day = start;
    token->span = token->period.has_end ? end - start : token->period.span;
    if (token->weekly) {
        sp_import_run_t weeks = {start, start, start + token->span, token->weekly, token->at.line, token->at.column};
        sp_import_runs_add(imp->dates->runs, FILE_RUNS_MAX, &weeks);
    }
}

apr_status_t sp_import_dates_decide(sp_import_t *imp)
{
    sp_import_dates_t *dates = imp->dates;

    decide_order(imp);
    imp->result->date_order = dates->depends || dates->shown_mdy || dates->shown_dmy ? dates->order : SP_DATE_ORDER_UNKNOWN;
    if (dates->order == SP_DATE_ORDER_UNKNOWN && first_ambiguous(dates)) {
        return APR_EINCOMPLETE;
    }
    for (int i = 0; i < dates->tokens->nelts; i++) {
        token_t *token = &APR_ARRAY_IDX(dates->tokens, i, token_t);
        if (token->kind == TOKEN_PERIOD) {
            decide_period(imp, token);
        }
    }
    return APR_SUCCESS;
}

sp_day_t sp_import_dates_day(const sp_import_t *imp, apr_int32_t bits)
{
    return bits & SP_IMPORT_TOKEN_BIT ? token_of(imp, bits)->day : bits;
}

int sp_import_dates_month_day(const sp_import_t *imp, apr_int32_t bits, int *month, int *mday)
{
    const sp_date_t *date = &token_of(imp, bits)->date;
    int mdy = imp->dates->order != SP_DATE_ORDER_DMY;

    *month = mdy ? date->month_mdy : date->month_dmy;
    *mday = mdy ? date->mday_mdy : date->mday_dmy;
    return *month != 0;
}

void sp_import_dates_set_day(sp_import_t *imp, apr_int32_t bits, sp_day_t day)
{
    token_of(imp, bits)->day = day;
}

apr_status_t sp_import_dates_map(sp_import_t *imp, sp_cell_t *cell)
{
    apr_int32_t bits = SP_KEY_DAY(cell->key);
    const token_t *token;

    if (!(bits & SP_IMPORT_TOKEN_BIT)) {
        return APR_SUCCESS;
    }
    token = token_of(imp, bits);
    if (token->day == SP_DAY_NONE) {
        return APR_EOF;
    }
    cell->key = (SP_KEY_SERIES(cell->key) << SP_KEY_DAY_BITS) | (apr_uint64_t)token->day;
    if (token->kind == TOKEN_PERIOD) {
        cell->span = (apr_uint16_t)token->span;
    }
    return APR_SUCCESS;
}

int sp_import_dates_has_tokens(const sp_import_t *imp)
{
    return imp->dates->tokens->nelts > 0;
}

int sp_import_dates_span(const sp_import_t *imp, sp_day_t *first, sp_day_t *last)
{
    const apr_array_header_t *runs = imp->dates->runs;

    *first = *last = SP_DAY_NONE;
    for (int i = 0; i < runs->nelts; i++) {
        const sp_import_run_t *run = &APR_ARRAY_IDX(runs, i, sp_import_run_t);
        if (sp_import_runs_is_slip(runs, run)) {
            continue;
        }
        *first = *first == SP_DAY_NONE || run->first < *first ? run->first : *first;
        *last = run->end > *last ? run->end : *last;
    }
    return *first != SP_DAY_NONE;
}
