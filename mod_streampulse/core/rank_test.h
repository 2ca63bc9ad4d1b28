/* Tests that look at nothing but the order of numbers. Pure. */
#ifndef SP_RANK_TEST_H
#define SP_RANK_TEST_H

#include <apr_pools.h>

/* Whether a level changes once: A. N. Pettitt, "A non-parametric approach to the change-point problem", Applied Statistics 28 (1979), with his approximation of
 * p, 2 exp(-6 K^2 / (n^3 + n^2)).
 * *at: how many values come before the change. count is at least 2. Returns p. */
double sp_rank_test_change(apr_pool_t *ptemp, const double *values, int count, int *at);

/* Whether groups differ: W. H. Kruskal and W. A. Wallis, "Use of ranks in one-criterion variance analysis", JASA 47 (1952), corrected for ties, against
 * chi-square. group: 0 to groups - 1;
 * each group that is met has one value or more. Returns p; 1 where all values are the same or there are fewer than two groups. */
double sp_rank_test_groups(apr_pool_t *ptemp, const double *values, const int *group, int count, int groups);

#endif
