/* Takes entries of the ledger out of effect, and puts them back. */
#ifndef SP_UNDO_H
#define SP_UNDO_H

#include "ledger.h"

/* Undoes an entry by a new one, in one write transaction: every number, label and attribute that it spoke about is settled anew. The undo of an undo is the
 * redo: an entry is in effect unless an undo that is itself in effect targets it. entry: filled on the way out. A new revision also where no number changes.
 * SP_E_ENTRY_UNKNOWN (APR_NOTFOUND); SP_E_ALREADY_UNDONE for one that is not in effect. plan and touched as for sp_ledger_commit. Pool: p. */
apr_status_t sp_undo_commit(sp_db_t *db, apr_pool_t *p, apr_int64_t target, const char *actor, sp_entry_t *entry, sp_plan_t *plan, apr_array_header_t **touched,
                            sp_error_t *err);

/* The entry whose words an entry is about: itself, or for an undo that which it undoes, or puts back, in the end. */
apr_status_t sp_undo_root(sp_db_t *db, apr_pool_t *p, const sp_entry_t *entry, sp_entry_t *root, sp_error_t *err);

#endif
