/* Reading request bodies: streamed, bounded, and never whole in memory unless small. */
#ifndef SP_BODY_H
#define SP_BODY_H

#include "request.h"

typedef apr_status_t (*sp_body_fn)(void *ctx, const char *data, apr_size_t len, sp_error_t *err);

/* Gives every chunk to fn until the end. SP_E_BODY_TOO_LARGE past max_bytes (told from Content-Length before reading, where that is sent), SP_E_BODY_TIMEOUT,
 * SP_E_UNSUPPORTED_MEDIA_TYPE for a compressed one, SP_E_BODY_INCOMPLETE for a client that went away or lied about the length. */
apr_status_t sp_body_each(sp_req_t *q, apr_int64_t max_bytes, sp_body_fn fn, void *ctx);

/* A small body, whole, NUL-terminated. Pool: q->p. */
apr_status_t sp_body_text(sp_req_t *q, apr_int64_t max_bytes, const char **text, apr_size_t *len);

/* After an answer that did not wait for the body's end, on HTTP/2 only: takes in what is still coming, for a bounded time. httpd does this itself for HTTP/1,
 * by a lingering close; an HTTP/2 stream it resets, and the client then sees no answer at all. */
void sp_body_drain(sp_req_t *q);

/* The media type of the request's Content-Type in lower case without parameters; "" when there is none. */
const char *sp_body_media_type(sp_req_t *q);

#endif
