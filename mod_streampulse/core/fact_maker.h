/* Makes facts: their ids, their values as people read them, and room for the most telling ones. */
#ifndef SP_FACT_MAKER_H
#define SP_FACT_MAKER_H

#include "fact.h"
#include "fact_shown.h"
#include "table.h"

typedef struct {
    apr_pool_t *p; /* texts of facts at work: goes when there are too many */
    apr_pool_t *parent;
    apr_array_header_t *facts; /* of sp_fact_t; an address is good until the next put */
    int max;                   /* how many are kept in the end */
} sp_fact_maker_t;

/* Pool: p. */
void sp_fact_maker_init(sp_fact_maker_t *m, apr_pool_t *p, int max);

/* A new fact with the id KIND.SLUG[.PLATFORM][.DAY]; platform may be NULL, day SP_DAY_NONE. Where that would be too long its end is a digest of the whole. */
sp_fact_t *sp_fact_maker_put(sp_fact_maker_t *m, const char *kind, const char *slug, const sp_ident_t *platform, sp_day_t day);
void sp_fact_maker_label(sp_fact_maker_t *m, sp_fact_t *f, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Values. A numerator and a denominator are given exactly, and rounded once; denominators are above 0. */
void sp_fact_maker_viewers(sp_fact_maker_t *m, sp_fact_t *f, apr_int64_t viewers);
void sp_fact_maker_difference(sp_fact_maker_t *m, sp_fact_t *f, apr_int64_t difference);          /* viewers, with a sign */
void sp_fact_maker_mean(sp_fact_maker_t *m, sp_fact_t *f, sp_int128_t sum, sp_int128_t weeks);    /* viewers per week */
void sp_fact_maker_share(sp_fact_maker_t *m, sp_fact_t *f, sp_int128_t part, sp_int128_t whole);  /* percent */
void sp_fact_maker_change(sp_fact_maker_t *m, sp_fact_t *f, sp_int128_t now, sp_int128_t before); /* percent, with sign and marks */
void sp_fact_maker_factor(sp_fact_maker_t *m, sp_fact_t *f, sp_int128_t now, sp_int128_t before); /* the same as a factor */
void sp_fact_maker_things(sp_fact_maker_t *m, sp_fact_t *f, sp_unit_e unit, apr_int64_t n);       /* weeks, days, a count */
void sp_fact_maker_day(sp_fact_maker_t *m, sp_fact_t *f, sp_day_t day);                           /* a date */

/* Estimates: finite numbers of a model, rounded once. They get SP_FACT_ESTIMATE. */
void sp_fact_maker_slope(sp_fact_maker_t *m, sp_fact_t *f, double slope, double low,
                         double high); /* viewers per week, to one decimal; the sign is the caller's */
void sp_fact_maker_estimate(sp_fact_maker_t *m, sp_fact_t *f, double viewers, double low, double high); /* viewers */
void sp_fact_maker_percent(sp_fact_maker_t *m, sp_fact_t *f, double ratio);                             /* 0.25: 25 %, with its sign */

/* How telling it is; both are cut to 0 to 1. */
void sp_fact_maker_tell(sp_fact_t *f, double surprise, double size);
/* From how many standard deviations something is off: 3.5, where an outlier begins, is one half. */
double sp_fact_maker_surprise_of_z(double z);
/* From how likely something is by chance: 1 % is one half. */
double sp_fact_maker_surprise_of_p(double p);

/* From how far two means are apart: twice or half is one half. Both are 0 or above. */
double sp_fact_maker_surprise_of_ratio(double now, double before);

/* The best, most telling first, copied with all their texts. Pool: p. */
apr_array_header_t *sp_fact_maker_finish(sp_fact_maker_t *m, apr_pool_t *p);

#endif
