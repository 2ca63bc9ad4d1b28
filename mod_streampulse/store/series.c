/* Reads the numbers of services. */
#include "series.h"

#include <string.h>

#include "grid.h"
#include "name.h"
#include "series_filter.h"

typedef struct {
    unsigned char has[(1 << 14) / 8];
} id_set_t;

static void put_id(id_set_t *set, apr_int64_t id)
{
    if (id >= 0 && id < (1 << 14))
        set->has[id / 8] |= (unsigned char)(1 << (id % 8));
}

static int has_id(const id_set_t *set, int id)
{
    return id >= 0 && id < (1 << 14) && (set->has[id / 8] >> (id % 8)) & 1;
}

static void read_ident(sp_stmt_t *st, apr_pool_t *p, sp_ident_t *ident)
{
    ident->id = (int)sp_stmt_int(st, 0);
    ident->slug = sp_stmt_text(st, 1, p);
    ident->name = sp_stmt_text(st, 2, p);
    ident->color = sp_stmt_text(st, 3, p);
}

apr_status_t sp_series_services(sp_db_t *db, apr_pool_t *p, apr_array_header_t **idents, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SERVICE_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    *idents = apr_array_make(p, 8, sizeof(sp_ident_t));
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        read_ident(st, p, apr_array_push(*idents));
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t platforms_in_use(sp_db_t *db, id_set_t *used, sp_error_t *err)
{
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv;

    memset(used, 0, sizeof(*used));
    while ((rv = sp_walk_next(db, SP_Q_NUMBER_NEXT_SERIES, &at, err)) == APR_SUCCESS)
        put_id(used, at.platform);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t list_platforms(sp_db_t *db, apr_pool_t *p, const id_set_t *used, apr_array_header_t *idents, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PLATFORM_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        if (has_id(used, (int)sp_stmt_int(st, 0)))
            read_ident(st, p, apr_array_push(idents));
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_series_platforms(sp_db_t *db, apr_pool_t *p, apr_array_header_t **idents, sp_error_t *err)
{
    id_set_t used;
    int opened;
    apr_status_t rv = sp_series_begin(db, &opened, err);

    *idents = apr_array_make(p, 8, sizeof(sp_ident_t));
    if (rv == APR_SUCCESS)
        rv = platforms_in_use(db, &used, err);
    if (rv == APR_SUCCESS)
        rv = list_platforms(db, p, &used, *idents, err);
    sp_series_end(db, opened);
    return rv;
}

/* APR_EOF: none has that text. */
static apr_status_t find_by(sp_db_t *db, apr_pool_t *p, sp_query_e query, const char *text, sp_ident_t *ident, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, text);
    if ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        read_ident(st, p, ident);
    sp_stmt_reset(st);
    return rv;
}

static apr_status_t find_by_id(sp_db_t *db, apr_pool_t *p, sp_query_e query, apr_int64_t id, sp_ident_t *ident, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    if ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        read_ident(st, p, ident);
    sp_stmt_reset(st);
    return rv;
}

typedef struct {
    sp_name_kind_e kind;
    sp_query_e by_slug, by_fold, by_id;
} finder_t;

static apr_status_t find_by_name(sp_db_t *db, apr_pool_t *p, const finder_t *f, const char *name, sp_ident_t *ident, sp_error_t *err)
{
    const char *clean, *why;
    sp_stmt_t *st;
    apr_int64_t stored;
    apr_status_t rv;

    if (sp_name_clean(p, name, strlen(name), &clean, &why) != APR_SUCCESS)
        return APR_EOF;
    if (!(st = sp_db_stmt(db, f->by_fold, err)))
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, sp_name_fold(p, clean, f->kind));
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv;
    stored = sp_stmt_int(st, 0);
    sp_stmt_reset(st);
    return find_by_id(db, p, f->by_id, stored, ident, err);
}

static apr_status_t is_service_used(sp_db_t *db, int service, int *used, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SERVICE_IN_USE, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, service);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? APR_EGENERAL : rv;
    *used = sp_stmt_int(st, 0) != 0;
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static apr_status_t is_platform_used(sp_db_t *db, int platform, int *used, sp_error_t *err)
{
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv;

    *used = 0;
    while (!*used && (rv = sp_walk_next(db, SP_Q_NUMBER_NEXT_SERIES, &at, err)) == APR_SUCCESS)
        *used = at.platform == platform;
    return *used || rv == APR_EOF ? APR_SUCCESS : rv;
}

typedef apr_status_t (*is_used_fn)(sp_db_t *db, int id, int *used, sp_error_t *err);

/* A public id whose numbers went elsewhere in a merge is looked up as a name: the other one has that as an alias. */
static apr_status_t find_in_order(sp_db_t *db, apr_pool_t *p, const finder_t *f, is_used_fn is_used, const char *id, sp_ident_t *ident, sp_error_t *err)
{
    int used = 0;
    apr_status_t rv = find_by(db, p, f->by_slug, id, ident, err);

    if (rv == APR_SUCCESS && (rv = is_used(db, ident->id, &used, err)) == APR_SUCCESS && used)
        return APR_SUCCESS;
    if (rv == APR_SUCCESS || rv == APR_EOF)
        rv = find_by_name(db, p, f, id, ident, err);
    if (rv == APR_SUCCESS)
        rv = is_used(db, ident->id, &used, err);
    return rv == APR_SUCCESS && !used ? APR_EOF : rv;
}

static apr_status_t find_used(sp_db_t *db, apr_pool_t *p, const finder_t *f, is_used_fn is_used, const char *id, sp_ident_t *ident, sp_error_t *err)
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
    static const finder_t finder = {SP_NAME_SERVICE, SP_Q_SERVICE_BY_SLUG, SP_Q_SERVICE_BY_FOLD, SP_Q_SERVICE_BY_ID};
    apr_status_t rv = find_used(db, p, &finder, is_service_used, id, ident, err);

    return rv == APR_EOF ? sp_error_set(err, SP_E_SERVICE_UNKNOWN, APR_NOTFOUND, "there is no service \"%s\"", id) : rv;
}

apr_status_t sp_series_find_platform(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err)
{
    static const finder_t finder = {SP_NAME_PLATFORM, SP_Q_PLATFORM_BY_SLUG, SP_Q_PLATFORM_BY_FOLD, SP_Q_PLATFORM_BY_ID};
    apr_status_t rv = find_used(db, p, &finder, is_platform_used, id, ident, err);

    return rv == APR_EOF ? sp_error_set(err, SP_E_PLATFORM_UNKNOWN, APR_NOTFOUND, "there is no platform \"%s\"", id) : rv;
}

static apr_status_t gather_series(sp_db_t *db, sp_grid_t *grid, const sp_walk_t *at, const sp_filter_t *filter, sp_error_t *err)
{
    sp_stmt_t *st;
    int column;
    apr_status_t rv = sp_grid_column(grid, at->platform, &column, err);

    if (rv != APR_SUCCESS)
        return rv;
    if (!(st = sp_series_range(db, SP_Q_NUMBER_RANGE, at, filter, err)))
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_day_t day = (sp_day_t)sp_stmt_int(st, 0);

        sp_grid_add(grid, column, day, day + (sp_day_t)sp_stmt_int(st, 2), sp_stmt_int(st, 1));
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t gather_service(sp_db_t *db, sp_grid_t *grid, int service, const sp_filter_t *filter, sp_error_t *err)
{
    sp_walk_t at = {0, service, -1};
    apr_status_t rv;

    while ((rv = sp_walk_next(db, SP_Q_NUMBER_NEXT_SERIES, &at, err)) == APR_SUCCESS) {
        if (at.event != 0 || at.service != service)
            return APR_SUCCESS;
        if (filter && !sp_series_has(filter->platforms, at.platform))
            continue;
        if ((rv = gather_series(db, grid, &at, filter, err)) != APR_SUCCESS)
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
