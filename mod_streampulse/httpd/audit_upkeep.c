/* What the audit log needs done now and then. */
#include "audit_upkeep.h"

#include <apr_time.h>

#include "audit_held.h"
#include "audit_prune.h"
#include "calendar.h"
#include "dbd.h"
#include "sp_module.h"

#define WAIT_MS       20
#define PRUNE_BATCH   1000 /* their removal keeps other writers out for some 10 ms */
#define PRUNE_EVERY_S 3600
#define PRUNE_AGAIN_S 10 /* when there is more, or it was not possible */

/* Also when the clock was set back since. */
static int is_due_at(apr_uint32_t now_s, apr_uint32_t due_s)
{
    return now_s >= due_s || due_s - now_s > PRUNE_EVERY_S;
}

/* The first thread that comes when it is due. */
static int claim_pruning(const sp_req_t *q)
{
    const apr_uint32_t now_s = (apr_uint32_t)apr_time_sec(q->r->request_time);
    apr_uint32_t due_s = __atomic_load_n(&q->sconf->audit_prune_s, __ATOMIC_RELAXED);

    return q->sconf->audit_days && is_due_at(now_s, due_s) &&
           __atomic_compare_exchange_n(&q->sconf->audit_prune_s, &due_s, now_s + PRUNE_AGAIN_S, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

/* Whole days, so that there is at most one entry a day about it. Counted from the day after the last that the log has lived through: a clock that is years ahead for some hours costs nothing. */
static apr_int64_t oldest_kept(const sp_req_t *q, apr_int64_t lived_ms)
{
    return (lived_ms / SP_DAY_MS + 1 - q->sconf->audit_days) * SP_DAY_MS;
}

static apr_status_t prune(sp_req_t *q, sp_db_t *db)
{
    apr_int64_t lived_ms, pruned = 0;
    apr_status_t rv = sp_audit_prune_lived(db, apr_time_as_msec(q->r->request_time), &lived_ms, &q->err);

    if (rv == APR_SUCCESS)
        rv = sp_audit_prune(db, oldest_kept(q, lived_ms), PRUNE_BATCH, &pruned, &q->err);
    if (rv == APR_SUCCESS && pruned < PRUNE_BATCH)
        __atomic_store_n(&q->sconf->audit_prune_s, (apr_uint32_t)apr_time_sec(q->r->request_time) + PRUNE_EVERY_S, __ATOMIC_RELAXED);
    return rv;
}

void sp_audit_upkeep_run(sp_req_t *q)
{
    const int is_due = sp_audit_held_is_due(q), may_prune = claim_pruning(q);
    apr_status_t rv = APR_SUCCESS;
    sp_db_t *db;

    if (!is_due && !may_prune)
        return;
    sp_error_clear(&q->err);
    if (sp_dbd_try_acquire(q, &db) != APR_SUCCESS)
        return;
    sp_db_set_write_timeout(db, WAIT_MS);
    if (is_due)
        rv = sp_audit_held_write(q, db);
    if (rv == APR_SUCCESS && may_prune)
        rv = prune(q, db);
    if (rv != APR_SUCCESS)
        ap_log_rerror(APLOG_MARK, APLOG_INFO, q->err.rv, q->r, "SP1420: could not write into the audit log now, trying again later: %s", q->err.message);
    sp_dbd_release(q, db);
}
