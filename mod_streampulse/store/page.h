/* One page of a list that is told newest first. */
#ifndef SP_PAGE_H
#define SP_PAGE_H

#include <apr_tables.h>

#include "db.h"

/* Reads the statement's row into an item of the list. Pool: p. */
typedef void (*sp_page_row_fn)(sp_stmt_t *st, apr_pool_t *p, void *item);

/* Runs a statement whose first column is the id, $1 what that has to be below (before 0: anything) and $2 how many rows there may be: at most limit items go
 * into the list.
 * *next: before which the next page begins; 0: there is none. */
apr_status_t sp_page_read(sp_stmt_t *st, apr_pool_t *p, apr_int64_t before, int limit, sp_page_row_fn read_row, apr_array_header_t *items, apr_int64_t *next,
                          sp_error_t *err);

#endif
