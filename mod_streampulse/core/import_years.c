/* Finds the years of days that were written without one. */
#include "import_years.h"

#include <string.h>

#include <apr_strings.h>

#include "event_years.h"
#include "import_editions.h"

#define MAX_TURNS 10 /* told in a remark */

typedef struct {
    sp_import_t *imp;
    const apr_array_header_t *events, *days;
} years_t;

static sp_import_day_t *day_at(const years_t *y, const sp_import_event_t *event, int index)
{
    return &APR_ARRAY_IDX(y->days, event->first_day + index, sp_import_day_t);
}

static sp_day_t value_of(const years_t *y, const sp_import_day_t *day)
{
    return sp_import_dates_day(y->imp, day->period.bits);
}

static int first_whole_date(const years_t *y, const sp_import_event_t *event)
{
    for (int i = 0; i < event->days; i++) {
        const sp_import_day_t *day = day_at(y, event, i);
        if (!day->yearless && value_of(y, day) != SP_DAY_NONE) {
            return i;
        }
    }
    return -1;
}

static void resolve_event(const years_t *y, const sp_import_event_t *event, sp_day_t previous_last)
{
    sp_import_t *imp = y->imp;
    sp_event_span_t span = {.year = imp->options.event_year};
    sp_event_day_t *days;

    apr_pool_clear(imp->scratch);
    days = apr_pcalloc(imp->scratch, sizeof(*days) * (apr_size_t)event->days);
    sp_import_dates_span(imp, &span.first, &span.last);
    for (int i = 0; i < event->days; i++) {
        const sp_import_day_t *day = day_at(y, event, i);
        days[i].day = day->yearless ? SP_DAY_NONE : value_of(y, day);
        if (day->yearless && !sp_import_dates_month_day(imp, day->period.bits, &days[i].month, &days[i].mday)) {
            days[i].month = 0;
        }
    }
    sp_event_years_resolve(days, event->days, &span, previous_last);
    for (int i = 0; i < event->days; i++) {
        if (day_at(y, event, i)->yearless) {
            sp_import_dates_set_day(imp, day_at(y, event, i)->period.bits, days[i].day);
        }
    }
}

/* Whether there was something to tell the years of an event's days by. */
static int has_base(const years_t *y, const sp_import_event_t *event)
{
    sp_day_t first, last;

    return y->imp->options.event_year || sp_import_dates_span(y->imp, &first, &last) || first_whole_date(y, event) >= 0;
}

/* Returns whether the same is wrong with the event's other days. */
static int report_yearless(const years_t *y, const sp_import_event_t *event, const sp_import_day_t *day)
{
    sp_import_cell_t at = {day->label, strlen(day->label), event->line, day->column};
    int month, mday;

    if (!sp_import_dates_month_day(y->imp, day->period.bits, &month, &mday)) {
        sp_import_report_problem(y->imp, SP_E_CSV_BAD_DATE, &at, "is not a date in the order of the file's other dates", "a date in the order of the others");
    } else if (has_base(y, event)) {
        sp_import_report_problem(y->imp, SP_E_CSV_BAD_DATE, &at, "has no year, and the one it would be in has no such day",
                                 "a day of that year, or a whole date");
        return 0;
    } else {
        sp_import_report_problem(y->imp, SP_E_CSV_BAD_DATE, &at, "has no year, and the file has no weekly dates to tell it by", "a year; say event_year=YYYY");
    }
    return 1;
}

static int year_of(sp_day_t day)
{
    int year, month, mday;

    sp_calendar_date(day, &year, &month, &mday);
    return year;
}

/* What was assumed about an event, for its remark. */
typedef struct {
    sp_day_t first, last;
    int turns;         /* how often the year changes from one day to the next */
    const char *where; /* at which days; the first MAX_TURNS */
} assumed_t;

static void assume(const years_t *y, const sp_import_event_t *event, const sp_import_day_t *day, sp_day_t value, sp_day_t before, assumed_t *assumed)
{
    char iso[SP_ISO_SIZE];

    assumed->first = assumed->first == SP_DAY_NONE || value < assumed->first ? value : assumed->first;
    assumed->last = value > assumed->last ? value : assumed->last;
    if (before == SP_DAY_NONE || year_of(before) == year_of(value) || assumed->turns++ >= MAX_TURNS) {
        return;
    }
    assumed->where = apr_psprintf(y->imp->pool, "%s; the year changes at \"%s\" in line %u, column %d, which is taken to be %s", assumed->where, day->label,
                                  event->line, day->column, sp_calendar_iso(iso, value));
}

static void report_assumed(const years_t *y, const sp_import_event_t *event, const char *name, const assumed_t *assumed)
{
    char first[SP_ISO_SIZE], last[SP_ISO_SIZE];

    sp_import_report_assumed(y->imp, "year_assumed", event->line, 1, "the days of \"%s\" have no year; they are taken to be from %s to %s%s", name,
                             sp_calendar_iso(first, assumed->first), sp_calendar_iso(last, assumed->last), assumed->where);
}

/* Labels, remarks and what could not be resolved, of one event. */
static void conclude_event(const years_t *y, const sp_import_event_t *event, sp_day_t *last)
{
    sp_said_event_t *said = &APR_ARRAY_IDX(y->imp->result->said->events, event->id - 1, sp_said_event_t);
    assumed_t assumed = {SP_DAY_NONE, SP_DAY_NONE, 0, ""};
    sp_day_t before = SP_DAY_NONE;
    int reported = 0;

    for (int i = 0; i < event->days; i++) {
        const sp_import_day_t *day = day_at(y, event, i);
        sp_day_t value = value_of(y, day);
        if (value == SP_DAY_NONE) {
            if (day->yearless && day->used && !reported) {
                reported = report_yearless(y, event, day);
            }
            continue;
        }
        *last = value > *last ? value : *last;
        if (!day->used) {
            continue;
        }
        if (day->yearless) {
            assume(y, event, day, value, before, &assumed);
            said->labels = said->labels ? said->labels : apr_array_make(y->imp->pool, event->days, sizeof(sp_said_label_t));
            APR_ARRAY_PUSH(said->labels, sp_said_label_t) = (sp_said_label_t){.day = value, .label = day->label};
        }
        before = value;
    }
    if (assumed.first != SP_DAY_NONE) {
        report_assumed(y, event, said->name, &assumed);
    }
}

apr_status_t sp_import_years_settle(sp_import_t *imp, const apr_array_header_t *events, const apr_array_header_t *days)
{
    const years_t settled = {imp, events, days}, *y = &settled;
    apr_hash_t *lasts = apr_hash_make(y->imp->pool); /* fold -> last day of the edition before */

    for (int i = 0; i < y->events->nelts; i++) {
        const sp_import_event_t *event = &APR_ARRAY_IDX(y->events, i, sp_import_event_t);
        const char *fold = APR_ARRAY_IDX(y->imp->result->said->events, event->id - 1, sp_said_event_t).fold;
        sp_day_t *last = apr_hash_get(lasts, fold, APR_HASH_KEY_STRING);
        if (!last) {
            last = apr_palloc(y->imp->pool, sizeof(*last));
            *last = SP_DAY_NONE;
            apr_hash_set(lasts, fold, APR_HASH_KEY_STRING, last);
        }
        resolve_event(y, event, *last);
        conclude_event(y, event, last);
    }
    sp_import_editions_check(imp, events, days);
    return APR_SUCCESS;
}
