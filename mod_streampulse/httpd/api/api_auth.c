/* POST, DELETE and GET /api/auth: PIN to session, its end, and who somebody is. */
#include "api.h"

#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_time.h>
#include <jansson.h>

#include "body.h"
#include "dbd.h"
#include "person.h"
#include "pin.h"
#include "pin_check.h"
#include "reply.h"
#include "session_cookie.h"
#include "sessions.h"
#include "visitors.h"

#define BODY_MAX_BYTES  4096
#define AGENT_MAX_BYTES 200

static const char *login_url(sp_req_t *q)
{
    if (q->conf->login_url)
        return q->conf->login_url;
    return q->conf->pin_file ? apr_pstrcat(q->p, q->prefix, "/api/auth", NULL) : NULL;
}

static apr_status_t reply_me(sp_req_t *q)
{
    int known = q->who.method != SP_METHOD_ANONYMOUS;
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_kv_string(&j, "user", known ? q->who.user : NULL);
    sp_json_kv_string(&j, "role", sp_role_name(q->who.role));
    sp_json_kv_string(&j, "method", sp_identity_method_name(q->who.method));
    sp_json_key(&j, "can");
    sp_json_array(&j);
    for (const char *const *verb = sp_role_can(q->who.role); *verb; verb++)
        sp_json_string(&j, *verb);
    sp_json_array_end(&j);
    sp_json_kv_string(&j, "login_url", login_url(q));
    sp_json_kv_string(&j, "logout_url", q->who.method == SP_METHOD_OIDC ? q->conf->logout_url : NULL);
    sp_json_kv_bool(&j, "pin", q->conf->pin_file != NULL);
    sp_json_kv_string(&j, "read_only", q->conf->read_only);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}

static apr_status_t pin_from_json(sp_req_t *q, const char *text, apr_size_t len, const char **pin)
{
    json_error_t where;
    json_auto_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &where);
    const char *value;

    if (!root)
        return sp_error_set(&q->err, SP_E_BAD_JSON, APR_EINVAL, "the body is not valid JSON: line %d, column %d", where.line, where.column);
    value = json_string_value(json_object_get(root, "pin"));
    if (!value || json_object_size(root) != 1)
        return sp_error_set(&q->err, SP_E_BAD_JSON, APR_EINVAL, "the body must be an object with the one field \"pin\", a text");
    *pin = apr_pstrdup(q->p, value);
    return APR_SUCCESS;
}

static apr_status_t read_pin(sp_req_t *q, const char **pin)
{
    const char *text;
    apr_size_t len;
    apr_status_t rv;

    if (strcmp(sp_body_media_type(q), "application/json") != 0)
        return sp_error_set(&q->err, SP_E_UNSUPPORTED_MEDIA_TYPE, APR_EINVAL, "the PIN must be sent as application/json");
    rv = sp_body_text(q, BODY_MAX_BYTES, &text, &len);
    return rv == APR_SUCCESS ? pin_from_json(q, text, len, pin) : rv;
}

/* The browser as it names itself: without what could not be shown, and not longer than helps. */
static const char *read_agent(sp_req_t *q)
{
    const char *sent = apr_table_get(q->r->headers_in, "User-Agent");
    char *agent;

    if (!sent || !*sent)
        return NULL;
    agent = apr_pstrndup(q->p, sent, AGENT_MAX_BYTES);
    for (char *c = agent; *c; c++)
        if (!apr_isascii(*c) || !apr_isprint(*c))
            *c = '?';
    return agent;
}

/* A new token at every sign-in: one that somebody planted before never becomes a session. */
static apr_status_t start_session(sp_req_t *q, const char *credential)
{
    const sp_session_start_t start = {.credential = credential,
                                      .actor = SP_PERSON_PIN,
                                      .role = SP_ROLE_ADMIN,
                                      .address = q->r->useragent_ip,
                                      .agent = read_agent(q),
                                      .limits = sp_identity_session_limits(q)};
    const char *old = sp_session_cookie_read(q);
    char *token = apr_palloc(q->p, SP_SESSION_TOKEN_SIZE);
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    if (old)
        rv = sp_sessions_end(db, old, &q->err);
    /* From here on it is the admin who acts: for the audit log. */
    sp_identity_set(q, &(sp_identity_t){.user = SP_PERSON_PIN, .role = SP_ROLE_ADMIN, .method = SP_METHOD_PIN});
    if (rv == APR_SUCCESS)
        rv = sp_sessions_create(db, &start, apr_time_as_msec(q->r->request_time), token, &q->err);
    rv = sp_dbd_release_written(q, db, rv);
    if (rv != APR_SUCCESS)
        return rv;
    sp_session_cookie_set(q, token);
    return APR_SUCCESS;
}

apr_status_t sp_api_auth_post(sp_req_t *q)
{
    const char *hash, *pin;
    apr_status_t rv;

    /* They would go on being who they are, as that is asked first. */
    if (q->who.method == SP_METHOD_OIDC || q->who.method == SP_METHOD_TOKEN)
        return sp_error_set(&q->err, SP_E_SIGNED_IN_ALREADY, APR_EEXIST, "you are signed in as %s, and the PIN does not change that: sign out first",
                            q->who.user);
    if (!q->conf->pin_file)
        return sp_error_set(&q->err, SP_E_PIN_NOT_CONFIGURED, APR_NOTFOUND, "signing in with a PIN is not configured");
    rv = read_pin(q, &pin);
    if (rv == APR_SUCCESS)
        rv = sp_pin_read(q->p, q->conf->pin_file, &hash, &q->err);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_pin_check(q, pin, hash);
    if (rv == APR_SUCCESS)
        rv = start_session(q, hash);
    return rv == APR_SUCCESS ? reply_me(q) : rv;
}

static apr_status_t end_session(sp_req_t *q, const char *token)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_sessions_end(db, token, &q->err);
    return sp_dbd_release_written(q, db, rv);
}

apr_status_t sp_api_auth_delete(sp_req_t *q)
{
    const char *token = sp_session_cookie_read(q);
    apr_status_t rv = token ? end_session(q, token) : APR_SUCCESS;

    if (rv != APR_SUCCESS)
        return rv;
    if (q->who.method == SP_METHOD_OIDC)
        sp_visitors_note_sign_out(q);
    sp_session_cookie_set(q, NULL);
    /* The cookie's row is gone: this is what the visitor is without it. */
    rv = sp_identity_establish_again(q);
    return rv == APR_SUCCESS ? reply_me(q) : rv;
}

apr_status_t sp_api_auth_me_get(sp_req_t *q)
{
    return reply_me(q);
}
