/* Sending answers: JSON, CSV or a file of the dashboard, conditional and in full; and errors in their one shape. */
#ifndef SP_REPLY_H
#define SP_REPLY_H

#include "cache.h"
#include "json.h"
#include "meta.h"
#include "request.h"

/* A sink for the answer's body, in the configured spool folder. Pool: q->p. */
sp_out_t *sp_reply_out(sp_req_t *q);
/* The same for a body that may get long, with memory_bytes of it in memory: its file is compressed where the client wants that. */
sp_out_t *sp_reply_out_long(sp_req_t *q, apr_size_t memory_bytes);
/* What the client wants, and nobody forbids ("no-gzip", for mod_deflate, holds here too). */
sp_coding_e sp_reply_wanted_coding(const sp_req_t *q);

/* Sends out (finished here) with that status and type, Content-Length and the security headers, and the coding of its file where it has one; no body for HEAD.
 * Call after the connection was released. */
apr_status_t sp_reply_send(sp_req_t *q, int status, const char *content_type, sp_out_t *out);
#define SP_REPLY_JSON "application/json; charset=utf-8"

/* 200 with bytes that live as long as the module is loaded: they are sent from where they are. */
void sp_reply_send_constant(sp_req_t *q, const char *content_type, const char *data, apr_size_t size);

/* The same with an entry of the cache, whose hold it takes over: its coding goes into the headers, so that no filter compresses it again. */
apr_status_t sp_reply_send_entry(sp_req_t *q, const char *content_type, const char *tag, const sp_cache_entry_t *entry);

/* For GETs of data: the entity tag without its quotes (revision tag + build + representation: route, role where it matters). Pool: q->p. */
const char *sp_reply_make_tag(sp_req_t *q, const sp_revision_t *revision, const char *representation);
/* Whether the client's If-None-Match has it: the suffix it has there, "" mostly; else NULL. Copes with -gzip and -br suffixes, weak tags, lists and *. */
const char *sp_reply_client_has(sp_req_t *q, const char *tag);
#define SP_REPLY_GZIP_SUFFIX "-gzip"
/* ETag, Vary, and Cache-Control: private, no-cache. */
void sp_reply_validators(sp_req_t *q, const char *tag, const char *suffix);
/* These headers, and APR_EOF when the client has it: the handler releases its connection and returns APR_SUCCESS, and the 304 is sent. */
apr_status_t sp_reply_conditional(sp_req_t *q, const char *tag);

/* Content-Disposition: the browser saves it as "STEM-TODAY.EXTENSION". */
void sp_reply_offer_as_file(sp_req_t *q, const char *stem, const char *extension);

/* For answers that are not about the revision: Cache-Control: no-store. */
void sp_reply_no_store(sp_req_t *q);

/* The one shape of errors, with Retry-After, Allow and WWW-Authenticate where they belong, and one log line (ERR for 5xx, INFO below). */
void sp_reply_error(sp_req_t *q);

/* A redirect to that address on this host, or to the page where it is NULL; nobody keeps it. */
void sp_reply_redirect(sp_req_t *q, int status, const char *location);

/* For the router: the answer to the bare prefix, 301 to it with its slash; the one to a browser's question before it asks (cors.h); and the 304 that
 * sp_reply_conditional decided on, where content_type is that of a part of the page, and NULL for data. */
void sp_reply_add_slash(sp_req_t *q);
void sp_reply_no_content(sp_req_t *q);
void sp_reply_not_modified(sp_req_t *q, const char *content_type);

#endif
