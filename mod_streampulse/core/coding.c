/* Content codings: which one a client wants, and making it. */
#include "coding.h"

#include <limits.h>
#include <string.h>

#include <zlib.h>

#include "accept_encoding.h"

#define GZIP_WINDOW  (15 + 16) /* zlib's way to ask for gzip's own frame */
#define GZIP_MEMORY  8
#define STREAM_BYTES ((uInt)32 * 1024)

sp_coding_e sp_coding_choose(const char *accept)
{
    static const char *const codings[] = {"gzip", "identity", NULL};

    return strcmp(sp_accept_encoding_best(accept, codings), "gzip") ? SP_CODING_IDENTITY : SP_CODING_GZIP;
}

apr_status_t sp_coding_gzip(apr_pool_t *p, const char *data, apr_size_t len, const char **out, apr_size_t *out_len)
{
    z_stream z = {0};
    int rc;

    if (len < SP_CODING_MIN_BYTES || len > UINT_MAX)
        return APR_EGENERAL;
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return APR_EGENERAL;
    z.next_in = (Bytef *)data;
    z.avail_in = (uInt)len;
    z.next_out = apr_palloc(p, len);
    z.avail_out = (uInt)len;
    *out = (const char *)z.next_out;
    rc = deflate(&z, Z_FINISH);
    *out_len = z.total_out;
    deflateEnd(&z);
    return rc == Z_STREAM_END ? APR_SUCCESS : APR_EGENERAL;
}

struct sp_coding_stream_t {
    apr_pool_t *pool; /* that it is in */
    z_stream z;
    sp_coding_sink_fn sink;
    void *ctx;
    Bytef ready[STREAM_BYTES];
};

static apr_status_t free_stream(void *data)
{
    sp_coding_stream_t *stream = data;

    deflateEnd(&stream->z);
    return APR_SUCCESS;
}

sp_coding_stream_t *sp_coding_stream_begin(apr_pool_t *p, sp_coding_sink_fn sink, void *ctx)
{
    sp_coding_stream_t *stream;
    apr_pool_t *pool;

    apr_pool_create(&pool, p);
    stream = apr_pcalloc(pool, sizeof(*stream));
    stream->pool = pool;
    stream->sink = sink;
    stream->ctx = ctx;
    if (deflateInit2(&stream->z, Z_BEST_SPEED, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    apr_pool_cleanup_register(pool, stream, free_stream, apr_pool_cleanup_null);
    return stream;
}

/* Until zlib has no more to give for the input that it has. */
static apr_status_t drain(sp_coding_stream_t *stream, int flush)
{
    z_stream *z = &stream->z;
    apr_status_t rv;

    do {
        z->next_out = stream->ready;
        z->avail_out = STREAM_BYTES;
        if (deflate(z, flush) == Z_STREAM_ERROR)
            return APR_EGENERAL;
        rv = z->avail_out < STREAM_BYTES ? stream->sink(stream->ctx, (const char *)stream->ready, STREAM_BYTES - z->avail_out) : APR_SUCCESS;
    } while (rv == APR_SUCCESS && z->avail_out == 0);
    return rv;
}

apr_status_t sp_coding_stream_write(sp_coding_stream_t *stream, const char *data, apr_size_t len)
{
    apr_status_t rv = APR_SUCCESS;

    while (rv == APR_SUCCESS && len) {
        uInt part = len > UINT_MAX ? UINT_MAX : (uInt)len;
        stream->z.next_in = (Bytef *)data;
        stream->z.avail_in = part;
        data += part;
        len -= part;
        rv = drain(stream, Z_NO_FLUSH);
    }
    return rv;
}

apr_status_t sp_coding_stream_finish(sp_coding_stream_t *stream)
{
    return drain(stream, Z_FINISH);
}

void sp_coding_stream_end(sp_coding_stream_t *stream)
{
    apr_pool_destroy(stream->pool);
}
