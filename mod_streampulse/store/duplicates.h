/* Whether a sorted statement gives one number twice. */
#ifndef SP_DUPLICATES_H
#define SP_DUPLICATES_H

#include "names.h"

/* SP_E_CSV_DUPLICATE with both places of each (the first SP_SAID_MAX_DOUBLES as details) where values differ or both stand in one block of a sheet; with
 * said->skip_doubles *sorted becomes a spool without them (pool: p) instead. Fills said->doubles (pool: said_pool). names: what the cells' stored ids were made
 * from. */
apr_status_t sp_duplicates_check(sp_spool_t **sorted, apr_pool_t *p, apr_pool_t *said_pool, sp_said_t *said, const sp_names_t *names, sp_error_t *err);

#endif
