/* What a new entry's words do to the numbers. */
#ifndef SP_SETTLE_H
#define SP_SETTLE_H

#include "ledger.h"

typedef struct {
    apr_int64_t added, changed, cleared, unchanged;
} sp_counts_t;

typedef struct sp_settle_t sp_settle_t;

/* Inside a write transaction, for an entry that has its row. service_max, event_max: the largest ids there are. Pool: p. */
sp_settle_t *sp_settle_create(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, sp_mode_e mode, int service_max, int event_max);

/* Joins the cells (stored ids, key order, equal keys next to each other: the first counts) with the numbers of the same series, and writes what changes and the
 * words. With REPLACE and REPLACE_ALL also clears what the mode's scopes hold and the cells do not. *cells: how many there were. */
apr_status_t sp_settle_cells(sp_settle_t *s, sp_spool_t *sorted, apr_int64_t *cells, sp_error_t *err);

/* Says "no number" about everything of a service. */
apr_status_t sp_settle_delete_service(sp_settle_t *s, int service, sp_error_t *err);

sp_counts_t sp_settle_total(const sp_settle_t *s);
const sp_counts_t *sp_settle_service(const sp_settle_t *s, int id);
const sp_counts_t *sp_settle_event(const sp_settle_t *s, int id);

#endif
