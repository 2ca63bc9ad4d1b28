/* The audit log: who did what, from where, when, with which result; each entry chained to the one before by a hash. */
#ifndef SP_AUDIT_H
#define SP_AUDIT_H

#include "db.h"

/* action is one of these texts; a new one gets its line here.
 *   "upload", "entry", "edit", "delete", "undo"     changes, with the ledger's entry as target
 *   "login", "login_failed", "logout"               sessions of this module
 *   "pin_unlocked"                                  wrong PINs forgiven by hand
 *   "export"                                        target: what was asked for
 *   "refused"                                       requests without the role, cross-site or over a limit, counted per client and minute
 *   "token_made", "token_revoked"                   target: the token's name
 *   "session_ended"                                 by an admin; target: whose
 *   "insight_requested"                             by a person */
typedef struct {
    const char *action;
    const char *target; /* NULL: none; texts for people */
    const char *detail; /* NULL: none */
    const char *result; /* "ok", or the code of an error (error.h) */
    apr_int64_t count;  /* how many of it this entry stands for; 1 but for "refused" */
} sp_audit_event_t;

/* Inside the write transaction of what it tells about; who did it is the connection's actor (sp_db_actor). */
apr_status_t sp_audit_add(sp_db_t *db, const sp_audit_event_t *event, sp_error_t *err);

#endif
