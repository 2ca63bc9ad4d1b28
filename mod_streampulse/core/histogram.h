/* How long things take, counted in a few classes: added to by many threads and processes at once. */
#ifndef SP_HISTOGRAM_H
#define SP_HISTOGRAM_H

#include <apr.h>

#define SP_HISTOGRAM_BOUNDS 12

/* The longest of each class, ascending; the last class, of all that is longer, has none. 200 ms is what 95 of 100 requests are to keep. */
extern const apr_uint64_t sp_histogram_bounds_us[SP_HISTOGRAM_BOUNDS];

/* May lie in shared memory; all zero: nothing was counted. */
typedef struct {
    apr_uint64_t counts[SP_HISTOGRAM_BOUNDS + 1];
    apr_uint64_t sum_us;
} sp_histogram_t;

void sp_histogram_add(sp_histogram_t *histogram, apr_uint64_t us);

#endif
