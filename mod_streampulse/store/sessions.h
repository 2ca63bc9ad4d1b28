/* Signed-in browsers. */
#ifndef SP_SESSIONS_H
#define SP_SESSIONS_H

#include <apr_tables.h>

#include "db.h"
#include "role.h"

#define SP_SESSION_TOKEN_SIZE 65 /* 64 hex digits (256 random bits) and the NUL */

#define SP_SESSION_ID_SIZE 17 /* 16 hex digits and the NUL */
#define SP_SESSIONS_LISTED 1000

/* In seconds: how long it may be without a request, and how long in any case. */
typedef struct {
    int idle_s, lifetime_s;
} sp_session_limits_t;

typedef struct {
    const char *id; /* public: random too, and no help in finding the token */
    const char *actor;
    sp_role_e role;
    apr_int64_t created_ms, seen_ms;
    const char *address, *agent; /* of the sign-in; NULL: not known */
    sp_session_limits_t limits;  /* that it was made with */
} sp_session_t;

/* What a session starts with. */
typedef struct {
    const char *credential; /* what it was given for, such as the line of the PIN's file; the session lasts no longer than that is the same */
    const char *actor;
    sp_role_e role;
    const char *address, *agent; /* NULL: not known */
    sp_session_limits_t limits;
} sp_session_start_t;

/* Whether it is written like the token of one. */
int sp_sessions_is_token(const char *text);
/* Makes a session and gives its token, which is nowhere stored: the row holds its SHA-256. Sweeps out what has expired by its own limits. With its entry in the audit log, by the
 * connection's actor. */
apr_status_t sp_sessions_create(sp_db_t *db, const sp_session_start_t *start, apr_int64_t now_ms, char token[SP_SESSION_TOKEN_SIZE], sp_error_t *err);
/* APR_NOTFOUND (err untouched) for a token that is unknown, of another credential, or expired. limits: those of who
 * asks; what it was made with counts as well, so that it lasts nowhere longer than where it was made. */
apr_status_t sp_sessions_find(sp_db_t *db, apr_pool_t *p, const char *token, const char *credential, apr_int64_t now_ms, const sp_session_limits_t *limits,
                              sp_session_t *session, sp_error_t *err);
/* Whether it has not ended by itself. */
int sp_sessions_is_open(const sp_session_t *session, apr_int64_t now_ms, const sp_session_limits_t *limits);
/* Somebody is at it: it is not idle. Noted at most once a minute; a database that cannot be written does not hinder it. */
void sp_sessions_visit(sp_db_t *db, const char *token, const sp_session_t *session, apr_int64_t now_ms);
/* Ends it, with its entry in the audit log; an unknown token is no error. */
apr_status_t sp_sessions_end(sp_db_t *db, const char *token, sp_error_t *err);

/* The open ones of that credential, last seen first; the first SP_SESSIONS_LISTED. *sessions: of sp_session_t. Pool: p. */
apr_status_t sp_sessions_list(sp_db_t *db, apr_pool_t *p, const char *credential, apr_int64_t now_ms, const sp_session_limits_t *limits,
                              apr_array_header_t **sessions, sp_error_t *err);
/* Ends the session of that public id, tells which it was and the audit log that it was ended. SP_E_SESSION_UNKNOWN. Pool: p. */
apr_status_t sp_sessions_end_public(sp_db_t *db, apr_pool_t *p, const char *id, sp_session_t *session, sp_error_t *err);

#endif
