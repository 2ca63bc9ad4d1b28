/* Finds the series that introduce names in the order of their ids. */
#include "series_order.h"

#include "spool.h"

/* One kind's names. The other name of a series that introduces one should be met already: the least id is the best candidate. Only weekly series are moved,
 * because events have an order of their own. */
typedef struct {
    unsigned char *there;  /* [SP_KEY_ID_MAX + 1] has a weekly series, or a number of an event */
    sp_walk_t *introducer; /* [SP_KEY_ID_MAX + 1] the weekly series with the least other id */
    int weekly;            /* the largest id with a weekly series */
    int largest;
    int disordered; /* the ascending order of the weekly keys meets a smaller id after a larger one */
    int hopeless;   /* an id that only events have comes before one that is met earlier */
    int met;        /* the largest id met so far in the new order */
} kind_t;

static void init_kind(apr_pool_t *p, kind_t *kind)
{
    *kind = (kind_t){.there = apr_pcalloc(p, SP_KEY_ID_MAX + 1), .introducer = apr_pcalloc(p, sizeof(sp_walk_t) * (SP_KEY_ID_MAX + 1))};
}

static void note(kind_t *kind, apr_int64_t id, const sp_walk_t *at, int is_better)
{
    if (id <= 0 || id > SP_KEY_ID_MAX || (kind->there[id] && (at->event || !is_better)))
        return;
    if (!kind->there[id]) {
        kind->there[id] = 1;
        *(at->event ? &kind->hopeless : &kind->disordered) |= id < kind->largest;
        kind->largest = id > kind->largest ? (int)id : kind->largest;
        kind->weekly = at->event ? kind->weekly : kind->largest;
    }
    kind->introducer[id] = *at;
}

static apr_status_t look_around(sp_db_t *db, const sp_filter_t *filter, kind_t *services, kind_t *platforms, sp_error_t *err)
{
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv;

    while ((rv = sp_series_next(db, filter, &at, err)) == APR_SUCCESS) {
        note(services, at.service, &at, at.platform < services->introducer[at.service].platform);
        note(platforms, at.platform, &at, at.service < platforms->introducer[at.platform].service);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* The id with a weekly series after those that were met; 0: none. */
static int next_id(const kind_t *kind)
{
    int id;

    for (id = kind->met + 1; id <= kind->weekly; id++)
        if (kind->there[id])
            return id;
    return 0;
}

static int is_met(const kind_t *kind, apr_int64_t id)
{
    return id <= kind->met || id == next_id(kind);
}

static void introduce(sp_series_order_t *order, kind_t *services, kind_t *platforms, const sp_walk_t *at)
{
    APR_ARRAY_PUSH(order->first, sp_walk_t) = *at;
    services->met = at->service > services->met ? (int)at->service : services->met;
    platforms->met = at->platform > platforms->met ? (int)at->platform : platforms->met;
}

static void list_ids(const kind_t *kind, apr_array_header_t *ids)
{
    int id;

    for (id = 1; id <= kind->largest; id++)
        if (kind->there[id])
            APR_ARRAY_PUSH(ids, int) = id;
}

/* 0: there is none. */
static int arrange(sp_series_order_t *order, kind_t *services, kind_t *platforms)
{
    int service, platform;

    while ((service = next_id(services)) | (platform = next_id(platforms))) {
        if (platform && is_met(services, platforms->introducer[platform].service))
            introduce(order, services, platforms, &platforms->introducer[platform]);
        else if (service && is_met(platforms, services->introducer[service].platform))
            introduce(order, services, platforms, &services->introducer[service]);
        else
            return 0;
    }
    return 1;
}

apr_status_t sp_series_order_find(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, sp_series_order_t *order, sp_error_t *err)
{
    kind_t services, platforms;
    apr_status_t rv;

    order->first = apr_array_make(p, 8, sizeof(sp_walk_t));
    order->services = apr_array_make(p, 1, sizeof(int));
    order->platforms = apr_array_make(p, 1, sizeof(int));
    init_kind(p, &services);
    init_kind(p, &platforms);
    if ((rv = look_around(db, filter, &services, &platforms, err)) != APR_SUCCESS)
        return rv;
    if (!services.hopeless && !platforms.hopeless && !services.disordered && !platforms.disordered)
        return APR_SUCCESS;
    if (!services.hopeless && !platforms.hopeless && arrange(order, &services, &platforms))
        return APR_SUCCESS;
    apr_array_clear(order->first);
    list_ids(&services, order->services);
    list_ids(&platforms, order->platforms);
    return APR_SUCCESS;
}

int sp_series_order_is_first(const sp_series_order_t *order, const sp_walk_t *at)
{
    int i;

    for (i = 0; i < order->first->nelts; i++)
        if (sp_walk_compare(&APR_ARRAY_IDX(order->first, i, sp_walk_t), at) == 0)
            return 1;
    return 0;
}
