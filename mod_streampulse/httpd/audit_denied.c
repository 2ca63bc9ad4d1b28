/* Requests to us that httpd's own configuration refuses, for the audit log. */
#include "audit_denied.h"

#include "audit_held.h"
#include "identity_oidc.h"
#include "mount.h"
#include "request.h"
#include "sp_module.h"

/* Without the database, which nobody has to be able to keep busy by what is refused. */
static int can_tell_who(const sp_req_t *q)
{
    return sp_identity_has_oidc_session(q) || sp_identity_has_oidc_bearer(q);
}

void sp_audit_denied_count(request_rec *r)
{
    sp_req_t *q = r->status == HTTP_FORBIDDEN && sp_mount_claimed(r) ? sp_request_of(r) : NULL;

    if (!q || q->answering)
        return;
    if (can_tell_who(q))
        (void)sp_identity_establish(q);
    sp_error_clear(&q->err);
    (void)sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES, "the server's configuration refuses this");
    sp_audit_held_count_refusal(q);
}
