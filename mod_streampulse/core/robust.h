/* What is usual, and what is far from it, whatever a few numbers do. Pure. */
#ifndef SP_ROBUST_H
#define SP_ROBUST_H

#include <apr.h>

/* values are reordered; count is at least 1. The mean of the middle two where count is even. */
double sp_robust_median(double *values, int count);
/* Twice the median, so that it is whole; the values are reordered, and far below the largest number there is. */
apr_int64_t sp_robust_twice_median(apr_int64_t *values, int count);
/* The median of log(1 + v), which is that of the values: they are reordered. */
double sp_robust_log_median(apr_int64_t *values, int count);
/* What one standard deviation is, robustly: MAD / 0.6745, or 1.253314 times the mean absolute deviation where the MAD is 0 (B. Iglewicz and D. C. Hoaglin, "How
 * to Detect and Handle Outliers", ASQC Quality Press 1993). values are overwritten. 0: all are the same. */
double sp_robust_scale(double *values, int count, double median);
/* The modified z-score |value - median| / scale among count others; 0 where they are all the same, or fewer than 3. scratch: [count]. */
double sp_robust_z(const double *values, int count, double value, double *scratch);

#endif
