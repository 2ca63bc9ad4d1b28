/* What the next weeks are likely to have, how far off that may be, and how far off it would have been. Pure. */
#ifndef SP_FORECAST_H
#define SP_FORECAST_H

#include <apr_pools.h>

#include "calendar.h"

/* Five methods, on y = log(1 + viewers); a week without a number leaves level and slope as they are.
 *   naive      the latest number
 *   median     of the latest SP_FORECAST_MEDIAN_WEEKS numbers
 *   smoothing  simple exponential smoothing (R. G. Brown 1956)
 *   damped     Holt's linear trend, damped (E. S. Gardner and E. McKenzie, "Forecasting trends in time series", Management Science 31, 1985)
 *   theta      V. Assimakopoulos and K. Nikolopoulos, "The theta model", International Journal of Forecasting 16 (2000), as smoothing with half of the slope for drift (R. J. Hyndman and
 *              B. Billah, the same, 19, 2003)
 *   season     the number of 52 weeks before
 * Parameters of smoothing, damped and theta are those of a coarse grid that were best one week ahead. Each method is tried as it would have been from each of up to SP_FORECAST_ORIGINS_MAX
 * past weeks (rolling origin: L. J. Tashman, "Out-of-sample tests of forecasting accuracy", the same, 16, 2000), and that with the least mean absolute error is used; the first of
 * equals. Its error is told of the same weeks by which it was chosen.
 * Interval: as far as SP_FORECAST_LEVEL of the past errors of the same method and horizon went, |log error| at rank ceil(level (m + 1)) of m (split conformal: J. Lei and others,
 * "Distribution-free predictive inference for regression", JASA 113, 2018). Covered: how many past numbers lay in the interval as it would have been from errors known by then.
 * The mean of the whole horizon has an interval of its own, from the errors of such means on past weeks: errors of neighbouring weeks go together, so
 * that the ends of the single weeks' intervals do not add up. Only past weeks after which all of the horizon is known count. */
#define SP_FORECAST_HORIZON      4
#define SP_FORECAST_PERCENT      80 /* of cases within an interval */
#define SP_FORECAST_LEVEL        (SP_FORECAST_PERCENT / 100.0)
#define SP_FORECAST_WEEKS_MIN    26  /* numbers */
#define SP_FORECAST_WEEKS_MAX    104 /* looked back at */
#define SP_FORECAST_ORIGINS_MAX  26
#define SP_FORECAST_MEDIAN_WEEKS 8

typedef enum {
    SP_FORECAST_NAIVE,
    SP_FORECAST_MEDIAN,
    SP_FORECAST_SMOOTHING,
    SP_FORECAST_DAMPED,
    SP_FORECAST_THETA,
    SP_FORECAST_SEASON,
    SP_FORECAST_METHODS
} sp_forecast_method_e;

typedef struct {
    double viewers, low, high;
} sp_forecast_week_t;

typedef struct {
    double mae;  /* mean absolute error, in viewers */
    double mape; /* mean absolute error as a part of the number, of numbers above 0; NAN without any */
    int count;   /* of numbers that it was compared with; 0: it could not be tried */
} sp_forecast_error_t;

typedef struct {
    sp_forecast_method_e method;
    sp_forecast_week_t weeks[SP_FORECAST_HORIZON]; /* the first is 7 days after the last day */
    sp_forecast_week_t mean;                       /* of the horizon, per week */
    int has_mean;                                  /* 0: too few past means for an interval */
    sp_forecast_error_t errors[SP_FORECAST_METHODS];
    int covered, tried; /* past numbers within the interval, of how many */
    int origins;
} sp_forecast_t;

const char *sp_forecast_method_name(sp_forecast_method_e method);
/* day ascends strictly. Returns 0 where there are too few numbers: nothing is said then. */
int sp_forecast_of(apr_pool_t *ptemp, const sp_day_t *day, const apr_int64_t *viewers, int count, sp_forecast_t *forecast);

#endif
