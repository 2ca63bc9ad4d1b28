/* Walks the chain of the audit log. */
#include "audit_verify.h"

#include <stdarg.h>
#include <string.h>

#include <apr_strings.h>

#define PROGRESS_EVERY 10000
#define MOVED_MAX      500000 /* how far away an entry that was moved is looked for */

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    apr_pool_t *ptemp; /* of one entry */
    const sp_audit_mark_t *expect;
    sp_audit_progress_fn progress;
    void *ctx;
    sp_audit_verdict_t *verdict;
    sp_audit_mark_t anchor;
    sp_audit_mark_t last;  /* the entry before the one that is looked at */
    apr_int64_t said_gone; /* what the latest entry about pruning names */
    sp_error_t *err;
} walk_t;

static apr_status_t break_at(walk_t *w, apr_int64_t id, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* APR_EOF, which ends the walk. */
static apr_status_t break_at(walk_t *w, apr_int64_t id, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    w->verdict->broken = id;
    w->verdict->what = apr_pvsprintf(w->p, fmt, args);
    va_end(args);
    return APR_EOF;
}

/* As which entry its hash fits, among those nearby; 0: none. */
static apr_status_t find_origin(walk_t *w, const sp_audit_row_t *row, apr_int64_t *origin)
{
    const apr_int64_t last = row->entry.id + MOVED_MAX < w->verdict->head.id ? row->entry.id + MOVED_MAX : w->verdict->head.id;
    sp_audit_entry_t entry = row->entry;
    char hash[SP_DIGEST_HEX_SIZE] = "";
    apr_pool_t *p;
    apr_status_t rv = apr_pool_create(&p, w->ptemp);

    *origin = 0;
    for (entry.id = row->entry.id > MOVED_MAX ? row->entry.id - MOVED_MAX : 1; rv == APR_SUCCESS && !*origin && entry.id <= last; entry.id++) {
        apr_pool_clear(p);
        rv = sp_audit_chain_hash(p, row->previous, &entry, hash);
        if (strcmp(hash, row->hash) == 0)
            *origin = entry.id;
    }
    return rv == APR_SUCCESS ? rv : sp_error_set(w->err, SP_E_INTERNAL, rv, "could not hash an entry of the audit log");
}

static apr_status_t explain_hash(walk_t *w, const sp_audit_row_t *row)
{
    apr_int64_t origin;
    apr_status_t rv = find_origin(w, row, &origin);

    if (rv != APR_SUCCESS)
        return rv;
    if (origin)
        return break_at(w, row->entry.id, "it was moved here: it is entry %" APR_INT64_T_FMT, origin);
    return break_at(w, row->entry.id, "it was changed: its hash is not that of what it says");
}

static apr_status_t check_place(walk_t *w, const sp_audit_row_t *row)
{
    const apr_int64_t id = row->entry.id, due = w->last.id + 1;

    if (id < due)
        return break_at(w, id, "it was added: the log begins with entry %" APR_INT64_T_FMT, due);
    if (id > w->verdict->head.id)
        return break_at(w, id, "it was added: the newest one that was made is %" APR_INT64_T_FMT, w->verdict->head.id);
    if (id > due + 1)
        return break_at(w, due, "it is missing, with all up to %" APR_INT64_T_FMT, id - 1);
    return id > due ? break_at(w, due, "it is missing") : APR_SUCCESS;
}

static apr_status_t check_expected(walk_t *w, const sp_audit_row_t *row)
{
    if (!w->expect || w->expect->id != row->entry.id || strcmp(w->expect->hash, row->hash) == 0)
        return APR_SUCCESS;
    return break_at(w, row->entry.id, "it is not the one that was expected: it, or one before it, was written anew");
}

static apr_status_t check_row(walk_t *w, const sp_audit_row_t *row)
{
    char hash[SP_DIGEST_HEX_SIZE];
    apr_status_t rv = check_place(w, row);

    if (rv != APR_SUCCESS)
        return rv;
    if ((rv = sp_audit_chain_hash(w->ptemp, row->previous, &row->entry, hash)) != APR_SUCCESS)
        return sp_error_set(w->err, SP_E_INTERNAL, rv, "could not hash an entry of the audit log");
    if (strcmp(hash, row->hash) != 0)
        return explain_hash(w, row);
    if (strcmp(row->previous, w->last.hash) != 0)
        return break_at(w, row->entry.id, "it does not follow from the entry before it: that one was replaced, or this one comes from another log");
    if ((rv = check_expected(w, row)) != APR_SUCCESS)
        return rv;
    if (strcmp(row->entry.action, "audit_pruned") == 0)
        w->said_gone = row->entry.target ? apr_atoi64(row->entry.target) : 0;
    w->last.id = row->entry.id;
    memcpy(w->last.hash, hash, sizeof(hash));
    w->verdict->entries++;
    return APR_SUCCESS;
}

/* What no single row shows. */
static apr_status_t check_ends(walk_t *w)
{
    const sp_audit_mark_t *head = &w->verdict->head, *expect = w->expect;

    if (w->anchor.id != w->said_gone)
        return break_at(w, w->anchor.id ? w->anchor.id : 1, "it is missing, and no entry about pruning says so");
    if (w->last.id < head->id)
        return break_at(w, w->last.id + 1, "it is missing, with all up to the newest, %" APR_INT64_T_FMT, head->id);
    if (strcmp(w->last.hash, head->hash) != 0)
        return break_at(w, head->id, "it is not the newest one that was made: the log was written anew");
    if (expect && expect->id > head->id)
        return break_at(w, head->id + 1, "it is missing, with all up to the expected one, %" APR_INT64_T_FMT, expect->id);
    if (expect && expect->id < w->anchor.id)
        return break_at(w, expect->id, "it was pruned, so that nothing can be told about it; note a newer one");
    if (expect && expect->id == w->anchor.id && strcmp(expect->hash, w->anchor.hash) != 0)
        return break_at(w, expect->id, "it is not the one that was expected: it, or one before it, was written anew");
    return APR_SUCCESS;
}

static apr_status_t walk(walk_t *w)
{
    sp_stmt_t *st = sp_db_stmt(w->db, SP_Q_AUDIT_SCAN, w->err);
    sp_audit_row_t row;
    apr_status_t rv = APR_SUCCESS, stepped = APR_SUCCESS;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, APR_INT64_MIN); /* also what somebody put before the first one */
    while (rv == APR_SUCCESS && (stepped = sp_stmt_step(st, w->err)) == APR_SUCCESS) {
        apr_pool_clear(w->ptemp);
        sp_audit_read_row(st, w->ptemp, &row);
        rv = check_row(w, &row);
        if (w->progress && w->verdict->entries % PROGRESS_EVERY == 0)
            w->progress(w->ctx, w->verdict->entries, w->verdict->head.id - w->anchor.id);
    }
    sp_stmt_reset(st);
    if (rv != APR_SUCCESS)
        return rv;
    return stepped == APR_EOF ? check_ends(w) : stepped;
}

static apr_status_t read_marks(walk_t *w)
{
    apr_status_t rv = sp_audit_head(w->db, &w->verdict->head, w->err);

    if (rv == APR_SUCCESS)
        rv = sp_audit_read_mark(w->db, "audit_anchor", &w->anchor, w->err);
    w->last = w->anchor;
    w->verdict->pruned = w->anchor.id;
    return rv;
}

apr_status_t sp_audit_verify(sp_db_t *db, apr_pool_t *p, const sp_audit_mark_t *expect, sp_audit_progress_fn progress, void *ctx, sp_audit_verdict_t *verdict,
                             sp_error_t *err)
{
    walk_t w = {.db = db, .p = p, .expect = expect, .progress = progress, .ctx = ctx, .verdict = verdict, .err = err};
    apr_status_t rv = apr_pool_create(&w.ptemp, p);

    memset(verdict, 0, sizeof(*verdict));
    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "out of memory");
    if ((rv = sp_db_begin_read(db, err)) != APR_SUCCESS)
        return rv;
    if ((rv = read_marks(&w)) == APR_SUCCESS)
        rv = walk(&w);
    sp_db_rollback(db);
    apr_pool_destroy(w.ptemp);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}
