/* Lists what a commit did, by service and event. */
#include "ledger_touched.h"

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    const sp_settle_t *settle;
    apr_array_header_t *list;
    int events; /* which of the two kinds */
} lister_t;

static apr_status_t add_item(lister_t *l, int id, const sp_counts_t *counts, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(l->db, l->events ? SP_Q_EVENT_BY_ID : SP_Q_SERVICE_BY_ID, err);
    sp_ledger_touched_t *item;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    rv = sp_stmt_step(st, err);
    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_SUCCESS : rv;
    item = apr_array_push(l->list);
    item->is_event = l->events;
    item->slug = sp_stmt_text(st, 1, l->p);
    item->name = sp_stmt_text(st, 2, l->p);
    item->added = counts->added;
    item->changed = counts->changed;
    item->cleared = counts->cleared;
    item->unchanged = counts->unchanged;
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static apr_status_t add_if_touched(lister_t *l, int id, unsigned char *listed, sp_error_t *err)
{
    const sp_counts_t *counts = l->events ? sp_settle_event(l->settle, id) : sp_settle_service(l->settle, id);

    if (listed[id] || counts->added + counts->changed + counts->cleared + counts->unchanged == 0)
        return APR_SUCCESS;
    listed[id] = 1;
    return add_item(l, id, counts, err);
}

static apr_status_t list_kind(lister_t *l, const sp_names_set_t *set, int events, sp_error_t *err)
{
    unsigned char *listed = apr_pcalloc(l->p, (apr_size_t)set->next);
    apr_status_t rv = APR_SUCCESS;
    int i;

    l->events = events;
    for (i = 1; rv == APR_SUCCESS && i <= set->count; i++)
        if (set->id[i])
            rv = add_if_touched(l, set->id[i], listed, err);
    for (i = 1; rv == APR_SUCCESS && i < set->next; i++)
        rv = add_if_touched(l, i, listed, err);
    return rv;
}

apr_status_t sp_ledger_touched(sp_db_t *db, apr_pool_t *p, const sp_settle_t *settle, const sp_names_t *names, apr_array_header_t **touched, sp_error_t *err)
{
    lister_t l = {db, p, settle, apr_array_make(p, 8, sizeof(sp_ledger_touched_t)), 0};
    apr_status_t rv = list_kind(&l, &names->service, 0, err);

    *touched = l.list;
    return rv == APR_SUCCESS ? list_kind(&l, &names->event, 1, err) : rv;
}
