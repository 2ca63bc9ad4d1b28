/* The name of an uploaded file, as a client sent it, to one that can be kept and shown. */
#ifndef SP_FILENAME_H
#define SP_FILENAME_H

#include <apr_pools.h>

#define SP_FILENAME_MAX_BYTES 255

/* What follows the last / or \, without control and invisible characters and invalid UTF-8, cut at a character's end. NULL when nothing is left, or for NULL.
 * Pool: p. */
const char *sp_filename_clean(apr_pool_t *p, const char *sent);

#endif
