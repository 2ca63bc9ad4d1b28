/* The inside of a spool, shared by the files that keep it and that sort it. */
#ifndef SP_SPOOL_INTERNAL_H
#define SP_SPOOL_INTERNAL_H

#include <apr_file_io.h>

#include "spool.h"

#define SP_SPOOL_WINDOW 4096 /* cells read from a file at once */

struct sp_spool_t {
    apr_pool_t *pool;
    const char *dir;
    apr_size_t chunk;    /* cells kept in memory before a file is made */
    sp_cell_t *cells;    /* the last cells: those that are not in the file */
    apr_size_t capacity; /* of cells */
    apr_size_t used;     /* of cells */
    apr_file_t *file;    /* NULL: everything is in memory */
    apr_uint64_t filed;  /* cells in the file */
    apr_uint64_t next;   /* reading: the index of the first cell after the window */
    const sp_cell_t *window;
    apr_size_t window_used, window_at;
    sp_cell_t *window_buffer;
};

/* *data: size bytes of zeros, given back to the system with p. They cost memory only as they are used. */
apr_status_t sp_spool_alloc(apr_pool_t *p, apr_size_t size, void **data, sp_error_t *err);
/* Makes room in memory for capacity (over 0) cells. Once. */
apr_status_t sp_spool_reserve(sp_spool_t *spool, apr_size_t capacity, sp_error_t *err);
/* An unlinked, close-on-exec file in dir (NULL: APR's temp folder). */
apr_status_t sp_spool_open_file(apr_pool_t *p, const char *dir, apr_file_t **file, sp_error_t *err);
/* Cells at an index of a file, in whole; both move the file's position. */
apr_status_t sp_spool_write_cells(apr_file_t *file, apr_uint64_t index, const sp_cell_t *cells, apr_size_t count, sp_error_t *err);
apr_status_t sp_spool_read_cells(apr_file_t *file, apr_uint64_t index, sp_cell_t *cells, apr_size_t count, sp_error_t *err);

#endif
