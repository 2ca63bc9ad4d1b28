/* Content codings: which one a client wants, and making it. */
#include "coding.h"

#include <limits.h>
#include <string.h>

#include <zlib.h>

#include "accept_encoding.h"

#define GZIP_WINDOW (15 + 16) /* zlib's way to ask for gzip's own frame */
#define GZIP_MEMORY 8

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
