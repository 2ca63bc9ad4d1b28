/* Which series a filter lets through. */
#include "series_filter.h"

int sp_series_has(const apr_array_header_t *ids, apr_int64_t id)
{
    int i;

    if (!ids)
        return 1;
    for (i = 0; i < ids->nelts; i++)
        if (APR_ARRAY_IDX(ids, i, int) == id)
            return 1;
    return 0;
}

sp_day_t sp_series_from(const sp_filter_t *filter)
{
    return filter && filter->from != SP_DAY_NONE ? filter->from : 0;
}

sp_day_t sp_series_to(const sp_filter_t *filter)
{
    return filter && filter->to != SP_DAY_NONE ? filter->to : SP_DAY_MAX;
}

/* The least of the ids that is not below id; SP_WALK_ANY where there is none. */
static apr_int64_t next_wanted(const apr_array_header_t *ids, apr_int64_t id)
{
    apr_int64_t least = SP_WALK_ANY;
    int i;

    for (i = 0; i < ids->nelts; i++)
        if (APR_ARRAY_IDX(ids, i, int) >= id && APR_ARRAY_IDX(ids, i, int) < least)
            least = APR_ARRAY_IDX(ids, i, int);
    return least;
}

/* Whether the filter lets the series through; if not, *at becomes a place after which the next one that it may let through comes. */
static int is_wanted(const sp_filter_t *filter, sp_walk_t *at)
{
    apr_int64_t service = filter->services ? next_wanted(filter->services, at->service) : at->service;
    apr_int64_t platform = filter->platforms ? next_wanted(filter->platforms, service == at->service ? at->platform : 0) : at->platform;

    if (service == at->service && platform == at->platform)
        return 1;
    if (service != at->service)
        *at = (sp_walk_t){at->event, service, filter->platforms ? platform - 1 : -1};
    else
        at->platform = platform == SP_WALK_ANY ? SP_WALK_ANY : platform - 1;
    return 0;
}

static apr_status_t next_in(sp_db_t *db, sp_query_e walk, const sp_filter_t *filter, sp_walk_t *at, sp_error_t *err)
{
    apr_status_t rv;

    while ((rv = sp_walk_next(db, walk, at, err)) == APR_SUCCESS)
        if (!filter || is_wanted(filter, at))
            return APR_SUCCESS;
    return rv;
}

apr_status_t sp_series_next(sp_db_t *db, const sp_filter_t *filter, sp_walk_t *at, sp_error_t *err)
{
    return next_in(db, SP_Q_NUMBER_NEXT_SERIES, filter, at, err);
}

apr_status_t sp_series_next_said(sp_db_t *db, const sp_filter_t *filter, sp_walk_t *at, sp_error_t *err)
{
    return next_in(db, SP_Q_WORDS_NEXT_SERIES, filter, at, err);
}

sp_stmt_t *sp_series_range(sp_db_t *db, sp_query_e query, const sp_walk_t *at, const sp_filter_t *filter, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);

    if (!st)
        return NULL;
    sp_walk_bind(st, at);
    sp_stmt_bind_int(st, 4, sp_series_from(filter));
    sp_stmt_bind_int(st, 5, sp_series_to(filter));
    return st;
}

apr_status_t sp_series_gather(sp_db_t *db, sp_grid_t *grid, const sp_walk_t *at, const sp_filter_t *filter, sp_error_t *err)
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

        sp_grid_add(grid, column, day, at->event ? day : day + (sp_day_t)sp_stmt_int(st, 2), sp_stmt_int(st, 1));
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_series_begin(sp_db_t *db, int *opened, sp_error_t *err)
{
    *opened = !sp_db_in_transaction(db);
    return *opened ? sp_db_begin_read(db, err) : APR_SUCCESS;
}

void sp_series_end(sp_db_t *db, int opened)
{
    if (opened)
        sp_db_rollback(db);
}
