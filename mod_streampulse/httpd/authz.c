/* "Require streampulse-role": our roles in httpd's own configuration, for requests of ours and of others. */
#include "authz.h"

#include <apr_strings.h>
#include <http_core.h>
#include <http_request.h>
#include <mod_auth.h>

#include "dbd.h"
#include "request.h"
#include "sp_module.h"

#define PROVIDER "streampulse-role"

static const sp_role_e roles[] = {SP_ROLE_NONE, SP_ROLE_VIEWER, SP_ROLE_EDITOR, SP_ROLE_ADMIN};

static const char *parse(cmd_parms *cmd, const char *line, const void **parsed)
{
    const char *word = ap_getword_conf(cmd->temp_pool, &line);
    sp_role_e role;

    if (*line || sp_role_by_name(word, &role) != APR_SUCCESS || role == SP_ROLE_NONE)
        return apr_psprintf(cmd->pool, "Require " PROVIDER ": \"%s%s%s\" will not do, write the one role that is the least: viewer, editor or admin", word,
                            *line ? " " : "", line);
    *parsed = &roles[role];
    return NULL;
}

static int has_authentication(request_rec *r)
{
    const char *type = ap_auth_type(r);
    return type && ap_cstr_casecmp(type, "None") != 0;
}

/* Where there is somebody to ask for a login, not being known yet is no refusal: httpd has them asked. */
static authz_status deny(request_rec *r, const sp_req_t *q)
{
    return q->who.method == SP_METHOD_ANONYMOUS && has_authentication(r) ? AUTHZ_DENIED_NO_USER : AUTHZ_DENIED;
}

/* httpd asks twice: first without a person, then, unless that was enough, with the one whom an AuthType authenticated. Whoever has one of those is not to pass
 * as somebody else, so only what goes before it counts the first time. */
static int is_too_early(request_rec *r, const sp_req_t *q)
{
    return !r->user && has_authentication(r) && q->who.method != SP_METHOD_TOKEN;
}

static authz_status check(request_rec *r, const char *line, const void *parsed)
{
    const sp_role_e *least = parsed;
    sp_req_t *q = sp_request_of(r);
    apr_status_t rv = sp_identity_establish(q);

    sp_dbd_release_all(q);
    if (rv != APR_SUCCESS && !q->err_logged)
        ap_log_rerror(APLOG_MARK, APLOG_INFO, q->err.rv, r, "SP1101: nobody is let in, as who asks cannot be told: %s%s%s", sp_error_code_name(q->err.code),
                      q->err.log ? ": " : "", q->err.log ? q->err.log : "");
    if (rv != APR_SUCCESS)
        return sp_error_http_status(q->err.code) >= 500 ? AUTHZ_GENERAL_ERROR : AUTHZ_DENIED;
    if (is_too_early(r, q))
        return AUTHZ_DENIED_NO_USER;
    return q->who.role >= *least ? AUTHZ_GRANTED : deny(r, q);
}

static const authz_provider provider = {check, parse};

void sp_authz_register(apr_pool_t *p)
{
    ap_register_auth_provider(p, AUTHZ_PROVIDER_GROUP, PROVIDER, AUTHZ_PROVIDER_VERSION, &provider, AP_AUTH_INTERNAL_PER_CONF);
}
