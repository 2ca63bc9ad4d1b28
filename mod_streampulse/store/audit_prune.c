/* Removes the oldest entries of the audit log. */
#include "audit_prune.h"

#include <string.h>

#include <apr_strings.h>

#include "calendar.h"

#define ANCHOR "audit_anchor"

apr_status_t sp_audit_prune_lived(sp_db_t *db, apr_int64_t now_ms, apr_int64_t *lived_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_AUDIT_LIVED, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms - SP_DAY_MS);
    rv = sp_stmt_step(st, err);
    if (rv == APR_SUCCESS)
        *lived_ms = sp_stmt_int(st, 0);
    sp_stmt_reset(st);
    return rv;
}

/* mark: the newest of the oldest entries that are too old, at most batch of them; *count: how many. */
static apr_status_t find_old(sp_db_t *db, apr_int64_t older_than_ms, int batch, sp_audit_mark_t *mark, apr_int64_t *count, sp_error_t *err)
{
    sp_stmt_t *st;
    apr_status_t rv = sp_audit_read_mark(db, ANCHOR, mark, err);

    *count = 0;
    if (rv != APR_SUCCESS)
        return rv;
    if (!(st = sp_db_stmt(db, SP_Q_AUDIT_OLD, err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, mark->id);
    sp_stmt_bind_int(st, 2, batch);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS && sp_stmt_int(st, 1) < older_than_ms) {
        apr_size_t len;
        const char *hash = sp_stmt_blob(st, 2, &len);
        mark->id = sp_stmt_int(st, 0);
        apr_cpystrn(mark->hash, hash ? hash : "", len + 1 < sizeof(mark->hash) ? len + 1 : sizeof(mark->hash));
        ++*count;
    }
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t remove_up_to(sp_db_t *db, apr_int64_t id, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_AUDIT_PRUNE, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t prune(sp_db_t *db, apr_int64_t older_than_ms, int batch, apr_int64_t *pruned, sp_error_t *err)
{
    char target[24];
    sp_audit_event_t event = {.action = "audit_pruned", .target = target, .result = "ok"};
    sp_audit_mark_t mark;
    apr_status_t rv = find_old(db, older_than_ms, batch, &mark, pruned, err);

    if (rv != APR_SUCCESS || !*pruned)
        return rv;
    apr_snprintf(target, sizeof(target), "%" APR_INT64_T_FMT, mark.id);
    event.count = *pruned;
    rv = remove_up_to(db, mark.id, err);
    if (rv == APR_SUCCESS)
        rv = sp_audit_write_mark(db, ANCHOR, &mark, err);
    return rv == APR_SUCCESS ? sp_audit_add_for(db, &sp_db_system, &event, err) : rv;
}

apr_status_t sp_audit_prune(sp_db_t *db, apr_int64_t older_than_ms, int batch, apr_int64_t *pruned, sp_error_t *err)
{
    sp_audit_mark_t mark;
    apr_status_t rv = find_old(db, older_than_ms, 1, &mark, pruned, err);

    if (rv != APR_SUCCESS || !*pruned)
        return rv;
    *pruned = 0;
    if ((rv = sp_db_begin_write(db, err)) != APR_SUCCESS)
        return rv;
    rv = sp_db_end_write(db, prune(db, older_than_ms, batch, pruned, err), err);
    if (rv != APR_SUCCESS)
        *pruned = 0;
    return rv;
}
