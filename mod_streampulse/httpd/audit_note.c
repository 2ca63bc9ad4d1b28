/* Entries of the audit log about answers. */
#include "audit_note.h"

#include "audit_held.h"
#include "dbd.h"
#include "sp_module.h"

#define WAIT_MS 250 /* for another writer */

static apr_status_t write_event(sp_req_t *q, const sp_audit_event_t *event)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    if (q->sconf->write_timeout_ms > WAIT_MS)
        sp_db_set_write_timeout(db, WAIT_MS);
    rv = sp_audit_add_alone(db, event, &q->err);
    return sp_dbd_release_written(q, db, rv);
}

/* Another writer is no failure: the entry is written when that one is done. A disk that takes nothing more is one, and this line the only one on it for as
 * long. */
static void log_held(sp_req_t *q, const sp_audit_event_t *event)
{
    ap_log_rerror(APLOG_MARK, q->err.code == SP_E_DATABASE_BUSY || q->err.code == SP_E_CONNECTIONS_BUSY ? APLOG_INFO : APLOG_WARNING, q->err.rv, q->r,
                  "SP1421: held in memory, as the audit log cannot be written: %s by \"%s\" (%s, %s) from %s, %s: %s", event->action, q->actor.user,
                  q->actor.role, q->actor.method, q->actor.address, event->target ? event->target : event->result, q->err.message);
}

apr_status_t sp_audit_note_event(sp_req_t *q, const sp_audit_event_t *event)
{
    const apr_status_t rv = write_event(q, event);

    if (rv == APR_SUCCESS || sp_audit_held_keep(q, event) != APR_SUCCESS)
        return rv;
    log_held(q, event);
    sp_error_clear(&q->err);
    q->err_logged = 0;
    return APR_SUCCESS;
}

apr_status_t sp_audit_note(sp_req_t *q, const char *action)
{
    const sp_audit_event_t event = {.action = action, .target = q->r->args ? q->r->args : "", .result = "ok", .count = 1};

    return q->r->header_only ? APR_SUCCESS : sp_audit_note_event(q, &event);
}
