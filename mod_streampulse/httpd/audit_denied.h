/* Requests to us that httpd's own configuration refuses, for the audit log. */
#ifndef SP_AUDIT_DENIED_H
#define SP_AUDIT_DENIED_H

#include <httpd.h>

/* insert_error_filter. Counts a 403 that is not ours, such as that of a Require that somebody who has signed in does not fulfil, as a request refused for want
 * of a role. */
void sp_audit_denied_count(request_rec *r);

#endif
