/* GET /login: the address that mod_auth_openidc guards, so that whoever goes there comes back signed in. */
#include "api.h"

#include "reply.h"
#include "return_path.h"

apr_status_t sp_api_login_get(sp_req_t *q)
{
    const char *path = apr_table_get(q->query, "return");
    apr_status_t rv = sp_identity_establish(q);

    if (rv != APR_SUCCESS)
        return rv;
    if (path && sp_return_path_check(q->prefix, path) != APR_SUCCESS)
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL,
                            "return must be an address of this dashboard, such as /trends?from=2025-01-05 (with the path it is mounted at)");
    if (q->who.method != SP_METHOD_OIDC) {
        sp_error_set(&q->err, SP_E_SIGN_IN_REQUIRED, APR_EACCES, "no login provider is configured for this address");
        sp_error_set_log(&q->err, "mod_auth_openidc has to guard this path: AuthType openid-connect and Require valid-user in its <Location>");
        return APR_EACCES;
    }
    sp_reply_redirect(q, HTTP_MOVED_TEMPORARILY, path);
    return APR_SUCCESS;
}
