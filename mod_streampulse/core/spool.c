/* Keeps observations in the order they come, in memory first, then in an unlinked file. */
#include "spool.h"

#include <sys/mman.h>

#include <apr_strings.h>

#include "spool_internal.h"

typedef struct {
    void *data;
    apr_size_t size;
} block_t;

static apr_status_t free_block(void *ctx)
{
    const block_t *block = ctx;

    munmap(block->data, block->size);
    return APR_SUCCESS;
}

/* From the system and not from malloc, which keeps freed blocks of this size, and in a server for each thread its own. */
apr_status_t sp_spool_alloc(apr_pool_t *p, apr_size_t size, void **data, sp_error_t *err)
{
    block_t *block = apr_palloc(p, sizeof(*block));

    block->size = size ? size : 1;
    block->data = mmap(NULL, block->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block->data == MAP_FAILED) {
        return sp_error_set(err, SP_E_INTERNAL, APR_ENOMEM, "not enough memory to keep and sort the numbers");
    }
    apr_pool_cleanup_register(p, block, free_block, apr_pool_cleanup_null);
    *data = block->data;
    return APR_SUCCESS;
}

apr_status_t sp_spool_open_file(apr_pool_t *p, const char *dir, apr_file_t **file, sp_error_t *err)
{
    char *name;
    apr_status_t rv = APR_SUCCESS;

    if (!dir) {
        rv = apr_temp_dir_get(&dir, p);
    }
    if (rv == APR_SUCCESS) {
        name = apr_pstrcat(p, dir, "/streampulse-spool-XXXXXX", NULL);
        rv = apr_file_mktemp(file, name, APR_FOPEN_CREATE | APR_FOPEN_READ | APR_FOPEN_WRITE | APR_FOPEN_EXCL | APR_FOPEN_BINARY, p);
    }
    if (rv != APR_SUCCESS) {
        return sp_error_set(err, SP_E_STORAGE_FULL, rv, "could not make the file that holds the numbers while they are read");
    }
    apr_file_remove(name, p);
    return APR_SUCCESS;
}

static apr_status_t seek_cell(apr_file_t *file, apr_uint64_t index)
{
    apr_off_t offset = (apr_off_t)(index * sizeof(sp_cell_t));
    return apr_file_seek(file, APR_SET, &offset);
}

apr_status_t sp_spool_write_cells(apr_file_t *file, apr_uint64_t index, const sp_cell_t *cells, apr_size_t count, sp_error_t *err)
{
    apr_status_t rv = seek_cell(file, index);

    if (rv == APR_SUCCESS) {
        rv = apr_file_write_full(file, cells, count * sizeof(*cells), NULL);
    }
    if (rv != APR_SUCCESS) {
        return sp_error_set(err, SP_E_STORAGE_FULL, rv, "could not write the file that holds the numbers while they are read");
    }
    return APR_SUCCESS;
}

apr_status_t sp_spool_read_cells(apr_file_t *file, apr_uint64_t index, sp_cell_t *cells, apr_size_t count, sp_error_t *err)
{
    apr_status_t rv = seek_cell(file, index);

    if (rv == APR_SUCCESS) {
        rv = apr_file_read_full(file, cells, count * sizeof(*cells), NULL);
    }
    if (rv != APR_SUCCESS) {
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not read back the file that holds the numbers");
    }
    return APR_SUCCESS;
}

sp_spool_t *sp_spool_create(apr_pool_t *p, const char *dir, apr_size_t chunk)
{
    sp_spool_t *spool = apr_pcalloc(p, sizeof(*spool));

    spool->pool = p;
    spool->dir = dir ? apr_pstrdup(p, dir) : NULL;
    spool->chunk = chunk ? chunk : SP_SPOOL_CHUNK;
    return spool;
}

sp_spool_t *sp_spool_create_like(apr_pool_t *p, const sp_spool_t *other)
{
    return sp_spool_create(p, other->dir, other->chunk);
}

apr_status_t sp_spool_reserve(sp_spool_t *spool, apr_size_t capacity, sp_error_t *err)
{
    apr_status_t rv = sp_spool_alloc(spool->pool, capacity * sizeof(sp_cell_t), (void **)&spool->cells, err);

    spool->capacity = rv == APR_SUCCESS ? capacity : 0;
    return rv;
}

static apr_status_t spill(sp_spool_t *spool, sp_error_t *err)
{
    apr_status_t rv;

    if (!spool->file) {
        rv = sp_spool_open_file(spool->pool, spool->dir, &spool->file, err);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    rv = sp_spool_write_cells(spool->file, spool->filed, spool->cells, spool->used, err);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    spool->filed += spool->used;
    spool->used = 0;
    return APR_SUCCESS;
}

apr_status_t sp_spool_add(sp_spool_t *spool, const sp_cell_t *cell, sp_error_t *err)
{
    if (spool->used == spool->capacity) {
        apr_status_t rv = spool->capacity ? spill(spool, err) : sp_spool_reserve(spool, spool->chunk, err);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    spool->cells[spool->used++] = *cell;
    return APR_SUCCESS;
}

apr_uint64_t sp_spool_count(const sp_spool_t *spool)
{
    return spool->filed + spool->used;
}

apr_status_t sp_spool_rewind(sp_spool_t *spool, sp_error_t *err)
{
    spool->next = 0;
    spool->window = NULL;
    spool->window_used = spool->window_at = 0;
    return APR_SUCCESS;
}

static apr_status_t refill(sp_spool_t *spool, sp_error_t *err)
{
    apr_size_t count;
    apr_status_t rv;

    if (spool->next >= sp_spool_count(spool)) {
        return APR_EOF;
    }
    if (spool->next >= spool->filed) {
        spool->window = spool->cells;
        count = spool->used;
    } else {
        count = spool->filed - spool->next < SP_SPOOL_WINDOW ? (apr_size_t)(spool->filed - spool->next) : SP_SPOOL_WINDOW;
        if (!spool->window_buffer) {
            spool->window_buffer = apr_palloc(spool->pool, SP_SPOOL_WINDOW * sizeof(sp_cell_t));
        }
        rv = sp_spool_read_cells(spool->file, spool->next, spool->window_buffer, count, err);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        spool->window = spool->window_buffer;
    }
    spool->window_used = count;
    spool->window_at = 0;
    spool->next += count;
    return APR_SUCCESS;
}

apr_status_t sp_spool_next(sp_spool_t *spool, sp_cell_t *cell, sp_error_t *err)
{
    if (spool->window_at == spool->window_used) {
        apr_status_t rv = refill(spool, err);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    *cell = spool->window[spool->window_at++];
    return APR_SUCCESS;
}
