/* Entries of the audit log about what changes no number: a file that somebody takes away, a wrong PIN. */
#ifndef SP_AUDIT_NOTE_H
#define SP_AUDIT_NOTE_H

#include "audit.h"
#include "request.h"

/* That the request's answer is about to be sent, with its query as target; in a write transaction of its own. Nothing for HEAD. Where that is not possible
 * (another write takes long, the disk is full, the database may only be read) the entry is held in memory until it is (audit_held.h), and the error log has it:
 * a full disk keeps nobody from saving the numbers elsewhere.
 * Fails, so that the answer is not sent, only where as many are held as may be. */
apr_status_t sp_audit_note(sp_req_t *q, const char *action);
/* The same for any event. */
apr_status_t sp_audit_note_event(sp_req_t *q, const sp_audit_event_t *event);

#endif
