/* Finds the years of an event's days that were written without one. */
#include "event_years.h"

/* The earliest such day from a day on; SP_DAY_NONE: none. */
static sp_day_t earliest_from(int month, int mday, sp_day_t from)
{
    int year, m, d;

    sp_calendar_date(from < 0 ? 0 : from, &year, &m, &d);
    for (; year <= SP_YEAR_MAX; year++) {
        sp_day_t day = sp_calendar_day(year, month, mday);
        if (day != SP_DAY_NONE && day >= from) {
            return day;
        }
    }
    return SP_DAY_NONE;
}

static sp_day_t latest_until(int month, int mday, sp_day_t until)
{
    int year, m, d;

    sp_calendar_date(until, &year, &m, &d);
    for (; year >= SP_YEAR_MIN; year--) {
        sp_day_t day = sp_calendar_day(year, month, mday);
        if (day != SP_DAY_NONE && day <= until) {
            return day;
        }
    }
    return SP_DAY_NONE;
}

static sp_day_t earliest_in_year(const sp_event_day_t *at, int year, sp_day_t previous_last)
{
    sp_day_t from = sp_calendar_day(year, 1, 1);

    return from == SP_DAY_NONE ? from : earliest_from(at->month, at->mday, from > previous_last ? from : previous_last + 1);
}

static sp_day_t first_day(const sp_event_day_t *at, const sp_event_span_t *span, sp_day_t previous_last)
{
    int year, m, d;
    sp_day_t day;

    if (span->year) {
        return earliest_in_year(at, span->year, previous_last);
    }
    if (span->first == SP_DAY_NONE) {
        return SP_DAY_NONE;
    }
    day = earliest_from(at->month, at->mday, span->first > previous_last ? span->first : previous_last + 1);
    if (day != SP_DAY_NONE && day <= span->last) {
        return day;
    }
    sp_calendar_date(span->first, &year, &m, &d);
    return earliest_in_year(at, year, previous_last);
}

static int first_whole_date(const sp_event_day_t *days, int count)
{
    for (int i = 0; i < count; i++) {
        if (!days[i].month && days[i].day != SP_DAY_NONE) {
            return i;
        }
    }
    return -1;
}

static void resolve_backwards(sp_event_day_t *days, int anchor)
{
    sp_day_t after = days[anchor].day;

    for (int i = anchor - 1; i >= 0; i--) {
        if (days[i].month) {
            days[i].day = latest_until(days[i].month, days[i].mday, after);
            after = days[i].day == SP_DAY_NONE ? after : days[i].day;
        }
    }
}

/* One that is earlier in the calendar than the one before it is in the next year. */
void sp_event_years_resolve(sp_event_day_t *days, int count, const sp_event_span_t *span, sp_day_t previous_last)
{
    int anchor = first_whole_date(days, count);
    sp_day_t before = SP_DAY_NONE;

    if (anchor > 0) {
        resolve_backwards(days, anchor);
    }
    for (int i = 0; i < count; i++) {
        if (days[i].month && i > anchor) {
            days[i].day = before == SP_DAY_NONE ? first_day(&days[i], span, previous_last) : earliest_from(days[i].month, days[i].mday, before);
        }
        before = days[i].day == SP_DAY_NONE ? before : days[i].day;
    }
}
