/* Lists what a commit did, by service and event. */
#include "ledger_touched.h"

#include "ident.h"

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    const sp_tally_t *tally;
    const sp_said_t *said;
    apr_array_header_t *list;
    unsigned char *listed; /* by id */
    int events;            /* which of the two kinds */
    int provisional;
} lister_t;

static void name_fresh(const lister_t *l, int local, sp_ledger_touched_t *item)
{
    item->name = l->events ? APR_ARRAY_IDX(l->said->events, local - 1, sp_said_event_t).name : APR_ARRAY_IDX(l->said->services, local - 1, sp_said_name_t).name;
}

/* APR_EOF: it is not stored. */
static apr_status_t name_stored(const lister_t *l, int id, sp_ledger_touched_t *item, sp_error_t *err)
{
    sp_ident_t ident = {0};
    apr_status_t rv = sp_ident_by_id(l->db, l->p, l->events ? SP_Q_EVENT_BY_ID : SP_Q_SERVICE_BY_ID, id, &ident, err);

    item->slug = ident.slug;
    item->name = ident.name;
    return rv;
}

/* fresh: its name in the statement, which will not be stored; 0: it is. */
static apr_status_t add_if_touched(lister_t *l, int id, int fresh, sp_error_t *err)
{
    const sp_counts_t *counts = l->events ? &l->tally->event[id] : &l->tally->service[id];
    sp_ledger_touched_t item = {l->events, NULL, NULL, counts->added, counts->changed, counts->cleared, counts->unchanged};
    apr_status_t rv = APR_SUCCESS;

    if (l->listed[id] || !sp_tally_has(counts))
        return APR_SUCCESS;
    l->listed[id] = 1;
    if (fresh)
        name_fresh(l, fresh, &item);
    else
        rv = name_stored(l, id, &item, err);
    if (item.name)
        APR_ARRAY_PUSH(l->list, sp_ledger_touched_t) = item;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t list_kind(lister_t *l, const sp_names_set_t *set, int events, sp_error_t *err)
{
    int i, max = events ? l->tally->event_max : l->tally->service_max;
    apr_status_t rv = APR_SUCCESS;

    l->events = events;
    l->listed = apr_pcalloc(l->p, (apr_size_t)max + 1);
    for (i = 1; rv == APR_SUCCESS && set && i <= set->count; i++)
        if (set->id[i])
            rv = add_if_touched(l, set->id[i], l->provisional && set->fresh[i] ? i : 0, err);
    for (i = 1; rv == APR_SUCCESS && i <= max; i++)
        rv = add_if_touched(l, i, 0, err);
    return rv;
}

apr_status_t sp_ledger_touched(sp_db_t *db, apr_pool_t *p, const sp_tally_t *tally, const sp_said_t *said, const sp_names_t *names, int provisional,
                               apr_array_header_t **touched, sp_error_t *err)
{
    lister_t l = {db, p, tally, said, apr_array_make(p, 8, sizeof(sp_ledger_touched_t)), NULL, 0, provisional};
    apr_status_t rv = list_kind(&l, names ? &names->service : NULL, 0, err);

    *touched = l.list;
    return rv == APR_SUCCESS ? list_kind(&l, names ? &names->event : NULL, 1, err) : rv;
}
