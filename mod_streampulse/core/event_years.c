/* Finds the years of an event's days that were written without one. */
#include "event_years.h"

/* The next such day from a day on; SP_DAY_NONE where the year that it would be in has none. */
static sp_day_t next_from(const sp_event_day_t *at, sp_day_t from)
{
    int year, month, mday;

    sp_calendar_date(from < 0 ? 0 : from, &year, &month, &mday);
    return sp_calendar_day(at->month < month || (at->month == month && at->mday < mday) ? year + 1 : year, at->month, at->mday);
}

static sp_day_t latest_until(const sp_event_day_t *at, sp_day_t until)
{
    int year, month, mday;

    sp_calendar_date(until, &year, &month, &mday);
    return sp_calendar_day(at->month > month || (at->month == month && at->mday > mday) ? year - 1 : year, at->month, at->mday);
}

static sp_day_t earliest_within(const sp_event_day_t *at, sp_day_t first, sp_day_t last)
{
    int year, last_year, month, mday;

    sp_calendar_date(last, &last_year, &month, &mday);
    sp_calendar_date(first, &year, &month, &mday);
    for (; year <= last_year; year++) {
        sp_day_t day = sp_calendar_day(year, at->month, at->mday);
        if (day != SP_DAY_NONE && day >= first && day <= last) {
            return day;
        }
    }
    return SP_DAY_NONE;
}

/* The earliest one inside the span of the weekly numbers and after the edition before; where none fits, the next from the span's first year on. */
static sp_day_t first_day(const sp_event_day_t *at, const sp_event_span_t *span, sp_day_t previous_last)
{
    int year = span->year, month, mday;
    sp_day_t day, from;

    if (!year) {
        if (span->first == SP_DAY_NONE) {
            return SP_DAY_NONE;
        }
        day = earliest_within(at, span->first > previous_last ? span->first : previous_last + 1, span->last);
        if (day != SP_DAY_NONE) {
            return day;
        }
        sp_calendar_date(span->first, &year, &month, &mday);
    }
    from = sp_calendar_day(year, 1, 1);
    return from == SP_DAY_NONE ? from : next_from(at, from > previous_last ? from : previous_last + 1);
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
            days[i].day = latest_until(&days[i], after);
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
            days[i].day = before == SP_DAY_NONE ? first_day(&days[i], span, previous_last) : next_from(&days[i], before);
        }
        before = days[i].day == SP_DAY_NONE ? before : days[i].day;
    }
}
