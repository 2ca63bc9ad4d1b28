/* Entries of the audit log about answers: that somebody took a file away. */
#ifndef SP_AUDIT_NOTE_H
#define SP_AUDIT_NOTE_H

#include "audit.h"
#include "request.h"

/* That the request's answer is about to be sent, with its query as target; in a write transaction of its own. Nothing for HEAD. */
apr_status_t sp_audit_note(sp_req_t *q, const char *action);

#endif
