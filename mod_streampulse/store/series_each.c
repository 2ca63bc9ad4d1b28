/* Hands out every number inside a filter, with its names. */
#include "series.h"

#include <apr_hash.h>

#include "series_order.h"

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    const sp_filter_t *filter;
    sp_series_row_fn fn;
    void *ctx;
    sp_error_t *err;
    apr_hash_t *services, *platforms; /* id -> name */
    apr_int64_t event;                /* the event that row.event is; 0: none yet */
    apr_pool_t *pevent;               /* its name */
    apr_pool_t *prow;                 /* the row's label */
    sp_series_order_t order;
    sp_series_row_t row;
} reader_t;

static apr_status_t read_name(reader_t *r, sp_query_e query, apr_int64_t id, apr_pool_t *p, const char **name)
{
    sp_stmt_t *st = sp_db_stmt(r->db, query, r->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    if ((rv = sp_stmt_step(st, r->err)) != APR_SUCCESS)
        return rv == APR_EOF ? sp_error_set(r->err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database has numbers whose names it does not know") : rv;
    *name = sp_stmt_text(st, 2, p);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static apr_status_t cached_name(reader_t *r, apr_hash_t *cache, sp_query_e query, apr_int64_t id, const char **name)
{
    apr_int64_t *key;
    apr_status_t rv;

    if ((*name = apr_hash_get(cache, &id, sizeof(id))))
        return APR_SUCCESS;
    if ((rv = read_name(r, query, id, r->p, name)) != APR_SUCCESS)
        return rv;
    key = apr_palloc(r->p, sizeof(*key));
    *key = id;
    apr_hash_set(cache, key, sizeof(*key), *name);
    return APR_SUCCESS;
}

static apr_status_t enter_event(reader_t *r, apr_int64_t event)
{
    sp_stmt_t *st;
    apr_status_t rv;

    r->event = event;
    r->row.event = NULL;
    r->row.event_start = SP_DAY_NONE;
    apr_pool_clear(r->pevent);
    if (!event)
        return APR_SUCCESS;
    if ((rv = read_name(r, SP_Q_EVENT_BY_ID, event, r->pevent, &r->row.event)) != APR_SUCCESS)
        return rv;
    if (!(st = sp_db_stmt(r->db, SP_Q_EVENT_FIRST_DAY, r->err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, event);
    if ((rv = sp_stmt_step(st, r->err)) != APR_SUCCESS)
        return rv == APR_EOF ? APR_EGENERAL : rv;
    r->row.event_start = (sp_day_t)sp_stmt_int(st, 0);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static apr_status_t enter_series(reader_t *r, const sp_walk_t *at)
{
    apr_status_t rv;

    r->row.service = NULL;
    if (at->service && (rv = cached_name(r, r->services, SP_Q_SERVICE_BY_ID, at->service, &r->row.service)) != APR_SUCCESS)
        return rv;
    if ((rv = cached_name(r, r->platforms, SP_Q_PLATFORM_BY_ID, at->platform, &r->row.platform)) != APR_SUCCESS)
        return rv;
    return at->event == r->event ? APR_SUCCESS : enter_event(r, at->event);
}

static apr_status_t hand_out(reader_t *r, sp_stmt_t *st)
{
    sp_day_t day = (sp_day_t)sp_stmt_int(st, 0);

    apr_pool_clear(r->prow);
    r->row.first = day;
    r->row.last = day + (sp_day_t)sp_stmt_int(st, 2);
    r->row.viewers = sp_stmt_int(st, 1);
    r->row.label = r->event ? sp_stmt_text(st, 3, r->prow) : NULL;
    return r->fn(r->ctx, &r->row);
}

static apr_status_t read_series(reader_t *r, const sp_walk_t *at)
{
    sp_stmt_t *st;
    apr_status_t rv = enter_series(r, at);

    if (rv != APR_SUCCESS)
        return rv;
    if (!(st = sp_series_range(r->db, r->event ? SP_Q_NUMBER_LABELLED : SP_Q_NUMBER_RANGE, at, r->filter, r->err)))
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, r->err)) == APR_SUCCESS) {
        apr_status_t handed = hand_out(r, st);

        if (handed != APR_SUCCESS) {
            sp_stmt_reset(st);
            return handed;
        }
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t hand_out_name(reader_t *r, apr_hash_t *cache, sp_query_e query, int id, const char **name)
{
    apr_status_t rv = cached_name(r, cache, query, id, name);

    if (rv == APR_SUCCESS)
        rv = r->fn(r->ctx, &r->row);
    *name = NULL;
    return rv;
}

static apr_status_t hand_out_names(reader_t *r)
{
    const apr_array_header_t *services = r->order.services, *platforms = r->order.platforms;
    apr_status_t rv = APR_SUCCESS;
    int i;

    r->row = (sp_series_row_t){.first = SP_DAY_NONE, .last = SP_DAY_NONE, .viewers = SP_VIEWERS_NONE, .event_start = SP_DAY_NONE};
    for (i = 0; rv == APR_SUCCESS && i < services->nelts; i++)
        rv = hand_out_name(r, r->services, SP_Q_SERVICE_BY_ID, APR_ARRAY_IDX(services, i, int), &r->row.service);
    for (i = 0; rv == APR_SUCCESS && i < platforms->nelts; i++)
        rv = hand_out_name(r, r->platforms, SP_Q_PLATFORM_BY_ID, APR_ARRAY_IDX(platforms, i, int), &r->row.platform);
    return rv;
}

static apr_status_t read_first(reader_t *r)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    for (i = 0; rv == APR_SUCCESS && i < r->order.first->nelts; i++)
        rv = read_series(r, &APR_ARRAY_IDX(r->order.first, i, sp_walk_t));
    return rv;
}

static apr_status_t read_all(reader_t *r)
{
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv;

    while ((rv = sp_series_next(r->db, r->filter, &at, r->err)) == APR_SUCCESS)
        if (!sp_series_order_is_first(&r->order, &at) && (rv = read_series(r, &at)) != APR_SUCCESS)
            return rv == APR_EOF ? APR_EGENERAL : rv;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t run(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, int with_names, sp_series_row_fn fn, void *ctx, sp_error_t *err)
{
    reader_t r = {.db = db, .filter = filter, .fn = fn, .ctx = ctx, .err = err};
    int opened;
    apr_status_t rv = sp_series_begin(db, &opened, err);

    if (rv != APR_SUCCESS)
        return rv;
    apr_pool_create(&r.p, p);
    apr_pool_create(&r.pevent, r.p);
    apr_pool_create(&r.prow, r.p);
    r.services = apr_hash_make(r.p);
    r.platforms = apr_hash_make(r.p);
    r.row.event_start = SP_DAY_NONE;
    rv = sp_series_order_find(db, r.p, filter, &r.order, err);
    if (rv == APR_SUCCESS && with_names)
        rv = hand_out_names(&r);
    if (rv == APR_SUCCESS)
        rv = read_first(&r);
    if (rv == APR_SUCCESS)
        rv = read_all(&r);
    apr_pool_destroy(r.p);
    sp_series_end(db, opened);
    return rv;
}

apr_status_t sp_series_each(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, sp_series_row_fn fn, void *ctx, sp_error_t *err)
{
    return run(db, p, filter, 0, fn, ctx, err);
}

apr_status_t sp_series_export(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, sp_series_row_fn fn, void *ctx, sp_error_t *err)
{
    return run(db, p, filter, 1, fn, ctx, err);
}
