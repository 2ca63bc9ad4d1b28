/* Programs with a token of ours, before httpd's other modules ask who they are. */
#include "token_authn.h"

#include <apr_strings.h>
#include <http_protocol.h>
#include <http_request.h>

#include "audit_held.h"
#include "bearer.h"
#include "dbd.h"
#include "metrics.h"
#include "mount.h"
#include "reply.h"
#include "request.h"
#include "sp_module.h"

#define AUTH_TYPE "streampulse-token"

static int is_ours(const request_rec *r)
{
    return sp_mount_claimed(r) && sp_bearer_read(r);
}

static apr_status_t establish(sp_req_t *q)
{
    apr_status_t rv = sp_identity_establish(q);

    sp_dbd_release_all(q);
    return rv;
}

/* In our own shape. A subrequest has no answer of its own. */
static int answer_error(sp_req_t *q)
{
    if (q->r->main)
        return sp_error_http_status(q->err.code);
    q->answering = 1;
    ap_run_insert_error_filter(q->r); /* mod_headers adds what the site says on every answer */
    sp_audit_held_count_refusal(q);
    sp_metrics_add(&q->sconf->metrics->errors[q->err.code], 1);
    sp_reply_error(q);
    sp_metrics_note_early_answer(q);
    return DONE;
}

int sp_token_authn_refuse(request_rec *r)
{
    sp_req_t *q;

    if (!is_ours(r))
        return DECLINED;
    q = sp_request_of(r);
    return establish(q) == APR_SUCCESS ? DECLINED : answer_error(q);
}

int sp_token_authn_check(request_rec *r)
{
    sp_req_t *q;

    if (!is_ours(r))
        return DECLINED;
    q = sp_request_of(r);
    if (establish(q) != APR_SUCCESS)
        return answer_error(q);
    if (q->who.method != SP_METHOD_TOKEN)
        return DECLINED;
    r->user = apr_pstrdup(r->pool, q->who.user);
    r->ap_auth_type = apr_pstrdup(r->pool, AUTH_TYPE);
    q->identified_user = r->user; /* it is the same person as before */
    return OK;
}
