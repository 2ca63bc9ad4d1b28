/* GET and POST /api/tokens, DELETE /api/tokens/{id}: the tokens of programs. */
#include "api.h"

#include <string.h>

#include "dbd.h"
#include "entry_input.h"
#include "json_input.h"
#include "number_input.h"
#include "reply.h"
#include "tokens.h"

static const char *const token_fields[] = {"name", "role", "expires_in_days", NULL};

static apr_int64_t now_of(const sp_req_t *q)
{
    return apr_time_as_msec(q->r->request_time);
}

static void write_token(sp_req_t *q, sp_json_t *j, const sp_token_t *token)
{
    sp_json_object(j);
    sp_json_kv_int(j, "id", token->id);
    sp_json_kv_string(j, "name", token->name);
    sp_json_kv_string(j, "user", sp_tokens_user(q->p, token->name));
    sp_json_kv_string(j, "role", sp_role_name(token->role));
    sp_json_kv_string(j, "state", sp_tokens_state_name(sp_tokens_state(token, now_of(q))));
    sp_json_kv_time(j, "created_at", token->created_ms);
    sp_json_kv_string(j, "created_by", token->created_by);
    sp_json_kv_time(j, "expires_at", token->expires_ms);
    sp_json_kv_time(j, "used_at", token->used_ms);
    sp_json_kv_string(j, "used_from", token->used_from);
    sp_json_kv_time(j, "revoked_at", token->revoked_ms);
    sp_json_kv_string(j, "revoked_by", token->revoked_by);
    sp_json_object_end(j);
}

/* secret NULL: it is not told. */
static apr_status_t reply_token(sp_req_t *q, int status, const sp_token_t *token, const char *secret)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "token");
    write_token(q, &j, token);
    if (secret)
        sp_json_kv_string(&j, "secret", secret);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, status, SP_REPLY_JSON, out);
}

static apr_status_t reply_list(sp_req_t *q, const apr_array_header_t *tokens)
{
    sp_out_t *out = sp_reply_out(q);
    int live = 0;
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "tokens");
    sp_json_array(&j);
    for (int i = 0; i < tokens->nelts; i++) {
        const sp_token_t *token = &APR_ARRAY_IDX(tokens, i, sp_token_t);
        live += sp_tokens_state(token, now_of(q)) == SP_TOKEN_LIVE;
        write_token(q, &j, token);
    }
    sp_json_array_end(&j);
    sp_json_kv_int(&j, "live", live);
    sp_json_kv_int(&j, "max_live", q->sconf->tokens_max);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}

apr_status_t sp_api_tokens_get(sp_req_t *q)
{
    apr_array_header_t *tokens;
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_tokens_list(db, q->p, &tokens, &q->err);
    sp_dbd_release(q, db);
    return rv == APR_SUCCESS ? reply_list(q, tokens) : rv;
}

static sp_role_e read_role(sp_req_t *q, json_t *body)
{
    const char *text = json_string_value(json_object_get(body, "role"));
    sp_role_e role;

    if (text && sp_role_by_name(text, &role) == APR_SUCCESS && role != SP_ROLE_NONE)
        return role;
    sp_entry_input_problem(q, "role", "must be viewer, editor or admin");
    return SP_ROLE_NONE;
}

static int read_days(sp_req_t *q, json_t *body)
{
    json_t *value = json_object_get(body, "expires_in_days");
    json_int_t days = json_is_integer(value) ? json_integer_value(value) : 0;

    if (days >= 1 && days <= SP_TOKEN_MAX_DAYS)
        return (int)days;
    sp_entry_input_problem(q, "expires_in_days", "must be a whole number from 1 to %d", SP_TOKEN_MAX_DAYS);
    return 0;
}

static apr_status_t read_wanted(sp_req_t *q, sp_token_wanted_t *wanted)
{
    json_auto_t *body = NULL;
    apr_status_t rv = sp_json_input_read(q, token_fields, &body);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_input_require(q, body, "name");
    wanted->name = sp_json_input_name(q, body, "name");
    wanted->role = read_role(q, body);
    wanted->days = read_days(q, body);
    return sp_json_input_finish(q);
}

apr_status_t sp_api_tokens_post(sp_req_t *q)
{
    char secret[SP_TOKEN_SECRET_SIZE];
    sp_token_wanted_t wanted;
    sp_token_t token;
    sp_db_t *db;
    apr_status_t rv = sp_identity_require_person(q);

    if (rv == APR_SUCCESS)
        rv = read_wanted(q, &wanted);
    if (rv == APR_SUCCESS)
        rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_tokens_make(db, q->p, &wanted, q->sconf->tokens_max, now_of(q), secret, &token, &q->err);
    rv = sp_dbd_release_written(q, db, rv);
    return rv == APR_SUCCESS ? reply_token(q, HTTP_CREATED, &token, secret) : rv;
}

apr_status_t sp_api_tokens_delete(sp_req_t *q)
{
    apr_int64_t id;
    sp_token_t token;
    sp_db_t *db;
    apr_status_t rv = sp_identity_require_person(q);

    if (rv != APR_SUCCESS)
        return rv;
    if (!sp_number_input_parse(q->arg, APR_INT64_MAX, &id))
        return sp_error_set(&q->err, SP_E_TOKEN_UNKNOWN, APR_NOTFOUND, "there is no such token");
    rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_tokens_revoke(db, q->p, id, now_of(q), &token, &q->err);
    rv = sp_dbd_release_written(q, db, rv);
    return rv == APR_SUCCESS ? reply_token(q, HTTP_OK, &token, NULL) : rv;
}
