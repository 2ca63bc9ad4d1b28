/* Adding to the audit log. */
#include "audit.h"

#include <apr_time.h>

apr_status_t sp_audit_add(sp_db_t *db, const sp_audit_event_t *event, sp_error_t *err)
{
    const sp_actor_t *actor = sp_db_actor(db);
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_AUDIT_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, apr_time_as_msec(apr_time_now()));
    sp_stmt_bind_text(st, 2, actor->user);
    sp_stmt_bind_text(st, 3, actor->role);
    sp_stmt_bind_text(st, 4, actor->method);
    sp_stmt_bind_text(st, 5, actor->address);
    sp_stmt_bind_text(st, 6, actor->request_id);
    sp_stmt_bind_text(st, 7, event->action);
    sp_stmt_bind_text(st, 8, event->target);
    sp_stmt_bind_text(st, 9, event->detail);
    sp_stmt_bind_text(st, 10, event->result);
    sp_stmt_bind_int(st, 11, event->count);
    sp_stmt_bind_text(st, 12, "");
    sp_stmt_bind_text(st, 13, "");
    return sp_stmt_run(st, NULL, err);
}
