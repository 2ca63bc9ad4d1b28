/* Whether a sorted statement gives one number twice with different values. */
#ifndef SP_DUPLICATES_H
#define SP_DUPLICATES_H

#include "names.h"

/* SP_E_CSV_DUPLICATE with both places of each (the first SP_DUPLICATES_MAX as details). Fills said->repeats with those whose values are the same. names: what the cells' stored ids were made from. */
apr_status_t sp_duplicates_check(sp_spool_t *sorted, apr_pool_t *p, sp_said_t *said, const sp_names_t *names, sp_error_t *err);

#define SP_DUPLICATES_MAX 100

#endif
