/* Ways to go on with a series. Pure. */
#include "forecast_method.h"

#include <math.h>

#include "robust.h"

#define SEASON_WEEKS 52

static const double alphas[] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
static const double damped_alphas[] = {0.2, 0.5, 0.8}, damped_betas[] = {0.1, 0.3}, damped_phis[] = {0.8, 0.95};
#define COUNT_OF(list) (int)(sizeof(list) / sizeof(*(list)))

static void fill(double *out, double value)
{
    for (int h = 0; h < SP_FORECAST_HORIZON; h++)
        out[h] = value;
}

static void run_median(const double *y, int count, double *out)
{
    double latest[SP_FORECAST_MEDIAN_WEEKS];
    int found = 0;

    for (int t = count - 1; t >= 0 && found < SP_FORECAST_MEDIAN_WEEKS; t--)
        if (!isnan(y[t]))
            latest[found++] = y[t];
    fill(out, sp_robust_median(latest, found));
}

static int first_number(const double *y)
{
    int t = 0;

    while (isnan(y[t]))
        t++;
    return t;
}

/* The level in the end; *squares: of the errors one week ahead. */
static double smooth(const double *y, int count, double alpha, double *squares)
{
    int first = first_number(y);
    double level = y[first];

    *squares = 0;
    for (int t = first + 1; t < count; t++) {
        double error = y[t] - level;
        if (isnan(error))
            continue;
        *squares += error * error;
        level += alpha * error;
    }
    return level;
}

static double smooth_best(const double *y, int count, double *alpha)
{
    double best = 0, least = INFINITY;

    for (int i = 0; i < COUNT_OF(alphas); i++) {
        double squares, level = smooth(y, count, alphas[i], &squares);
        if (squares < least) {
            least = squares;
            best = level;
            *alpha = alphas[i];
        }
    }
    return best;
}

typedef struct {
    double level, slope, phi;
} holt_t;

static double run_holt(const double *y, int count, double alpha, double beta, holt_t *holt)
{
    int first = first_number(y);
    double squares = 0;

    holt->level = y[first];
    holt->slope = 0;
    for (int t = first + 1; t < count; t++) {
        double ahead = holt->level + holt->phi * holt->slope, error = y[t] - ahead;
        holt->slope *= holt->phi;
        holt->level = ahead;
        if (isnan(error))
            continue;
        squares += error * error;
        holt->level += alpha * error;
        holt->slope += alpha * beta * error;
    }
    return squares;
}

static void run_damped(const double *y, int count, double *out)
{
    holt_t best = {0, 0, 0};
    double least = INFINITY, damping = 1, along = 0;

    for (int i = 0; i < COUNT_OF(damped_alphas) * COUNT_OF(damped_betas) * COUNT_OF(damped_phis); i++) {
        holt_t holt = {0, 0, damped_phis[i % COUNT_OF(damped_phis)]};
        double beta = damped_betas[i / COUNT_OF(damped_phis) % COUNT_OF(damped_betas)];
        double squares = run_holt(y, count, damped_alphas[i / COUNT_OF(damped_phis) / COUNT_OF(damped_betas)], beta, &holt);
        if (squares < least) {
            least = squares;
            best = holt;
        }
    }
    for (int h = 0; h < SP_FORECAST_HORIZON; h++) {
        damping *= best.phi;
        along += damping;
        out[h] = best.level + along * best.slope;
    }
}

/* By least squares, per week. */
static double slope_of(const double *y, int count)
{
    double n = 0, sum_t = 0, sum_y = 0, products = 0, squares = 0;

    for (int t = 0; t < count; t++) {
        if (isnan(y[t]))
            continue;
        n++;
        sum_t += t;
        sum_y += y[t];
    }
    for (int t = 0; t < count; t++) {
        if (isnan(y[t]))
            continue;
        products += (t - sum_t / n) * (y[t] - sum_y / n);
        squares += (t - sum_t / n) * (t - sum_t / n);
    }
    return squares > 0 ? products / squares : 0;
}

static void run_theta(const double *y, int count, double *out)
{
    double alpha = alphas[0], level = smooth_best(y, count, &alpha), drift = slope_of(y, count) / 2;
    double lag = (1 - pow(1 - alpha, count)) / alpha;

    for (int h = 0; h < SP_FORECAST_HORIZON; h++)
        out[h] = level + drift * (h + lag);
}

static int run_season(const double *y, int count, double *out)
{
    for (int h = 0; h < SP_FORECAST_HORIZON; h++) {
        int t = count + h - SEASON_WEEKS;
        if (t < 0 || isnan(y[t]))
            return 0;
        out[h] = y[t];
    }
    return 1;
}

int sp_forecast_method_run(sp_forecast_method_e method, const double *y, int count, double *out)
{
    double alpha;

    switch (method) {
    case SP_FORECAST_NAIVE:
        fill(out, y[count - 1]);
        return 1;
    case SP_FORECAST_MEDIAN:
        run_median(y, count, out);
        return 1;
    case SP_FORECAST_SMOOTHING:
        fill(out, smooth_best(y, count, &alpha));
        return 1;
    case SP_FORECAST_DAMPED:
        run_damped(y, count, out);
        return 1;
    case SP_FORECAST_THETA:
        run_theta(y, count, out);
        return 1;
    case SP_FORECAST_SEASON:
        return run_season(y, count, out);
    case SP_FORECAST_METHODS:
        break;
    }
    return 0;
}
