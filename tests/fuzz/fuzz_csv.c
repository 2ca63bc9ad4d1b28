/* Fuzzes the CSV tokeniser, and what reads its cells: any chunking must give the same records. */
#include "fuzz_support.h"

#include "calendar.h"
#include "count.h"
#include "csv.h"
#include "name.h"

typedef struct {
    uint64_t digest;
    int read_cells;
} reading_t;

static void read_cell(const sp_csv_field_t *f)
{
    apr_int64_t viewers = 0;
    sp_date_t date;
    const char *clean, *why;
    if (sp_count_parse(f->data, f->len, &viewers) == SP_COUNT_VALUE && (viewers < 0 || viewers > SP_VIEWERS_MAX)) {
        abort();
    }
    sp_calendar_parse(f->data, f->len, &date);
    if (date.kind == SP_DATE_FULL && date.day_mdy == SP_DAY_NONE && date.day_dmy == SP_DAY_NONE) {
        abort();
    }
    sp_calendar_is_period_title(f->data, f->len);
    if (sp_name_clean(fuzz_pool, f->data, f->len, &clean, &why) == APR_SUCCESS) {
        const char *fold = sp_name_fold(fuzz_pool, clean, SP_NAME_PLATFORM);
        if (!*fold || !*sp_name_slug(fuzz_pool, clean, SP_NAME_EVENT)) {
            abort();
        }
    }
}

static apr_status_t take_record(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    reading_t *r = ctx;
    fuzz_digest_number(&r->digest, line);
    for (int i = 0; i < count; i++) {
        fuzz_digest_number(&r->digest, fields[i].len);
        fuzz_digest(&r->digest, fields[i].data, fields[i].len);
        if (r->read_cells) {
            read_cell(&fields[i]);
        }
    }
    return APR_SUCCESS;
}

static uint64_t read_all(apr_pool_t *p, const uint8_t *data, size_t size, char delimiter, int whole)
{
    const sp_csv_limits_t limits = {.delimiter = delimiter, .max_rows = 500, .max_columns = 40, .max_cell_bytes = 300};
    reading_t reading = {.read_cells = whole};
    uint64_t state = size;
    sp_error_t err;
    sp_error_init(&err, p);
    sp_csv_t *csv = sp_csv_create(p, &limits, take_record, &reading);
    apr_status_t rv = APR_SUCCESS;
    for (size_t at = 0, n; at < size && rv == APR_SUCCESS; at += n) {
        n = whole ? size : fuzz_chunk(&state, size - at);
        char *chunk = fuzz_copy(data + at, n);
        rv = sp_csv_feed(csv, chunk, n, &err);
        free(chunk);
    }
    rv = rv == APR_SUCCESS ? sp_csv_finish(csv, &err) : rv;
    if ((rv != APR_SUCCESS) != (err.code != SP_E_NONE)) {
        abort();
    }
    fuzz_digest_number(&reading.digest, err.code);
    return reading.digest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *p = fuzz_begin();
    char *sample = fuzz_copy(data, size);
    char delimiter = sp_csv_sniff_delimiter(sample, size);
    free(sample);
    if (read_all(p, data, size, delimiter, 1) != read_all(p, data, size, delimiter, 0)) {
        abort();
    }
    return fuzz_end();
}
