/* Commits one edit as an entry of the ledger. */
#include "edit_step.h"

#include <stdarg.h>
#include <string.h>

#include <apr_strings.h>

#include "audit.h"
#include "ledger_entry.h"
#include "settle.h"
#include "walk.h"

void sp_edit_step_say(sp_edit_step_t *step, char kind, int id, const char *attr, const char *value)
{
    APR_ARRAY_PUSH(step->attrs, sp_attr_t) = (sp_attr_t){kind, id, attr, value};
}

void sp_edit_step_say_int(sp_edit_step_t *step, char kind, int id, const char *attr, apr_int64_t value)
{
    sp_edit_step_say(step, kind, id, attr, apr_psprintf(step->p, "%" APR_INT64_T_FMT, value));
}

void sp_edit_step_say_alias(sp_edit_step_t *step, char kind, int id, const char *fold, const char *name)
{
    sp_edit_step_say(step, kind, id, apr_pstrcat(step->p, SP_ATTR_ALIAS, fold, NULL), name);
}

apr_status_t sp_edit_step_refuse(sp_edit_step_t *step, sp_error_code_e code, const char *field, const char *fmt, ...)
{
    sp_error_detail_t detail = {.code = code, .field = field};
    apr_status_t rv;
    va_list args;

    va_start(args, fmt);
    detail.message = apr_pvsprintf(step->err->pool, fmt, args);
    va_end(args);
    rv = sp_error_set(step->err, code, APR_EINVAL, "%s", detail.message);
    sp_error_add_detail(step->err, &detail);
    return rv;
}

static apr_status_t settle_cells(sp_edit_step_t *step, sp_counts_t *counts)
{
    sp_tally_t *tally;
    sp_settle_t *settle;
    sp_spool_t *sorted;
    apr_status_t rv = sp_tally_create_stored(step->db, step->p, &tally, step->err);

    if (rv == APR_SUCCESS)
        rv = sp_spool_sort(step->cells, step->p, NULL, NULL, &sorted, step->err);
    if (rv != APR_SUCCESS)
        return rv;
    settle = sp_settle_create(step->db, step->p, step->entry->id, SP_MODE_MERGE, tally, NULL);
    if ((rv = sp_settle_cells(settle, sorted, &step->entry->rows_imported, step->err)) == APR_SUCCESS)
        *counts = sp_tally_total(tally);
    return rv;
}

static apr_status_t clear_series(sp_edit_step_t *step, const sp_walk_t *at, sp_counts_t *counts)
{
    sp_stmt_t *st = sp_db_stmt(step->db, SP_Q_NUMBER_CLEAR_SERIES, step->err);
    apr_int64_t cleared = 0;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    if ((rv = sp_stmt_run(st, &cleared, step->err)) == APR_SUCCESS)
        counts->cleared += cleared;
    return rv;
}

static apr_status_t clear_event(sp_edit_step_t *step, sp_counts_t *counts)
{
    sp_walk_t at = {step->cleared_event, -1, -1};
    sp_stmt_t *st = sp_db_stmt(step->db, SP_Q_SCOPE_ADD, step->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, step->cleared_event);
    sp_stmt_bind_int(st, 2, -1);
    sp_stmt_bind_int(st, 3, step->entry->id);
    rv = sp_stmt_run(st, NULL, step->err);
    while (rv == APR_SUCCESS && (rv = sp_walk_next(step->db, SP_Q_NUMBER_NEXT_SERIES, &at, step->err)) == APR_SUCCESS) {
        if (at.event != step->cleared_event)
            return APR_SUCCESS;
        rv = clear_series(step, &at, counts);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t run_label(sp_edit_step_t *step, sp_query_e query, const sp_edit_label_t *label, int words)
{
    sp_stmt_t *st = sp_db_stmt(step->db, query, step->err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, label->event);
    sp_stmt_bind_int(st, 2, label->day);
    if (words)
        sp_stmt_bind_int(st, 3, step->entry->id);
    if (words || label->label)
        sp_stmt_bind_text(st, words ? 4 : 3, label->label);
    return sp_stmt_run(st, NULL, step->err);
}

static apr_status_t write_labels(sp_edit_step_t *step)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    for (i = 0; rv == APR_SUCCESS && i < step->labels->nelts; i++) {
        const sp_edit_label_t *label = &APR_ARRAY_IDX(step->labels, i, sp_edit_label_t);

        rv = run_label(step, SP_Q_LABEL_WORDS_ADD, label, 1);
        if (rv == APR_SUCCESS)
            rv = run_label(step, label->label ? SP_Q_LABEL_SET : SP_Q_LABEL_CLEAR, label, 0);
    }
    return rv;
}

static const char *kind_word(char kind)
{
    return kind == 's' ? "service" : kind == 'p' ? "platform" : "event";
}

/* For the audit log: service name "Aa", service color "#123456". */
static const char *describe(const sp_edit_step_t *step)
{
    const char *text = NULL;

    for (int i = 0; i < step->attrs->nelts; i++) {
        const sp_attr_t *attr = &APR_ARRAY_IDX(step->attrs, i, sp_attr_t);
        const int is_alias = strncmp(attr->attr, SP_ATTR_ALIAS, sizeof(SP_ATTR_ALIAS) - 1) == 0;
        const char *what = apr_pstrcat(step->p, kind_word(attr->kind), " ", is_alias ? "alias" : attr->attr, NULL);

        what = attr->value ? apr_pstrcat(step->p, what, " \"", attr->value, "\"", NULL) : apr_pstrcat(step->p, "no ", what, NULL);
        text = text ? apr_pstrcat(step->p, text, ", ", what, NULL) : what;
        if (strlen(text) > SP_AUDIT_TEXT_MAX)
            break;
    }
    return text;
}

static apr_status_t write_entry(sp_edit_step_t *step, int *changes)
{
    sp_counts_t counts = {0, 0, 0, 0};
    apr_status_t rv = sp_ledger_entry_add(step->db, step->entry, step->err);

    if (rv == APR_SUCCESS && step->cells && sp_spool_count(step->cells))
        rv = settle_cells(step, &counts);
    if (rv == APR_SUCCESS && step->cleared_event)
        rv = clear_event(step, &counts);
    if (rv == APR_SUCCESS)
        rv = write_labels(step);
    if (rv == APR_SUCCESS)
        rv = sp_attr_say(step->db, step->entry->id, step->attrs, changes, step->err);
    if (rv != APR_SUCCESS)
        return rv;
    *changes += step->labels->nelts + (counts.added || counts.changed || counts.cleared);
    return sp_ledger_entry_count(step->db, step->entry, &counts, step->err);
}

static int has_something_to_say(const sp_edit_step_t *step)
{
    return step->attrs->nelts || step->labels->nelts || step->cleared_event || (step->cells && sp_spool_count(step->cells));
}

apr_status_t sp_edit_step_run(sp_db_t *db, apr_pool_t *p, sp_entry_t *entry, sp_edit_plan_fn plan, void *ctx, sp_error_t *err)
{
    sp_edit_step_t step = {.db = db, .entry = entry, .err = err};
    int changes = 0;
    apr_status_t rv = apr_pool_create(&step.p, p);

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "out of memory");
    step.attrs = apr_array_make(step.p, 4, sizeof(sp_attr_t));
    step.labels = apr_array_make(step.p, 4, sizeof(sp_edit_label_t));
    entry->id = 0;
    entry->mode = SP_MODE_MERGE;
    entry->rows_imported = 0;
    rv = sp_db_begin_write(db, err);
    if (rv == APR_SUCCESS)
        rv = plan(&step, ctx);
    if (rv == APR_SUCCESS && has_something_to_say(&step))
        rv = write_entry(&step, &changes);
    entry->about = describe(&step);
    rv = sp_ledger_entry_finish(db, entry, rv, changes, err);
    entry->about = NULL;
    apr_pool_destroy(step.p);
    return rv;
}
