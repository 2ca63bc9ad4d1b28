/* Rows on their way to a statement that takes many at a time. */
#ifndef SP_ROW_QUEUE_H
#define SP_ROW_QUEUE_H

#include "db.h"

typedef struct sp_row_queue_t sp_row_queue_t;

/* query reads the table incoming, and has by for $1. data_max: the most bytes of data a row has. Pool: p. */
sp_row_queue_t *sp_row_queue_create(sp_db_t *db, apr_pool_t *p, sp_query_e query, apr_int64_t by, apr_size_t data_max);
/* Copies number (SP_DB_ROW_NUMBERS of them) and data; runs the statement when there are enough. */
apr_status_t sp_row_queue_add(sp_row_queue_t *q, const apr_int64_t *number, const void *data, apr_size_t len, sp_error_t *err);
/* Runs it for the rows that are left. */
apr_status_t sp_row_queue_flush(sp_row_queue_t *q, sp_error_t *err);

#endif
