/* One page of a list that is told newest first. */
#include "page.h"

apr_status_t sp_page_read(sp_stmt_t *st, apr_pool_t *p, apr_int64_t before, int limit, sp_page_row_fn read_row, apr_array_header_t *items, apr_int64_t *next,
                          sp_error_t *err)
{
    apr_int64_t last = 0;
    apr_status_t rv;

    *next = 0;
    sp_stmt_bind_int(st, 1, before > 0 ? before : APR_INT64_MAX);
    sp_stmt_bind_int(st, 2, (apr_int64_t)limit + 1);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        if (items->nelts == limit) {
            *next = last;
            sp_stmt_reset(st);
            return APR_SUCCESS;
        }
        last = sp_stmt_int(st, 0);
        read_row(st, p, apr_array_push(items));
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}
