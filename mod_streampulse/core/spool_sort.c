/* Sorts a spool: runs of one chunk each by radix, then one merge. */
#include <string.h>

#include "spool_internal.h"

#define MERGE_WINDOW_MIN 8
#define MERGE_WINDOW_MAX 8192
#define OUT_CELLS        8192

typedef struct {
    apr_uint64_t next; /* index in the runs' file of the first cell that is not in the window */
    apr_uint64_t end;
    sp_cell_t *window;
    apr_size_t used, at;
} run_t;

typedef struct {
    sp_spool_t *spool;
    sp_spool_map_fn map;
    void *map_ctx;
    sp_error_t *err;
    apr_pool_t *scratch;
    sp_cell_t *work, *other; /* one chunk each */
    apr_file_t *file;        /* the runs, one after the other */
    apr_uint64_t filed;
    run_t *runs;
    int run_count;
    int ordered; /* the runs as they stand are in order */
    apr_uint64_t last_key;
} sort_t;

static int is_sorted(const sp_cell_t *cells, apr_size_t count)
{
    apr_size_t i;

    for (i = 1; i < count; i++) {
        if (cells[i].key < cells[i - 1].key) {
            return 0;
        }
    }
    return 1;
}

static void count_bytes(const sp_cell_t *cells, apr_size_t count, apr_uint32_t histogram[8][256])
{
    apr_size_t i;
    int b;

    memset(histogram, 0, 8 * 256 * sizeof(apr_uint32_t));
    for (i = 0; i < count; i++) {
        apr_uint64_t key = cells[i].key;
        for (b = 0; b < 8; b++) {
            histogram[b][(key >> (8 * b)) & 255]++;
        }
    }
}

static void scatter(const sp_cell_t *from, sp_cell_t *to, apr_size_t count, int shift, const apr_uint32_t histogram[256])
{
    apr_uint32_t at[256], sum = 0;
    apr_size_t i;
    int b;

    for (b = 0; b < 256; b++) {
        at[b] = sum;
        sum += histogram[b];
    }
    for (i = 0; i < count; i++) {
        to[at[(from[i].key >> shift) & 255]++] = from[i];
    }
}

/* Stable; the result is in *cells, which may have changed places with *other. */
static void radix_sort(sp_cell_t **cells, sp_cell_t **other, apr_size_t count)
{
    apr_uint32_t histogram[8][256];
    int b;

    if (is_sorted(*cells, count)) {
        return;
    }
    count_bytes(*cells, count, histogram);
    for (b = 0; b < 8; b++) {
        sp_cell_t *swap = *cells;
        if (histogram[b][((*cells)[0].key >> (8 * b)) & 255] == count) {
            continue;
        }
        scatter(*cells, *other, count, 8 * b, histogram[b]);
        *cells = *other;
        *other = swap;
    }
}

/* Maps in place and closes the gaps of what is left out. */
static apr_status_t map_cells(sort_t *s, sp_cell_t *cells, apr_size_t *count)
{
    apr_size_t i, kept = 0;

    if (!s->map) {
        return APR_SUCCESS;
    }
    for (i = 0; i < *count; i++) {
        sp_cell_t cell = cells[i];
        apr_status_t rv = s->map(s->map_ctx, &cell);
        if (rv == APR_EOF) {
            continue;
        }
        if (rv != APR_SUCCESS) {
            return sp_error_set(s->err, SP_E_INTERNAL, rv, "could not place a number");
        }
        cells[kept++] = cell;
    }
    *count = kept;
    return APR_SUCCESS;
}

static apr_status_t add_run(sort_t *s, apr_size_t count)
{
    apr_status_t rv = map_cells(s, s->work, &count);

    if (rv != APR_SUCCESS || !count) {
        return rv;
    }
    radix_sort(&s->work, &s->other, count);
    rv = sp_spool_write_cells(s->file, s->filed, s->work, count, s->err);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (s->run_count && s->work[0].key < s->last_key) {
        s->ordered = 0;
    }
    s->last_key = s->work[count - 1].key;
    s->runs[s->run_count].next = s->filed;
    s->runs[s->run_count].end = s->filed + count;
    s->run_count++;
    s->filed += count;
    return APR_SUCCESS;
}

static apr_status_t make_runs(sort_t *s)
{
    sp_spool_t *spool = s->spool;
    apr_uint64_t at;
    apr_status_t rv;

    s->runs = apr_pcalloc(s->scratch, sizeof(run_t) * (apr_size_t)(spool->filed / spool->chunk + 2));
    s->ordered = 1;
    for (at = 0; at < spool->filed; at += spool->chunk) {
        apr_size_t count = spool->filed - at < spool->chunk ? (apr_size_t)(spool->filed - at) : spool->chunk;
        rv = sp_spool_read_cells(spool->file, at, s->work, count, s->err);
        if (rv == APR_SUCCESS) {
            rv = add_run(s, count);
        }
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    if (!spool->used) {
        return APR_SUCCESS;
    }
    memcpy(s->work, spool->cells, spool->used * sizeof(sp_cell_t));
    return add_run(s, spool->used);
}

static apr_status_t fill_run(sort_t *s, run_t *run, apr_size_t size)
{
    apr_size_t count = run->end - run->next < size ? (apr_size_t)(run->end - run->next) : size;
    apr_status_t rv;

    if (!count) {
        return APR_EOF;
    }
    rv = sp_spool_read_cells(s->file, run->next, run->window, count, s->err);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    run->next += count;
    run->used = count;
    run->at = 0;
    return APR_SUCCESS;
}

/* Runs of equal keys stand in the order of the runs: that keeps the merge stable. */
static int comes_first(const sort_t *s, int a, int b)
{
    apr_uint64_t key_a = s->runs[a].window[s->runs[a].at].key, key_b = s->runs[b].window[s->runs[b].at].key;
    return key_a != key_b ? key_a < key_b : a < b;
}

static void sift_down(const sort_t *s, int *heap, int size, int at)
{
    for (;;) {
        int child = 2 * at + 1, top = heap[at];
        if (child >= size) {
            return;
        }
        if (child + 1 < size && comes_first(s, heap[child + 1], heap[child])) {
            child++;
        }
        if (!comes_first(s, heap[child], top)) {
            return;
        }
        heap[at] = heap[child];
        heap[child] = top;
        at = child;
    }
}

static apr_status_t start_merge(sort_t *s, int *heap, apr_size_t window)
{
    sp_cell_t *windows;
    int i;
    apr_status_t rv = sp_spool_alloc(s->scratch, (apr_size_t)s->run_count * window * sizeof(sp_cell_t), (void **)&windows, s->err);

    for (i = 0; rv == APR_SUCCESS && i < s->run_count; i++) {
        s->runs[i].window = windows + (apr_size_t)i * window;
        heap[i] = i;
        rv = fill_run(s, &s->runs[i], window);
    }
    if (rv != APR_SUCCESS) {
        return rv;
    }
    for (i = s->run_count / 2 - 1; i >= 0; i--) {
        sift_down(s, heap, s->run_count, i);
    }
    return APR_SUCCESS;
}

static apr_status_t merge_runs(sort_t *s, sp_spool_t *sorted)
{
    apr_size_t window = 2 * s->spool->chunk / (apr_size_t)(s->run_count + 1), used = 0;
    int *heap = apr_palloc(s->scratch, sizeof(int) * (apr_size_t)s->run_count), size = s->run_count;
    sp_cell_t *out;
    apr_status_t rv;

    window = window < MERGE_WINDOW_MIN ? MERGE_WINDOW_MIN : window > MERGE_WINDOW_MAX ? MERGE_WINDOW_MAX : window;
    rv = sp_spool_alloc(s->scratch, OUT_CELLS * sizeof(sp_cell_t), (void **)&out, s->err);
    if (rv == APR_SUCCESS) {
        rv = start_merge(s, heap, window);
    }
    while (rv == APR_SUCCESS && size) {
        run_t *run = &s->runs[heap[0]];
        out[used++] = run->window[run->at++];
        if (used == OUT_CELLS) {
            rv = sp_spool_write_cells(sorted->file, sorted->filed, out, used, s->err);
            sorted->filed += used;
            used = 0;
        }
        if (rv == APR_SUCCESS && run->at == run->used) {
            rv = fill_run(s, run, window);
        }
        if (rv == APR_EOF) {
            heap[0] = heap[--size];
            rv = APR_SUCCESS;
        }
        if (rv == APR_SUCCESS) { /* else a window may be read to its end */
            sift_down(s, heap, size, 0);
        }
    }
    if (rv == APR_SUCCESS && used) {
        rv = sp_spool_write_cells(sorted->file, sorted->filed, out, used, s->err);
    }
    sorted->filed += used;
    return rv;
}

static apr_status_t sort_in_files(sort_t *s, sp_spool_t *sorted)
{
    apr_pool_t *buffers;
    apr_status_t rv;

    apr_pool_create(&buffers, s->scratch);
    rv = sp_spool_open_file(sorted->pool, s->spool->dir, &s->file, s->err);
    if (rv == APR_SUCCESS) {
        rv = sp_spool_alloc(buffers, s->spool->chunk * sizeof(sp_cell_t), (void **)&s->work, s->err);
    }
    if (rv == APR_SUCCESS) {
        rv = sp_spool_alloc(buffers, s->spool->chunk * sizeof(sp_cell_t), (void **)&s->other, s->err);
    }
    if (rv == APR_SUCCESS) {
        rv = make_runs(s);
    }
    apr_pool_destroy(buffers);
    if (rv != APR_SUCCESS || !s->filed) {
        return rv;
    }
    if (s->ordered) {
        sorted->file = s->file;
        sorted->filed = s->filed;
        return APR_SUCCESS;
    }
    rv = sp_spool_open_file(sorted->pool, s->spool->dir, &sorted->file, s->err);
    if (rv == APR_SUCCESS) {
        rv = merge_runs(s, sorted);
    }
    apr_file_close(s->file);
    return rv;
}

static apr_status_t sort_in_memory(sort_t *s, sp_spool_t *sorted)
{
    apr_size_t count = s->spool->used;
    apr_status_t rv;

    if (!count) {
        return APR_SUCCESS;
    }
    rv = sp_spool_reserve(sorted, count, s->err);
    if (rv == APR_SUCCESS) {
        rv = sp_spool_alloc(s->scratch, count * sizeof(sp_cell_t), (void **)&s->other, s->err);
    }
    if (rv != APR_SUCCESS) {
        return rv;
    }
    s->work = sorted->cells;
    memcpy(s->work, s->spool->cells, count * sizeof(sp_cell_t));
    rv = map_cells(s, s->work, &count);
    if (rv != APR_SUCCESS || !count) {
        return rv;
    }
    radix_sort(&s->work, &s->other, count);
    if (s->work != sorted->cells) {
        memcpy(sorted->cells, s->work, count * sizeof(sp_cell_t));
    }
    sorted->used = count;
    return APR_SUCCESS;
}

apr_status_t sp_spool_sort(sp_spool_t *spool, apr_pool_t *p, sp_spool_map_fn map, void *ctx, sp_spool_t **sorted, sp_error_t *err)
{
    sort_t s = {.spool = spool, .map = map, .map_ctx = ctx, .err = err};
    apr_status_t rv;

    *sorted = sp_spool_create(p, spool->dir, spool->chunk);
    apr_pool_create(&s.scratch, p);
    rv = spool->file ? sort_in_files(&s, *sorted) : sort_in_memory(&s, *sorted);
    apr_pool_destroy(s.scratch);
    return rv;
}
