/* Whole numbers in paths and parameters. */
#include "number_input.h"

int sp_number_input_parse(const char *text, apr_int64_t max, apr_int64_t *number)
{
    *number = 0;
    if (!*text)
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || *number > (max - (*text - '0')) / 10)
            return 0;
        *number = *number * 10 + (*text - '0');
    }
    return *number > 0;
}

apr_status_t sp_number_input_page(sp_req_t *q, int default_limit, int max_limit, apr_int64_t *before, int *limit)
{
    const char *given_before = apr_table_get(q->query, "before"), *given_limit = apr_table_get(q->query, "limit");
    apr_int64_t number = default_limit;

    *before = 0;
    if (given_before && !sp_number_input_parse(given_before, INT64_MAX, before))
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"before\" must be the id of an entry");
    if (given_limit && !sp_number_input_parse(given_limit, max_limit, &number))
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"limit\" must be a number from 1 to %d", max_limit);
    *limit = (int)number;
    return APR_SUCCESS;
}
