/* Keeps rows until there are enough of them for one run of a statement. */
#include "row_queue.h"

#include <string.h>

#define ROWS_MAX 1024 /* more are not faster; of that many, SQLite keeps what it needs to take one statement back in memory */

struct sp_row_queue_t {
    sp_db_t *db;
    sp_query_e query;
    apr_int64_t by;
    sp_db_row_t *rows; /* [ROWS_MAX] */
    int count;
    unsigned char *data; /* of all rows */
    apr_size_t data_used, data_size;
};

sp_row_queue_t *sp_row_queue_create(sp_db_t *db, apr_pool_t *p, sp_query_e query, apr_int64_t by, apr_size_t data_max)
{
    sp_row_queue_t *q = apr_pcalloc(p, sizeof(*q));

    q->db = db;
    q->query = query;
    q->by = by;
    q->rows = apr_palloc(p, sizeof(sp_db_row_t) * ROWS_MAX);
    q->data = apr_palloc(p, data_max);
    q->data_size = data_max;
    return q;
}

apr_status_t sp_row_queue_flush(sp_row_queue_t *q, sp_error_t *err)
{
    sp_stmt_t *st;
    int count = q->count;

    q->count = 0;
    q->data_used = 0;
    if (!count)
        return APR_SUCCESS;
    if (!(st = sp_db_stmt(q->db, q->query, err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, q->by);
    return sp_stmt_run_rows(st, q->rows, count, err);
}

apr_status_t sp_row_queue_add(sp_row_queue_t *q, const apr_int64_t *number, const void *data, apr_size_t len, sp_error_t *err)
{
    sp_db_row_t *row;

    if (q->count == ROWS_MAX || len > q->data_size - q->data_used) {
        apr_status_t rv = sp_row_queue_flush(q, err);

        if (rv != APR_SUCCESS)
            return rv;
    }
    row = &q->rows[q->count++];
    memcpy(row->number, number, sizeof(row->number));
    row->data = q->data + q->data_used;
    row->len = len;
    if (len)
        memcpy(q->data + q->data_used, data, len);
    q->data_used += len;
    return APR_SUCCESS;
}
