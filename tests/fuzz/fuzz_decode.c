/* Fuzzes the decoder in every encoding: only valid UTF-8 comes out, the same in any chunking. */
#include "fuzz_support.h"

#include <unistr.h>

#include "decode.h"

static apr_status_t take_text(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    if (len == 0 || u8_check((const uint8_t *)data, len) || memchr(data, '\0', len)) {
        abort();
    }
    fuzz_digest(ctx, data, len);
    return APR_SUCCESS;
}

static uint64_t read_all(apr_pool_t *p, const uint8_t *data, size_t size, sp_encoding_e encoding, int whole)
{
    uint64_t digest = 0, state = size;
    sp_error_t err;
    sp_error_init(&err, p);
    sp_decode_t *d = sp_decode_create(p, encoding, take_text, &digest);
    apr_status_t rv = APR_SUCCESS;
    for (size_t at = 0, n; at < size && rv == APR_SUCCESS; at += n) {
        n = whole ? size : fuzz_chunk(&state, size - at);
        char *chunk = fuzz_copy(data + at, n);
        rv = sp_decode_feed(d, chunk, n, &err);
        free(chunk);
    }
    rv = rv == APR_SUCCESS ? sp_decode_finish(d, &err) : rv;
    if ((rv != APR_SUCCESS) != (err.code != SP_E_NONE)) {
        abort();
    }
    if (err.message) {
        fuzz_digest(&digest, err.message, strlen(err.message));
    }
    fuzz_digest_number(&digest, sp_decode_encoding(d));
    return digest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *p = fuzz_begin();
    for (int encoding = SP_ENCODING_AUTO; encoding <= SP_ENCODING_WINDOWS1252; encoding++) {
        if (read_all(p, data, size, (sp_encoding_e)encoding, 1) != read_all(p, data, size, (sp_encoding_e)encoding, 0)) {
            abort();
        }
    }
    return fuzz_end();
}
