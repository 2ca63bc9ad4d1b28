/* A sink for an answer of unknown size: memory first, then an unlinked file. */
#ifndef SP_OUT_H
#define SP_OUT_H

#include <apr_file_io.h>

#include "coding.h"
#include "error.h"

#define SP_OUT_MEMORY (1024 * 1024) /* bytes kept in memory where nobody says otherwise; beyond them, a file */

typedef struct sp_out_t sp_out_t;

typedef struct {
    const char *dir;         /* where the file goes; NULL: APR's temp folder */
    apr_size_t memory_bytes; /* that are kept in memory; 0: SP_OUT_MEMORY */
    sp_coding_e coding;      /* of the file; what stays in memory is as it was written */
    int sendfile;            /* the file may be sent by the system, from its pages */
} sp_out_options_t;

/* Writing never fails at once: the first failure is kept and told by sp_out_finish. Pool: p. */
sp_out_t *sp_out_create_as(apr_pool_t *p, const sp_out_options_t *options);
sp_out_t *sp_out_create(apr_pool_t *p, const char *dir);
void sp_out_write(sp_out_t *out, const char *data, apr_size_t len);
void sp_out_puts(sp_out_t *out, const char *s);
/* SP_E_STORAGE_FULL where the file could not be written. After it, nothing may be written. */
apr_status_t sp_out_finish(sp_out_t *out, sp_error_t *err);
/* Gives back what it holds, memory and file, before the pool goes. It may be neither written nor read after it. */
void sp_out_discard(sp_out_t *out);
/* Of the content: of the file as it is coded. */
apr_uint64_t sp_out_size(const sp_out_t *out);
sp_coding_e sp_out_coding(const sp_out_t *out);
/* All in memory: *data, and NULL. Else the file, positioned at its start, and *data NULL. */
apr_file_t *sp_out_content(sp_out_t *out, const char **data);

#endif
