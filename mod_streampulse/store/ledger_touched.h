/* What a commit did, by service and event. */
#ifndef SP_LEDGER_TOUCHED_H
#define SP_LEDGER_TOUCHED_H

#include "ledger.h"
#include "names.h"
#include "tally.h"

/* Before the transaction ends. Those of the statement in its order, then others, such as those that a replacement cleared. said and names: the statement; NULL:
 * there is none. provisional: its fresh names will not be stored, and have no slug. Pool: p. */
apr_status_t sp_ledger_touched(sp_db_t *db, apr_pool_t *p, const sp_tally_t *tally, const sp_said_t *said, const sp_names_t *names, int provisional,
                               apr_array_header_t **touched, sp_error_t *err);

#endif
