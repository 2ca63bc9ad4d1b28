/* A sink for an answer of unknown size: memory first, then an unlinked file. */
#ifndef SP_OUT_H
#define SP_OUT_H

#include <apr_file_io.h>

#include "error.h"

#define SP_OUT_MEMORY (1024 * 1024) /* bytes kept in memory; beyond them, a file */

typedef struct sp_out_t sp_out_t;

/* dir: where the file goes (NULL: APR's temp folder). Writing never fails at once: the first failure is kept and told by sp_out_finish. Pool: p. */
sp_out_t *sp_out_create(apr_pool_t *p, const char *dir);
void sp_out_write(sp_out_t *out, const char *data, apr_size_t len);
void sp_out_puts(sp_out_t *out, const char *s);
/* SP_E_STORAGE_FULL where the file could not be written. After it, nothing may be written. */
apr_status_t sp_out_finish(sp_out_t *out, sp_error_t *err);
/* Gives back what it holds, memory and file, before the pool goes. It may be neither written nor read after it. */
void sp_out_discard(sp_out_t *out);
apr_uint64_t sp_out_size(const sp_out_t *out);
/* All in memory: *data, and NULL. Else the file, positioned at its start, and *data NULL. */
apr_file_t *sp_out_content(sp_out_t *out, const char **data);

#endif
