/* Tests that look at nothing but the order of numbers. Pure. */
#include "rank_test.h"

#include <math.h>
#include <stdlib.h>

#define GAMMA_STEPS_MAX 1000
#define GAMMA_EXACT     1e-14

typedef struct {
    double value;
    int at;
} ranked_t;

static int compare_ranked(const void *va, const void *vb)
{
    const ranked_t *a = va, *b = vb;

    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->at - b->at;
}

static ranked_t *sort_values(apr_pool_t *p, const double *values, int count)
{
    ranked_t *sorted = apr_palloc(p, sizeof(*sorted) * (apr_size_t)(count + 1));

    for (int i = 0; i < count; i++)
        sorted[i] = (ranked_t){values[i], i};
    qsort(sorted, (size_t)count, sizeof(*sorted), compare_ranked);
    return sorted;
}

/* The end of the equal values that begin at a place. */
static int end_of_ties(const ranked_t *sorted, int count, int at)
{
    int end = at + 1;

    while (end < count && sorted[end].value == sorted[at].value)
        end++;
    return end;
}

/* *ties: the sum of t^3 - t over groups of t equal values. */
static double *rank_values(apr_pool_t *p, const double *values, int count, double *ties)
{
    ranked_t *sorted = sort_values(p, values, count);
    double *ranks = apr_palloc(p, sizeof(double) * (apr_size_t)(count + 1));

    *ties = 0;
    for (int i = 0, end; i < count; i = end) {
        double same;
        end = end_of_ties(sorted, count, i);
        same = end - i;
        *ties += same * same * same - same;
        for (int k = i; k < end; k++)
            ranks[sorted[k].at] = (i + 1 + end) / 2.0;
    }
    return ranks;
}

double sp_rank_test_change(apr_pool_t *ptemp, const double *values, int count, int *at)
{
    double ties;
    const double *ranks = rank_values(ptemp, values, count, &ties);
    double n = count, sum = 0, most = -1;

    *at = 1;
    for (int t = 1; t < count; t++) {
        double u;
        sum += ranks[t - 1];
        u = fabs(2 * sum - t * (n + 1));
        if (u > most) {
            most = u;
            *at = t;
        }
    }
    return fmin(1, 2 * exp(-6 * most * most / (n * n * n + n * n)));
}

static double log_gamma(double a)
{
    int sign;

    return lgamma_r(a, &sign);
}

/* The lower part by its series (M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", 6.5.29). */
static double gamma_lower(double a, double x)
{
    double term = 1 / a, sum = term;

    for (int n = 1; n < GAMMA_STEPS_MAX && term > sum * GAMMA_EXACT; n++) {
        term *= x / (a + n);
        sum += term;
    }
    return sum * exp(-x + a * log(x) - log_gamma(a));
}

/* The upper part by its continued fraction (the same, 6.5.31), evaluated as W. J. Lentz does (1976). */
static double gamma_upper(double a, double x)
{
    double b = x + 1 - a, c = 1e300, d = 1 / b, fraction = d;

    for (int n = 1; n < GAMMA_STEPS_MAX; n++) {
        double an = -n * (n - a), factor;
        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        factor = c * d;
        fraction *= factor;
        if (fabs(factor - 1) < GAMMA_EXACT)
            break;
    }
    return fraction * exp(-x + a * log(x) - log_gamma(a));
}

/* How likely chi-square is at least that much. */
static double chi_square_above(double chi, int freedom)
{
    double a = freedom / 2.0, x = chi / 2;

    if (x <= 0)
        return 1;
    return x < a + 1 ? 1 - gamma_lower(a, x) : gamma_upper(a, x);
}

double sp_rank_test_groups(apr_pool_t *ptemp, const double *values, const int *group, int count, int groups)
{
    double n = count, ties, h = 0, *ranks = rank_values(ptemp, values, count, &ties);
    double *sum = apr_pcalloc(ptemp, sizeof(double) * (apr_size_t)(groups + 1)), *size = apr_pcalloc(ptemp, sizeof(double) * (apr_size_t)(groups + 1));
    double spread = 1 - ties / (n * n * n - n);
    int met = 0;

    for (int i = 0; i < count; i++) {
        sum[group[i]] += ranks[i];
        size[group[i]]++;
    }
    for (int g = 0; g < groups; g++) {
        met += size[g] > 0;
        h += size[g] > 0 ? sum[g] * sum[g] / size[g] : 0;
    }
    if (met < 2 || !(spread > 0))
        return 1;
    return chi_square_above((12 / (n * (n + 1)) * h - 3 * (n + 1)) / spread, met - 1);
}
