/* Entries of the audit log about answers. */
#include "audit_note.h"

#include "audit_held.h"
#include "dbd.h"
#include "sp_module.h"

#define WAIT_MS 250 /* for another writer */

static apr_status_t write_in_transaction(sp_req_t *q, sp_db_t *db, const sp_audit_event_t *event)
{
    apr_status_t rv = sp_db_begin_write(db, &q->err);

    if (rv == APR_SUCCESS)
        rv = sp_audit_add(db, event, &q->err);
    if (rv == APR_SUCCESS)
        return sp_db_commit(db, &q->err);
    sp_db_rollback(db);
    return rv;
}

static apr_status_t write_event(sp_req_t *q, const sp_audit_event_t *event)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    if (q->sconf->write_timeout_ms > WAIT_MS)
        sp_db_set_write_timeout(db, WAIT_MS);
    rv = write_in_transaction(q, db, event);
    return sp_dbd_release_written(q, db, rv);
}

apr_status_t sp_audit_note_event(sp_req_t *q, const sp_audit_event_t *event)
{
    const apr_status_t rv = write_event(q, event);

    if (rv == APR_SUCCESS || sp_audit_held_keep(q, event) != APR_SUCCESS)
        return rv;
    ap_log_rerror(APLOG_MARK, APLOG_WARNING, q->err.rv, q->r,
                  "SP1421: held in memory, as the audit log cannot be written: %s by \"%s\" (%s, %s) from %s, %s: %s", event->action, q->actor.user,
                  q->actor.role, q->actor.method, q->actor.address, event->target ? event->target : event->result, q->err.message);
    sp_error_clear(&q->err);
    q->err_logged = 0;
    return APR_SUCCESS;
}

apr_status_t sp_audit_note(sp_req_t *q, const char *action)
{
    const sp_audit_event_t event = {.action = action, .target = q->r->args ? q->r->args : "", .result = "ok", .count = 1};

    return q->r->header_only ? APR_SUCCESS : sp_audit_note_event(q, &event);
}
