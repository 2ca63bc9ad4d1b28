/* Sending answers through httpd's output filters. */
#include "reply.h"

#include <string.h>

#include <apr_buckets.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_protocol.h>
#include <util_filter.h>

#include "body_cache.h"
#include "cors.h"
#include "security_headers.h"
#include "sp_module.h"

/* Only the system itself can send a file for a worker that goes on with something else, so it does unless somebody says "EnableSendfile Off". */
static int may_sendfile(const sp_req_t *q)
{
    const core_dir_config *core = ap_get_core_module_config(q->r->per_dir_config);
    return core->enable_sendfile != ENABLE_SENDFILE_OFF;
}

static sp_out_t *make_out(sp_req_t *q, apr_size_t memory_bytes, sp_coding_e coding)
{
    const sp_out_options_t options = {.dir = q->sconf->spool_dir, .memory_bytes = memory_bytes, .coding = coding, .sendfile = may_sendfile(q)};
    return sp_out_create_as(q->p, &options);
}

sp_out_t *sp_reply_out(sp_req_t *q)
{
    return make_out(q, 0, SP_CODING_IDENTITY);
}

sp_out_t *sp_reply_out_long(sp_req_t *q, apr_size_t memory_bytes)
{
    return make_out(q, memory_bytes, sp_reply_wanted_coding(q));
}

sp_coding_e sp_reply_wanted_coding(const sp_req_t *q)
{
    const char *accept = apr_table_get(q->r->headers_in, "Accept-Encoding");

    return accept && !apr_table_get(q->r->subprocess_env, "no-gzip") ? sp_coding_choose(accept) : SP_CODING_IDENTITY;
}

static void set_headers(sp_req_t *q, const char *content_type)
{
    sp_security_headers_set(q, content_type);
    sp_cors_set_headers(q);
}

/* A failure here is a client that went away: nobody is left to be told. */
static void pass(sp_req_t *q, apr_bucket_brigade *bb)
{
    apr_status_t rv;

    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(bb->bucket_alloc));
    rv = ap_pass_brigade(q->r->output_filters, bb);
    if (rv != APR_SUCCESS)
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, rv, q->r, "SP0301: could not send the answer to its end");
    apr_brigade_cleanup(bb);
}

static void pass_nothing(sp_req_t *q, int status)
{
    request_rec *r = q->r;

    r->status = status;
    r->status_line = NULL;
    pass(q, apr_brigade_create(q->p, r->connection->bucket_alloc));
}

static apr_bucket_brigade *start_answer(sp_req_t *q, int status, const char *content_type, apr_off_t size)
{
    request_rec *r = q->r;

    r->status = status;
    ap_set_content_type(r, content_type);
    set_headers(q, content_type);
    ap_set_content_length(r, size);
    return apr_brigade_create(q->p, r->connection->bucket_alloc);
}

/* So that no filter compresses it again; what is compressed has a tag of its own. */
static void say_gzip(sp_req_t *q)
{
    apr_table_t *out = q->r->headers_out;
    const char *tag = apr_table_get(out, "ETag");

    apr_table_setn(out, "Content-Encoding", "gzip");
    if (tag && *tag)
        apr_table_setn(out, "ETag", apr_pstrcat(q->p, apr_pstrmemdup(q->p, tag, strlen(tag) - 1), SP_REPLY_GZIP_SUFFIX "\"", NULL));
}

/* Without mmap: a piece of it that is mapped counts as memory for httpd, which holds the worker until the client has taken it. */
static void insert_file(sp_req_t *q, apr_bucket_brigade *bb, apr_file_t *file, apr_off_t size)
{
    apr_bucket_file_enable_mmap(apr_brigade_insert_file(bb, file, 0, size, q->p), 0);
}

apr_status_t sp_reply_send(sp_req_t *q, int status, const char *content_type, sp_out_t *out)
{
    apr_bucket_brigade *bb;
    const char *data;
    apr_file_t *file;
    apr_off_t size;
    apr_status_t rv = sp_out_finish(out, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    size = (apr_off_t)sp_out_size(out);
    bb = start_answer(q, status, content_type, size);
    if (sp_out_coding(out) == SP_CODING_GZIP)
        say_gzip(q);
    file = sp_out_content(out, &data);
    /* For HEAD too: httpd drops the body, after the filters have said in the headers what they would do with it. */
    if (file)
        insert_file(q, bb, file, size);
    else if (size)
        APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_pool_create(data, (apr_size_t)size, q->p, bb->bucket_alloc));
    pass(q, bb);
    return APR_SUCCESS;
}

void sp_reply_send_constant(sp_req_t *q, const char *content_type, const char *data, apr_size_t size)
{
    apr_bucket_brigade *bb = start_answer(q, HTTP_OK, content_type, (apr_off_t)size);

    if (size)
        APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_immortal_create(data, size, bb->bucket_alloc));
    pass(q, bb);
}

apr_status_t sp_reply_send_entry(sp_req_t *q, const char *content_type, const char *tag, const sp_cache_entry_t *entry)
{
    apr_bucket_brigade *bb = start_answer(q, HTTP_OK, content_type, (apr_off_t)entry->len);

    sp_reply_validators(q, tag, "");
    if (entry->coding == SP_CODING_GZIP)
        say_gzip(q);
    APR_BRIGADE_INSERT_TAIL(bb, sp_body_cache_bucket(entry, bb->bucket_alloc));
    pass(q, bb);
    return APR_SUCCESS;
}

void sp_reply_offer_as_file(sp_req_t *q, const char *stem, const char *extension)
{
    apr_time_exp_t now;

    apr_time_exp_gmt(&now, q->r->request_time);
    apr_table_setn(q->r->headers_out, "Content-Disposition",
                   apr_psprintf(q->p, "attachment; filename=\"%s-%04d-%02d-%02d.%s\"", stem, now.tm_year + 1900, now.tm_mon + 1, now.tm_mday, extension));
}

void sp_reply_no_store(sp_req_t *q)
{
    apr_table_setn(q->r->headers_out, "Cache-Control", "no-store");
}

void sp_reply_redirect(sp_req_t *q, int status, const char *location)
{
    apr_table_setn(q->r->headers_out, "Location", location ? location : apr_pstrcat(q->p, ap_escape_uri(q->p, q->prefix), "/", NULL));
    sp_reply_no_store(q);
    set_headers(q, NULL);
    ap_set_content_length(q->r, 0);
    pass_nothing(q, status);
}

void sp_reply_add_slash(sp_req_t *q)
{
    sp_reply_redirect(q, HTTP_MOVED_PERMANENTLY,
                      apr_pstrcat(q->p, ap_escape_uri(q->p, q->prefix), "/", q->r->args ? "?" : "", q->r->args ? q->r->args : "", NULL));
}

void sp_reply_no_content(sp_req_t *q)
{
    set_headers(q, NULL);
    pass_nothing(q, HTTP_NO_CONTENT);
}

void sp_reply_not_modified(sp_req_t *q, const char *content_type)
{
    set_headers(q, content_type);
    pass_nothing(q, HTTP_NOT_MODIFIED);
}
