/* What is usual, and what is far from it, whatever a few numbers do. Pure. */
#include "robust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PARTS_MAX        64       /* of ordinary numbers, two rounds for each halving are plenty */
#define MAD_TO_SIGMA     0.6745   /* the MAD of a normal distribution, in standard deviations */
#define MEAN_AD_TO_SIGMA 1.253314 /* its standard deviation, in mean absolute deviations: sqrt(pi / 2) */

static int compare_doubles(const void *va, const void *vb)
{
    double a = *(const double *)va, b = *(const double *)vb;

    return (a > b) - (a < b);
}

double sp_robust_median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof(double), compare_doubles);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

double sp_robust_scale(double *values, int count, double median)
{
    double sum = 0, mad;

    for (int i = 0; i < count; i++) {
        values[i] = fabs(values[i] - median);
        sum += values[i];
    }
    mad = sp_robust_median(values, count);
    return mad > 0 ? mad / MAD_TO_SIGMA : MEAN_AD_TO_SIGMA * sum / count;
}

double sp_robust_z(const double *values, int count, double value, double *scratch)
{
    double median, scale;

    if (count < 3)
        return 0;
    memcpy(scratch, values, sizeof(double) * (size_t)count);
    median = sp_robust_median(scratch, count);
    scale = sp_robust_scale(scratch, count, median);
    return scale > 0 ? fabs(value - median) / scale : 0;
}

static int compare_counts(const void *a, const void *b)
{
    apr_int64_t x = *(const apr_int64_t *)a, y = *(const apr_int64_t *)b;
    return (x > y) - (x < y);
}

/* Parts values[low..high] around one of them: what is not larger is in values[low..*left], what is not smaller in values[*right..high], and what is between
 * equals it. */
static void part(apr_int64_t *values, int low, int high, int *left, int *right)
{
    apr_int64_t pivot = values[low + (high - low) / 2];
    int i = low, j = high;

    while (i <= j) {
        while (values[i] < pivot)
            i++;
        while (values[j] > pivot)
            j--;
        if (i <= j) {
            apr_int64_t held = values[i];
            values[i++] = values[j];
            values[j--] = held;
        }
    }
    *left = j;
    *right = i;
}

/* Puts the value that belongs there in order at the place nth, none that is larger before it and none that is smaller after it (C. A. R. Hoare, "Find", 1961),
 * and returns it. Numbers that somebody chose so that each round finds little are sorted after PARTS_MAX rounds. */
static apr_int64_t find_nth(apr_int64_t *values, int count, int nth)
{
    int low = 0, high = count - 1, left, right;

    for (int round = 0; low < high && round < PARTS_MAX; round++) {
        part(values, low, high, &left, &right);
        if (nth > left && nth < right)
            return values[nth];
        if (nth <= left)
            high = left;
        else
            low = right;
    }
    if (low < high)
        qsort(values + low, (size_t)(high - low + 1), sizeof(*values), compare_counts);
    return values[nth];
}

apr_int64_t sp_robust_twice_median(apr_int64_t *values, int count)
{
    apr_int64_t upper = find_nth(values, count, count / 2);

    return upper + (count % 2 ? upper : find_nth(values, count, count / 2 - 1));
}

double sp_robust_log_median(apr_int64_t *values, int count)
{
    apr_int64_t upper = find_nth(values, count, count / 2), lower = upper;

    if (count % 2)
        return log1p((double)upper);
    lower = values[0];
    for (int i = 1; i < count / 2; i++)
        if (values[i] > lower)
            lower = values[i];
    return (log1p((double)lower) + log1p((double)upper)) / 2;
}
