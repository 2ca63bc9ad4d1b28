/* What a new entry's words do to the numbers. */
#ifndef SP_SETTLE_H
#define SP_SETTLE_H

#include "ledger.h"
#include "tally.h"

typedef struct sp_settle_t sp_settle_t;

/* Inside a write transaction, for an entry that has its row; with plan->dry_run inside any transaction, for no entry, and nothing is written. What happens is
 * counted in tally and, where plan is not NULL, reported to it. Pool: p. */
sp_settle_t *sp_settle_create(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, sp_mode_e mode, sp_tally_t *tally, sp_plan_t *plan);

/* Joins the cells (stored ids, key order, equal keys next to each other: the first counts) with the numbers of the same series, and writes what changes and the
 * words. With REPLACE and REPLACE_ALL also clears what the mode's scopes hold and the cells do not. *cells: how many there were. */
apr_status_t sp_settle_cells(sp_settle_t *s, sp_spool_t *sorted, apr_int64_t *cells, sp_error_t *err);

/* Says "no number" about everything of a service. */
apr_status_t sp_settle_delete_service(sp_settle_t *s, int service, sp_error_t *err);

#endif
