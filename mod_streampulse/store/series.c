/* Reads the numbers of services. */
#include "series.h"

#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "ident.h"
#include "series_filter.h"

typedef struct {
    unsigned char has[(1 << 14) / 8];
} id_set_t;

static int has_id(const id_set_t *set, apr_int64_t id)
{
    return id >= 0 && id < (1 << 14) && (set->has[id / 8] >> (id % 8)) & 1;
}

/* 1: it was not there. */
static int put_id(id_set_t *set, apr_int64_t id)
{
    if (id < 0 || id >= (1 << 14) || has_id(set, id))
        return 0;
    set->has[id / 8] |= (unsigned char)(1 << (id % 8));
    return 1;
}

apr_status_t sp_series_services(sp_db_t *db, apr_pool_t *p, apr_array_header_t **idents, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SERVICE_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    *idents = apr_array_make(p, 8, sizeof(sp_ident_t));
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        sp_ident_read(st, p, apr_array_push(*idents));
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

typedef struct {
    sp_ident_t ident;
    apr_int64_t position;
} placed_t;

static int compare_places(const void *va, const void *vb)
{
    const placed_t *a = va, *b = vb;

    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return a->ident.id - b->ident.id;
}

static apr_status_t add_place(sp_db_t *db, apr_pool_t *p, int service, apr_array_header_t *places, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SERVICE_BY_ID, err);
    placed_t *place;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, service);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? APR_SUCCESS : rv;
    place = apr_array_push(places);
    sp_ident_read(st, p, &place->ident);
    place->position = sp_stmt_int(st, 4);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

apr_status_t sp_series_services_of(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, apr_array_header_t **idents, sp_error_t *err)
{
    const apr_array_header_t *asked = filter->services;
    apr_array_header_t *places;
    apr_status_t rv = APR_SUCCESS;
    int i;

    if (!asked)
        return sp_series_services(db, p, idents, err);
    places = apr_array_make(p, asked->nelts + 1, sizeof(placed_t));
    for (i = 0; rv == APR_SUCCESS && i < asked->nelts; i++)
        rv = add_place(db, p, APR_ARRAY_IDX(asked, i, int), places, err);
    qsort(places->elts, (size_t)places->nelts, sizeof(placed_t), compare_places);
    *idents = apr_array_make(p, places->nelts + 1, sizeof(sp_ident_t));
    for (i = 0; i < places->nelts; i++)
        if (i == 0 || APR_ARRAY_IDX(places, i, placed_t).ident.id != APR_ARRAY_IDX(places, i - 1, placed_t).ident.id)
            APR_ARRAY_PUSH(*idents, sp_ident_t) = APR_ARRAY_IDX(places, i, placed_t).ident;
    return rv;
}

/* Every platform there is, with or without a number. */
static apr_status_t list_platforms(sp_db_t *db, apr_pool_t *p, apr_array_header_t *idents, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PLATFORM_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        sp_ident_read(st, p, apr_array_push(idents));
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* Walks until every one of that many was met, which is soon where services share their platforms. */
static apr_status_t platforms_in_use(sp_db_t *db, int there_are, id_set_t *used, sp_error_t *err)
{
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv = APR_SUCCESS;
    int met = 0;

    memset(used, 0, sizeof(*used));
    while (met < there_are && (rv = sp_walk_next(db, SP_Q_NUMBER_NEXT_SERIES, &at, err)) == APR_SUCCESS)
        met += put_id(used, at.platform);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static void keep_used(apr_array_header_t *idents, const id_set_t *used)
{
    int i, kept = 0;

    for (i = 0; i < idents->nelts; i++)
        if (has_id(used, APR_ARRAY_IDX(idents, i, sp_ident_t).id))
            APR_ARRAY_IDX(idents, kept++, sp_ident_t) = APR_ARRAY_IDX(idents, i, sp_ident_t);
    idents->nelts = kept;
}

apr_status_t sp_series_platforms(sp_db_t *db, apr_pool_t *p, apr_array_header_t **idents, sp_error_t *err)
{
    id_set_t used;
    int opened;
    apr_status_t rv = sp_series_begin(db, &opened, err);

    *idents = apr_array_make(p, 8, sizeof(sp_ident_t));
    if (rv == APR_SUCCESS)
        rv = list_platforms(db, p, *idents, err);
    if (rv == APR_SUCCESS)
        rv = platforms_in_use(db, (*idents)->nelts, &used, err);
    if (rv == APR_SUCCESS)
        keep_used(*idents, &used);
    sp_series_end(db, opened);
    return rv;
}

static apr_status_t is_service_used(sp_db_t *db, int service, int *used, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SERVICE_IN_USE, err);
    apr_int64_t found = 0;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, service);
    rv = sp_stmt_number(st, &found, err);
    *used = found != 0;
    return rv;
}

static apr_status_t is_platform_used(sp_db_t *db, int platform, int *used, sp_error_t *err)
{
    apr_array_header_t only = {.elt_size = sizeof(int), .nelts = 1, .elts = (char *)&platform};
    const sp_filter_t filter = {.platforms = &only};
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv = sp_series_next(db, &filter, &at, err);

    *used = rv == APR_SUCCESS;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

typedef apr_status_t (*is_used_fn)(sp_db_t *db, int id, int *used, sp_error_t *err);

/* A public id whose numbers went elsewhere in a merge is looked up as a name: the other one has that as an alias. */
static apr_status_t find_in_order(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, is_used_fn is_used, const char *id, sp_ident_t *ident,
                                  sp_error_t *err)
{
    int used = 0;
    apr_status_t rv = sp_ident_by_slug(db, p, f, id, ident, err);

    if (rv == APR_SUCCESS && (rv = is_used(db, ident->id, &used, err)) == APR_SUCCESS && used)
        return APR_SUCCESS;
    if (rv == APR_SUCCESS || rv == APR_EOF)
        rv = sp_ident_by_name(db, p, f, id, ident, err);
    if (rv == APR_SUCCESS)
        rv = is_used(db, ident->id, &used, err);
    return rv == APR_SUCCESS && !used ? APR_EOF : rv;
}

static apr_status_t find_used(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, is_used_fn is_used, const char *id, sp_ident_t *ident, sp_error_t *err)
{
    int opened;
    apr_status_t rv = sp_series_begin(db, &opened, err);

    if (rv == APR_SUCCESS)
        rv = find_in_order(db, p, f, is_used, id, ident, err);
    sp_series_end(db, opened);
    return rv;
}

apr_status_t sp_series_find_service(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err)
{
    apr_status_t rv = find_used(db, p, &sp_ident_services, is_service_used, id, ident, err);

    return rv == APR_EOF ? sp_error_set(err, SP_E_SERVICE_UNKNOWN, APR_NOTFOUND, "there is no service \"%s\"", id) : rv;
}

apr_status_t sp_series_find_platform(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err)
{
    apr_status_t rv = find_used(db, p, &sp_ident_platforms, is_platform_used, id, ident, err);

    return rv == APR_EOF ? sp_error_set(err, SP_E_PLATFORM_UNKNOWN, APR_NOTFOUND, "there is no platform \"%s\"", id) : rv;
}

apr_status_t sp_series_may_be_service(sp_db_t *db, apr_pool_t *p, const char *id, apr_array_header_t *ids, sp_error_t *err)
{
    return sp_ident_candidates(db, p, &sp_ident_services, id, ids, err);
}

apr_status_t sp_series_may_be_platform(sp_db_t *db, apr_pool_t *p, const char *id, apr_array_header_t *ids, sp_error_t *err)
{
    return sp_ident_candidates(db, p, &sp_ident_platforms, id, ids, err);
}

static apr_status_t gather_service(sp_db_t *db, sp_grid_t *grid, int service, const sp_filter_t *filter, sp_error_t *err)
{
    sp_walk_t at = {0, service, -1};
    apr_status_t rv;

    while ((rv = sp_series_next(db, filter, &at, err)) == APR_SUCCESS) {
        if (at.event != 0 || at.service != service)
            return APR_SUCCESS;
        if ((rv = sp_series_gather(db, grid, &at, filter, err)) != APR_SUCCESS)
            return rv;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_series_weekly(sp_db_t *db, apr_pool_t *p, const sp_ident_t *service, const sp_filter_t *filter, sp_table_t **table, sp_error_t *err)
{
    apr_pool_t *ptemp;
    sp_grid_t *grid;
    int opened;
    apr_status_t rv = sp_series_begin(db, &opened, err);

    if (rv != APR_SUCCESS)
        return rv;
    apr_pool_create(&ptemp, p);
    grid = sp_grid_create(db, ptemp);
    if ((rv = gather_service(db, grid, service->id, filter, err)) == APR_SUCCESS) {
        *table = sp_grid_table(grid, p, 0);
        (*table)->ident = *service;
    }
    apr_pool_destroy(ptemp);
    sp_series_end(db, opened);
    return rv;
}
