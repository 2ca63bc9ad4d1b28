/* Figures over one service's weekly table. Pure. */
#ifndef SP_STATS_H
#define SP_STATS_H

#include "table.h"

typedef struct {
    sp_day_t after, before; /* the weeks on both sides of the gap */
    int days;               /* between them (7 would be no gap) */
} sp_stats_gap_t;

typedef struct {
    int weeks;                      /* with a number */
    apr_int64_t viewers;            /* total */
    sp_day_t first_week, last_week; /* SP_DAY_NONE without any */
    apr_int64_t latest;             /* total of last_week; SP_VIEWERS_NONE without any */
    apr_int64_t previous;           /* total of exactly 7 days earlier; SP_VIEWERS_NONE where that week has no number */
    double change;                  /* (latest - previous) / previous; NAN where previous is none or 0 */
    double mean;                    /* per week that has a number; NAN without any */
    apr_int64_t peak;
    sp_day_t peak_week;            /* the earliest of equals */
    int top_platform;              /* column with the largest sum (the first of equals), -1 without any */
    apr_int64_t *platform_viewers; /* [columns] sums; 0 without any */
    sp_stats_gap_t *gaps;          /* consecutive weeks more than 7 days apart, in order */
    int gap_count;
} sp_stats_t;

/* Pool: p. */
sp_stats_t *sp_stats_of(apr_pool_t *p, const sp_table_t *weekly);

#endif
