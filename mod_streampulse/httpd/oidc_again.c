/* Asking httpd's other modules once more about somebody whose request took its time to arrive. */
#include "oidc_again.h"

#include <http_protocol.h>
#include <http_request.h>
#include <util_filter.h>

#include "request.h"
#include "sp_module.h"

/* What such a module changes when it answers by itself. */
typedef struct {
    apr_table_t *headers_out, *err_headers_out;
    char *user, *ap_auth_type;
    const char *content_type, *status_line;
    int status;
    unsigned eos_sent;
} answer_t;

static answer_t keep_answer(const request_rec *r)
{
    return (answer_t){.headers_out = apr_table_copy(r->pool, r->headers_out),
                      .err_headers_out = apr_table_copy(r->pool, r->err_headers_out),
                      .user = r->user,
                      .ap_auth_type = r->ap_auth_type,
                      .content_type = r->content_type,
                      .status_line = r->status_line,
                      .status = r->status,
                      .eos_sent = r->eos_sent};
}

static void restore_answer(request_rec *r, const answer_t *kept)
{
    r->headers_out = kept->headers_out;
    r->err_headers_out = kept->err_headers_out;
    r->user = kept->user;
    r->ap_auth_type = kept->ap_auth_type;
    r->content_type = kept->content_type;
    r->status_line = kept->status_line;
    r->status = kept->status;
    r->eos_sent = kept->eos_sent;
}

static apr_status_t throw_away(ap_filter_t *f, apr_bucket_brigade *bb)
{
    return apr_brigade_cleanup(bb);
}

static ap_filter_rec_t nowhere = {.name = "streampulse-nowhere", .filter_func = {.out_func = throw_away}, .ftype = AP_FTYPE_CONTENT_SET};

/* A session that cannot be renewed may be told so by a page that is sent at once: the answer is ours. */
static int run_hooks(request_rec *r)
{
    ap_filter_t sink = {.frec = &nowhere, .r = r, .c = r->connection}, *filters = r->output_filters;
    int rc;

    r->user = NULL;
    r->ap_auth_type = NULL;
    r->output_filters = &sink;
    rc = ap_run_check_user_id(r);
    if (rc == OK && r->user)
        rc = ap_run_auth_checker(r);
    r->output_filters = filters;
    return rc;
}

static apr_status_t refuse(sp_req_t *q, int rc)
{
    if (rc == HTTP_FORBIDDEN)
        return sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES, "you may not do this any more since it was on its way; nothing was changed");
    return sp_error_set(&q->err, SP_E_SIGN_IN_REQUIRED, APR_EACCES, "your session ended while this was on its way: sign in again; nothing was changed");
}

apr_status_t sp_oidc_again_ask(sp_req_t *q)
{
    request_rec *r = q->r;
    answer_t kept;
    int rc;

    if (!ap_is_initial_req(r))
        return APR_SUCCESS;
    kept = keep_answer(r);
    /* A group that is gone is not there to overwrite what was. */
    apr_table_unset(r->subprocess_env, q->conf->groups_claim);
    rc = run_hooks(r);
    if (rc == OK && r->user && !r->eos_sent)
        return APR_SUCCESS;
    restore_answer(r, &kept);
    return refuse(q, rc);
}
