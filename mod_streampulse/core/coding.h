/* Content codings: which one a client wants, and making it. */
#ifndef SP_CODING_H
#define SP_CODING_H

#include <apr_errno.h>
#include <apr_pools.h>

typedef enum { SP_CODING_IDENTITY, SP_CODING_GZIP } sp_coding_e;

/* Fewer bytes are not worth it: they fit into one packet anyway. */
#define SP_CODING_MIN_BYTES 512

/* What an Accept-Encoding header asks for (RFC 9110, 12.5.3), gzip where both are as welcome; NULL, nonsense, and one that refuses both: identity. */
sp_coding_e sp_coding_choose(const char *accept);

/* The bytes as one gzip member, the same for the same input. APR_EGENERAL: zlib could not, or it would not be shorter. Pool: p. */
apr_status_t sp_coding_gzip(apr_pool_t *p, const char *data, apr_size_t len, const char **out, apr_size_t *out_len);

/* A stream of gzip for what is too long for memory, as fast as zlib goes: its lowest level takes a fifth of the default's time for a tenth more bytes. */
typedef struct sp_coding_stream_t sp_coding_stream_t;
typedef apr_status_t (*sp_coding_sink_fn)(void *ctx, const char *data, apr_size_t len);

/* NULL: zlib has no memory for it. The sink gets what is ready; its failure is passed on. Pool: one of its own below p, which goes with its end. */
sp_coding_stream_t *sp_coding_stream_begin(apr_pool_t *p, sp_coding_sink_fn sink, void *ctx);
apr_status_t sp_coding_stream_write(sp_coding_stream_t *stream, const char *data, apr_size_t len);
apr_status_t sp_coding_stream_finish(sp_coding_stream_t *stream);
void sp_coding_stream_end(sp_coding_stream_t *stream);

#endif
