/* Establishing who is asking, from the server's own records. */
#include "identity.h"

#include <string.h>

#include "identity_source.h"
#include "oidc_again.h"
#include "person.h"
#include "request.h"
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
    sp_identity_set(q, &(sp_identity_t){.user = SP_PERSON_ANONYMOUS, .role = (sp_role_e)q->conf->anonymous_role, .method = SP_METHOD_ANONYMOUS});
    q->identified = 0; /* nobody was asked: whoever has to know asks, even if "Require streampulse-role" did before */
}

static apr_status_t from_directive(sp_req_t *q)
{
    sp_identity_set_anonymous(q);
    return APR_SUCCESS;
}

/* In the order they are asked. The last one knows everybody. */
static const sp_identity_source_fn identity_sources[] = {sp_identity_from_token, sp_identity_from_oidc, sp_identity_from_session, from_directive};

apr_status_t sp_identity_establish_again(sp_req_t *q)
{
    apr_status_t rv = APR_NOTFOUND;

    for (apr_size_t i = 0; i < sizeof(identity_sources) / sizeof(*identity_sources) && rv == APR_NOTFOUND; i++)
        rv = identity_sources[i](q);
    q->identified = rv == APR_SUCCESS;
    q->identified_user = q->r->user;
    return rv;
}

apr_status_t sp_identity_establish(sp_req_t *q)
{
    return q->identified && q->identified_user == q->r->user ? APR_SUCCESS : sp_identity_establish_again(q);
}

static apr_status_t compare(sp_req_t *q, const sp_identity_t *before)
{
    if (q->who.method != before->method || strcmp(q->who.user, before->user) != 0)
        return sp_error_set(&q->err, SP_E_SIGN_IN_REQUIRED, APR_EACCES, "your session ended while this was on its way: sign in again; nothing was changed");
    if (q->who.role < before->role)
        return sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES,
                            "your role was taken from you while this was on its way, it is %s now; nothing was changed", sp_role_name(q->who.role));
    return APR_SUCCESS;
}

apr_status_t sp_identity_confirm(sp_req_t *q)
{
    const sp_identity_t before = q->who;
    apr_status_t rv = APR_SUCCESS;

    if (before.method == SP_METHOD_ANONYMOUS)
        return APR_SUCCESS;
    if (before.method == SP_METHOD_OIDC)
        rv = sp_oidc_again_ask(q);
    if (rv == APR_SUCCESS)
        rv = sp_identity_establish_again(q);
    return rv == APR_SUCCESS ? compare(q, &before) : rv;
}

apr_status_t sp_identity_require_person(sp_req_t *q)
{
    if (q->who.method != SP_METHOD_TOKEN)
        return APR_SUCCESS;
    return sp_error_set(&q->err, SP_E_PERSON_REQUIRED, APR_EACCES,
                        "a token cannot make or revoke tokens nor end sessions, whatever its role: somebody has to sign in for that");
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
