/* Reads the numbers of events. */
#include "series.h"

#include "grid.h"
#include "series_filter.h"

typedef struct {
    sp_ident_t ident;
    const char *description;
    sp_day_t start, end;
    int has_numbers;
} event_t;

static apr_status_t list_events(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, apr_array_header_t *events, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_EVENT_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, sp_series_from(filter));
    sp_stmt_bind_int(st, 2, sp_series_to(filter));
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        event_t *event = apr_array_push(events);

        event->ident = (sp_ident_t){(int)sp_stmt_int(st, 0), sp_stmt_text(st, 1, p), sp_stmt_text(st, 2, p), NULL};
        event->description = sp_stmt_text(st, 3, p);
        event->start = (sp_day_t)sp_stmt_int(st, 4);
        event->end = (sp_day_t)sp_stmt_int(st, 5);
        event->has_numbers = sp_stmt_int(st, 6) != 0;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t gather_event(sp_db_t *db, sp_grid_t *grid, int event, const sp_filter_t *filter, sp_error_t *err)
{
    sp_walk_t at = {event, -1, -1};
    apr_status_t rv;

    while ((rv = sp_series_next(db, filter, &at, err)) == APR_SUCCESS) {
        if (at.event != event)
            return APR_SUCCESS;
        if ((rv = sp_series_gather(db, grid, &at, filter, err)) != APR_SUCCESS)
            return rv;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t read_labels(sp_db_t *db, apr_pool_t *p, sp_table_t *table, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_LABEL_RANGE, err);
    apr_status_t rv;
    int row = 0;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, table->ident.id);
    sp_stmt_bind_int(st, 2, table->first[0]);
    sp_stmt_bind_int(st, 3, table->first[table->rows - 1]);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_day_t day = (sp_day_t)sp_stmt_int(st, 0);

        while (row < table->rows && table->first[row] < day)
            row++;
        if (row < table->rows && table->first[row] == day)
            table->label[row] = sp_stmt_text(st, 1, p);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* One that was made by hand and has no number yet; it has none of any service or platform either. */
static int is_shown_empty(const event_t *event, const sp_filter_t *filter)
{
    if (event->has_numbers)
        return 0;
    return !filter || (!filter->services && !filter->platforms);
}

static apr_status_t add_event(sp_db_t *db, apr_pool_t *p, apr_pool_t *ptemp, const event_t *event, const sp_filter_t *filter, apr_array_header_t *tables,
                              sp_error_t *err)
{
    sp_grid_t *grid = sp_grid_create(db, ptemp);
    sp_table_t *table;
    apr_status_t rv = gather_event(db, grid, event->ident.id, filter, err);

    if (rv != APR_SUCCESS || (sp_grid_is_empty(grid) && !is_shown_empty(event, filter)))
        return rv;
    table = sp_grid_table(grid, p, 1);
    table->ident = event->ident;
    table->description = event->description;
    table->start = event->start;
    table->end = event->end;
    APR_ARRAY_PUSH(tables, sp_table_t *) = table;
    return table->rows ? read_labels(db, p, table, err) : APR_SUCCESS;
}

static apr_status_t add_events(sp_db_t *db, apr_pool_t *p, apr_pool_t *ptemp, const sp_filter_t *filter, int only, apr_array_header_t *tables, sp_error_t *err)
{
    apr_array_header_t *events = apr_array_make(p, 8, sizeof(event_t));
    apr_status_t rv = list_events(db, p, filter, events, err);
    int i;

    for (i = 0; rv == APR_SUCCESS && i < events->nelts; i++) {
        const event_t *event = &APR_ARRAY_IDX(events, i, event_t);

        if (only && event->ident.id != only)
            continue;
        apr_pool_clear(ptemp);
        rv = add_event(db, p, ptemp, event, filter, tables, err);
    }
    return rv;
}

/* event 0: every one. */
static apr_status_t read_events(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, int event, apr_array_header_t **tables, sp_error_t *err)
{
    apr_pool_t *ptemp;
    int opened;
    apr_status_t rv = sp_series_begin(db, &opened, err);

    *tables = apr_array_make(p, 8, sizeof(sp_table_t *));
    if (rv != APR_SUCCESS)
        return rv;
    apr_pool_create(&ptemp, p);
    rv = add_events(db, p, ptemp, filter, event, *tables, err);
    apr_pool_destroy(ptemp);
    sp_series_end(db, opened);
    return rv;
}

apr_status_t sp_series_events(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, apr_array_header_t **tables, sp_error_t *err)
{
    return read_events(db, p, filter, 0, tables, err);
}

apr_status_t sp_series_event(sp_db_t *db, apr_pool_t *p, int event, sp_table_t **table, sp_error_t *err)
{
    apr_array_header_t *tables;
    apr_status_t rv = read_events(db, p, NULL, event, &tables, err);

    if (rv != APR_SUCCESS)
        return rv;
    if (tables->nelts == 0)
        return APR_NOTFOUND;
    *table = APR_ARRAY_IDX(tables, 0, sp_table_t *);
    return APR_SUCCESS;
}
