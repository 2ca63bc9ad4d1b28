/* Who is asking, by the row of a program's token. */
#include "identity_source.h"

#include <string.h>

#include <apr_strings.h>

#include "bearer.h"
#include "dbd.h"
#include "identity_kept.h"
#include "note.h"
#include "rate_limit.h"
#include "request.h"
#include "sp_module.h"
#include "tokens.h"

static apr_status_t read_token(sp_req_t *q, const char *secret, const char *key, apr_int64_t now_ms, sp_token_t *token)
{
    sp_db_t *db;
    apr_status_t rv = sp_rate_limit_check_credential(q, key);

    if (rv == APR_SUCCESS)
        rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_tokens_find(db, q->p, secret, now_ms, token, &q->err);
    if (rv == APR_SUCCESS)
        sp_tokens_visit(db, token, q->r->useragent_ip, now_ms);
    sp_dbd_release(q, db);
    if (APR_STATUS_IS_NOTFOUND(rv))
        sp_rate_limit_note_credential(q, key);
    return rv;
}

/* 0: its name is too long to be kept. */
static int fill_record(sp_req_t *q, sp_identity_record_t *record, const sp_token_t *token)
{
    const char *user = sp_tokens_user(q->p, token->name);

    memset(record, 0, sizeof(*record));
    apr_cpystrn(record->user, user, sizeof(record->user));
    record->role = token->role;
    record->token_id = token->id;
    record->seen_ms = token->used_ms;
    record->expires_ms = token->expires_ms;
    return strlen(user) < sizeof(record->user);
}

static apr_status_t find_who(sp_req_t *q, const char *secret, sp_identity_t *who)
{
    const apr_int64_t now_ms = apr_time_as_msec(q->r->request_time);
    char key[SP_DIGEST_HEX_SIZE];
    sp_identity_record_t record;
    sp_freshness_look_t before;
    sp_token_t token;
    apr_status_t rv;

    /* A typing error is told without the database. */
    if (!sp_tokens_is_secret(secret) || sp_identity_kept_key(secret, NULL, key) != APR_SUCCESS)
        return APR_NOTFOUND;
    if (sp_identity_kept_find(q, key, &record) && record.expires_ms > now_ms && now_ms - record.seen_ms < SP_NOTE_EVERY_MS) {
        *who = sp_identity_kept_who(q, &record, SP_METHOD_TOKEN);
        return APR_SUCCESS;
    }
    sp_freshness_before(q, &before);
    rv = read_token(q, secret, key, now_ms, &token);
    if (rv != APR_SUCCESS)
        return rv;
    if (fill_record(q, &record, &token))
        sp_identity_kept_put(q, key, &before, &record);
    *who = (sp_identity_t){.user = sp_tokens_user(q->p, token.name), .role = token.role, .method = SP_METHOD_TOKEN, .token_id = token.id};
    return APR_SUCCESS;
}

/* Nobody else is asked about a token that does not work: what sends it means to be that program, and not whom a cookie says or nobody. */
apr_status_t sp_identity_from_token(sp_req_t *q)
{
    const char *secret = sp_bearer_read(q->r);
    sp_identity_t who;
    apr_status_t rv;

    if (!secret || !q->path)
        return APR_NOTFOUND;
    rv = find_who(q, secret, &who);
    if (APR_STATUS_IS_NOTFOUND(rv))
        return sp_error_set(&q->err, SP_E_TOKEN_INVALID, APR_EACCES, "this token does not work: it is mistyped or unknown, was revoked, or has expired");
    if (rv != APR_SUCCESS)
        return rv;
    sp_identity_set(q, &who);
    return APR_SUCCESS;
}
