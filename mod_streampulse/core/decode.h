/* Bytes of a text file in its own encoding, in any chunking, to valid UTF-8. */
#ifndef SP_DECODE_H
#define SP_DECODE_H

#include "error.h"

typedef enum { SP_ENCODING_AUTO, SP_ENCODING_UTF8, SP_ENCODING_UTF16LE, SP_ENCODING_UTF16BE, SP_ENCODING_WINDOWS1252 } sp_encoding_e;

typedef struct sp_decode_t sp_decode_t;
/* data is valid UTF-8, cut at character ends, without the byte order mark; valid only during the call. */
typedef apr_status_t (*sp_decode_fn)(void *ctx, const char *data, apr_size_t len, sp_error_t *err);

/* AUTO: a byte order mark decides; without one, NULs at every other of the first bytes mean UTF-16; else the text is UTF-8 until its first non-ASCII sequence,
 * which decides between UTF-8 and Windows-1252. After that an invalid sequence is SP_E_CSV_BAD_ENCODING with its line (and column 0) in the details, as is a
 * NUL character in any encoding, an unpaired surrogate, and a file that ends inside a character. Pure ASCII and valid UTF-8 are passed on without a copy. */
sp_decode_t *sp_decode_create(apr_pool_t *p, sp_encoding_e encoding, sp_decode_fn fn, void *ctx);
apr_status_t sp_decode_feed(sp_decode_t *d, const char *data, apr_size_t len, sp_error_t *err);
apr_status_t sp_decode_finish(sp_decode_t *d, sp_error_t *err);
/* What it was; UTF8 for pure ASCII. */
sp_encoding_e sp_decode_encoding(const sp_decode_t *d);
/* "utf-8", "utf-16le", "utf-16be", "windows-1252"; "auto". */
const char *sp_decode_encoding_name(sp_encoding_e encoding);
/* APR_NOTFOUND for a name that is none of these (any case). */
apr_status_t sp_decode_encoding_by_name(const char *name, sp_encoding_e *encoding);

#endif
