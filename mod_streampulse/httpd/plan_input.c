/* The parameters dry_run and expect. */
#include "plan_input.h"

#include <string.h>

#include "hex.h"

static apr_status_t refuse(sp_req_t *q, const char *what)
{
    return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "%s", what);
}

apr_status_t sp_plan_input_read(sp_req_t *q, const apr_table_t *given, sp_plan_t **plan)
{
    const char *dry_run = apr_table_get(given, "dry_run"), *expect = apr_table_get(given, "expect");
    int is_dry = dry_run && strcmp(dry_run, "1") == 0;

    *plan = NULL;
    if (dry_run && !is_dry && strcmp(dry_run, "0") != 0)
        return refuse(q, "parameter \"dry_run\" must be 1 or 0");
    if (expect && !sp_hex_is(expect, SP_PLAN_DIGEST_SIZE - 1))
        return refuse(q, "parameter \"expect\" must be the digest of a dry run: 64 hexadecimal digits");
    if (expect && is_dry)
        return refuse(q, "parameters \"dry_run\" and \"expect\" exclude each other");
    if (!expect && !is_dry)
        return APR_SUCCESS;
    *plan = apr_pcalloc(q->p, sizeof(**plan));
    (*plan)->dry_run = is_dry;
    (*plan)->expect = expect;
    q->plan = *plan;
    return APR_SUCCESS;
}

int sp_plan_input_is_dry(const sp_plan_t *plan)
{
    return plan && plan->dry_run;
}
