/* Lists that are given page by page. */
#include "page_input.h"

#include "number_input.h"

apr_status_t sp_page_input_limit(sp_req_t *q, int default_limit, int max_limit, int *limit)
{
    const char *given = apr_table_get(q->query, "limit");
    apr_int64_t number = default_limit;

    if (given && !sp_number_input_parse(given, max_limit, &number))
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"limit\" must be a number from 1 to %d", max_limit);
    *limit = (int)number;
    return APR_SUCCESS;
}

apr_status_t sp_page_input_parse(sp_req_t *q, int default_limit, int max_limit, sp_page_t *page)
{
    const char *before = apr_table_get(q->query, "before");

    page->before = 0;
    if (before && !sp_number_input_parse(before, INT64_MAX, &page->before))
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"before\" must be the id of an entry");
    return sp_page_input_limit(q, default_limit, max_limit, &page->limit);
}

void sp_page_input_write_next(sp_json_t *j, apr_int64_t next)
{
    if (next)
        sp_json_kv_int(j, "next", next);
    else
        sp_json_kv_null(j, "next");
}
