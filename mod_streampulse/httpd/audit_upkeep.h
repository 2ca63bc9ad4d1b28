/* What the audit log needs done now and then, by a request whose answer is made already: no request waits for it, and none has a process of its own. */
#ifndef SP_AUDIT_UPKEEP_H
#define SP_AUDIT_UPKEEP_H

#include "request.h"

/* Once the answer is on its way and no connection is held: writes what is held in memory and due, and prunes what StreamPulseAuditDays says is too old, at most
 * once an hour in each child. Waits for no connection, and not for another writer. Failures are tried again later. */
void sp_audit_upkeep_run(sp_req_t *q);

#endif
