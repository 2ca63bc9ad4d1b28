/* The years of an event's days that were written without one. Pure. */
#ifndef SP_EVENT_YEARS_H
#define SP_EVENT_YEARS_H

#include "calendar.h"

typedef struct {
    int month, mday; /* of a day without a year; month 0: a whole date, or none that can be read */
    sp_day_t day;    /* of a whole date; SP_DAY_NONE where it is not known */
} sp_event_day_t;

typedef struct {
    int year;             /* all are in this one; 0: found out */
    sp_day_t first, last; /* of the weekly numbers beside the events; first SP_DAY_NONE: there are none */
} sp_event_span_t;

/* Sets day of those that have no year; it stays SP_DAY_NONE where nothing tells it. Days ascend, and a whole date fixes those around it. Else the first is the
 * earliest one inside the span that lies after previous_last (the last day of the edition before; SP_DAY_NONE: none), or, where none fits, the earliest from
 * the span's first year on. */
void sp_event_years_resolve(sp_event_day_t *days, int count, const sp_event_span_t *span, sp_day_t previous_last);

#endif
