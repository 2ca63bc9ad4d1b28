/* How long things take, counted in a few classes: added to by many threads and processes at once. */
#include "histogram.h"

const apr_uint64_t sp_histogram_bounds_us[SP_HISTOGRAM_BOUNDS] = {1000,   5000,   10000,   25000,   50000,    100000,
                                                                  200000, 500000, 1000000, 2500000, 10000000, 60000000};

void sp_histogram_add(sp_histogram_t *histogram, apr_uint64_t us)
{
    int class = 0;

    while (class < SP_HISTOGRAM_BOUNDS && us > sp_histogram_bounds_us[class])
        class ++;
    __atomic_fetch_add(&histogram->counts[class], 1, __ATOMIC_RELAXED);
    __atomic_fetch_add(&histogram->sum_us, us, __ATOMIC_RELAXED);
}
