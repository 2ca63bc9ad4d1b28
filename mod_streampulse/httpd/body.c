/* Streaming a request's body through httpd's input filters, with a limit. */
#include "body.h"

#include <apr_buckets.h>
#include <apr_strings.h>
#include <http_protocol.h>
#include <http_request.h>
#include <util_filter.h>

#include "identity.h"
#include "sp_module.h"

#define DRAIN_TIME apr_time_from_sec(30)

static apr_status_t refuse_size(sp_req_t *q, apr_int64_t max_bytes)
{
    return sp_error_set(&q->err, SP_E_BODY_TOO_LARGE, APR_ENOSPC, "the body is larger than the %" APR_INT64_T_FMT " bytes that are allowed", max_bytes);
}

static apr_status_t refuse_read(sp_req_t *q, apr_status_t rv)
{
    if (rv == AP_FILTER_ERROR) {
        q->filter_answered = 1;
        return sp_error_set(&q->err, SP_E_BODY_INCOMPLETE, rv, "the body could not be read");
    }
    switch (ap_map_http_request_error(rv, HTTP_BAD_REQUEST)) {
    case HTTP_REQUEST_TIME_OUT:
        return sp_error_set(&q->err, SP_E_BODY_TIMEOUT, rv, "the body did not arrive in time");
    case HTTP_REQUEST_ENTITY_TOO_LARGE:
        return sp_error_set(&q->err, SP_E_BODY_TOO_LARGE, rv, "the body is larger than this server allows");
    default:
        return sp_error_set(&q->err, SP_E_BODY_INCOMPLETE, rv, "the body ended before it was complete");
    }
}

/* From Content-Length, before anything is read; a body without one is counted on its way. */
static apr_status_t check_announced(sp_req_t *q, apr_int64_t max_bytes)
{
    const char *announced = apr_table_get(q->r->headers_in, "Content-Length");
    apr_off_t len;

    if (!announced || !ap_parse_strict_length(&len, announced))
        return APR_SUCCESS;
    return len > max_bytes ? refuse_size(q, max_bytes) : APR_SUCCESS;
}

typedef struct {
    sp_body_fn fn;
    void *ctx;
    apr_int64_t max_bytes, seen;
} reader_t;

static apr_status_t take_bucket(sp_req_t *q, reader_t *reader, apr_bucket *bucket)
{
    const char *data;
    apr_size_t len;
    apr_status_t rv;

    if (APR_BUCKET_IS_EOS(bucket)) {
        q->body_read = 1;
        return APR_SUCCESS;
    }
    if (APR_BUCKET_IS_METADATA(bucket))
        return APR_SUCCESS;
    rv = apr_bucket_read(bucket, &data, &len, APR_BLOCK_READ);
    if (rv != APR_SUCCESS)
        return refuse_read(q, rv);
    reader->seen += (apr_int64_t)len;
    if (reader->seen > reader->max_bytes)
        return refuse_size(q, reader->max_bytes);
    return len ? reader->fn(reader->ctx, data, len, &q->err) : APR_SUCCESS;
}

static apr_status_t take_brigade(sp_req_t *q, reader_t *reader, apr_bucket_brigade *bb)
{
    apr_status_t rv = APR_SUCCESS;

    while (rv == APR_SUCCESS && !q->body_read && !APR_BRIGADE_EMPTY(bb)) {
        apr_bucket *bucket = APR_BRIGADE_FIRST(bb);
        rv = take_bucket(q, reader, bucket);
        apr_bucket_delete(bucket);
    }
    apr_brigade_cleanup(bb);
    return rv;
}

/* Asked once the first bytes came: a DEFLATE input filter, where one is configured, has taken the header away by then. */
static apr_status_t check_encoding(sp_req_t *q)
{
    const char *encoding = apr_table_get(q->r->headers_in, "Content-Encoding");

    if (!encoding || !*encoding || !ap_cstr_casecmp(encoding, "identity"))
        return APR_SUCCESS;
    return sp_error_set(&q->err, SP_E_UNSUPPORTED_MEDIA_TYPE, APR_EINVAL, "the body is compressed (Content-Encoding); send it as it is");
}

apr_status_t sp_body_each(sp_req_t *q, apr_int64_t max_bytes, sp_body_fn fn, void *ctx)
{
    reader_t reader = {.fn = fn, .ctx = ctx, .max_bytes = max_bytes};
    apr_bucket_brigade *bb = apr_brigade_create(q->p, q->r->connection->bucket_alloc);
    apr_status_t rv = check_announced(q, max_bytes);

    while (rv == APR_SUCCESS && !q->body_read) {
        rv = ap_get_brigade(q->r->input_filters, bb, AP_MODE_READBYTES, APR_BLOCK_READ, HUGE_STRING_LEN);
        if (rv != APR_SUCCESS)
            rv = refuse_read(q, rv);
        else if (APR_BRIGADE_EMPTY(bb))
            rv = refuse_read(q, APR_EOF);
        else if ((rv = check_encoding(q)) == APR_SUCCESS)
            rv = take_brigade(q, &reader, bb);
    }
    apr_brigade_destroy(bb);
    q->body_bytes += (apr_uint64_t)reader.seen;
    return rv == APR_SUCCESS ? sp_identity_confirm(q) : rv;
}

typedef struct {
    apr_pool_t *p;
    char *text;
    apr_size_t len, size;
} text_t;

static apr_status_t append_text(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    text_t *text = ctx;

    if (text->len + len + 1 > text->size) {
        apr_size_t size = (text->len + len + 1) * 2;
        char *grown = apr_palloc(text->p, size);
        memcpy(grown, text->text, text->len);
        text->text = grown;
        text->size = size;
    }
    memcpy(text->text + text->len, data, len);
    text->len += len;
    return APR_SUCCESS;
}

apr_status_t sp_body_text(sp_req_t *q, apr_int64_t max_bytes, const char **text, apr_size_t *len)
{
    text_t whole = {.p = q->p, .size = 1024};
    apr_status_t rv;

    whole.text = apr_palloc(q->p, whole.size);
    rv = sp_body_each(q, max_bytes, append_text, &whole);
    if (rv != APR_SUCCESS)
        return rv;
    whole.text[whole.len] = '\0';
    *text = whole.text;
    *len = whole.len;
    return APR_SUCCESS;
}

void sp_body_drain(sp_req_t *q)
{
    apr_time_t deadline = apr_time_now() + DRAIN_TIME;
    apr_bucket_brigade *bb;
    apr_status_t rv = APR_SUCCESS;

    if (!q->r->connection->master || q->body_read)
        return;
    bb = apr_brigade_create(q->p, q->r->connection->bucket_alloc);
    while (rv == APR_SUCCESS && apr_time_now() < deadline) {
        rv = ap_get_brigade(q->r->input_filters, bb, AP_MODE_READBYTES, APR_BLOCK_READ, HUGE_STRING_LEN);
        if (rv != APR_SUCCESS || APR_BRIGADE_EMPTY(bb) || APR_BUCKET_IS_EOS(APR_BRIGADE_LAST(bb)))
            break;
        apr_brigade_cleanup(bb);
    }
    apr_brigade_destroy(bb);
}

const char *sp_body_media_type(sp_req_t *q)
{
    const char *header = apr_table_get(q->r->headers_in, "Content-Type");
    char *type;

    if (!header)
        return "";
    header += strspn(header, " \t");
    type = apr_pstrmemdup(q->p, header, strcspn(header, "; \t"));
    ap_str_tolower(type);
    return type;
}
