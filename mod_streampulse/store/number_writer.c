/* Writes the projection: new numbers by the thousand, and those of one series that lie close together in one pass over it. */
#include "number_writer.h"

#include "row_queue.h"

#define ROWS_MAX      1024 /* as in row_queue.c */
#define DENSE_ROWS    16   /* fewer are written one by one */
#define DAYS_FOR_EACH 28   /* four stored weeks to pass over for one that changes still cost less than finding that one */

/* Rows of one series. */
typedef struct {
    sp_query_e query;
    sp_db_row_t *rows; /* [ROWS_MAX] */
    int count;
} batch_t;

struct sp_number_writer_t {
    sp_db_t *db;
    apr_int64_t by;
    sp_row_queue_t *put;
    batch_t changes, clears;
};

sp_number_writer_t *sp_number_writer_create(sp_db_t *db, apr_pool_t *p, apr_int64_t by)
{
    sp_number_writer_t *w = apr_pcalloc(p, sizeof(*w));

    w->db = db;
    w->by = by;
    w->put = sp_row_queue_create(db, p, SP_Q_NUMBER_PUT, by, 0);
    w->changes = (batch_t){SP_Q_NUMBER_CHANGE, apr_palloc(p, sizeof(sp_db_row_t) * ROWS_MAX), 0};
    w->clears = (batch_t){SP_Q_NUMBER_CLEAR_MANY, apr_palloc(p, sizeof(sp_db_row_t) * ROWS_MAX), 0};
    return w;
}

static apr_status_t clear_one(sp_number_writer_t *w, const sp_db_row_t *row, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(w->db, SP_Q_NUMBER_CLEAR, err);
    int i;

    if (!st)
        return APR_EGENERAL;
    for (i = 0; i < 4; i++)
        sp_stmt_bind_int(st, i + 1, row->number[i]);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t write_each(sp_number_writer_t *w, const batch_t *b, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    for (i = 0; rv == APR_SUCCESS && i < b->count; i++)
        rv = b == &w->clears ? clear_one(w, &b->rows[i], err) : sp_row_queue_add(w->put, b->rows[i].number, NULL, 0, err);
    return rv;
}

static apr_status_t write_in_one_pass(sp_number_writer_t *w, const batch_t *b, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(w->db, b->query, err);
    int i;

    if (!st)
        return APR_EGENERAL;
    for (i = 0; i < 4; i++)
        sp_stmt_bind_int(st, i + 1, b->rows[0].number[i]);
    sp_stmt_bind_int(st, 5, b->rows[b->count - 1].number[3]);
    if (b == &w->changes)
        sp_stmt_bind_int(st, 6, w->by);
    return sp_stmt_run_rows(st, b->rows, b->count, err);
}

static apr_status_t write_batch(sp_number_writer_t *w, batch_t *b, sp_error_t *err)
{
    apr_int64_t days = b->count ? b->rows[b->count - 1].number[3] - b->rows[0].number[3] : 0;
    apr_status_t rv;

    if (b->count >= DENSE_ROWS && days <= (apr_int64_t)DAYS_FOR_EACH * b->count)
        rv = write_in_one_pass(w, b, err);
    else
        rv = write_each(w, b, err);
    b->count = 0;
    return rv;
}

static apr_status_t add_to_batch(sp_number_writer_t *w, batch_t *b, const sp_db_row_t *row, sp_error_t *err)
{
    apr_status_t rv = b->count == ROWS_MAX ? write_batch(w, b, err) : APR_SUCCESS;

    b->rows[b->count++] = *row;
    return rv;
}

apr_status_t sp_number_writer_add(sp_number_writer_t *w, const sp_walk_t *at, sp_day_t day, apr_int64_t viewers, int span, sp_error_t *err)
{
    const apr_int64_t row[SP_DB_ROW_NUMBERS] = {at->event, at->service, at->platform, day, viewers, span};

    return sp_row_queue_add(w->put, row, NULL, 0, err);
}

apr_status_t sp_number_writer_change(sp_number_writer_t *w, const sp_walk_t *at, sp_day_t day, apr_int64_t viewers, int span, sp_error_t *err)
{
    const sp_db_row_t row = {.number = {at->event, at->service, at->platform, day, viewers, span}};

    return add_to_batch(w, &w->changes, &row, err);
}

apr_status_t sp_number_writer_clear(sp_number_writer_t *w, const sp_walk_t *at, sp_day_t day, sp_error_t *err)
{
    const sp_db_row_t row = {.number = {at->event, at->service, at->platform, day}};

    return add_to_batch(w, &w->clears, &row, err);
}

apr_status_t sp_number_writer_end_series(sp_number_writer_t *w, sp_error_t *err)
{
    apr_status_t rv = write_batch(w, &w->changes, err);

    return rv == APR_SUCCESS ? write_batch(w, &w->clears, err) : rv;
}

apr_status_t sp_number_writer_flush(sp_number_writer_t *w, sp_error_t *err)
{
    apr_status_t rv = sp_number_writer_end_series(w, err);

    return rv == APR_SUCCESS ? sp_row_queue_flush(w->put, err) : rv;
}
