/* An entry's own row; for the ledger's files only. */
#ifndef SP_LEDGER_ENTRY_H
#define SP_LEDGER_ENTRY_H

#include "ledger.h"
#include "tally.h"

/* Inside a write transaction: stores it with all counts 0 and fills entry->id, and at_ms where that is 0. */
apr_status_t sp_ledger_entry_add(sp_db_t *db, sp_entry_t *entry, sp_error_t *err);
void sp_ledger_entry_fill(sp_entry_t *entry, const sp_counts_t *counts);
/* Stores rows_imported and the counts, after filling them into entry. */
apr_status_t sp_ledger_entry_count(sp_db_t *db, sp_entry_t *entry, const sp_counts_t *counts, sp_error_t *err);
/* Ends the write transaction: commits with a new revision, a job for an insight and an entry of the audit log when rv is good and something changed, else rolls
 * back with entry->id 0. Returns rv or what failed. */
apr_status_t sp_ledger_entry_finish(sp_db_t *db, sp_entry_t *entry, apr_status_t rv, int changes, sp_error_t *err);

#endif
