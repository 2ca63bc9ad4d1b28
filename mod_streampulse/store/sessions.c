/* Signed-in browsers: random tokens whose hash is a row. */
#include "sessions.h"

#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "audit.h"
#include "digest.h"
#include "hex.h"

#define TOKEN_BYTES   32
#define MADE_WITH_LEN 32
#define NOTE_EVERY_MS 60000
#define NOTE_WAIT_MS  20

typedef char hash_t[SP_DIGEST_HEX_SIZE];

static apr_status_t hash_text(hash_t out, const char *text)
{
    return sp_digest_of(text, strlen(text), out);
}

/* Enough of it to tell one credential from another. */
static apr_status_t hash_credential(hash_t out, const char *credential)
{
    apr_status_t rv = hash_text(out, credential);

    out[MADE_WITH_LEN] = '\0';
    return rv;
}

static apr_status_t sweep(sp_db_t *db, apr_int64_t now_ms, int idle_s, int lifetime_s, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_SWEEP, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms - (apr_int64_t)idle_s * 1000);
    sp_stmt_bind_int(st, 2, now_ms - (apr_int64_t)lifetime_s * 1000);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t add(sp_db_t *db, const char *hash, const char *made_with, const char *actor, sp_role_e role, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, hash);
    sp_stmt_bind_text(st, 2, made_with);
    sp_stmt_bind_text(st, 3, actor);
    sp_stmt_bind_text(st, 4, sp_role_name(role));
    sp_stmt_bind_int(st, 5, now_ms);
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_sessions_create(sp_db_t *db, apr_pool_t *p, const char *credential, const char *actor, sp_role_e role, apr_int64_t now_ms, int idle_s,
                                int lifetime_s, char token[SP_SESSION_TOKEN_SIZE], sp_error_t *err)
{
    unsigned char random[TOKEN_BYTES];
    hash_t hash, made_with;
    apr_status_t rv = apr_generate_random_bytes(random, sizeof(random));

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not get random bytes for a session");
    sp_hex(token, random, sizeof(random));
    if ((rv = hash_text(hash, token)) != APR_SUCCESS || (rv = hash_credential(made_with, credential)) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not hash a session's token");
    if ((rv = sp_db_begin_write(db, err)) != APR_SUCCESS)
        return rv;
    rv = sweep(db, now_ms, idle_s, lifetime_s, err);
    if (rv == APR_SUCCESS)
        rv = add(db, hash, made_with, actor, role, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = sp_audit_add(db, &(sp_audit_event_t){.action = "login", .result = "ok", .count = 1}, err);
    if (rv != APR_SUCCESS) {
        sp_db_rollback(db);
        return rv;
    }
    return sp_db_commit(db, err);
}

/* Never in the way of the request: a short wait, and no error. */
static void note_visit(sp_db_t *db, const char *hash, apr_int64_t now_ms)
{
    int before;
    sp_stmt_t *st;

    if (sp_db_in_transaction(db))
        return;
    before = sp_db_set_write_timeout(db, NOTE_WAIT_MS);
    if (sp_db_begin_write(db, NULL) == APR_SUCCESS) {
        st = sp_db_stmt(db, SP_Q_SESSION_SEEN, NULL);
        if (st) {
            sp_stmt_bind_text(st, 1, hash);
            sp_stmt_bind_int(st, 2, now_ms);
        }
        if (st && sp_stmt_run(st, NULL, NULL) == APR_SUCCESS)
            (void)sp_db_commit(db, NULL);
        else
            sp_db_rollback(db);
    }
    sp_db_set_write_timeout(db, before);
}

static int is_token(const char *token)
{
    return token && strlen(token) == SP_SESSION_TOKEN_SIZE - 1 && strspn(token, "0123456789abcdef") == SP_SESSION_TOKEN_SIZE - 1;
}

static apr_status_t read_session(sp_db_t *db, apr_pool_t *p, const char *hash, const char *made_with, sp_session_t *session, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_GET, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, hash);
    sp_stmt_bind_text(st, 2, made_with);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? APR_NOTFOUND : rv;
    session->actor = sp_stmt_text(st, 0, p);
    rv = sp_role_by_name(sp_stmt_text(st, 1, p), &session->role);
    session->created_ms = sp_stmt_int(st, 2);
    session->seen_ms = sp_stmt_int(st, 3);
    sp_stmt_reset(st);
    return rv == APR_SUCCESS ? APR_SUCCESS : APR_NOTFOUND;
}

apr_status_t sp_sessions_find(sp_db_t *db, apr_pool_t *p, const char *token, const char *credential, apr_int64_t now_ms, int idle_s, int lifetime_s,
                              sp_session_t *session, sp_error_t *err)
{
    hash_t hash, made_with;
    apr_status_t rv;

    if (!is_token(token) || hash_text(hash, token) != APR_SUCCESS || hash_credential(made_with, credential) != APR_SUCCESS)
        return APR_NOTFOUND;
    if ((rv = read_session(db, p, hash, made_with, session, err)) != APR_SUCCESS)
        return rv;
    if (now_ms - session->seen_ms > (apr_int64_t)idle_s * 1000 || now_ms - session->created_ms > (apr_int64_t)lifetime_s * 1000)
        return APR_NOTFOUND;
    return APR_SUCCESS;
}

void sp_sessions_visit(sp_db_t *db, const char *token, const sp_session_t *session, apr_int64_t now_ms)
{
    hash_t hash;

    if (now_ms - session->seen_ms >= NOTE_EVERY_MS && hash_text(hash, token) == APR_SUCCESS)
        note_visit(db, hash, now_ms);
}

/* What was no session is not written down. */
static apr_status_t end(sp_db_t *db, const char *hash, sp_error_t *err)
{
    apr_int64_t ended;
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_END, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, hash);
    rv = sp_stmt_run(st, &ended, err);
    return rv == APR_SUCCESS && ended ? sp_audit_add(db, &(sp_audit_event_t){.action = "logout", .result = "ok", .count = 1}, err) : rv;
}

apr_status_t sp_sessions_end(sp_db_t *db, const char *token, sp_error_t *err)
{
    hash_t hash;
    apr_status_t rv;

    if (!is_token(token) || hash_text(hash, token) != APR_SUCCESS)
        return APR_SUCCESS;
    if ((rv = sp_db_begin_write(db, err)) != APR_SUCCESS)
        return rv;
    if ((rv = end(db, hash, err)) != APR_SUCCESS) {
        sp_db_rollback(db);
        return rv;
    }
    return sp_db_commit(db, err);
}
