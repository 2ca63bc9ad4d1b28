/* A streaming CSV tokeniser: bytes in any chunking to records of fields.
 *
 * Every byte is looked at once, 64 at a time: a mask tells where delimiters, quotes and line ends stand, and only those move the state. Fields are kept as
 * offsets from the start of their record, so that it does not matter whether the record lies in the chunk, where the fields are handed out from, or
 * began in an earlier one, in which case its bytes are carried over, each once. */
#include "csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "scan.h"

typedef enum {
    IN_PLAIN,   /* outside quotes, also at a field's start */
    IN_QUOTES,  /* inside quotes */
    AFTER_QUOTE /* behind a quote inside quotes: the end of the field, or the first of two */
} state_e;

/* In offsets from the record's start. */
typedef struct {
    uint32_t begin;
    uint32_t len;     /* of the raw bytes, quotes doubled */
    uint32_t doubled; /* how many quotes are doubled in it */
} raw_field_t;

typedef struct {
    char *data;
    apr_size_t len;
    apr_size_t size;
} buffer_t;

struct sp_csv_t {
    sp_csv_limits_t limits;
    sp_csv_record_fn fn;
    void *ctx;
    apr_status_t failed; /* what stopped it */

    raw_field_t *raw;
    sp_csv_field_t *fields;
    apr_uint32_t capacity; /* of both */
    apr_uint32_t count;    /* of the fields of the record so far */

    state_e state;
    uint32_t field_begin; /* where the field begins, with its quote */
    uint32_t quote_at;    /* the last quote met in AFTER_QUOTE */
    uint32_t doubled;     /* in the field so far */
    uint32_t doubled_in_record;
    int cr_ended_record;      /* a LF at the very start of the next record belongs to that CR */
    uint32_t quoted_cr_end;   /* where a LF would belong to a CR inside quotes */
    apr_uint32_t line;        /* of the byte looked at */
    apr_uint32_t record_line; /* where the record starts */
    apr_uint32_t quote_line;  /* where the quoted field starts */
    apr_uint32_t rows;

    const char *chunk;    /* being fed */
    apr_size_t record_at; /* where in the chunk the record starts; 0 while it is carried */
    buffer_t carry;       /* the record's bytes from earlier chunks */
    buffer_t scratch;     /* fields with doubled quotes, as they are meant */
};

static apr_status_t free_buffers(void *data)
{
    sp_csv_t *csv = data;
    free(csv->carry.data);
    free(csv->scratch.data);
    free(csv->raw);
    free(csv->fields);
    return APR_SUCCESS;
}

sp_csv_t *sp_csv_create(apr_pool_t *p, const sp_csv_limits_t *limits, sp_csv_record_fn fn, void *ctx)
{
    sp_csv_t *csv = apr_pcalloc(p, sizeof(*csv));
    csv->limits = *limits;
    csv->fn = fn;
    csv->ctx = ctx;
    csv->line = csv->record_line = 1;
    apr_pool_cleanup_register(p, csv, free_buffers, apr_pool_cleanup_null);
    return csv;
}

apr_uint32_t sp_csv_rows(const sp_csv_t *csv)
{
    return csv->rows;
}

/* The message and the one place it is about; the column is that of the field being read. */
static apr_status_t fail(sp_csv_t *csv, sp_error_t *err, sp_error_code_e code, apr_uint32_t line, int has_column, const char *message, const char *expected)
{
    sp_error_detail_t detail = {.code = code, .line = line, .column = has_column ? csv->count + 1 : 0, .message = message, .expected = expected};
    csv->failed = sp_error_set(err, code, APR_EINVAL, "line %u: %s", line, message);
    sp_error_add_detail(err, &detail);
    return csv->failed;
}

static const char *text_with_limit(const sp_error_t *err, const char *what, apr_size_t limit, const char *unit)
{
    return err ? apr_psprintf(err->pool, "%s %" APR_UINT64_T_FMT " %s", what, (apr_uint64_t)limit, unit) : "";
}

static apr_status_t fail_memory(sp_csv_t *csv, sp_error_t *err)
{
    csv->failed = sp_error_set(err, SP_E_INTERNAL, APR_ENOMEM, "no memory to read the file");
    return csv->failed;
}

static apr_status_t reserve(sp_csv_t *csv, buffer_t *b, apr_size_t size, sp_error_t *err)
{
    if (size <= b->size) {
        return APR_SUCCESS;
    }
    apr_size_t larger = b->size ? b->size : 4096;
    while (larger < size) {
        larger *= 2;
    }
    char *data = realloc(b->data, larger);
    if (!data) {
        return fail_memory(csv, err);
    }
    b->data = data;
    b->size = larger;
    return APR_SUCCESS;
}

static apr_status_t check_cell(sp_csv_t *csv, apr_size_t len, sp_error_t *err)
{
    if (len <= csv->limits.max_cell_bytes) {
        return APR_SUCCESS;
    }
    const char *message = text_with_limit(err, "a cell is longer than", csv->limits.max_cell_bytes, "bytes");
    return fail(csv, err, SP_E_CELL_TOO_LONG, csv->record_line, 1, message, NULL);
}

static apr_status_t check_record(sp_csv_t *csv, apr_size_t len, sp_error_t *err)
{
    if (len <= SP_CSV_MAX_RECORD_BYTES) {
        return APR_SUCCESS;
    }
    const char *message = text_with_limit(err, "the row is longer than", SP_CSV_MAX_RECORD_BYTES, "bytes");
    return fail(csv, err, SP_E_ROW_TOO_LONG, csv->record_line, 0, message, NULL);
}

static apr_status_t fail_quote(sp_csv_t *csv, sp_error_t *err, apr_uint32_t line, const char *message)
{
    return fail(csv, err, SP_E_CSV_BAD_QUOTE, line, 1, message, "a quoted cell that ends with its quote, with quotes inside it doubled");
}

static apr_status_t fail_columns(sp_csv_t *csv, sp_error_t *err)
{
    const char *message = text_with_limit(err, "the row has more than", csv->limits.max_columns, "columns");
    return fail(csv, err, SP_E_TOO_MANY_COLUMNS, csv->record_line, 1, message, NULL);
}

/* Room for one more field. */
static apr_status_t grow_fields(sp_csv_t *csv, sp_error_t *err)
{
    apr_uint32_t capacity = csv->capacity ? csv->capacity * 2 : 32;
    raw_field_t *raw = realloc(csv->raw, capacity * sizeof(*raw));
    if (!raw) {
        return fail_memory(csv, err);
    }
    csv->raw = raw;
    sp_csv_field_t *fields = realloc(csv->fields, capacity * sizeof(*fields));
    if (!fields) {
        return fail_memory(csv, err);
    }
    csv->fields = fields;
    csv->capacity = capacity;
    return APR_SUCCESS;
}

/* The length of the field so far, its last quotes and the first of doubled ones left out. */
static apr_size_t cell_so_far(const sp_csv_t *csv, apr_size_t record_len)
{
    switch (csv->state) {
    case IN_PLAIN:
        return record_len - csv->field_begin;
    case IN_QUOTES:
        return record_len - csv->field_begin - 1 - csv->doubled;
    case AFTER_QUOTE:
        return csv->quote_at - csv->field_begin - 1 - csv->doubled;
    }
    return 0;
}

/* A cell too long comes first, as it does where a chunk ended inside it. */
static apr_status_t fail_tail(sp_csv_t *csv, sp_error_t *err)
{
    apr_status_t rv = check_cell(csv, cell_so_far(csv, 0), err);
    return rv == APR_SUCCESS ? fail_quote(csv, err, csv->line, "text follows the closing quote of a cell") : rv;
}

/* Where the content of the field that ends at end lies; fails where text follows its closing quote. */
static apr_status_t field_extent(sp_csv_t *csv, uint32_t end, raw_field_t *f, sp_error_t *err)
{
    if (csv->state == IN_PLAIN) {
        *f = (raw_field_t){csv->field_begin, end - csv->field_begin, 0};
        return check_cell(csv, f->len, err);
    }
    if (end != csv->quote_at + 1) {
        return fail_tail(csv, err);
    }
    *f = (raw_field_t){csv->field_begin + 1, csv->quote_at - csv->field_begin - 1, csv->doubled};
    return check_cell(csv, f->len - f->doubled, err);
}

static apr_status_t end_field(sp_csv_t *csv, uint32_t end, sp_error_t *err)
{
    raw_field_t *f;
    apr_status_t rv = csv->count == csv->capacity ? grow_fields(csv, err) : APR_SUCCESS;
    if (rv != APR_SUCCESS || (rv = field_extent(csv, end, f = &csv->raw[csv->count], err)) != APR_SUCCESS) {
        return rv;
    }
    csv->count++;
    csv->doubled_in_record += f->doubled;
    csv->doubled = 0;
    csv->state = IN_PLAIN;
    csv->field_begin = end + 1;
    return APR_SUCCESS;
}

static char *join_doubled(char *to, const char *from, apr_size_t len)
{
    const char *end = from + len;
    while (from < end) {
        const char *quote = memchr(from, '"', (apr_size_t)(end - from));
        apr_size_t n = quote ? (apr_size_t)(quote - from) + 1 : (apr_size_t)(end - from);
        memcpy(to, from, n);
        to += n;
        from += n + (quote != NULL);
    }
    return to;
}

/* Copies the fields with doubled quotes, joined, to scratch. */
static apr_status_t join_quotes(sp_csv_t *csv, apr_size_t record_len, sp_error_t *err)
{
    apr_status_t rv = reserve(csv, &csv->scratch, record_len, err);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    char *to = csv->scratch.data;
    for (apr_uint32_t i = 0; i < csv->count; i++) {
        sp_csv_field_t *f = &csv->fields[i];
        if (csv->raw[i].doubled) {
            char *end = join_doubled(to, f->data, f->len);
            *f = (sp_csv_field_t){to, (apr_size_t)(end - to)};
            to = end;
        }
    }
    return APR_SUCCESS;
}

static apr_status_t deliver(sp_csv_t *csv, const char *record, apr_size_t len, sp_error_t *err)
{
    for (apr_uint32_t i = 0; i < csv->count; i++) {
        csv->fields[i] = (sp_csv_field_t){record + csv->raw[i].begin, csv->raw[i].len};
    }
    apr_status_t rv = csv->doubled_in_record ? join_quotes(csv, len, err) : APR_SUCCESS;
    if (rv == APR_SUCCESS) {
        csv->rows++;
        rv = csv->fn(csv->ctx, csv->fields, (int)csv->count, csv->record_line);
    }
    csv->failed = rv;
    return rv;
}

static apr_status_t carry_over(sp_csv_t *csv, const char *data, apr_size_t len, sp_error_t *err)
{
    apr_status_t rv = len > 0 ? reserve(csv, &csv->carry, csv->carry.len + len, err) : APR_SUCCESS;
    if (rv == APR_SUCCESS && len > 0) {
        memcpy(csv->carry.data + csv->carry.len, data, len);
        csv->carry.len += len;
    }
    return rv;
}

/* The record ends at off, the chunk's byte at; what it began with may be in the carry. */
static apr_status_t end_record(sp_csv_t *csv, uint32_t off, apr_size_t at, sp_error_t *err)
{
    apr_status_t rv = check_record(csv, off, err);
    if (rv != APR_SUCCESS || (rv = end_field(csv, off, err)) != APR_SUCCESS) {
        return rv;
    }
    if (csv->rows >= csv->limits.max_rows) {
        csv->count = 0;
        const char *message = text_with_limit(err, "the file has more than", csv->limits.max_rows, "rows");
        return fail(csv, err, SP_E_TOO_MANY_ROWS, csv->record_line, 0, message, NULL);
    }
    const char *record = csv->chunk + csv->record_at;
    if (csv->carry.len > 0) {
        rv = carry_over(csv, csv->chunk, at, err);
        record = csv->carry.data;
    }
    if (rv == APR_SUCCESS) {
        rv = deliver(csv, record, off, err);
    }
    csv->carry.len = 0;
    csv->record_at = at + 1;
    csv->count = 0;
    csv->field_begin = 0;
    csv->doubled_in_record = 0;
    csv->quoted_cr_end = 0;
    return rv;
}

static apr_status_t end_line(sp_csv_t *csv, uint32_t off, apr_size_t at, int is_cr, sp_error_t *err)
{
    if (!is_cr && off == 0 && csv->cr_ended_record) {
        csv->cr_ended_record = 0;
        csv->record_at = at + 1;
        return APR_SUCCESS;
    }
    apr_status_t rv = end_record(csv, off, at, err);
    csv->cr_ended_record = is_cr;
    csv->record_line = ++csv->line;
    return rv;
}

static void count_quoted_line(sp_csv_t *csv, uint32_t off, int is_cr)
{
    if (is_cr || off != csv->quoted_cr_end) {
        csv->line++;
    }
    csv->quoted_cr_end = is_cr ? off + 1 : 0;
}

static apr_status_t meet_quote(sp_csv_t *csv, uint32_t off, sp_error_t *err)
{
    switch (csv->state) {
    case IN_PLAIN:
        if (off == csv->field_begin) {
            csv->state = IN_QUOTES;
            csv->quote_line = csv->line;
        }
        return APR_SUCCESS;
    case IN_QUOTES:
        csv->state = AFTER_QUOTE;
        csv->quote_at = off;
        return APR_SUCCESS;
    case AFTER_QUOTE:
        if (off != csv->quote_at + 1) {
            return fail_tail(csv, err);
        }
        csv->state = IN_QUOTES;
        csv->doubled++;
        return APR_SUCCESS;
    }
    return APR_SUCCESS;
}

/* One of the bytes that the mask shows. */
static inline apr_status_t meet(sp_csv_t *csv, apr_size_t at, sp_error_t *err)
{
    char c = csv->chunk[at];
    uint32_t off = (uint32_t)(csv->carry.len + at - csv->record_at);
    if (c == '"') {
        return meet_quote(csv, off, err);
    }
    if (csv->state == IN_QUOTES) {
        if (c != csv->limits.delimiter) {
            count_quoted_line(csv, off, c == '\r');
        }
        return APR_SUCCESS;
    }
    if (c == csv->limits.delimiter) {
        apr_status_t rv = end_field(csv, off, err);
        return rv == APR_SUCCESS && csv->count >= csv->limits.max_columns ? fail_columns(csv, err) : rv;
    }
    return end_line(csv, off, at, c == '\r', err);
}

static apr_status_t meet_all(sp_csv_t *csv, apr_size_t base, uint64_t mask, sp_error_t *err)
{
    while (mask) {
        apr_status_t rv = meet(csv, base + (apr_size_t)__builtin_ctzll(mask), err);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        mask &= mask - 1;
    }
    return APR_SUCCESS;
}

/* The chunk ends inside a record: what is wrong with it already is told, else its bytes are kept. */
static apr_status_t suspend(sp_csv_t *csv, apr_size_t len, sp_error_t *err)
{
    apr_size_t record_len = csv->carry.len + len - csv->record_at;
    apr_status_t rv = check_record(csv, record_len, err);
    if (rv != APR_SUCCESS || record_len == 0 || (rv = check_cell(csv, cell_so_far(csv, record_len), err)) != APR_SUCCESS) {
        return rv;
    }
    if (csv->state == AFTER_QUOTE && record_len > csv->quote_at + 1) {
        return fail_tail(csv, err);
    }
    return carry_over(csv, csv->chunk + csv->record_at, len - csv->record_at, err);
}

static apr_status_t scan_chunk(sp_csv_t *csv, apr_size_t len, sp_error_t *err)
{
    const char delimiter = csv->limits.delimiter;
    apr_size_t base = 0;
    apr_status_t rv = APR_SUCCESS;
    for (; len - base >= SP_SCAN_BLOCK && rv == APR_SUCCESS; base += SP_SCAN_BLOCK) {
        rv = meet_all(csv, base, sp_scan_any4(csv->chunk + base, delimiter, '"', '\n', '\r'), err);
    }
    if (rv == APR_SUCCESS && base < len) {
        char block[SP_SCAN_BLOCK] = {0};
        memcpy(block, csv->chunk + base, len - base);
        rv = meet_all(csv, base, sp_scan_any4(block, delimiter, '"', '\n', '\r'), err);
    }
    return rv;
}

static apr_status_t feed_slice(sp_csv_t *csv, const char *data, apr_size_t len, sp_error_t *err)
{
    csv->chunk = data;
    csv->record_at = 0;
    apr_status_t rv = scan_chunk(csv, len, err);
    return rv == APR_SUCCESS ? suspend(csv, len, err) : rv;
}

/* In slices, so that the limits hold (and offsets fit 32 bits) however large a chunk is. */
apr_status_t sp_csv_feed(sp_csv_t *csv, const char *data, apr_size_t len, sp_error_t *err)
{
    while (csv->failed == APR_SUCCESS && len > 0) {
        apr_size_t n = len < SP_CSV_MAX_RECORD_BYTES ? len : SP_CSV_MAX_RECORD_BYTES;
        csv->failed = feed_slice(csv, data, n, err);
        data += n;
        len -= n;
    }
    return csv->failed;
}

apr_status_t sp_csv_finish(sp_csv_t *csv, sp_error_t *err)
{
    if (csv->failed != APR_SUCCESS || csv->carry.len == 0) {
        return csv->failed;
    }
    if (csv->state == IN_QUOTES) {
        return fail_quote(csv, err, csv->quote_line, "the quote that opens this cell is never closed");
    }
    csv->chunk = "";
    csv->record_at = 0;
    return end_record(csv, (uint32_t)csv->carry.len, 0, err);
}
