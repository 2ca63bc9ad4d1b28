/* Fuzzes the multipart reader: the input's first line is the Content-Type, the rest the body; any chunking must give the same parts. */
#include "fuzz_support.h"

#include <apr_strings.h>

#include "multipart.h"

typedef struct {
    uint64_t digest;
    int open;
} reading_t;

static apr_status_t begin(void *ctx, const char *name, const char *filename, sp_error_t *err)
{
    reading_t *r = ctx;
    if (r->open || !*name) {
        abort();
    }
    r->open = 1;
    fuzz_digest(&r->digest, name, strlen(name) + 1);
    fuzz_digest(&r->digest, filename ? filename : "", filename ? strlen(filename) + 1 : 0);
    return APR_SUCCESS;
}

static apr_status_t take_data(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    reading_t *r = ctx;
    if (!r->open || len == 0) {
        abort();
    }
    fuzz_digest(&r->digest, data, len);
    return APR_SUCCESS;
}

static apr_status_t end(void *ctx, sp_error_t *err)
{
    reading_t *r = ctx;
    if (!r->open) {
        abort();
    }
    r->open = 0;
    fuzz_digest_number(&r->digest, 0);
    return APR_SUCCESS;
}

static uint64_t read_all(apr_pool_t *p, const char *type, const uint8_t *data, size_t size, int whole)
{
    reading_t reading = {0};
    const sp_multipart_sink_t sink = {&reading, begin, take_data, end};
    sp_multipart_t *mp;
    sp_error_t err;
    uint64_t state = size;
    sp_error_init(&err, p);
    apr_status_t rv = sp_multipart_create(&mp, p, type, &sink, &err);
    for (size_t at = 0, n; at < size && rv == APR_SUCCESS; at += n) {
        n = whole ? size : fuzz_chunk(&state, size - at);
        char *chunk = fuzz_copy(data + at, n);
        rv = sp_multipart_feed(mp, chunk, n, &err);
        free(chunk);
    }
    rv = rv == APR_SUCCESS ? sp_multipart_finish(mp, &err) : rv;
    if ((rv != APR_SUCCESS) != (err.code != SP_E_NONE) || (rv == APR_SUCCESS && reading.open)) {
        abort();
    }
    fuzz_digest_number(&reading.digest, err.code);
    return reading.digest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *p = fuzz_begin();
    const uint8_t *eol = size ? memchr(data, '\n', size) : NULL;
    size_t type_len = eol ? (size_t)(eol - data) : size;
    const char *type = apr_pstrmemdup(p, (const char *)data, type_len);
    size_t body = eol ? type_len + 1 : size;
    if (read_all(p, type, data + body, size - body, 1) != read_all(p, type, data + body, size - body, 0)) {
        abort();
    }
    return fuzz_end();
}
