/* Counts what a commit does, by service and event. */
#include "tally.h"

sp_tally_t *sp_tally_create(apr_pool_t *p, int service_max, int event_max)
{
    sp_tally_t *tally = apr_palloc(p, sizeof(*tally));

    tally->service_max = service_max;
    tally->event_max = event_max;
    tally->service = apr_pcalloc(p, sizeof(sp_counts_t) * (apr_size_t)(service_max + 1));
    tally->event = apr_pcalloc(p, sizeof(sp_counts_t) * (apr_size_t)(event_max + 1));
    return tally;
}

static apr_status_t read_max(sp_db_t *db, sp_query_e query, int *max, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);
    apr_int64_t id = 0;
    apr_status_t rv = st ? sp_stmt_number(st, &id, err) : APR_EGENERAL;

    *max = (int)id;
    return rv;
}

apr_status_t sp_tally_create_stored(sp_db_t *db, apr_pool_t *p, sp_tally_t **tally, sp_error_t *err)
{
    int services = 0, events = 0;
    apr_status_t rv = read_max(db, SP_Q_SERVICE_LAST_ID, &services, err);

    if (rv == APR_SUCCESS)
        rv = read_max(db, SP_Q_EVENT_LAST_ID, &events, err);
    if (rv == APR_SUCCESS)
        *tally = sp_tally_create(p, services, events);
    return rv;
}

sp_counts_t *sp_tally_of(sp_tally_t *tally, const sp_walk_t *at)
{
    if (at->event < 0 || at->event > tally->event_max || at->service < 0 || at->service > tally->service_max)
        return NULL;
    return at->event ? &tally->event[at->event] : &tally->service[at->service];
}

static void add_counts(sp_counts_t *sum, const sp_counts_t *counts)
{
    sum->added += counts->added;
    sum->changed += counts->changed;
    sum->cleared += counts->cleared;
    sum->unchanged += counts->unchanged;
}

sp_counts_t sp_tally_total(const sp_tally_t *tally)
{
    sp_counts_t sum = {0, 0, 0, 0};
    int i;

    for (i = 0; i <= tally->service_max; i++)
        add_counts(&sum, &tally->service[i]);
    for (i = 0; i <= tally->event_max; i++)
        add_counts(&sum, &tally->event[i]);
    return sum;
}

int sp_tally_has(const sp_counts_t *counts)
{
    return counts->added + counts->changed + counts->cleared + counts->unchanged > 0;
}
