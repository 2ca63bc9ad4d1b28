/* Sending an error in the one shape that all of them have. */
#include "reply.h"

#include <apr_strings.h>
#include <http_log.h>
#include <http_protocol.h>

#include "body.h"
#include "shape.h"
#include "shape_plan.h"
#include "sp_module.h"

#define RETRY_DEFAULT_S 5
#define DRAIN_MAX_BYTES (64 * 1024)

static void write_error(sp_json_t *j, const sp_req_t *q, int status)
{
    sp_json_object(j);
    sp_json_kv_string(j, "error", q->err.message);
    sp_json_kv_string(j, "code", sp_error_code_name(q->err.code));
    sp_json_kv_int(j, "status", status);
    sp_json_kv_string(j, "request_id", q->request_id);
    sp_json_key(j, "details");
    sp_shape_details(j, q->err.details);
    if (q->err.details_total)
        sp_json_kv_int(j, "details_total", (apr_int64_t)q->err.details_total);
    if (q->err.code == SP_E_PLAN_CHANGED && q->plan) {
        sp_json_key(j, "plan");
        sp_json_object(j);
        sp_shape_plan_members(j, q->plan, q->plan_touched);
        sp_json_object_end(j);
    }
    sp_json_object_end(j);
}

/* Neither the message nor the details of what a client did wrong: they may quote cells. */
static void log_error(const sp_req_t *q, int status)
{
    const sp_error_t *err = &q->err;

    if (q->err_logged)
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, err->rv, q->r, "SP0311: answered %d %s (request %s)", status, sp_error_code_name(err->code), q->request_id);
    else if (status >= 500)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, err->rv, q->r, "SP0312: answered %d %s: %s%s%s (request %s)", status, sp_error_code_name(err->code), err->message,
                      err->log ? ": " : "", err->log ? err->log : "", q->request_id);
    else
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, q->r, "SP0313: answered %d %s%s%s (request %s)", status, sp_error_code_name(err->code), err->log ? ": " : "",
                      err->log ? err->log : "", q->request_id);
}

/* httpd reads what is left of a body before the next request: for a long one it is better to answer and close. */
static void close_on_long_body(sp_req_t *q)
{
    const char *announced = apr_table_get(q->r->headers_in, "Content-Length");
    apr_off_t len = 0;

    if (q->body_read)
        return;
    if (announced && !ap_parse_strict_length(&len, announced))
        len = DRAIN_MAX_BYTES + 1;
    if (len > DRAIN_MAX_BYTES || apr_table_get(q->r->headers_in, "Transfer-Encoding"))
        q->r->connection->keepalive = AP_CONN_CLOSE;
}

/* What a handler said about the answer it meant to give does not hold for the error. */
static void set_error_headers(sp_req_t *q, int status)
{
    apr_table_t *out = q->r->headers_out;

    apr_table_unset(out, "ETag");
    apr_table_unset(out, "Last-Modified");
    apr_table_unset(out, "Content-Disposition");
    apr_table_unset(out, "Location");
    sp_reply_no_store(q);
    if (status == HTTP_SERVICE_UNAVAILABLE)
        apr_table_setn(out, "Retry-After", apr_itoa(q->p, q->err.retry_after_s ? q->err.retry_after_s : RETRY_DEFAULT_S));
    else if (q->err.retry_after_s)
        apr_table_setn(out, "Retry-After", apr_itoa(q->p, q->err.retry_after_s));
    /* HTTP wants the header with a 401; no browser knows this scheme, so none opens its own dialog. */
    if (q->err.code == SP_E_TOKEN_INVALID)
        apr_table_setn(out, "WWW-Authenticate", "Bearer realm=\"StreamPulse\", error=\"invalid_token\"");
    else if (status == HTTP_UNAUTHORIZED)
        apr_table_setn(out, "WWW-Authenticate", "StreamPulse realm=\"StreamPulse\"");
}

void sp_reply_error(sp_req_t *q)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t json;
    int status;

    if (q->err.code == SP_E_NONE)
        sp_error_set(&q->err, SP_E_INTERNAL, APR_EGENERAL, "something went wrong here");
    status = sp_error_http_status(q->err.code);
    log_error(q, status);
    close_on_long_body(q);
    set_error_headers(q, status);
    sp_json_init(&json, out);
    write_error(&json, q, status);
    if (sp_reply_send(q, status, SP_REPLY_JSON, out) != APR_SUCCESS)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, q->r, "SP0314: could not write an error down (request %s)", q->request_id);
    sp_body_drain(q);
}
