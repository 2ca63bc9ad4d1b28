/* Values of facts as people read them, in English, exact or rounded once. */
#ifndef SP_FACT_SHOWN_H
#define SP_FACT_SHOWN_H

#include <apr_pools.h>

#include "calendar.h"

typedef __int128 sp_int128_t; /* a sum of viewers, times weeks, times thousand */

/* numerator / denominator to the nearest whole number, halves away from zero. denominator is not 0. */
sp_int128_t sp_fact_shown_round(sp_int128_t numerator, sp_int128_t denominator);

/* All without a sign. Pool: p. */
const char *sp_fact_shown_count(apr_pool_t *p, apr_int64_t n);                        /* "3,362" */
const char *sp_fact_shown_tenths(apr_pool_t *p, apr_int64_t tenths);                  /* 244: "24.4"; 300: "30" */
const char *sp_fact_shown_things(apr_pool_t *p, apr_int64_t n, const char *singular); /* "14 days", "1 week" */
const char *sp_fact_shown_day(apr_pool_t *p, sp_day_t day);                           /* "23 March 2025" */

#endif
