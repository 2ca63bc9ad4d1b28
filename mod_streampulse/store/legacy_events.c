/* The predecessor's special events. */
#include "legacy_reader.h"

#include <string.h>

#include <apr_strings.h>

#include "text.h"

static const char table[] = "special_event_data";

typedef struct {
    apr_int64_t id;
    const char *key;  /* the id as a text */
    const char *name; /* cleaned; NULL: it is none */
    const char *fold;
    apr_array_header_t *rows; /* of int, indexes into the table's rows */
} event_t;

typedef struct {
    sp_legacy_reader_t *r;
    sp_legacy_rows_t rows;
    apr_array_header_t *events; /* of event_t, in the order of their ids */
    apr_hash_t *by_key;         /* event_t.key -> int, its index + 1 */
    apr_hash_t *lasts;          /* fold -> last day of the edition before */
    apr_hash_t *editions;       /* first day and fold */
} events_t;

/* ---- special_events ---- */

static apr_status_t add_event(events_t *e, sqlite3_stmt *st)
{
    event_t event = {.id = sqlite3_column_int64(st, 0)};
    sp_legacy_reader_t *r = e->r;
    int bad, *index = apr_palloc(r->p, sizeof(*index));
    const char *name = sp_legacy_value_text(st, 1, r->p, &bad);

    if (e->events->nelts >= SP_KEY_ID_MAX)
        return sp_legacy_names_too_many(r, "events");
    event.key = sp_legacy_value_text(st, 0, r->p, &bad);
    event.key = event.key ? event.key : "";
    event.name = sp_legacy_names_clean(r, name ? name : "", "event", "special_events", event.id);
    event.fold = event.name ? sp_name_fold(r->p, event.name, SP_NAME_EVENT) : NULL;
    event.rows = apr_array_make(r->p, 8, sizeof(int));
    *index = e->events->nelts + 1;
    APR_ARRAY_PUSH(e->events, event_t) = event;
    apr_hash_set(e->by_key, event.key, APR_HASH_KEY_STRING, index);
    return APR_SUCCESS;
}

static apr_status_t list_events(events_t *e)
{
    sqlite3_stmt *st = NULL;
    apr_status_t rv = APR_SUCCESS;
    int rc = SQLITE_ROW;

    if (sqlite3_prepare_v2(e->r->db, "SELECT id, name FROM special_events ORDER BY id", -1, &st, NULL) != SQLITE_OK)
        return sp_error_set(e->r->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL,
                            "the file's table special_events is not the predecessor's: it lacks the columns id and name");
    while (rv == APR_SUCCESS && (rc = sqlite3_step(st)) == SQLITE_ROW)
        rv = add_event(e, st);
    if (rv == APR_SUCCESS && rc != SQLITE_DONE)
        rv = sp_legacy_file_fail(e->r->db, "special_events", e->r->err);
    sqlite3_finalize(st);
    return rv;
}

static void assign_rows(events_t *e)
{
    int i;

    for (i = 0; i < e->rows.rows->nelts; i++) {
        const sp_legacy_row_t *row = &APR_ARRAY_IDX(e->rows.rows, i, sp_legacy_row_t);
        const int *index = apr_hash_get(e->by_key, row->owner, APR_HASH_KEY_STRING);

        if (index)
            APR_ARRAY_PUSH(APR_ARRAY_IDX(e->events, *index - 1, event_t).rows, int) = i;
        else
            sp_legacy_report_problem(e->r, SP_E_CSV_MISSING_VALUE, table, row->id, "special_events has no event %s",
                                     sp_error_found(e->r->p, row->owner, strlen(row->owner)));
    }
}

/* ---- days ---- */

static const sp_legacy_row_t *row_of(const events_t *e, const event_t *event, int i)
{
    return &APR_ARRAY_IDX(e->rows.rows, APR_ARRAY_IDX(event->rows, i, int), sp_legacy_row_t);
}

static int read_days(events_t *e, const event_t *event, sp_event_day_t *days)
{
    int i, good = 1;

    for (i = 0; i < event->rows->nelts; i++) {
        const sp_legacy_row_t *row = row_of(e, event, i);
        sp_date_kind_e kind = sp_legacy_weekly_date(e->r, row->date, &days[i].day, &days[i].month, &days[i].mday);

        if (kind != SP_DATE_NOT && kind != SP_DATE_BAD)
            continue;
        good = 0;
        sp_legacy_report_problem(e->r, SP_E_CSV_BAD_DATE, table, row->id, "\"%s\" is not a day; expected one such as 2025-01-31, 01-31, March 24 or Feb",
                                 sp_error_found(e->r->p, row->date, strlen(row->date)));
    }
    return good;
}

static int resolve_years(events_t *e, const event_t *event, sp_event_day_t *days)
{
    sp_day_t *last = apr_hash_get(e->lasts, event->fold, APR_HASH_KEY_STRING);
    int i;

    if (!last) {
        last = apr_palloc(e->r->p, sizeof(*last));
        *last = SP_DAY_NONE;
        apr_hash_set(e->lasts, event->fold, APR_HASH_KEY_STRING, last);
    }
    sp_event_years_resolve(days, event->rows->nelts, &e->r->span, *last);
    for (i = 0; i < event->rows->nelts; i++) {
        if (days[i].day == SP_DAY_NONE) {
            sp_legacy_report_problem(e->r, SP_E_CSV_BAD_DATE, table, row_of(e, event, i)->id,
                                     "\"%s\" has no year, and there are no weekly dates to tell it by; say --event-year YYYY", row_of(e, event, i)->date);
            return 0;
        }
        *last = days[i].day > *last ? days[i].day : *last;
    }
    return 1;
}

/* ---- taking one ---- */

/* used: which rows have a number. */
static void keep_labels(events_t *e, const event_t *event, const sp_event_day_t *days, const unsigned char *used, int local)
{
    sp_said_event_t *said = &APR_ARRAY_IDX(e->r->out->said->events, local - 1, sp_said_event_t);
    sp_day_t assumed = SP_DAY_NONE;
    char iso[SP_ISO_SIZE];
    int i;

    for (i = 0; i < event->rows->nelts; i++) {
        const char *text = row_of(e, event, i)->date;
        apr_size_t len = strlen(text);

        if (!days[i].month || !used[i])
            continue;
        sp_text_trim(&text, &len);
        assumed = assumed == SP_DAY_NONE ? days[i].day : assumed;
        said->labels = said->labels ? said->labels : apr_array_make(e->r->p, event->rows->nelts, sizeof(sp_said_label_t));
        APR_ARRAY_PUSH(said->labels, sp_said_label_t) = (sp_said_label_t){days[i].day, apr_pstrmemdup(e->r->p, text, len)};
    }
    if (assumed != SP_DAY_NONE)
        sp_legacy_report_assumed(e->r, "year_assumed", 0, "the days of \"%s\" have no year; they are taken to begin on %s", said->name,
                                 sp_calendar_iso(iso, assumed));
}

/* local 0: there is no number to take, and only the totals are looked at. */
static apr_status_t take_rows(events_t *e, const event_t *event, const sp_event_day_t *days, const sp_legacy_columns_t *columns, int local,
                              sp_legacy_sum_t *sum)
{
    unsigned char *used = apr_pcalloc(e->r->p, (apr_size_t)event->rows->nelts + 1);
    int i;

    for (i = 0; i < event->rows->nelts; i++) {
        const sp_legacy_row_t *row = row_of(e, event, i);
        apr_uint64_t before = sum->numbers;
        apr_status_t rv;

        if (local && !sp_legacy_take_is_first(e->r, table, row, local, 0, days[i].day, sum->name))
            continue;
        if ((rv = sp_legacy_take_row(e->r, &e->rows, row, columns, local, 0, days[i].day, sum)) != APR_SUCCESS)
            return rv;
        if (sum->numbers == before)
            continue;
        used[i] = 1;
        sum->first = sum->first == SP_DAY_NONE || days[i].day < sum->first ? days[i].day : sum->first;
        sum->last = days[i].day > sum->last ? days[i].day : sum->last;
    }
    sp_legacy_take_compare(e->r, sum);
    if (local)
        keep_labels(e, event, days, used, local);
    return APR_SUCCESS;
}

/* Two editions of one name that begin on one day could not be told apart. */
static void refuse_twin(events_t *e, const event_t *event, const sp_legacy_sum_t *sum)
{
    const char *key = apr_psprintf(e->r->p, "%d:%s", sum->first, event->fold);
    char iso[SP_ISO_SIZE];

    if (apr_hash_get(e->editions, key, APR_HASH_KEY_STRING))
        sp_legacy_report_problem(e->r, SP_E_CSV_DUPLICATE, "special_events", event->id, "another event is named \"%s\" and begins on %s", event->name,
                                 sum->first == SP_DAY_NONE ? "no day" : sp_calendar_iso(iso, sum->first));
    apr_hash_set(e->editions, key, APR_HASH_KEY_STRING, "");
}

static int has_numbers(const events_t *e, const event_t *event, sp_legacy_columns_t *columns)
{
    int i, objects = 0;

    for (i = 0; i < event->rows->nelts; i++) {
        sp_legacy_take_note_columns(&e->rows, row_of(e, event, i), columns);
        objects += e->rows.newer && row_of(e, event, i)->count > 0;
    }
    return columns->used || objects;
}

static apr_status_t take_event(events_t *e, const event_t *event)
{
    sp_event_day_t *days = apr_pcalloc(e->r->p, sizeof(*days) * (apr_size_t)(event->rows->nelts + 1));
    sp_legacy_sum_t sum = {.name = event->name, .is_event = 1, .first = SP_DAY_NONE, .last = SP_DAY_NONE};
    sp_legacy_columns_t columns = {0, 0};
    sp_said_event_t *said;
    apr_status_t rv;
    int local;

    if (!event->name || !read_days(e, event, days) || !resolve_years(e, event, days))
        return APR_SUCCESS;
    if (!has_numbers(e, event, &columns)) {
        sp_legacy_report_note(e->r, "no_number", 0, "the event \"%s\" has no number: left out", event->name);
        return take_rows(e, event, days, &columns, 0, &sum);
    }
    if (!(local = sp_said_event_add(e->r->out->said, event->name, SP_KEY_ID_MAX)))
        return sp_legacy_names_too_many(e->r, "events");
    sp_legacy_take_report_columns(e->r, &columns, event->name, "day");
    rv = take_rows(e, event, days, &columns, local, &sum);
    said = &APR_ARRAY_IDX(e->r->out->said->events, local - 1, sp_said_event_t);
    said->first = sum.first;
    said->last = sum.last;
    refuse_twin(e, event, &sum);
    APR_ARRAY_PUSH(e->r->out->sums, sp_legacy_sum_t) = sum;
    return rv;
}

apr_status_t sp_legacy_events_read(sp_legacy_reader_t *r)
{
    events_t e = {.r = r, .by_key = apr_hash_make(r->p), .lasts = apr_hash_make(r->p), .editions = apr_hash_make(r->p)};
    apr_status_t rv = sp_legacy_rows_read(r, table, "event_id", &e.rows);
    int i;

    e.events = apr_array_make(r->p, 16, sizeof(event_t));
    if (rv == APR_SUCCESS)
        rv = list_events(&e);
    if (rv != APR_SUCCESS)
        return rv;
    assign_rows(&e);
    for (i = 0; rv == APR_SUCCESS && i < e.events->nelts; i++)
        rv = take_event(&e, &APR_ARRAY_IDX(e.events, i, event_t));
    return rv;
}
