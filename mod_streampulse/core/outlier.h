/* Numbers far from what is usual among their like. Pure. */
#ifndef SP_OUTLIER_H
#define SP_OUTLIER_H

#include <apr_pools.h>

/* Viewers vary by factors, so y = log(1 + viewers). A number is an outlier when its modified z-score |y - median| / scale is above SP_OUTLIER_Z, with scale =
 * MAD / 0.6745 (B. Iglewicz and D. C. Hoaglin, "How to Detect and Handle Outliers", ASQC Quality Press 1993: 3.5 is their threshold), or 1.253314 times the
 * mean absolute deviation where more than half of the numbers are the same and the MAD is 0; and when it also differs by the factor that is asked for or more,
 * so that what is very regular does not make every ripple one.
 * There are none among fewer than SP_OUTLIER_MIN. */
#define SP_OUTLIER_Z   3.5
#define SP_OUTLIER_MIN 8

typedef struct {
    int at;   /* which of the values */
    double z; /* above SP_OUTLIER_Z; with the sign of its side */
} sp_outlier_t;

typedef struct {
    apr_int64_t *values;
    double *logs;
    sp_outlier_t *found; /* in order of at */
    double usual;        /* exp of the median, less 1 */
} sp_outlier_finder_t;

/* For up to count values. Pool: p. */
void sp_outlier_init(apr_pool_t *p, sp_outlier_finder_t *finder, int count);
/* How many are in found. values stay as they are. */
int sp_outlier_find(sp_outlier_finder_t *finder, const apr_int64_t *values, int count, double factor);

#endif
