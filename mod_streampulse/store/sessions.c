/* Signed-in browsers: random tokens whose hash is a row. */
#include "sessions.h"

#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "audit.h"
#include "digest.h"
#include "hex.h"
#include "note.h"

#define TOKEN_BYTES   32
#define MADE_WITH_LEN 32
#define ID_BYTES      8

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

static apr_status_t sweep(sp_db_t *db, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_SWEEP, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t add(sp_db_t *db, const char *hash, const char *made_with, const char *id, const sp_session_start_t *start, apr_int64_t now_ms,
                        sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, hash);
    sp_stmt_bind_text(st, 2, made_with);
    sp_stmt_bind_text(st, 3, start->actor);
    sp_stmt_bind_text(st, 4, sp_role_name(start->role));
    sp_stmt_bind_int(st, 5, now_ms);
    sp_stmt_bind_text(st, 6, id);
    sp_stmt_bind_text(st, 7, start->address);
    sp_stmt_bind_text(st, 8, start->agent);
    sp_stmt_bind_int(st, 9, start->limits.idle_s);
    sp_stmt_bind_int(st, 10, start->limits.lifetime_s);
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_sessions_create(sp_db_t *db, const sp_session_start_t *start, apr_int64_t now_ms, char token[SP_SESSION_TOKEN_SIZE], sp_error_t *err)
{
    unsigned char random[TOKEN_BYTES + ID_BYTES];
    char id[SP_SESSION_ID_SIZE];
    hash_t hash, made_with;
    apr_status_t rv = apr_generate_random_bytes(random, sizeof(random));

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not get random bytes for a session");
    sp_hex(token, random, TOKEN_BYTES);
    sp_hex(id, random + TOKEN_BYTES, ID_BYTES);
    if ((rv = hash_text(hash, token)) != APR_SUCCESS || (rv = hash_credential(made_with, start->credential)) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not hash a session's token");
    if ((rv = sp_db_begin_write(db, err)) != APR_SUCCESS)
        return rv;
    rv = sweep(db, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = add(db, hash, made_with, id, start, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = sp_audit_add(db, &(sp_audit_event_t){.action = "login", .result = "ok", .count = 1}, err);
    return sp_db_end_write(db, rv, err);
}

typedef struct {
    const char *hash;
    apr_int64_t now_ms;
} visit_t;

static apr_status_t note_visit(sp_db_t *db, const void *ctx)
{
    const visit_t *visit = ctx;
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_SEEN, NULL);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, visit->hash);
    sp_stmt_bind_int(st, 2, visit->now_ms);
    return sp_stmt_run(st, NULL, NULL);
}

int sp_sessions_is_token(const char *text)
{
    return text && sp_hex_is(text, SP_SESSION_TOKEN_SIZE - 1);
}

/* APR_NOTFOUND also for a role that this version does not know. */
static apr_status_t read_row(sp_stmt_t *st, apr_pool_t *p, sp_session_t *session)
{
    session->id = sp_stmt_text(st, 0, p);
    session->actor = sp_stmt_text(st, 1, p);
    session->created_ms = sp_stmt_int(st, 3);
    session->seen_ms = sp_stmt_int(st, 4);
    session->address = sp_stmt_text(st, 5, p);
    session->agent = sp_stmt_text(st, 6, p);
    session->limits = (sp_session_limits_t){.idle_s = (int)sp_stmt_int(st, 7), .lifetime_s = (int)sp_stmt_int(st, 8)};
    return sp_role_by_name(sp_stmt_text(st, 2, p), &session->role) == APR_SUCCESS ? APR_SUCCESS : APR_NOTFOUND;
}

static apr_status_t read_one(sp_stmt_t *st, apr_pool_t *p, sp_session_t *session, sp_error_t *err)
{
    apr_status_t rv = sp_stmt_step(st, err);

    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_NOTFOUND : rv;
    rv = read_row(st, p, session);
    sp_stmt_reset(st);
    return rv;
}

static apr_status_t read_session(sp_db_t *db, apr_pool_t *p, const char *hash, const char *made_with, sp_session_t *session, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_GET, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, hash);
    sp_stmt_bind_text(st, 2, made_with);
    return read_one(st, p, session, err);
}

/* Also of a moment to come, which a clock that was ahead has left. */
static int is_near(apr_int64_t then_ms, apr_int64_t now_ms, int seconds)
{
    return now_ms - then_ms <= (apr_int64_t)seconds * 1000 && then_ms - now_ms <= (apr_int64_t)seconds * 1000;
}

static int is_within(const sp_session_t *session, apr_int64_t now_ms, const sp_session_limits_t *limits)
{
    return is_near(session->seen_ms, now_ms, limits->idle_s) && is_near(session->created_ms, now_ms, limits->lifetime_s);
}

int sp_sessions_is_open(const sp_session_t *session, apr_int64_t now_ms, const sp_session_limits_t *limits)
{
    return is_within(session, now_ms, limits) && is_within(session, now_ms, &session->limits);
}

apr_status_t sp_sessions_find(sp_db_t *db, apr_pool_t *p, const char *token, const char *credential, apr_int64_t now_ms, const sp_session_limits_t *limits,
                              sp_session_t *session, sp_error_t *err)
{
    hash_t hash, made_with;
    apr_status_t rv;

    if (!sp_sessions_is_token(token) || hash_text(hash, token) != APR_SUCCESS || hash_credential(made_with, credential) != APR_SUCCESS)
        return APR_NOTFOUND;
    if ((rv = read_session(db, p, hash, made_with, session, err)) != APR_SUCCESS)
        return rv;
    return sp_sessions_is_open(session, now_ms, limits) ? APR_SUCCESS : APR_NOTFOUND;
}

void sp_sessions_visit(sp_db_t *db, const char *token, const sp_session_t *session, apr_int64_t now_ms)
{
    hash_t hash;

    if (now_ms - session->seen_ms >= SP_NOTE_EVERY_MS && hash_text(hash, token) == APR_SUCCESS)
        sp_note_write(db, note_visit, &(visit_t){hash, now_ms});
}

/* *ended: how many there were. */
static apr_status_t end_where(sp_db_t *db, sp_query_e query, const char *value, apr_int64_t *ended, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, value);
    return sp_stmt_run(st, ended, err);
}

/* What was no session is not written down. */
static apr_status_t end(sp_db_t *db, const char *hash, sp_error_t *err)
{
    apr_int64_t ended;
    apr_status_t rv = end_where(db, SP_Q_SESSION_END, hash, &ended, err);

    return rv == APR_SUCCESS && ended ? sp_audit_add(db, &(sp_audit_event_t){.action = "logout", .result = "ok", .count = 1}, err) : rv;
}

apr_status_t sp_sessions_end(sp_db_t *db, const char *token, sp_error_t *err)
{
    hash_t hash;
    apr_status_t rv;

    if (!sp_sessions_is_token(token) || hash_text(hash, token) != APR_SUCCESS)
        return APR_SUCCESS;
    if ((rv = sp_db_begin_write(db, err)) != APR_SUCCESS)
        return rv;
    return sp_db_end_write(db, end(db, hash, err), err);
}

apr_status_t sp_sessions_list(sp_db_t *db, apr_pool_t *p, const char *credential, apr_int64_t now_ms, const sp_session_limits_t *limits,
                              apr_array_header_t **sessions, sp_error_t *err)
{
    hash_t made_with;
    sp_stmt_t *st;
    apr_status_t rv = hash_credential(made_with, credential);

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not hash a credential");
    if (!(st = sp_db_stmt(db, SP_Q_SESSION_LIST, err)))
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, made_with);
    sp_stmt_bind_int(st, 2, now_ms - (apr_int64_t)limits->idle_s * 1000);
    sp_stmt_bind_int(st, 3, now_ms - (apr_int64_t)limits->lifetime_s * 1000);
    sp_stmt_bind_int(st, 4, SP_SESSIONS_LISTED);
    *sessions = apr_array_make(p, 8, sizeof(sp_session_t));
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_session_t session;
        if (read_row(st, p, &session) == APR_SUCCESS && sp_sessions_is_open(&session, now_ms, limits))
            APR_ARRAY_PUSH(*sessions, sp_session_t) = session;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t get_public(sp_db_t *db, apr_pool_t *p, const char *id, sp_session_t *session, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SESSION_GET_PUBLIC, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, id);
    rv = read_one(st, p, session, err);
    return APR_STATUS_IS_NOTFOUND(rv) ? sp_error_set(err, SP_E_SESSION_UNKNOWN, rv, "there is no such session; it may have ended") : rv;
}

apr_status_t sp_sessions_end_public(sp_db_t *db, apr_pool_t *p, const char *id, sp_session_t *session, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    rv = get_public(db, p, id, session, err);
    if (rv == APR_SUCCESS)
        rv = end_where(db, SP_Q_SESSION_END_PUBLIC, id, NULL, err);
    if (rv == APR_SUCCESS)
        rv = sp_audit_add(db, &(sp_audit_event_t){.action = "session_ended", .target = session->actor, .detail = session->address, .result = "ok", .count = 1},
                          err);
    return sp_db_end_write(db, rv, err);
}
