/* Entries of the audit log about answers: that somebody takes a file away. */
#ifndef SP_AUDIT_NOTE_H
#define SP_AUDIT_NOTE_H

#include "request.h"

/* That the request's answer is about to be sent, with its query as target; in a write transaction of its own. Nothing for HEAD. Where that is not possible (another write takes long, the
 * disk is full, the database may only be read) the entry is held in memory until it is (audit_held.h), and the error log has it: a full disk keeps nobody from saving the numbers elsewhere.
 * Fails, so that the answer is not sent, only where as many are held as may be. */
apr_status_t sp_audit_note(sp_req_t *q, const char *action);

#endif
