/* Fuzzes the importer: any bytes, any options; whole and in pieces they must give the same. */
#include "fuzz_support.h"

#include "import.h"

typedef struct {
    sp_import_options_t options;
    const uint8_t *data;
    size_t size;
} input_t;

/* The first two bytes choose the options. */
static void choose_options(input_t *in, const uint8_t *data, size_t size)
{
    static const char delimiters[] = {0, 0, 0, ',', ';', '\t', '|', 0};
    unsigned a = size > 0 ? data[0] : 0, b = size > 1 ? data[1] : 0;

    memset(in, 0, sizeof(*in));
    in->options.layout = (sp_layout_e)((a & 7) > SP_LAYOUT_EXPORT ? SP_LAYOUT_AUTO : (a & 7));
    in->options.delimiter = delimiters[(a >> 3) & 7];
    in->options.date_order = (sp_date_order_e)((b & 3) % 3);
    in->options.skip_bad = (b >> 2) & 1;
    in->options.event_year = b & 8 ? 2024 : 0;
    in->options.encoding = (sp_encoding_e)(b & 16 ? (b >> 5) % 5 : SP_ENCODING_AUTO);
    in->options.limits = (sp_import_limits_t){1 << 20, 2000, 60, 400, 5, 40};
    in->data = size > 2 ? data + 2 : data + size;
    in->size = size > 2 ? size - 2 : 0;
}

static void digest_cells(uint64_t *digest, apr_pool_t *p, const sp_import_result_t *result)
{
    const sp_said_t *said = result->said;
    sp_spool_t *sorted;
    sp_cell_t cell;
    sp_error_t err;

    sp_error_init(&err, p);
    if (sp_spool_sort(said->cells, p, said->map_days, said->map_ctx, &sorted, &err) != APR_SUCCESS || sp_spool_rewind(sorted, &err) != APR_SUCCESS ||
        sp_spool_count(sorted) != result->cells) {
        abort();
    }
    while (sp_spool_next(sorted, &cell, &err) == APR_SUCCESS) {
        int event = SP_KEY_EVENT(cell.key), day = SP_KEY_DAY(cell.key);
        if (SP_KEY_PLATFORM(cell.key) < 1 || SP_KEY_PLATFORM(cell.key) > said->platforms->nelts || SP_KEY_SERVICE(cell.key) > said->services->nelts ||
            event > said->events->nelts || day > SP_DAY_MAX || cell.viewers < 0 || cell.viewers > SP_VIEWERS_MAX) {
            abort();
        }
        if (event) {
            const sp_said_event_t *e = &APR_ARRAY_IDX(said->events, event - 1, sp_said_event_t);
            if (day < e->first || day > e->last || cell.span) {
                abort();
            }
        }
        fuzz_digest_number(digest, cell.key);
        fuzz_digest_number(digest, (uint64_t)cell.viewers);
        fuzz_digest_number(digest, cell.line * UINT64_C(0x100000000) + cell.column * 0x10000u + cell.span);
    }
}

static void digest_problems(uint64_t *digest, const sp_import_result_t *result)
{
    fuzz_digest_number(digest, result->problems_total);
    fuzz_digest_number(digest, result->warnings_total);
    fuzz_digest_number(digest, result->assumed_total);
    for (int i = 0; i < result->problems->nelts; i++) {
        const sp_error_detail_t *d = &APR_ARRAY_IDX(result->problems, i, sp_error_detail_t);
        fuzz_digest_number(digest, d->line * UINT64_C(0x100000000) + d->column);
        fuzz_digest(digest, d->message, strlen(d->message));
    }
}

static uint64_t read_all(apr_pool_t *parent, const input_t *in, int whole)
{
    uint64_t digest = 0, state = in->size;
    sp_import_result_t *result;
    sp_error_t err;
    apr_pool_t *p;
    apr_status_t rv = APR_SUCCESS;

    apr_pool_create(&p, parent);
    sp_error_init(&err, p);
    sp_import_t *imp = sp_import_create(p, &in->options);
    for (size_t at = 0, n; at < in->size && rv == APR_SUCCESS; at += n) {
        n = whole ? in->size : fuzz_chunk(&state, in->size - at);
        char *chunk = fuzz_copy(in->data + at, n);
        rv = sp_import_feed(imp, chunk, n, &err);
        free(chunk);
    }
    if (rv == APR_SUCCESS) {
        rv = sp_import_finish(imp, &result, &err);
        digest_problems(&digest, result);
        if (rv == APR_SUCCESS) {
            digest_cells(&digest, p, result);
        }
    }
    if ((rv != APR_SUCCESS) != (err.code != SP_E_NONE)) {
        abort();
    }
    fuzz_digest_number(&digest, err.code);
    apr_pool_destroy(p);
    return digest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *p = fuzz_begin();
    input_t in;

    choose_options(&in, data, size);
    if (read_all(p, &in, 1) != read_all(p, &in, 0)) {
        abort();
    }
    return fuzz_end();
}
