/* The entries of the ledger. */
#include "ledger.h"

#include <string.h>

#include <apr_strings.h>
#include <apr_time.h>

#include "audit.h"
#include "jobs.h"
#include "ledger_entry.h"
#include "meta.h"
#include "page.h"

static const char *const kind_names[] = {"upload", "entry", "edit", "delete", "undo"};
static const char *const mode_names[] = {"merge", "replace", "replace_all"};

static int find_name(const char *const *names, int count, const char *name)
{
    int i;

    for (i = 0; i < count; i++)
        if (name && strcmp(names[i], name) == 0)
            return i;
    return -1;
}

const char *sp_ledger_kind_name(sp_entry_kind_e kind)
{
    return kind_names[kind];
}

const char *sp_ledger_mode_name(sp_mode_e mode)
{
    return mode_names[mode];
}

apr_status_t sp_ledger_mode_by_name(const char *name, sp_mode_e *mode)
{
    int i = find_name(mode_names, 3, name);

    if (i < 0)
        return APR_NOTFOUND;
    *mode = (sp_mode_e)i;
    return APR_SUCCESS;
}

int sp_ledger_mode_may_skip(sp_mode_e mode)
{
    return mode == SP_MODE_MERGE;
}

apr_status_t sp_ledger_entry_add(sp_db_t *db, sp_entry_t *entry, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ENTRY_ADD, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if (entry->at_ms == 0)
        entry->at_ms = apr_time_as_msec(apr_time_now());
    sp_stmt_bind_text(st, 1, kind_names[entry->kind]);
    sp_stmt_bind_text(st, 2, mode_names[entry->mode]);
    sp_stmt_bind_text(st, 3, entry->filename);
    sp_stmt_bind_text(st, 4, entry->sha256);
    sp_stmt_bind_text(st, 5, entry->actor ? entry->actor : "");
    sp_stmt_bind_int(st, 6, entry->at_ms);
    sp_stmt_bind_int(st, 7, entry->rows_imported);
    if (entry->undoes)
        sp_stmt_bind_int(st, 8, entry->undoes);
    rv = sp_stmt_number(st, &entry->id, err);
    entry->in_effect = rv == APR_SUCCESS;
    return rv;
}

void sp_ledger_entry_fill(sp_entry_t *entry, const sp_counts_t *counts)
{
    entry->added = counts->added;
    entry->changed = counts->changed;
    entry->cleared = counts->cleared;
    entry->unchanged = counts->unchanged;
}

apr_status_t sp_ledger_entry_count(sp_db_t *db, sp_entry_t *entry, const sp_counts_t *counts, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ENTRY_COUNTS, err);

    if (!st)
        return APR_EGENERAL;
    sp_ledger_entry_fill(entry, counts);
    sp_stmt_bind_int(st, 1, entry->id);
    sp_stmt_bind_int(st, 2, entry->rows_imported);
    sp_stmt_bind_int(st, 3, entry->added);
    sp_stmt_bind_int(st, 4, entry->changed);
    sp_stmt_bind_int(st, 5, entry->cleared);
    sp_stmt_bind_int(st, 6, entry->unchanged);
    return sp_stmt_run(st, NULL, err);
}

static void describe_for_audit(char *detail, apr_size_t size, const sp_entry_t *entry)
{
    if (entry->undoes)
        apr_snprintf(detail, size, "of %" APR_INT64_T_FMT ": %" APR_INT64_T_FMT " added, %" APR_INT64_T_FMT " changed, %" APR_INT64_T_FMT " cleared",
                     entry->undoes, entry->added, entry->changed, entry->cleared);
    else
        apr_snprintf(detail, size, "%s: %" APR_INT64_T_FMT " added, %" APR_INT64_T_FMT " changed, %" APR_INT64_T_FMT " cleared%s%s",
                     entry->about ? entry->about : mode_names[entry->mode], entry->added, entry->changed, entry->cleared, entry->filename ? ", " : "",
                     entry->filename ? entry->filename : "");
}

static apr_status_t audit(sp_db_t *db, const sp_entry_t *entry, sp_error_t *err)
{
    char target[24], detail[2 * SP_AUDIT_TEXT_MAX];
    const sp_audit_event_t event = {.action = kind_names[entry->kind], .target = target, .detail = detail, .result = "ok", .count = 1};

    apr_snprintf(target, sizeof(target), "%" APR_INT64_T_FMT, entry->id);
    describe_for_audit(detail, sizeof(detail), entry);
    return sp_audit_add(db, &event, err);
}

apr_status_t sp_ledger_entry_finish(sp_db_t *db, sp_entry_t *entry, apr_status_t rv, int changes, sp_error_t *err)
{
    if (rv == APR_SUCCESS && changes)
        rv = sp_meta_bump(db, err);
    if (rv == APR_SUCCESS && changes)
        rv = sp_jobs_note_change(db, apr_time_as_msec(apr_time_now()), err);
    if (rv == APR_SUCCESS && changes)
        rv = audit(db, entry, err);
    if (rv == APR_SUCCESS && changes)
        rv = sp_db_commit(db, err);
    if (rv == APR_SUCCESS && changes)
        return APR_SUCCESS;
    sp_db_rollback(db);
    entry->id = 0;
    entry->in_effect = 0;
    return rv;
}

static void read_entry(sp_stmt_t *st, apr_pool_t *p, void *item)
{
    sp_entry_t *entry = item;
    int kind = find_name(kind_names, 5, sp_stmt_text(st, 1, p));
    int mode = find_name(mode_names, 3, sp_stmt_text(st, 2, p));

    entry->id = sp_stmt_int(st, 0);
    entry->kind = kind < 0 ? SP_ENTRY_EDIT : (sp_entry_kind_e)kind;
    entry->mode = mode < 0 ? SP_MODE_MERGE : (sp_mode_e)mode;
    entry->filename = sp_stmt_text(st, 3, p);
    entry->sha256 = sp_stmt_text(st, 4, p);
    entry->actor = sp_stmt_text(st, 5, p);
    entry->at_ms = sp_stmt_int(st, 6);
    entry->rows_imported = sp_stmt_int(st, 7);
    entry->added = sp_stmt_int(st, 8);
    entry->changed = sp_stmt_int(st, 9);
    entry->cleared = sp_stmt_int(st, 10);
    entry->unchanged = sp_stmt_int(st, 11);
    entry->undoes = sp_stmt_int(st, 12);
    entry->undone_by = sp_stmt_int(st, 13);
    entry->in_effect = sp_stmt_int(st, 14) != 0;
    entry->about = NULL;
}

apr_status_t sp_ledger_list(sp_db_t *db, apr_pool_t *p, apr_int64_t before, int limit, apr_array_header_t **entries, apr_int64_t *next, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ENTRY_LIST, err);

    *entries = apr_array_make(p, 16, sizeof(sp_entry_t));
    return st ? sp_page_read(st, p, before, limit, read_entry, *entries, next, err) : APR_EGENERAL;
}

apr_status_t sp_ledger_last_upload(sp_db_t *db, apr_pool_t *p, sp_entry_t *entry, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ENTRY_LAST_UPLOAD, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    memset(entry, 0, sizeof(*entry));
    rv = sp_stmt_step(st, err);
    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_SUCCESS : rv;
    read_entry(st, p, entry);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

apr_status_t sp_ledger_get(sp_db_t *db, apr_pool_t *p, apr_int64_t id, sp_entry_t *entry, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ENTRY_GET, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    rv = sp_stmt_step(st, err);
    if (rv == APR_EOF)
        return sp_error_set(err, SP_E_ENTRY_UNKNOWN, APR_NOTFOUND, "there is no ledger entry %" APR_INT64_T_FMT, id);
    if (rv != APR_SUCCESS)
        return rv;
    read_entry(st, p, entry);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}
