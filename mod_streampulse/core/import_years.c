/* Finds the years of days that were written without one. */
#include "import_years.h"

#include <string.h>

#include <apr_strings.h>

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

/* The next such day from a day on; SP_DAY_NONE where the year that it would be in has none. */
static sp_day_t next_from(int month, int mday, sp_day_t from)
{
    int year, m, d;

    sp_calendar_date(from < 0 ? 0 : from, &year, &m, &d);
    return sp_calendar_day(month < m || (month == m && mday < d) ? year + 1 : year, month, mday);
}

static sp_day_t latest_until(int month, int mday, sp_day_t until)
{
    int year, m, d;

    sp_calendar_date(until, &year, &m, &d);
    return sp_calendar_day(month > m || (month == m && mday > d) ? year - 1 : year, month, mday);
}

static sp_day_t earliest_within(int month, int mday, sp_day_t first, sp_day_t last)
{
    int year, last_year, m, d;

    sp_calendar_date(last, &last_year, &m, &d);
    sp_calendar_date(first, &year, &m, &d);
    for (; year <= last_year; year++) {
        sp_day_t day = sp_calendar_day(year, month, mday);
        if (day != SP_DAY_NONE && day >= first && day <= last) {
            return day;
        }
    }
    return SP_DAY_NONE;
}

/* The first day of an event: the earliest one inside the span of the weekly numbers and after the edition before; where none fits, the next from the span's first
 * year on. */
static sp_day_t first_day(const years_t *y, int month, int mday, sp_day_t previous_last)
{
    sp_day_t first, last, from, day;
    int year = y->imp->options.event_year, m, d;

    if (!year) {
        if (!sp_import_dates_span(y->imp, &first, &last)) {
            return SP_DAY_NONE;
        }
        day = earliest_within(month, mday, first > previous_last ? first : previous_last + 1, last);
        if (day != SP_DAY_NONE) {
            return day;
        }
        sp_calendar_date(first, &year, &m, &d);
    }
    from = sp_calendar_day(year, 1, 1);
    return from == SP_DAY_NONE ? from : next_from(month, mday, from > previous_last ? from : previous_last + 1);
}

static void set_day(const years_t *y, const sp_import_day_t *day, sp_day_t value)
{
    sp_import_dates_set_day(y->imp, day->period.bits, value);
}

static sp_day_t value_of(const years_t *y, const sp_import_day_t *day)
{
    return sp_import_dates_day(y->imp, day->period.bits);
}

/* A whole date among an event's days fixes the years of those before it. */
static void resolve_backwards(const years_t *y, const sp_import_event_t *event, int anchor)
{
    sp_day_t after = value_of(y, day_at(y, event, anchor));
    int month, mday;

    for (int i = anchor - 1; i >= 0 && after != SP_DAY_NONE; i--) {
        if (sp_import_dates_month_day(y->imp, day_at(y, event, i)->period.bits, &month, &mday)) {
            sp_day_t day = latest_until(month, mday, after);
            set_day(y, day_at(y, event, i), day);
            after = day == SP_DAY_NONE ? after : day;
        }
    }
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

/* Days ascend: one that is earlier in the calendar than the one before it is in the next year. */
static void resolve_event(const years_t *y, const sp_import_event_t *event, sp_day_t previous_last)
{
    int anchor = first_whole_date(y, event), month, mday;
    sp_day_t before = SP_DAY_NONE;

    if (anchor > 0) {
        resolve_backwards(y, event, anchor);
    }
    for (int i = 0; i < event->days; i++) {
        const sp_import_day_t *day = day_at(y, event, i);
        if (day->yearless && i > anchor && sp_import_dates_month_day(y->imp, day->period.bits, &month, &mday)) {
            set_day(y, day, before == SP_DAY_NONE ? first_day(y, month, mday, previous_last) : next_from(month, mday, before));
        }
        sp_day_t value = value_of(y, day);
        before = value == SP_DAY_NONE ? before : value;
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
