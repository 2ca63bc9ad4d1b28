/* Who is asking, by the row of a session that the PIN was given for. */
#include "identity_source.h"

#include <string.h>

#include <apr_strings.h>

#include "dbd.h"
#include "identity_kept.h"
#include "note.h"
#include "pin_line.h"
#include "rate_limit.h"
#include "request.h"
#include "session_cookie.h"
#include "sessions.h"
#include "sp_module.h"
#include "visitors.h"

/* A cookie and what it has to have been given for. */
typedef struct {
    const char *token, *credential;
    char key[SP_DIGEST_HEX_SIZE];
    apr_int64_t now_ms;
} asked_t;

sp_session_limits_t sp_identity_session_limits(const sp_req_t *q)
{
    return (sp_session_limits_t){.idle_s = q->conf->session_idle_s, .lifetime_s = q->conf->session_lifetime_s};
}

/* Whether what is kept is enough: open, and there is no visit to be noted. */
static int is_enough(const sp_req_t *q, const asked_t *a, const sp_identity_record_t *record)
{
    const sp_session_t session = {.created_ms = record->created_ms, .seen_ms = record->seen_ms, .limits = record->limits};
    const sp_session_limits_t limits = sp_identity_session_limits(q);

    return sp_sessions_is_open(&session, a->now_ms, &limits) && (a->now_ms - record->seen_ms < SP_NOTE_EVERY_MS || sp_visitors_nobody_there(q));
}

static void fill_record(sp_identity_record_t *record, const sp_session_t *session)
{
    memset(record, 0, sizeof(*record));
    apr_cpystrn(record->user, session->actor, sizeof(record->user));
    apr_cpystrn(record->session_id, session->id, sizeof(record->session_id));
    record->role = session->role;
    record->created_ms = session->created_ms;
    record->seen_ms = session->seen_ms;
    record->limits = session->limits;
}

static apr_status_t read_session(sp_req_t *q, const asked_t *a, sp_session_t *session)
{
    const sp_session_limits_t limits = sp_identity_session_limits(q);
    sp_db_t *db;
    apr_status_t rv = sp_rate_limit_check_credential(q, a->key);

    if (rv == APR_SUCCESS)
        rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_sessions_find(db, q->p, a->token, a->credential, a->now_ms, &limits, session, &q->err);
    if (rv == APR_SUCCESS && !sp_visitors_nobody_there(q))
        sp_sessions_visit(db, a->token, session, a->now_ms);
    sp_dbd_release(q, db);
    if (APR_STATUS_IS_NOTFOUND(rv))
        sp_rate_limit_note_credential(q, a->key);
    return rv;
}

static apr_status_t find_record(sp_req_t *q, const asked_t *a, sp_identity_record_t *record)
{
    sp_freshness_look_t before;
    sp_session_t session;
    apr_status_t rv;

    if (sp_identity_kept_find(q, a->key, record) && is_enough(q, a, record))
        return APR_SUCCESS;
    sp_freshness_before(q, &before);
    rv = read_session(q, a, &session);
    if (rv != APR_SUCCESS)
        return rv;
    fill_record(record, &session);
    sp_identity_kept_put(q, a->key, &before, record);
    return APR_SUCCESS;
}

apr_status_t sp_identity_from_session(sp_req_t *q)
{
    asked_t a = {.token = sp_session_cookie_read(q), .now_ms = apr_time_as_msec(q->r->request_time)};
    sp_identity_record_t record;
    sp_identity_t who;
    apr_status_t rv;

    if (!a.token || sp_pin_line_get(q, &a.credential) != APR_SUCCESS || sp_identity_kept_key(a.token, a.credential, a.key) != APR_SUCCESS)
        return APR_NOTFOUND;
    rv = find_record(q, &a, &record);
    if (rv != APR_SUCCESS)
        return rv;
    who = sp_identity_kept_who(q, &record, SP_METHOD_PIN);
    sp_identity_set(q, &who);
    return APR_SUCCESS;
}
