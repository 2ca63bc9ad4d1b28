/* The packed form of what an entry says about one series: at most SP_WORDS_CHUNK cells a blob. */
#ifndef SP_WORDS_H
#define SP_WORDS_H

#include <apr_errno.h>
#include <apr_pools.h>

#include "spool.h"

#define SP_WORDS_CHUNK    4096
#define SP_WORDS_BLOB_MAX (1 + SP_WORDS_CHUNK * 32) /* a cell: day 4 bytes, viewers 6, span 3, line 5, column 3, and room */

/* Format, version 1: one byte 1; then for each cell in ascending day order, as unsigned LEB128 (signed ones zigzag first): day minus the day before (the first:
 * the day itself); viewers + 1 (0: none); span; line minus the line before (signed); column. */
typedef struct sp_words_t sp_words_t;

sp_words_t *sp_words_create(apr_pool_t *p);
void sp_words_reset(sp_words_t *w);
/* cells must come in ascending day order; returns how many are in it now. */
int sp_words_add(sp_words_t *w, const sp_cell_t *cell);
const void *sp_words_blob(const sp_words_t *w, apr_size_t *len);

typedef struct {
    const unsigned char *at, *end;
    sp_cell_t cell; /* the last one read; key holds the day only */
} sp_words_reader_t;

/* APR_EINVAL for a blob of another version. */
apr_status_t sp_words_open(sp_words_reader_t *r, const void *blob, apr_size_t len);
/* APR_SUCCESS and r->cell; APR_EOF; APR_EINVAL when the blob is damaged. */
apr_status_t sp_words_next(sp_words_reader_t *r);

#endif
