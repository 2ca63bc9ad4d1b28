/* Who is asking, by the row of a session that the PIN was given for. */
#include "identity_source.h"

#include "dbd.h"
#include "pin.h"
#include "rate_limit.h"
#include "request.h"
#include "session_cookie.h"
#include "sessions.h"
#include "sp_module.h"

/* The PIN's line as it is now: a session is worth as much as the PIN it was given for. */
static apr_status_t read_credential(sp_req_t *q, const char **line)
{
    sp_error_t err;

    if (!q->conf->pin_file)
        return APR_NOTFOUND;
    sp_error_init(&err, q->p);
    if (sp_pin_read(q->p, q->conf->pin_file, line, &err) == APR_SUCCESS)
        return APR_SUCCESS;
    ap_log_rerror(APLOG_MARK, APLOG_INFO, err.rv, q->r, "SP0304: sessions do not count: %s", err.log);
    return APR_NOTFOUND;
}

/* A page that asks by itself whether something is new says so: nobody need be in front of it. */
static int is_from_nobody(const sp_req_t *q)
{
    return apr_table_get(q->r->headers_in, "StreamPulse-Background") != NULL;
}

apr_status_t sp_identity_from_session(sp_req_t *q)
{
    const apr_int64_t now_ms = apr_time_as_msec(q->r->request_time);
    const char *token = sp_session_cookie_read(q), *credential;
    sp_session_t session;
    sp_db_t *db;
    apr_status_t rv;

    if (!token || read_credential(q, &credential) != APR_SUCCESS)
        return APR_NOTFOUND;
    rv = sp_rate_limit_check_credential(q);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_sessions_find(db, q->p, token, credential, now_ms, q->conf->session_idle_s, q->conf->session_lifetime_s, &session, &q->err);
    if (rv == APR_SUCCESS && !is_from_nobody(q))
        sp_sessions_visit(db, token, &session, now_ms);
    sp_dbd_release(q, db);
    if (rv == APR_NOTFOUND)
        sp_rate_limit_note_credential(q);
    if (rv != APR_SUCCESS)
        return rv;
    sp_identity_set(q, &(sp_identity_t){.user = session.actor, .role = session.role, .method = SP_METHOD_PIN});
    return APR_SUCCESS;
}
