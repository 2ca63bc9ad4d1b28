/* What a commit did, by service and event. */
#ifndef SP_LEDGER_TOUCHED_H
#define SP_LEDGER_TOUCHED_H

#include "names.h"
#include "settle.h"

/* Before the transaction ends. Those of the statement in its order, then those that a replacement cleared. Pool: p. */
apr_status_t sp_ledger_touched(sp_db_t *db, apr_pool_t *p, const sp_settle_t *settle, const sp_names_t *names, apr_array_header_t **touched, sp_error_t *err);

#endif
