/* The slope of a series, how sure it is, and whether there is one. Pure. */
#include "trend.h"

#include <math.h>
#include <stdlib.h>

#include <apr_strings.h>

#include "robust.h"

#define NORMAL_QUANTILE 1.959963984540054 /* of (1 + SP_TREND_LEVEL) / 2 */
#define CORRELATION_MAX 0.9

typedef struct {
    const sp_day_t *day;
    const double *value;
    int count;
} points_t;

static int compare_doubles(const void *va, const void *vb)
{
    double a = *(const double *)va, b = *(const double *)vb;

    return (a > b) - (a < b);
}

static points_t thin_out(apr_pool_t *p, const sp_day_t *day, const double *value, int count)
{
    sp_day_t *days;
    double *values;

    if (count <= SP_TREND_POINTS_MAX)
        return (points_t){day, value, count};
    days = apr_palloc(p, sizeof(*days) * SP_TREND_POINTS_MAX);
    values = apr_palloc(p, sizeof(*values) * SP_TREND_POINTS_MAX);
    for (int i = 0; i < SP_TREND_POINTS_MAX; i++) {
        int at = (int)((apr_int64_t)i * (count - 1) / (SP_TREND_POINTS_MAX - 1));
        days[i] = day[at];
        values[i] = value[at];
    }
    return (points_t){days, values, SP_TREND_POINTS_MAX};
}

/* Slopes per week of all pairs, in order. Returns S, the rising pairs less the falling ones. */
static apr_int64_t gather_slopes(const points_t *points, double *slopes)
{
    apr_int64_t rising = 0;
    int at = 0;

    for (int i = 0; i < points->count; i++)
        for (int j = i + 1; j < points->count; j++) {
            double up = points->value[j] - points->value[i];
            slopes[at++] = up / ((points->day[j] - points->day[i]) / 7.0);
            rising += (up > 0) - (up < 0);
        }
    qsort(slopes, (size_t)at, sizeof(*slopes), compare_doubles);
    return rising;
}

/* Of S, where all orders are as likely: n (n - 1) (2 n + 5) / 18, less the same of each group of equal values. */
static double variance_of(apr_pool_t *p, const points_t *points)
{
    double n = points->count, sum = n * (n - 1) * (2 * n + 5);
    double *sorted = apr_pmemdup(p, points->value, sizeof(double) * (apr_size_t)points->count);

    qsort(sorted, (size_t)points->count, sizeof(double), compare_doubles);
    for (int i = 0, end; i < points->count; i = end) {
        double ties;
        for (end = i + 1; end < points->count && sorted[end] == sorted[i];)
            end++;
        ties = end - i;
        sum -= ties * (ties - 1) * (2 * ties + 5);
    }
    return sum / 18;
}

static void set_middle(apr_pool_t *p, const points_t *points, sp_trend_t *trend)
{
    double *rest = apr_palloc(p, sizeof(double) * (apr_size_t)points->count);

    for (int i = 0; i < points->count; i++)
        rest[i] = points->value[i] - trend->slope * ((points->day[i] - points->day[0]) / 7.0);
    trend->middle = sp_robust_median(rest, points->count);
}

/* How alike neighbouring residuals are, where they are more than by chance unlike. */
static double inflation_of(const points_t *points, const sp_trend_t *trend)
{
    double sum = 0, products = 0, squares = 0, before = 0, mean, r;

    for (int i = 0; i < points->count; i++)
        sum += points->value[i] - sp_trend_at(trend, points->day[0], points->day[i]);
    mean = sum / points->count;
    for (int i = 0; i < points->count; i++) {
        double rest = points->value[i] - sp_trend_at(trend, points->day[0], points->day[i]) - mean;
        products += i ? rest * before : 0;
        squares += rest * rest;
        before = rest;
    }
    r = squares > 0 ? fmin(fmax(products / squares, 0), CORRELATION_MAX) : 0;
    return (1 + r) / (1 - r);
}

static void set_interval(const double *slopes, int pairs, double deviation, sp_trend_t *trend)
{
    int low = (int)rint((pairs - NORMAL_QUANTILE * deviation) / 2) - 1, high = (int)rint((pairs + NORMAL_QUANTILE * deviation) / 2);

    trend->low = slopes[low > 0 ? low : 0];
    trend->high = slopes[high < pairs ? high : pairs - 1];
}

static void set_significance(apr_int64_t rising, double deviation, sp_trend_t *trend)
{
    double s = (double)rising;

    trend->z = deviation > 0 && rising != 0 ? (s > 0 ? s - 1 : s + 1) / deviation : 0;
    trend->p = erfc(fabs(trend->z) / M_SQRT2);
}

void sp_trend_of(apr_pool_t *ptemp, const sp_day_t *day, const double *value, int count, double inflation, sp_trend_t *trend)
{
    points_t points = thin_out(ptemp, day, value, count);
    int pairs = points.count * (points.count - 1) / 2;
    double *slopes = apr_palloc(ptemp, sizeof(double) * (apr_size_t)pairs), deviation;
    apr_int64_t rising = gather_slopes(&points, slopes);

    trend->slope = pairs % 2 ? slopes[pairs / 2] : (slopes[pairs / 2 - 1] + slopes[pairs / 2]) / 2;
    set_middle(ptemp, &points, trend);
    trend->inflation = inflation > 0 ? inflation : inflation_of(&points, trend);
    deviation = sqrt(variance_of(ptemp, &points) * trend->inflation);
    set_interval(slopes, pairs, deviation, trend);
    set_significance(rising, deviation, trend);
}

double sp_trend_at(const sp_trend_t *trend, sp_day_t first, sp_day_t day)
{
    return trend->middle + trend->slope * ((day - first) / 7.0);
}
