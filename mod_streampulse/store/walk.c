/* From series to series: one seek for each, however many cells it has. */
#include "walk.h"

int sp_walk_compare(const sp_walk_t *a, const sp_walk_t *b)
{
    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    if (a->service != b->service)
        return a->service < b->service ? -1 : 1;
    if (a->platform != b->platform)
        return a->platform < b->platform ? -1 : 1;
    return 0;
}

void sp_walk_bind(sp_stmt_t *st, const sp_walk_t *at)
{
    sp_stmt_bind_int(st, 1, at->event);
    sp_stmt_bind_int(st, 2, at->service);
    sp_stmt_bind_int(st, 3, at->platform);
}

apr_status_t sp_walk_next(sp_db_t *db, sp_query_e query, sp_walk_t *at, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv;
    at->event = sp_stmt_int(st, 0);
    at->service = sp_stmt_int(st, 1);
    at->platform = sp_stmt_int(st, 2);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}
