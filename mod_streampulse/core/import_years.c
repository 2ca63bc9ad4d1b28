/* Gives the days of a file's events their years, and the events their labels. */
#include "import_years.h"

#include <string.h>

#include <apr_strings.h>

#include "event_years.h"

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

static void report_yearless(const years_t *y, const sp_import_event_t *event, const sp_import_day_t *day)
{
    sp_import_cell_t at = {day->label, strlen(day->label), event->line, day->column};
    int month, mday;

    if (sp_import_dates_month_day(y->imp, day->period.bits, &month, &mday)) {
        sp_import_report_problem(y->imp, SP_E_CSV_BAD_DATE, &at, "has no year, and the file has no weekly dates to tell it by", "a year; say event_year=YYYY");
    } else {
        sp_import_report_problem(y->imp, SP_E_CSV_BAD_DATE, &at, "is not a date in the order of the file's other dates", "a date in the order of the others");
    }
}

/* Labels, remarks and what could not be resolved, of one event. */
static void conclude_event(const years_t *y, const sp_import_event_t *event, sp_day_t *last)
{
    sp_said_event_t *said = &APR_ARRAY_IDX(y->imp->result->said->events, event->id - 1, sp_said_event_t);
    sp_day_t assumed = SP_DAY_NONE;
    char iso[SP_ISO_SIZE];
    int reported = 0;

    for (int i = 0; i < event->days; i++) {
        const sp_import_day_t *day = day_at(y, event, i);
        sp_day_t value = value_of(y, day);
        if (value == SP_DAY_NONE) {
            if (day->yearless && day->used && !reported++) {
                report_yearless(y, event, day);
            }
            continue;
        }
        *last = value > *last ? value : *last;
        if (!day->yearless || !day->used) {
            continue;
        }
        assumed = assumed == SP_DAY_NONE ? value : assumed;
        said->labels = said->labels ? said->labels : apr_array_make(y->imp->pool, event->days, sizeof(sp_said_label_t));
        APR_ARRAY_PUSH(said->labels, sp_said_label_t) = (sp_said_label_t){.day = value, .label = day->label};
    }
    if (assumed != SP_DAY_NONE) {
        sp_import_report_assumed(y->imp, "year_assumed", event->line, 1, "the days of \"%s\" have no year; they are taken to begin on %s", said->name,
                                 sp_calendar_iso(iso, assumed));
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
    return APR_SUCCESS;
}
