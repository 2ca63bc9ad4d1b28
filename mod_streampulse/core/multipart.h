/* A streaming reader of multipart/form-data (RFC 7578), any chunking. */
#ifndef SP_MULTIPART_H
#define SP_MULTIPART_H

#include "error.h"

#define SP_MULTIPART_MAX_PARTS        64
#define SP_MULTIPART_MAX_HEADER_BYTES 8192 /* of one part */

typedef struct sp_multipart_t sp_multipart_t;

typedef struct {
    void *ctx;
    /* A part begins. filename is NULL for a plain field; "" is possible. Strings live until the part's end. */
    apr_status_t (*begin)(void *ctx, const char *name, const char *filename, sp_error_t *err);
    apr_status_t (*data)(void *ctx, const char *data, apr_size_t len, sp_error_t *err);
    apr_status_t (*end)(void *ctx, sp_error_t *err);
} sp_multipart_sink_t;

/* *mp from the request's Content-Type; SP_E_BAD_MULTIPART when that has no usable boundary (1..70 bytes of RFC 2046's set). Pool: p. */
apr_status_t sp_multipart_create(sp_multipart_t **mp, apr_pool_t *p, const char *content_type, const sp_multipart_sink_t *sink, sp_error_t *err);
apr_status_t sp_multipart_feed(sp_multipart_t *mp, const char *data, apr_size_t len, sp_error_t *err);
/* SP_E_BAD_MULTIPART unless the closing boundary was met. */
apr_status_t sp_multipart_finish(sp_multipart_t *mp, sp_error_t *err);

#endif
