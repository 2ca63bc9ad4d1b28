/* Who is asking, by what mod_auth_openidc found out: a session of a browser, or a bearer token. */
#include "identity_oidc.h"

#include <apr_strings.h>

#include "identity_source.h"
#include "person.h"
#include "request.h"
#include "role_groups.h"
#include "sp_module.h"

#define TYPE_SESSION "openid-connect"
#define TYPE_BEARER  "oauth20"

/* By mod_auth_openidc, and by nobody else: whom mod_auth_basic knows has no groups of a provider. */
static int is_authenticated_as(const request_rec *r, const char *type)
{
    return r->user && *r->user && r->ap_auth_type && !ap_cstr_casecmp(r->ap_auth_type, type);
}

/* mod_auth_openidc can be told to take such a token from a cookie, too: then it is no more than a session. */
int sp_identity_has_oidc_bearer(const sp_req_t *q)
{
    const char *header = apr_table_get(q->r->headers_in, "Authorization");

    return is_authenticated_as(q->r, TYPE_BEARER) && header && !ap_cstr_casecmpn(header, "Bearer ", 7);
}

int sp_identity_has_oidc_session(const sp_req_t *q)
{
    return is_authenticated_as(q->r, TYPE_SESSION) || (is_authenticated_as(q->r, TYPE_BEARER) && !sp_identity_has_oidc_bearer(q));
}

static int is_known(const request_rec *r)
{
    return is_authenticated_as(r, TYPE_SESSION) || is_authenticated_as(r, TYPE_BEARER);
}

/* For an internal redirect httpd renames the variables and keeps the person: the claims are with the request that was authenticated, as long as it was that
 * person's. */
static const char *find_groups(const request_rec *r, const char *claim)
{
    for (const request_rec *at = r; at; at = at->prev) {
        const char *groups = apr_table_get(at->subprocess_env, claim);
        if (!is_known(at) || strcmp(at->user, r->user) != 0)
            return NULL;
        if (groups)
            return groups;
    }
    return NULL;
}

static apr_status_t refuse(sp_req_t *q, const char *what, const char *why)
{
    sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES, "the provider signed you in with %s that cannot be used here: it %s", what, why);
    sp_error_set_log(&q->err, "the login provider gave %s that %s", what, why);
    return APR_EACCES;
}

apr_status_t sp_identity_from_oidc(sp_req_t *q)
{
    const char *groups, *why;

    if (!is_known(q->r))
        return APR_NOTFOUND;
    if (sp_person_check_name(q->p, q->r->user, &why) != APR_SUCCESS)
        return refuse(q, "a name", why);
    groups = find_groups(q->r, q->conf->groups_claim);
    if (groups && sp_person_check_groups(q->p, groups, &why) != APR_SUCCESS)
        return refuse(q, "a list of groups", why);
    sp_identity_set(q, &(sp_identity_t){.user = q->r->user, .role = sp_role_of_groups(&q->conf->groups, groups), .method = SP_METHOD_OIDC, .groups = groups});
    return APR_SUCCESS;
}
