/* The slope of a series, how sure it is, and whether there is one. Pure. */
#ifndef SP_TREND_H
#define SP_TREND_H

#include <apr_pools.h>

#include "calendar.h"

/* Slope: the median of the slopes of all pairs (H. Theil, "A rank-invariant method of linear and polynomial regression analysis", 1950), with the rank-based
 * interval of P. K. Sen,
 * "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968), equation 2.6, as scipy.stats.theilslopes. Significance: the test of H. B.
 * Mann (1945) and M. G. Kendall (1975), with its correction for ties and for continuity. Weeks resemble those before them, which makes both too sure, so the
 * variance is multiplied by (1 + r) / (1 - r) with r the correlation of neighbouring residuals, within 0 and 0.9 (G. V. Bayley and J. M. Hammersley, "The
 * effective number of independent observations in an autocorrelated time series", 1946). Beyond SP_TREND_POINTS_MAX numbers that many of them, evenly spaced,
 * stand for all. */
#define SP_TREND_POINTS_MAX 1000
#define SP_TREND_LEVEL      0.95 /* of the interval */
#define SP_TREND_POINTS_MIN 3

typedef struct {
    double slope, low, high; /* per week */
    double middle;           /* median of value - slope * weeks, weeks since the first day */
    double inflation;        /* of the variance */
    double z, p;             /* two-sided */
} sp_trend_t;

/* day ascends strictly; count is at least SP_TREND_POINTS_MIN. inflation 0: found as above; 1: none. */
void sp_trend_of(apr_pool_t *ptemp, const sp_day_t *day, const double *value, int count, double inflation, sp_trend_t *trend);
/* The line at a day. */
double sp_trend_at(const sp_trend_t *trend, sp_day_t first, sp_day_t day);

#endif
