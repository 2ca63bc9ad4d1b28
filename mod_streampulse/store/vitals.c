/* How a database is doing, in one look that costs the same however large it is. */
#include "vitals.h"

static apr_status_t read_state(sp_db_t *db, sp_vitals_t *vitals, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_VITALS_READ, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    rv = sp_stmt_step(st, err);
    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_EGENERAL : rv;
    vitals->revision = sp_stmt_int(st, 0);
    vitals->schema_version = sp_stmt_int(st, 1);
    vitals->changed_ms = sp_stmt_int(st, 2);
    vitals->uploaded_ms = sp_stmt_int(st, 3);
    vitals->jobs_queued = (int)sp_stmt_int(st, 4);
    vitals->jobs_running = (int)sp_stmt_int(st, 5);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static apr_status_t read_insight(sp_db_t *db, sp_vitals_t *vitals, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_INSIGHT_LATEST_S, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    rv = sp_stmt_step(st, err);
    vitals->insight_s = rv == APR_SUCCESS ? sp_stmt_int(st, 0) : 0;
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_vitals_read(sp_db_t *db, sp_vitals_t *vitals, sp_error_t *err)
{
    const apr_status_t rv = read_state(db, vitals, err);

    return rv == APR_SUCCESS ? read_insight(db, vitals, err) : rv;
}
