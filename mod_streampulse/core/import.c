/* Takes a file's bytes from its first to its last: checksum, encoding, delimiter, layout, and the result. */
#include "import.h"

#include <string.h>
#include <strings.h>

#include <apr_strings.h>

#include "import_internal.h"

#define SAMPLE_BYTES     (64 * 1024) /* of UTF-8, to find the delimiter in */
#define HEADING_ROWS_MAX 5           /* rows with a single text that may stand above a tidy header */
#define FIRST_ROW_BYTES  160

const sp_import_limits_t sp_import_default_limits = {
    .max_bytes = 100 * 1024 * 1024,
    .max_rows = 2000000,
    .max_columns = 2000,
    .max_cell_bytes = 16 * 1024,
    .max_problems = 100,
    .max_names = 10000,
};

static const char *const layout_names[] = {"auto", "sheet", "tidy", "wide", "events", "export"};

const char *sp_import_layout_name(sp_layout_e layout)
{
    return (unsigned)layout <= SP_LAYOUT_EXPORT ? layout_names[layout] : layout_names[0];
}

apr_status_t sp_import_layout_by_name(const char *name, sp_layout_e *layout)
{
    for (int i = 0; i <= SP_LAYOUT_EXPORT; i++) {
        if (strcasecmp(name, layout_names[i]) == 0) {
            *layout = (sp_layout_e)i;
            return APR_SUCCESS;
        }
    }
    return APR_NOTFOUND;
}

static void fill_limits(sp_import_limits_t *limits)
{
    const sp_import_limits_t *defaults = &sp_import_default_limits;

    limits->max_bytes = limits->max_bytes ? limits->max_bytes : defaults->max_bytes;
    limits->max_rows = limits->max_rows ? limits->max_rows : defaults->max_rows;
    limits->max_columns = limits->max_columns ? limits->max_columns : defaults->max_columns;
    limits->max_cell_bytes = limits->max_cell_bytes ? limits->max_cell_bytes : defaults->max_cell_bytes;
    limits->max_problems = limits->max_problems ? limits->max_problems : defaults->max_problems;
    limits->max_names = limits->max_names ? limits->max_names : defaults->max_names;
}

sp_import_cell_t sp_import_cell_at(const sp_csv_field_t *fields, int count, int index, apr_uint32_t line)
{
    sp_import_cell_t at = {"", 0, line, index + 1};

    if (index >= 0 && index < count && fields[index].len) {
        sp_csv_field_t text = sp_import_text_trim(&fields[index]);
        at.data = text.data;
        at.len = text.len;
    }
    return at;
}

apr_status_t sp_import_add_cell(sp_import_t *imp, int event, int service, int platform, const sp_import_period_t *period, apr_int64_t viewers,
                                apr_uint32_t line, int column)
{
    sp_cell_t cell = {.viewers = viewers, .line = line, .span = period->span};

    cell.key = SP_KEY(event, service, platform, period->bits);
    cell.column = (apr_uint16_t)(column < 65535 ? column : 65535);
    if (!event) {
        sp_import_dates_see_week(imp, service, period);
    }
    return sp_spool_add(imp->result->said->cells, &cell, imp->err);
}

static int text_cells(const sp_csv_field_t *fields, int count)
{
    int cells = 0;

    for (int i = 0; i < count; i++) {
        cells += sp_import_text_trim(&fields[i]).len > 0;
    }
    return cells;
}

/* "sep=;" as the only text of the first record. */
static int is_separator_record(const sp_csv_field_t *fields, int count)
{
    return fields[0].len >= 4 && fields[0].len <= 5 && strncasecmp(fields[0].data, "sep=", 4) == 0 && text_cells(fields, count) == 1;
}

static void keep_first_row(sp_import_t *imp, const sp_csv_field_t *fields, int count)
{
    const char *row = "";

    for (int i = 0; i < count && strlen(row) < FIRST_ROW_BYTES; i++) {
        row = apr_pstrcat(imp->pool, row, i ? "," : "", sp_error_found(imp->pool, fields[i].data, fields[i].len), NULL);
    }
    imp->first_row = row;
    for (char *c = (char *)row; *c; c++) {
        *c = (unsigned char)*c < ' ' ? ' ' : *c;
    }
}

static void start_header(sp_import_t *imp, const sp_import_header_t *header)
{
    imp->result->layout = header->layout;
    if (header->layout == SP_LAYOUT_WIDE) {
        sp_import_wide_start(imp, header);
    } else {
        sp_import_tidy_start(imp, header);
    }
}

static void start_sheet(sp_import_t *imp)
{
    imp->result->layout = SP_LAYOUT_SHEET;
    sp_import_sheet_start(imp);
}

/* A header may have a few lines of title above it; the sheet's reader takes those as its own until a header comes. */
static apr_status_t find_header(sp_import_t *imp, const sp_csv_field_t *fields, int count, apr_uint32_t line, int *found)
{
    sp_import_header_t *header = NULL;
    apr_status_t rv;

    *found = 0;
    if (imp->heading_rows < 0 || imp->options.layout == SP_LAYOUT_SHEET) {
        return APR_SUCCESS;
    }
    rv = sp_import_header_read(imp, fields, count, line, &header);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (header) {
        imp->heading_rows = -1;
        start_header(imp, header);
        *found = 1;
    } else if (text_cells(fields, count) > 1 || ++imp->heading_rows > HEADING_ROWS_MAX) {
        imp->heading_rows = -1;
    }
    return APR_SUCCESS;
}

static apr_status_t read_record(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    sp_import_t *imp = ctx;
    int blank = sp_import_text_is_blank_row(fields, count), found = 0;
    apr_status_t rv;

    if (imp->records_seen == 0) {
        imp->records_seen = 1;
        if (!blank && is_separator_record(fields, count)) {
            return APR_SUCCESS;
        }
    }
    if (!imp->saw_text) {
        if (blank) {
            return APR_SUCCESS;
        }
        imp->saw_text = 1;
        keep_first_row(imp, fields, count);
    }
    if (imp->heading_rows >= 0 && !blank) {
        rv = find_header(imp, fields, count, line, &found);
        if (rv != APR_SUCCESS || found) {
            return rv;
        }
    }
    if (!imp->reader) {
        start_sheet(imp);
    }
    if (imp->heading_rows < 0 && imp->options.layout > SP_LAYOUT_SHEET && imp->result->layout != imp->options.layout) {
        return sp_import_report_unknown(
            imp, apr_psprintf(imp->pool, "the columns of the layout \"%s\" are not all there", sp_import_layout_name(imp->options.layout)));
    }
    return blank && imp->result->layout != SP_LAYOUT_SHEET ? APR_SUCCESS : imp->reader->record(imp->reader_ctx, fields, count, line);
}

static void create_csv(sp_import_t *imp, char delimiter)
{
    const sp_import_limits_t *limits = &imp->options.limits;
    sp_csv_limits_t csv = {delimiter, limits->max_rows, limits->max_columns, limits->max_cell_bytes};

    imp->result->delimiter = delimiter;
    imp->csv = sp_csv_create(imp->pool, &csv, read_record, imp);
}

static apr_status_t end_sample(sp_import_t *imp, sp_error_t *err)
{
    char *sample = imp->sample;

    imp->sample = NULL;
    create_csv(imp, sp_csv_sniff_delimiter(sample, imp->sample_len));
    return sp_csv_feed(imp->csv, sample, imp->sample_len, err);
}

static apr_status_t read_text(void *ctx, const char *data, apr_size_t len, sp_error_t *err)
{
    sp_import_t *imp = ctx;

    if (imp->sample) {
        apr_size_t room = SAMPLE_BYTES - imp->sample_len, taken = len < room ? len : room;
        apr_status_t rv;
        memcpy(imp->sample + imp->sample_len, data, taken);
        imp->sample_len += taken;
        data += taken;
        len -= taken;
        if (imp->sample_len < SAMPLE_BYTES) {
            return APR_SUCCESS;
        }
        rv = end_sample(imp, err);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    return len ? sp_csv_feed(imp->csv, data, len, err) : APR_SUCCESS;
}

static sp_import_result_t *create_result(apr_pool_t *p, const sp_import_options_t *options)
{
    sp_import_result_t *result = apr_pcalloc(p, sizeof(*result));

    result->said = sp_said_create(p, options->spool_dir);
    result->problems = apr_array_make(p, 8, sizeof(sp_error_detail_t));
    result->warnings = apr_array_make(p, 8, sizeof(sp_import_note_t));
    result->assumed = apr_array_make(p, 8, sizeof(sp_import_note_t));
    return result;
}

sp_import_t *sp_import_create(apr_pool_t *p, const sp_import_options_t *options)
{
    sp_import_t *imp = apr_pcalloc(p, sizeof(*imp));

    imp->pool = p;
    apr_pool_create(&imp->scratch, p);
    imp->options = *options;
    fill_limits(&imp->options.limits);
    sp_error_init(&imp->failed, p);
    imp->result = create_result(p, options);
    imp->result->said->skip_doubles = options->skip_bad;
    imp->digest = sp_digest_create(p);
    imp->names = sp_import_names_create(imp);
    imp->dates = sp_import_dates_create(imp);
    imp->events = sp_import_events_create(imp);
    imp->decode = sp_decode_create(p, options->encoding, read_text, imp);
    if (options->delimiter) {
        create_csv(imp, options->delimiter);
    } else {
        imp->sample = apr_palloc(p, SAMPLE_BYTES);
    }
    return imp;
}

/* Remembers a final error, so that every later call fails alike. */
static apr_status_t fail(sp_import_t *imp, apr_status_t rv, const sp_error_t *err)
{
    imp->failed.rv = rv;
    imp->failed.code = err && err->code ? err->code : SP_E_INTERNAL;
    imp->failed.message = err && err->message ? apr_pstrdup(imp->pool, err->message) : "could not read the file";
    return rv;
}

apr_status_t sp_import_feed(sp_import_t *imp, const char *data, apr_size_t len, sp_error_t *err)
{
    apr_status_t rv;

    if (imp->failed.rv != APR_SUCCESS) {
        return sp_error_set(err, imp->failed.code, imp->failed.rv, "%s", imp->failed.message);
    }
    imp->err = err;
    if (len > imp->options.limits.max_bytes - imp->result->bytes) {
        rv = sp_error_set(err, SP_E_BODY_TOO_LARGE, APR_ENOSPC, "the file is larger than %" APR_SIZE_T_FMT " bytes", imp->options.limits.max_bytes);
        return fail(imp, rv, err);
    }
    imp->result->bytes += len;
    sp_digest_add(imp->digest, data, len);
    rv = sp_decode_feed(imp->decode, data, len, err);
    return rv == APR_SUCCESS ? rv : fail(imp, rv, err);
}

static apr_status_t end_digest(sp_import_t *imp)
{
    char *hex = apr_palloc(imp->pool, SP_DIGEST_HEX_SIZE);
    apr_status_t rv = sp_digest_finish(imp->digest, hex);

    imp->result->sha256 = hex;
    return rv == APR_SUCCESS ? rv : sp_error_set(imp->err, SP_E_INTERNAL, rv, "could not make the file's checksum");
}

static apr_status_t end_input(sp_import_t *imp)
{
    apr_status_t rv = sp_decode_finish(imp->decode, imp->err);

    if (rv == APR_SUCCESS && imp->sample) {
        rv = end_sample(imp, imp->err);
    }
    if (rv == APR_SUCCESS) {
        rv = sp_csv_finish(imp->csv, imp->err);
    }
    imp->result->rows = imp->csv ? sp_csv_rows(imp->csv) : 0;
    imp->result->encoding = sp_decode_encoding(imp->decode);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (!imp->saw_text) {
        return sp_error_set(imp->err, SP_E_CSV_EMPTY, APR_EINVAL, "the file is empty: it has no cell with anything in it");
    }
    if (imp->options.layout > SP_LAYOUT_SHEET && imp->result->layout != imp->options.layout) {
        return sp_import_report_unknown(imp, "its columns are not all there");
    }
    return imp->reader->finish(imp->reader_ctx);
}

/* Dates, years and editions, which only the whole file tells. */
static apr_status_t settle(sp_import_t *imp, int *must_ask)
{
    apr_status_t rv = sp_import_dates_decide(imp);

    *must_ask = rv == APR_EINCOMPLETE;
    if (*must_ask) {
        return APR_SUCCESS;
    }
    if (rv == APR_SUCCESS && imp->reader->settle) {
        rv = imp->reader->settle(imp->reader_ctx);
    }
    if (rv == APR_SUCCESS) {
        rv = sp_import_events_settle(imp);
    }
    if (rv == APR_SUCCESS) {
        sp_import_dates_report_far(imp);
    }
    return rv;
}

static apr_status_t conclude(sp_import_t *imp, int must_ask)
{
    sp_import_result_t *result = imp->result;

    sp_import_report_sort(imp);
    if (result->problems_total && (!imp->options.skip_bad || must_ask || !result->cells)) {
        return sp_import_report_fail(imp);
    }
    if (!result->cells) {
        return sp_error_set(imp->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL, "no number was found in the file, which was read with the layout \"%s\"",
                            sp_import_layout_name(result->layout));
    }
    if (result->problems_total) {
        sp_import_report_warning(imp, SP_IMPORT_SKIPPED, 0, 0, "%" APR_UINT64_T_FMT " cells or rows with problems were left out", result->problems_total);
    }
    return APR_SUCCESS;
}

apr_status_t sp_import_finish(sp_import_t *imp, sp_import_result_t **result, sp_error_t *err)
{
    int must_ask = 0;
    apr_status_t rv;

    *result = imp->result;
    if (imp->failed.rv != APR_SUCCESS) {
        return sp_error_set(err, imp->failed.code, imp->failed.rv, "%s", imp->failed.message);
    }
    imp->err = err;
    rv = end_digest(imp);
    if (rv == APR_SUCCESS) {
        rv = end_input(imp);
    }
    if (rv == APR_SUCCESS) {
        rv = settle(imp, &must_ask);
    }
    if (rv == APR_SUCCESS) {
        rv = conclude(imp, must_ask);
    }
    return rv == APR_SUCCESS ? rv : fail(imp, rv, err);
}
