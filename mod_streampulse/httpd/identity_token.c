/* Who is asking, by the row of a program's token. */
#include "identity_source.h"

#include "bearer.h"
#include "dbd.h"
#include "request.h"
#include "sp_module.h"
#include "tokens.h"

static apr_status_t find_token(sp_req_t *q, const char *secret, sp_token_t *token)
{
    const apr_int64_t now_ms = apr_time_as_msec(q->r->request_time);
    sp_db_t *db;
    apr_status_t rv;

    /* A typing error is told without the database. */
    if (!sp_tokens_is_secret(secret))
        return APR_NOTFOUND;
    rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_tokens_find(db, q->p, secret, now_ms, token, &q->err);
    if (rv == APR_SUCCESS)
        sp_tokens_visit(db, token, q->r->useragent_ip, now_ms);
    sp_dbd_release(q, db);
    return rv;
}

/* Nobody else is asked about a token that does not work: what sends it means to be that program, and not whom a cookie says or nobody. */
apr_status_t sp_identity_from_token(sp_req_t *q)
{
    const char *secret = sp_bearer_read(q->r);
    sp_token_t token;
    apr_status_t rv;

    if (!secret || !q->path)
        return APR_NOTFOUND;
    rv = find_token(q, secret, &token);
    if (APR_STATUS_IS_NOTFOUND(rv))
        return sp_error_set(&q->err, SP_E_TOKEN_INVALID, APR_EACCES, "this token does not work: it is mistyped or unknown, was revoked, or has expired");
    if (rv != APR_SUCCESS)
        return rv;
    sp_identity_set(q,
                    &(sp_identity_t){.user = sp_tokens_user(q->p, token.name), .role = token.role, .method = SP_METHOD_TOKEN, .token_id = token.id});
    return APR_SUCCESS;
}
