/* Removes the oldest entries of the audit log without breaking its chain. */
#ifndef SP_AUDIT_PRUNE_H
#define SP_AUDIT_PRUNE_H

#include "audit.h"

/* Entries that are older than that, the oldest first and at most batch of them, up to the first that is not; in a write transaction of its own, with an entry that says so, by the program itself.
 * The anchor in meta keeps the last one's id and hash, which the first one that is left follows from. *pruned: how many; 0: there was nothing to do, and no lock was taken. */
apr_status_t sp_audit_prune(sp_db_t *db, apr_int64_t older_than_ms, int batch, apr_int64_t *pruned, sp_error_t *err);

/* Up to when the log itself shows that time has passed, which a clock that was just set forward does not: the newest entry that is a day old. *lived_ms: 0 where there is none. */
apr_status_t sp_audit_prune_lived(sp_db_t *db, apr_int64_t now_ms, apr_int64_t *lived_ms, sp_error_t *err);

#endif
