/* Establishing who is asking, from the server's own records. */
#include "identity.h"

#include "identity_source.h"
#include "rate_limit.h"
#include "request.h"
#include "session_cookie.h"
#include "sp_module.h"

void sp_identity_set(sp_req_t *q, const sp_identity_t *who)
{
    q->who = *who;
    q->actor.user = q->who.user;
    q->actor.role = sp_role_name(q->who.role);
    q->actor.method = sp_identity_method_name(q->who.method);
    q->actor.address = q->r->useragent_ip;
    q->actor.request_id = q->request_id;
}

void sp_identity_set_anonymous(sp_req_t *q)
{
    sp_identity_set(q, &(sp_identity_t){.user = "anonymous", .role = (sp_role_e)q->conf->anonymous_role, .method = SP_METHOD_ANONYMOUS});
}

static apr_status_t from_directive(sp_req_t *q)
{
    sp_identity_set_anonymous(q);
    return APR_SUCCESS;
}

/* In the order they are asked. The last one knows everybody. */
static const sp_identity_source_fn identity_sources[] = {sp_identity_from_session, from_directive};

/* What only the database can tell whose it is. */
static int brings_credential(sp_req_t *q)
{
    const char *authorization = apr_table_get(q->r->headers_in, "Authorization");

    return sp_session_cookie_read(q) || (authorization && !ap_cstr_casecmpn(authorization, "Bearer ", 7));
}

static apr_status_t ask_sources(sp_req_t *q)
{
    apr_status_t rv = APR_NOTFOUND;

    for (apr_size_t i = 0; i < sizeof(identity_sources) / sizeof(*identity_sources) && rv == APR_NOTFOUND; i++)
        rv = identity_sources[i](q);
    return rv;
}

apr_status_t sp_identity_establish(sp_req_t *q)
{
    const int brings = brings_credential(q);
    apr_status_t rv = brings ? sp_rate_limit_check_credential(q) : APR_SUCCESS;

    if (rv == APR_SUCCESS)
        rv = ask_sources(q);
    if (brings && rv == APR_SUCCESS && q->who.method == SP_METHOD_ANONYMOUS)
        sp_rate_limit_note_credential(q);
    return rv;
}

const char *sp_identity_method_name(sp_identity_method_e method)
{
    switch (method) {
    case SP_METHOD_ANONYMOUS:
        return "anonymous";
    case SP_METHOD_PIN:
        return "pin";
    case SP_METHOD_OIDC:
        return "oidc";
    case SP_METHOD_TOKEN:
        return "token";
    }
    return "anonymous";
}
