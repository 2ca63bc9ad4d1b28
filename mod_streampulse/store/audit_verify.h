/* Proves that the audit log is what was written: that no entry was changed, left out, moved or cut off. */
#ifndef SP_AUDIT_VERIFY_H
#define SP_AUDIT_VERIFY_H

#include "audit.h"

typedef struct {
    apr_int64_t entries;  /* that were found good */
    sp_audit_mark_t head; /* the newest entry ever made */
    apr_int64_t pruned;   /* entries 1 to this one are gone, as a later entry says; 0: none */
    apr_int64_t broken;   /* the first entry that is not what was written; 0: all are */
    const char *what;     /* for people; NULL: nothing is broken */
} sp_audit_verdict_t;

typedef void (*sp_audit_progress_fn)(void *ctx, apr_int64_t done, apr_int64_t all);

/* expect: a head that was noted elsewhere (the error log, another machine), which must still be in the log; NULL: none. Without one, whoever may write the
 * database can make a log anew that holds. Pool: p. */
apr_status_t sp_audit_verify(sp_db_t *db, apr_pool_t *p, const sp_audit_mark_t *expect, sp_audit_progress_fn progress, void *ctx, sp_audit_verdict_t *verdict,
                             sp_error_t *err);

#endif
