/* Lines about what a transaction did, kept until it is committed. */
#include <stdarg.h>

#include <apr_strings.h>

#include "db_engine.h"

void sp_db_set_listener(sp_db_t *db, sp_db_listener_fn fn, void *ctx)
{
    db->listener = fn;
    db->listener_ctx = ctx;
}

/* The connection's pool destroys this one before the connection rolls back what is open. */
static apr_status_t forget(void *data)
{
    sp_db_t *db = data;

    db->told_pool = NULL;
    db->told = NULL;
    return APR_SUCCESS;
}

void sp_db_tell(sp_db_t *db, const char *fmt, ...)
{
    va_list args;

    if (!db->listener)
        return;
    if (!db->told_pool) {
        if (apr_pool_create(&db->told_pool, db->pool) != APR_SUCCESS)
            return;
        apr_pool_cleanup_register(db->told_pool, db, forget, apr_pool_cleanup_null);
        db->told = apr_array_make(db->told_pool, 4, sizeof(const char *));
    }
    va_start(args, fmt);
    APR_ARRAY_PUSH(db->told, const char *) = apr_pvsprintf(db->told_pool, fmt, args);
    va_end(args);
}

void sp_db_told_end(sp_db_t *db, int committed)
{
    if (!db->told)
        return;
    for (int i = 0; committed && db->listener && i < db->told->nelts; i++)
        db->listener(db->listener_ctx, APR_ARRAY_IDX(db->told, i, const char *));
    apr_pool_destroy(db->told_pool);
}
