/* One call over https: nothing is followed, believed or kept that was not asked for, and everything has a limit. */
#include "messages_internal.h"

#include <string.h>

#include <apr_strings.h>

#include "curl_library.h"

#define PATH             "/v1/messages"
#define API_VERSION      "2026-10-21"
#define CONNECT_MAX      apr_time_from_sec(10)
#define BODY_MAX         apr_time_from_sec(10) /* from the first byte of an answer, before which the model may think long, to the last */
#define HEADER_MAX_BYTES (64 * 1024)
#define HEADER_TEXT_MAX  200

typedef enum { FINE, STOPPED, TOO_LARGE, TOO_SLOW } trouble_e;

typedef struct {
    apr_pool_t *p;
    const sp_messages_config_t *config;
    const sp_messages_hooks_t *hooks;
    const sp_curl_library_t *lib;
    CURL *curl;
    struct curl_slist *headers;
    char *body;
    apr_size_t len, header_len;
    apr_time_t first_byte; /* 0: none yet */
    trouble_e trouble;
    char why[CURL_ERROR_SIZE];
} call_t;

static size_t take_body(char *data, size_t size, size_t count, void *ctx)
{
    call_t *c = ctx;
    const size_t len = size * count;

    if (len > c->config->response_max_bytes - c->len) {
        c->trouble = TOO_LARGE;
        return 0;
    }
    if (!c->body) {
        c->body = apr_palloc(c->p, c->config->response_max_bytes);
    }
    memcpy(c->body + c->len, data, len);
    c->len += len;
    return len;
}

static size_t take_header(char *data, size_t size, size_t count, void *ctx)
{
    call_t *c = ctx;
    const size_t len = size * count;

    if (!c->first_byte) {
        c->first_byte = apr_time_now();
    }
    c->header_len += len;
    if (c->header_len > HEADER_MAX_BYTES) {
        c->trouble = TOO_LARGE;
        return 0;
    }
    return len;
}

static int watch(void *ctx, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
    call_t *c = ctx;

    if (c->trouble == FINE && c->hooks->must_stop(c->hooks->ctx)) {
        c->trouble = STOPPED;
    } else if (c->trouble == FINE && c->first_byte && apr_time_now() - c->first_byte > BODY_MAX) {
        c->trouble = TOO_SLOW;
    }
    return c->trouble != FINE;
}

static void add_header(call_t *c, const char *line)
{
    struct curl_slist *more = c->lib->slist_append(c->headers, line);

    if (more) {
        c->headers = more;
    }
}

static void set_headers(call_t *c)
{
    char key[SP_MESSAGES_KEY_MAX + 32];

    apr_snprintf(key, sizeof(key), "x-api-key: %s", c->config->key);
    add_header(c, key);
    explicit_bzero(key, sizeof(key));
    add_header(c, "anthropic-version: " API_VERSION);
    add_header(c, "content-type: application/json");
    add_header(c, "accept: application/json");
    add_header(c, "accept-encoding: identity");
    add_header(c, "expect:");
    c->lib->easy_setopt(c->curl, CURLOPT_HTTPHEADER, c->headers);
}

/* A CA file that cannot be set, or a protocol that cannot be forbidden, must not go unnoticed: 0. */
static int set_safety(call_t *c)
{
    CURLcode (*set)(CURL *, CURLoption, ...) = c->lib->easy_setopt;

    return set(c->curl, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK && set(c->curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           set(c->curl, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK && set(c->curl, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           set(c->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK && set(c->curl, CURLOPT_PROXY, "") == CURLE_OK &&
           set(c->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK && set(c->curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           (!c->config->ca_file || (set(c->curl, CURLOPT_CAINFO, c->config->ca_file) == CURLE_OK && set(c->curl, CURLOPT_CAPATH, NULL) == CURLE_OK));
}

static long milliseconds(apr_interval_time_t time)
{
    return (long)apr_time_as_msec(time);
}

static void set_limits(call_t *c)
{
    const apr_interval_time_t total = c->config->timeout;

    c->lib->easy_setopt(c->curl, CURLOPT_TIMEOUT_MS, milliseconds(total));
    c->lib->easy_setopt(c->curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(total < CONNECT_MAX ? total : CONNECT_MAX));
    c->lib->easy_setopt(c->curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)c->config->response_max_bytes);
    c->lib->easy_setopt(c->curl, CURLOPT_WRITEFUNCTION, take_body);
    c->lib->easy_setopt(c->curl, CURLOPT_WRITEDATA, c);
    c->lib->easy_setopt(c->curl, CURLOPT_HEADERFUNCTION, take_header);
    c->lib->easy_setopt(c->curl, CURLOPT_HEADERDATA, c);
    c->lib->easy_setopt(c->curl, CURLOPT_NOPROGRESS, 0L);
    c->lib->easy_setopt(c->curl, CURLOPT_XFERINFOFUNCTION, watch);
    c->lib->easy_setopt(c->curl, CURLOPT_XFERINFODATA, c);
}

static void set_request(call_t *c, const char *body)
{
    c->lib->easy_setopt(c->curl, CURLOPT_ERRORBUFFER, c->why);
    c->lib->easy_setopt(c->curl, CURLOPT_URL, apr_pstrcat(c->p, c->config->endpoint, PATH, NULL));
    c->lib->easy_setopt(c->curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    c->lib->easy_setopt(c->curl, CURLOPT_USERAGENT, "StreamPulse/" SP_VERSION);
    c->lib->easy_setopt(c->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(body));
    c->lib->easy_setopt(c->curl, CURLOPT_POSTFIELDS, body);
    set_headers(c);
}

static const char *header_of(call_t *c, const char *name)
{
    struct curl_header *header;

    if (c->lib->easy_header(c->curl, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) {
        return "";
    }
    return apr_pstrndup(c->p, header->value, HEADER_TEXT_MAX);
}

static void take_answer(call_t *c, sp_messages_http_t *http)
{
    curl_off_t sent = 0;

    c->lib->easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &http->status);
    c->lib->easy_getinfo(c->curl, CURLINFO_SIZE_UPLOAD_T, &sent);
    http->was_sent = sent > 0;
    http->request_id = header_of(c, "request-id");
    http->content_type = header_of(c, "content-type");
    http->content_encoding = header_of(c, "content-encoding");
    http->retry_after = header_of(c, "retry-after");
    http->retry_after_ms = header_of(c, "retry-after-ms");
    http->should_retry = header_of(c, "x-should-retry");
    http->body = c->body ? c->body : "";
    http->len = c->len;
}

static void fail(sp_messages_failure_t *failure, int may_retry, const char *reason)
{
    failure->reason = reason;
    failure->may_retry = may_retry;
}

static void explain_unreachable(call_t *c, CURLcode code, sp_messages_failure_t *failure)
{
    const char *where = c->config->endpoint, *why = *c->why ? c->why : c->lib->easy_strerror(code);

    switch ((int)code) {
    case CURLE_PEER_FAILED_VERIFICATION:
        fail(failure, 0,
             apr_psprintf(c->p, "the certificate of \"%s\" is not one to trust (%s): check StreamPulseAnthropicEndpoint and StreamPulseAnthropicCAFile", where,
                          why));
        return;
    case CURLE_SSL_CACERT_BADFILE:
        fail(failure, 0, apr_psprintf(c->p, "the certificates to trust could not be read: install ca-certificates or correct StreamPulseAnthropicCAFile"));
        return;
    case CURLE_OPERATION_TIMEDOUT:
        fail(failure, 1,
             apr_psprintf(c->p, "\"%s\" did not answer within %d seconds: try again later or raise StreamPulseAnthropicTimeout", where,
                          (int)apr_time_sec(c->config->timeout)));
        return;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        fail(failure, 0, apr_psprintf(c->p, "\"%s\" is no address to ask: correct StreamPulseAnthropicEndpoint", where));
        return;
    default:
        fail(failure, 1, apr_psprintf(c->p, "\"%s\" could not be reached (%s): check that this server may connect to it", where, why));
    }
}

static void explain(call_t *c, CURLcode code, sp_messages_failure_t *failure)
{
    if (c->trouble == TOO_LARGE || code == CURLE_FILESIZE_EXCEEDED) {
        fail(failure, 0, apr_psprintf(c->p, "the answer of \"%s\" is larger than an answer may be: check StreamPulseAnthropicEndpoint", c->config->endpoint));
    } else if (c->trouble == TOO_SLOW) {
        fail(failure, 1, apr_psprintf(c->p, "the answer of \"%s\" came too slowly: try again later", c->config->endpoint));
    } else if (code != CURLE_OK) {
        explain_unreachable(c, code, failure);
    }
}

/* libcurl frees its copies and does not overwrite them. */
static void forget(call_t *c)
{
    for (struct curl_slist *line = c->headers; line; line = line->next) {
        explicit_bzero(line->data, strlen(line->data));
    }
    c->lib->easy_cleanup(c->curl);
    c->lib->slist_free_all(c->headers);
}

apr_status_t sp_messages_call(apr_pool_t *p, const sp_messages_config_t *config, const char *body, const sp_messages_hooks_t *hooks, sp_messages_http_t *http,
                              sp_messages_failure_t *failure, sp_error_t *err)
{
    call_t c = {.p = p, .config = config, .hooks = hooks};
    CURLcode code = CURLE_FAILED_INIT;
    apr_status_t rv = sp_curl_library_load(&c.lib, err);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    c.curl = c.lib->easy_init();
    if (!c.curl) {
        return sp_error_set(err, SP_E_INSIGHT_ANSWER, APR_ENOMEM, "libcurl could not be started");
    }
    if (set_safety(&c)) {
        set_limits(&c);
        set_request(&c, body);
        code = c.lib->easy_perform(c.curl);
    }
    take_answer(&c, http);
    explain(&c, code, failure);
    forget(&c);
    return c.trouble == STOPPED ? APR_EINTR : APR_SUCCESS;
}
