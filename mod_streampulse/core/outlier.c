/* Numbers far from what is usual among their like. Pure. */
#include "outlier.h"

#include <math.h>
#include <string.h>

#include "robust.h"

#define ROUNDING 1e-12 /* log1p(2) may be a digit less than log(3) */

void sp_outlier_init(apr_pool_t *p, sp_outlier_finder_t *finder, int count)
{
    apr_size_t room = (apr_size_t)count + 1;

    finder->values = apr_palloc(p, sizeof(apr_int64_t) * room);
    finder->logs = apr_palloc(p, sizeof(double) * room);
    finder->found = apr_palloc(p, sizeof(sp_outlier_t) * room);
    finder->usual = 0;
}

/* Whether any value may be far enough from the median: nearly always none is, and all the logarithms are spared. */
static int has_far_value(const apr_int64_t *values, int count, double median, double factor)
{
    double middle = exp(median), safe = factor * (1 - 1e-9);
    double low = middle / safe, high = middle * safe;

    for (int i = 0; i < count; i++)
        if (1 + (double)values[i] <= low || 1 + (double)values[i] >= high)
            return 1;
    return 0;
}

static int find_far(sp_outlier_finder_t *finder, const apr_int64_t *values, int count, double median, double factor)
{
    double scale, least = log(factor) - ROUNDING;
    int found = 0;

    for (int i = 0; i < count; i++)
        finder->logs[i] = log1p((double)values[i]);
    scale = sp_robust_scale(finder->logs, count, median);
    for (int i = 0; scale > 0 && i < count; i++) {
        double off = log1p((double)values[i]) - median;
        if (fabs(off) / scale > SP_OUTLIER_Z && fabs(off) >= least)
            finder->found[found++] = (sp_outlier_t){i, off / scale};
    }
    return found;
}

int sp_outlier_find(sp_outlier_finder_t *finder, const apr_int64_t *values, int count, double factor)
{
    double median;

    if (count < SP_OUTLIER_MIN)
        return 0;
    memcpy(finder->values, values, sizeof(apr_int64_t) * (apr_size_t)count);
    median = sp_robust_log_median(finder->values, count);
    finder->usual = expm1(median);
    return has_far_value(values, count, median, factor) ? find_far(finder, values, count, median, factor) : 0;
}
