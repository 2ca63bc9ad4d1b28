/* Reads what facts are computed from. */
#include "facts_read.h"

#include "series.h"
#include "series_filter.h"

static apr_status_t read_services(sp_db_t *db, apr_pool_t *p, apr_array_header_t *tables, sp_error_t *err)
{
    apr_array_header_t *idents;
    apr_status_t rv = sp_series_services(db, p, &idents, err);

    for (int i = 0; rv == APR_SUCCESS && i < idents->nelts; i++) {
        sp_table_t *table;
        rv = sp_series_weekly(db, p, &APR_ARRAY_IDX(idents, i, sp_ident_t), NULL, &table, err);
        if (rv == APR_SUCCESS && table->rows)
            APR_ARRAY_PUSH(tables, const sp_table_t *) = table;
    }
    return rv;
}

static apr_status_t read_in_order(sp_db_t *db, apr_pool_t *p, sp_facts_input_t *input, sp_revision_t *revision, sp_error_t *err)
{
    apr_array_header_t *services = apr_array_make(p, 16, sizeof(sp_table_t *)), *events = NULL;
    apr_status_t rv = sp_meta_revision(db, revision, err);

    if (rv == APR_SUCCESS)
        rv = read_services(db, p, services, err);
    if (rv == APR_SUCCESS)
        rv = sp_series_events(db, p, NULL, &events, err);
    input->services = services;
    input->events = events;
    return rv;
}

apr_status_t sp_facts_read(sp_db_t *db, apr_pool_t *p, sp_facts_input_t *input, sp_revision_t *revision, sp_error_t *err)
{
    int opened;
    apr_status_t rv = sp_series_begin(db, &opened, err);

    if (rv != APR_SUCCESS)
        return rv;
    rv = read_in_order(db, p, input, revision, err);
    sp_series_end(db, opened);
    return rv;
}
