/* Entries of the audit log about answers. */
#include "audit_note.h"

#include "dbd.h"

static apr_status_t write_event(sp_req_t *q, sp_db_t *db, const sp_audit_event_t *event)
{
    apr_status_t rv = sp_db_begin_write(db, &q->err);

    if (rv == APR_SUCCESS)
        rv = sp_audit_add(db, event, &q->err);
    if (rv == APR_SUCCESS)
        return sp_db_commit(db, &q->err);
    sp_db_rollback(db);
    return rv;
}

apr_status_t sp_audit_note(sp_req_t *q, const char *action)
{
    const sp_audit_event_t event = {.action = action, .target = q->r->args ? q->r->args : "", .result = "ok", .count = 1};
    sp_db_t *db;
    apr_status_t rv;

    if (q->r->header_only)
        return APR_SUCCESS;
    if ((rv = sp_dbd_acquire(q, &db)) != APR_SUCCESS)
        return rv;
    return sp_dbd_release_written(q, db, write_event(q, db, &event));
}
