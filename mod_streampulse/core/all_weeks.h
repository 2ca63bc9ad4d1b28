/* All services together, by calendar week. Pure. */
#ifndef SP_ALL_WEEKS_H
#define SP_ALL_WEEKS_H

#include "table.h"

/* Services begin their weeks on different weekdays. A week of one belongs to the calendar week, Monday to Sunday, that its first day lies in, as on the
 * dashboard. Of the newest calendar weeks some may lack services whose week is yet to come, so the latest whole one is, among those that begin at most
 * SP_ALL_WEEKS_RECENT_DAYS before the newest, that in which the most services have a number; the newer one of equals. */
#define SP_ALL_WEEKS_RECENT_DAYS 21
/* Beyond that many numbers only the totals are kept: columns 0. */
#define SP_ALL_WEEKS_CELLS_MAX (8 * 1024 * 1024)

typedef struct {
    sp_table_t *table; /* first: Mondays; platforms in the order in which services have them */
    int *services;     /* [rows] how many have a number */
    int latest;        /* row of the latest whole week; -1 without any number */
    int as_before;     /* the same services have a number in the latest whole week and in the one before it, each one */
} sp_all_weeks_t;

sp_day_t sp_all_weeks_monday(sp_day_t day);
/* services: of sp_table_t *. Pool: p. */
sp_all_weeks_t *sp_all_weeks_of(apr_pool_t *p, const apr_array_header_t *services);

#endif
