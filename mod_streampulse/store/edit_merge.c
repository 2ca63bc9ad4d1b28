/* Makes one of two services or platforms that are the same. */
#include "edit.h"

#include <string.h>

#include <apr_strings.h>

#include "edit_step.h"
#include "identities.h"
#include "series_filter.h"
#include "walk.h"

typedef struct {
    sp_name_kind_e kind;
    int from, into;
    const char *spool_dir;
    sp_edit_step_t *step;
    sp_identities_item_t from_item, into_item;
    apr_pool_t *pseries;
    apr_array_header_t *conflicts; /* of sp_error_detail_t */
    apr_size_t conflicts_total;
} merge_t;

static apr_status_t read_series(merge_t *m, const sp_walk_t *at, apr_array_header_t **cells)
{
    sp_stmt_t *st = sp_series_range(m->step->db, SP_Q_NUMBER_RANGE, at, NULL, m->step->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    *cells = apr_array_make(m->pseries, 64, sizeof(sp_cell_t));
    while ((rv = sp_stmt_step(st, m->step->err)) == APR_SUCCESS) {
        sp_cell_t cell = {SP_KEY(at->event, at->service, at->platform, sp_stmt_int(st, 0)), sp_stmt_int(st, 1), 0, 0, (apr_uint16_t)sp_stmt_int(st, 2)};

        APR_ARRAY_PUSH(*cells, sp_cell_t) = cell;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static sp_walk_t into_series(const merge_t *m, const sp_walk_t *at)
{
    sp_walk_t into = *at;

    if (m->kind == SP_NAME_PLATFORM)
        into.platform = m->into;
    else
        into.service = m->into;
    return into;
}

static const char *name_by_id(merge_t *m, sp_query_e query, apr_int64_t id)
{
    sp_stmt_t *st = sp_db_stmt(m->step->db, query, NULL);
    const char *name = NULL;

    if (!st)
        return "";
    sp_stmt_bind_int(st, 1, id);
    if (sp_stmt_step(st, NULL) == APR_SUCCESS)
        name = sp_stmt_text(st, 2, m->step->err->pool);
    sp_stmt_reset(st);
    return name ? name : "";
}

/* Easter, 2025-04-20, Zoom: "A" has 12 and "B" 13 */
static void note_conflict(merge_t *m, const sp_walk_t *at, const sp_cell_t *from, const sp_cell_t *into)
{
    apr_pool_t *p = m->step->err->pool;
    sp_error_detail_t detail = {.code = SP_E_MERGE_CONFLICT, .field = "merge_into"};
    const char *where = "", *other;
    char iso[SP_ISO_SIZE];

    if (m->conflicts_total++ >= SP_EDIT_MAX_CONFLICTS)
        return;
    if (at->event)
        where = apr_pstrcat(p, name_by_id(m, SP_Q_EVENT_BY_ID, at->event), ", ", NULL);
    if (m->kind == SP_NAME_SERVICE)
        other = apr_pstrcat(p, ", ", name_by_id(m, SP_Q_PLATFORM_BY_ID, at->platform), NULL);
    else
        other = at->service ? apr_pstrcat(p, ", ", name_by_id(m, SP_Q_SERVICE_BY_ID, at->service), NULL) : "";
    detail.message = apr_psprintf(p, "%s%s%s: \"%s\" has %" APR_INT64_T_FMT " and \"%s\" %" APR_INT64_T_FMT, where, sp_calendar_iso(iso, SP_KEY_DAY(from->key)),
                                  other, m->from_item.ident.name, from->viewers, m->into_item.ident.name, into->viewers);
    APR_ARRAY_PUSH(m->conflicts, sp_error_detail_t) = detail;
}

/* The same number stays as it is stored, with its own end of the week. */
static apr_status_t move_cell(merge_t *m, const sp_cell_t *from, const sp_walk_t *into, const sp_cell_t *same)
{
    sp_cell_t moved = *from, gone = *from;
    apr_status_t rv;

    moved.key = SP_KEY(into->event, into->service, into->platform, SP_KEY_DAY(from->key));
    if (same)
        moved.span = same->span;
    gone.viewers = SP_VIEWERS_NONE;
    rv = sp_spool_add(m->step->cells, &moved, m->step->err);
    return rv == APR_SUCCESS ? sp_spool_add(m->step->cells, &gone, m->step->err) : rv;
}

static apr_status_t move_series(merge_t *m, const sp_walk_t *at)
{
    sp_walk_t into = into_series(m, at);
    apr_array_header_t *from_cells, *into_cells;
    int i, k = 0;
    apr_status_t rv;

    apr_pool_clear(m->pseries);
    rv = read_series(m, at, &from_cells);
    if (rv == APR_SUCCESS)
        rv = read_series(m, &into, &into_cells);
    for (i = 0; rv == APR_SUCCESS && i < from_cells->nelts; i++) {
        const sp_cell_t *from = &APR_ARRAY_IDX(from_cells, i, sp_cell_t), *same = NULL;

        while (k < into_cells->nelts && SP_KEY_DAY(APR_ARRAY_IDX(into_cells, k, sp_cell_t).key) < SP_KEY_DAY(from->key))
            k++;
        if (k < into_cells->nelts && SP_KEY_DAY(APR_ARRAY_IDX(into_cells, k, sp_cell_t).key) == SP_KEY_DAY(from->key))
            same = &APR_ARRAY_IDX(into_cells, k, sp_cell_t);
        if (same && same->viewers != from->viewers)
            note_conflict(m, at, from, same);
        else
            rv = move_cell(m, from, &into, same);
    }
    return rv;
}

static apr_status_t move_numbers(merge_t *m)
{
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv;

    while ((rv = sp_walk_next(m->step->db, SP_Q_NUMBER_NEXT_SERIES, &at, m->step->err)) == APR_SUCCESS) {
        if ((m->kind == SP_NAME_PLATFORM ? at.platform : at.service) != m->from)
            continue;
        if ((rv = move_series(m, &at)) != APR_SUCCESS)
            return rv;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t refuse_conflicts(merge_t *m)
{
    sp_error_t *err = m->step->err;
    apr_status_t rv;
    int i;

    if (!m->conflicts_total)
        return APR_SUCCESS;
    rv = sp_error_set(err, SP_E_MERGE_CONFLICT, APR_EINVAL,
                      "\"%s\" and \"%s\" have %" APR_SIZE_T_FMT " different number%s for the same days: make them equal or clear one of each first",
                      m->from_item.ident.name, m->into_item.ident.name, m->conflicts_total, m->conflicts_total == 1 ? "" : "s");
    for (i = 0; i < m->conflicts->nelts; i++)
        sp_error_add_detail(err, &APR_ARRAY_IDX(m->conflicts, i, sp_error_detail_t));
    err->details_total = m->conflicts_total;
    return rv;
}

/* Whatever meant the one means the other from now on. */
static void move_names(merge_t *m)
{
    sp_edit_step_t *step = m->step;
    const sp_identities_item_t *from = &m->from_item;
    char kind = m->kind == SP_NAME_PLATFORM ? 'p' : 's';
    const char *fold = sp_name_fold(step->p, from->ident.name, m->kind);
    int i;

    sp_edit_step_say_alias(step, kind, m->into, from->fold, from->original_name);
    if (strcmp(fold, from->fold) != 0)
        sp_edit_step_say_alias(step, kind, m->into, fold, from->ident.name);
    for (i = 0; i < from->aliases->nelts; i++) {
        const sp_identities_alias_t *alias = &APR_ARRAY_IDX(from->aliases, i, sp_identities_alias_t);

        sp_edit_step_say_alias(step, kind, m->into, alias->fold, alias->name);
    }
}

static apr_status_t read_item(merge_t *m, int id, sp_identities_item_t *item)
{
    apr_status_t rv = sp_identities_get(m->step->db, m->step->p, m->kind, id, item, m->step->err);

    if (!APR_STATUS_IS_NOTFOUND(rv))
        return rv;
    if (m->kind == SP_NAME_PLATFORM)
        return sp_error_set(m->step->err, SP_E_PLATFORM_UNKNOWN, rv, "there is no such platform");
    return sp_error_set(m->step->err, SP_E_SERVICE_UNKNOWN, rv, "there is no such service");
}

static apr_status_t plan(sp_edit_step_t *step, void *ctx)
{
    merge_t *m = ctx;
    apr_status_t rv;

    m->step = step;
    if (m->from == m->into)
        return sp_edit_step_refuse(step, SP_E_BAD_ENTRY, "merge_into", "merge_into must name another one");
    if ((rv = read_item(m, m->from, &m->from_item)) == APR_SUCCESS)
        rv = read_item(m, m->into, &m->into_item);
    if (rv != APR_SUCCESS)
        return rv;
    apr_pool_create(&m->pseries, step->p);
    m->conflicts = apr_array_make(step->p, 4, sizeof(sp_error_detail_t));
    step->cells = sp_spool_create(step->p, m->spool_dir, 0);
    if ((rv = move_numbers(m)) == APR_SUCCESS)
        rv = refuse_conflicts(m);
    if (rv == APR_SUCCESS)
        move_names(m);
    return rv;
}

apr_status_t sp_edit_merge(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, int id, int into, const char *spool_dir, sp_entry_t *entry, sp_error_t *err)
{
    merge_t m = {.kind = kind, .from = id, .into = into, .spool_dir = spool_dir};

    entry->kind = SP_ENTRY_EDIT;
    return sp_edit_step_run(db, p, entry, plan, &m, err);
}
