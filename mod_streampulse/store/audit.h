/* The audit log: who did what, from where, when, with which result; each entry chained to the one before by a hash (audit_chain.h). */
#ifndef SP_AUDIT_H
#define SP_AUDIT_H

#include <apr_tables.h>

#include "audit_chain.h"
#include "db.h"

/* action is one of these texts; a new one gets its line here and in the contract (schema AuditEntry).
 *   "upload", "entry", "edit", "delete", "undo"     changes, with the number of the ledger's entry as target
 *   "login", "login_failed", "logout"               a session of this module; or somebody of the login provider, who came after so long away
 *                                                   that a session would have ended, and who signs out
 *   "pin_unlocked"                                  wrong PINs forgiven by hand
 *   "export"                                        target: what was asked for
 *   "audit_read"                                    the audit log as a file; target: what was asked for
 *   "audit_pruned"                                  the oldest entries were removed, as StreamPulseAuditDays says; count of them
 *   "refused"                                       requests without the role, cross-site or over a limit, counted per client and minute
 *   "token_made", "token_revoked"                   target: the token's name
 *   "session_ended"                                 by an admin; target: whose
 *   "insight_requested"                             by a person */
typedef struct {
    const char *action;
    const char *target; /* NULL: none; texts for people */
    const char *detail; /* NULL: none */
    const char *result; /* "ok", or the code of an error (error.h) */
    apr_int64_t count;  /* how many of it this entry stands for; 1 but for "refused" and "audit_pruned" */
} sp_audit_event_t;

#define SP_AUDIT_TEXT_MAX 1000 /* bytes; what is longer is cut off, and ends in an ellipsis */

/* Inside the write transaction of what it tells about; who did it is the connection's actor (sp_db_actor). Once that is committed the connection's listener is
 * told the entry in one line (sp_db_tell). */
apr_status_t sp_audit_add(sp_db_t *db, const sp_audit_event_t *event, sp_error_t *err);
/* The same in a write transaction of its own: of what changes nothing else, such as an export. */
apr_status_t sp_audit_add_alone(sp_db_t *db, const sp_audit_event_t *event, sp_error_t *err);
/* As sp_audit_add, for somebody else than the connection's actor. */
apr_status_t sp_audit_add_for(sp_db_t *db, const sp_actor_t *actor, const sp_audit_event_t *event, sp_error_t *err);

/* An entry as it is stored. */
typedef struct {
    sp_audit_entry_t entry;
    const char *previous, *hash;
} sp_audit_row_t;

typedef struct {
    apr_int64_t from_ms, to_ms; /* from <= at < to */
    const char *actor, *action; /* NULL: any */
    apr_int64_t before;         /* entries that come after this one in the list; 0: from the newest on */
} sp_audit_filter_t;

/* row and its texts live until the next call of fn; p: for as long. Anything but APR_SUCCESS ends the list and is passed on. */
typedef apr_status_t (*sp_audit_row_fn)(void *ctx, apr_pool_t *p, const sp_audit_row_t *row);

/* At most limit of them (0: all), the newest first. Inside a transaction, whose state it shows. */
apr_status_t sp_audit_list(sp_db_t *db, apr_pool_t *p, const sp_audit_filter_t *filter, int limit, sp_audit_row_fn fn, void *ctx, sp_error_t *err);

/* The newest entry ever made, pruned or not. */
apr_status_t sp_audit_head(sp_db_t *db, sp_audit_mark_t *head, sp_error_t *err);

/* The rest is between the files about the audit log. */

/* Of columns in the order of audit_scan, into row. Texts: in p. */
void sp_audit_read_row(sp_stmt_t *st, apr_pool_t *p, sp_audit_row_t *row);
/* key: "audit_head" or "audit_anchor". SP_E_DATABASE_CORRUPT where it is missing or no mark. */
apr_status_t sp_audit_read_mark(sp_db_t *db, const char *key, sp_audit_mark_t *mark, sp_error_t *err);
apr_status_t sp_audit_write_mark(sp_db_t *db, const char *key, const sp_audit_mark_t *mark, sp_error_t *err);

#endif
