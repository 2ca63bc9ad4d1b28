/* Reads the rows of a side-by-side sheet: dates, platforms, totals, month by month. */
#include "import_sheet.h"

#include <string.h>

#include <apr_strings.h>

#define KEPT_TEXT_MAX 1024 /* bytes; no name is that long */

void sp_import_sheet_keep_text(apr_pool_t *p, sp_import_text_t *text, const sp_csv_field_t *field, apr_uint32_t line, int column)
{
    apr_size_t len = field->len < KEPT_TEXT_MAX ? field->len : KEPT_TEXT_MAX;

    while (len < field->len && len && ((unsigned char)field->data[len] & 0xC0) == 0x80) {
        len--;
    }
    if (len > text->capacity) {
        text->capacity = len > 64 ? KEPT_TEXT_MAX : 64;
        text->data = apr_palloc(p, text->capacity);
    }
    memcpy(text->data, field->data, len);
    text->len = len;
    text->line = line;
    text->column = column;
}

sp_csv_field_t sp_import_sheet_field(const sp_import_row_t *row, int index)
{
    static const sp_csv_field_t blank = {"", 0};

    return index < row->count ? row->fields[index] : blank;
}

sp_import_cell_t sp_import_sheet_cell(const sp_import_row_t *row, int index)
{
    sp_csv_field_t field = sp_import_sheet_field(row, index);

    return (sp_import_cell_t){field.data, field.len, row->line, index + 1};
}

int sp_import_sheet_is_number(const sp_csv_field_t *field)
{
    apr_int64_t viewers;

    return field->len && sp_count_parse(field->data, field->len, &viewers) == SP_COUNT_VALUE;
}

void sp_import_sheet_note_block(sp_import_t *imp, apr_uint32_t line)
{
    APR_ARRAY_PUSH(imp->result->said->blocks, apr_uint32_t) = line;
}

void sp_import_sheet_report_unplaced(sp_import_t *imp, const sp_import_cell_t *at, const char *what)
{
    sp_import_report_problem(imp, SP_E_CSV_UNPLACED_NUMBER, at, what, NULL);
}

void sp_import_sheet_check_total(sp_import_t *imp, const sp_import_cell_t *at, apr_int64_t sum, const char *of)
{
    apr_int64_t total;
    sp_count_e kind = sp_count_parse(at->data, at->len, &total);

    if (kind == SP_COUNT_BLANK || (kind == SP_COUNT_VALUE && total == sum)) {
        return;
    }
    if (kind == SP_COUNT_VALUE) {
        sp_import_report_warning(imp, "total_differs", at->line, at->column,
                                 "the total in line %u, column %d says %" APR_INT64_T_FMT ", the numbers of its %s are %" APR_INT64_T_FMT " together", at->line,
                                 at->column, total, of, sum);
    } else {
        apr_pool_clear(imp->scratch);
        sp_import_report_warning(imp, "total_unreadable", at->line, at->column,
                                 "the total \"%s\" in line %u, column %d is no number; the sum is %" APR_INT64_T_FMT,
                                 sp_error_found(imp->scratch, at->data, at->len), at->line, at->column, sum);
    }
}

/* ---- one service's part of a row ---- */

static int segment_has_numbers(const sp_import_sheet_t *s, const sp_import_segment_t *segment, const sp_import_row_t *row)
{
    for (int c = segment->label + 1; c < segment->end && c < row->count; c++) {
        if ((c >= s->width || s->columns[c].kind != SP_COLUMN_TOTAL) && sp_import_sheet_is_number(&row->fields[c])) {
            return 1;
        }
    }
    return 0;
}

static int segment_has_text(const sp_import_sheet_t *s, const sp_import_segment_t *segment, const sp_import_row_t *row)
{
    for (int c = segment->label + 1; c < segment->end && c < row->count && c < s->width; c++) {
        if (s->columns[c].kind == SP_COLUMN_DAY && row->fields[c].len) {
            return 1;
        }
    }
    return 0;
}

static void report_all_unplaced(sp_import_sheet_t *s, int from, int to, const sp_import_row_t *row, const char *what, int zeros_too)
{
    for (int c = from; c < to && c < row->count; c++) {
        sp_import_cell_t at = sp_import_sheet_cell(row, c);
        apr_int64_t viewers;
        if (at.len && sp_count_parse(at.data, at.len, &viewers) == SP_COUNT_VALUE && (viewers || zeros_too)) {
            sp_import_sheet_report_unplaced(s->imp, &at, what);
        }
    }
}

static apr_status_t find_service(sp_import_sheet_t *s, sp_import_segment_t *segment)
{
    const sp_import_text_t *name = &s->columns[segment->label].name;
    sp_import_cell_t at = {name->data, name->len, name->line, name->column};
    apr_status_t rv;

    if (segment->service) {
        return APR_SUCCESS;
    }
    rv = sp_import_names_find(s->imp, SP_NAME_SERVICE, &at, &segment->service);
    segment->muted = rv == APR_SUCCESS && !segment->service;
    return rv;
}

/* The number under a date. *platform: 0 until the row's first number, -1 when its name is none. */
static apr_status_t take_number(sp_import_sheet_t *s, sp_import_segment_t *segment, const sp_import_row_t *row, int c, int *platform, apr_int64_t viewers)
{
    sp_import_column_t *column = &s->columns[c];
    apr_status_t rv = find_service(s, segment);

    if (rv == APR_SUCCESS && !*platform) {
        sp_import_cell_t at = sp_import_sheet_cell(row, segment->label);
        rv = sp_import_names_find(s->imp, SP_NAME_PLATFORM, &at, platform);
        *platform = *platform ? *platform : -1;
    }
    if (rv != APR_SUCCESS || segment->muted || *platform < 0) {
        column->tainted = 1;
        return rv;
    }
    column->sum += viewers;
    return sp_import_add_cell(s->imp, 0, segment->service, *platform, &column->period, viewers, row->line, c + 1);
}

static apr_status_t read_platform_row(sp_import_sheet_t *s, sp_import_segment_t *segment, const sp_import_row_t *row)
{
    apr_int64_t viewers, sum = 0;
    int platform = 0, tainted = 0;

    segment->platforms++;
    for (int c = segment->label + 1; c < segment->end && c < row->count; c++) {
        sp_import_column_kind_e above = c < s->width ? s->columns[c].kind : SP_COLUMN_FREE;
        sp_import_cell_t at = sp_import_sheet_cell(row, c);
        sp_count_e kind = at.len ? sp_count_parse(at.data, at.len, &viewers) : SP_COUNT_BLANK;
        if (kind == SP_COUNT_BLANK || above == SP_COLUMN_MUTED) {
            continue;
        }
        if (above == SP_COLUMN_TOTAL) {
            if (!tainted) {
                sp_import_sheet_check_total(s->imp, &at, sum, "row");
            }
        } else if (kind == SP_COUNT_VALUE && above == SP_COLUMN_DAY) {
            apr_status_t rv = take_number(s, segment, row, c, &platform, viewers);
            if (rv != APR_SUCCESS || segment->muted) {
                return rv;
            }
            sum += viewers;
        } else if (kind == SP_COUNT_VALUE) {
            sp_import_sheet_report_unplaced(s->imp, &at, "is a number without a date above it");
            tainted = 1;
        } else if (above == SP_COLUMN_DAY) {
            sp_import_report_bad_count(s->imp, &at);
            s->columns[c].tainted = tainted = 1;
        }
    }
    if (!platform) {
        sp_import_cell_t label = sp_import_sheet_cell(row, segment->label);
        sp_import_names_note_platform(s->imp, &label);
    }
    return APR_SUCCESS;
}

static void read_total_row(sp_import_sheet_t *s, sp_import_segment_t *segment, const sp_import_row_t *row, int labelled)
{
    if (!segment->platforms) {
        report_all_unplaced(s, segment->label + 1, segment->end, row, "is a number without a platform's name", 0);
        return;
    }
    if (segment->total_seen) {
        if (!labelled) {
            report_all_unplaced(s, segment->label + 1, segment->end, row, "is a number below the total, without a platform's name", 0);
        }
        return;
    }
    for (int c = segment->label + 1; c < segment->end && c < row->count; c++) {
        sp_import_column_kind_e above = c < s->width ? s->columns[c].kind : SP_COLUMN_FREE;
        sp_import_cell_t at = sp_import_sheet_cell(row, c);
        if (above == SP_COLUMN_DAY && !s->columns[c].tainted) {
            sp_import_sheet_check_total(s->imp, &at, s->columns[c].sum, "column");
        } else if (above == SP_COLUMN_FREE && sp_import_sheet_is_number(&row->fields[c])) {
            sp_import_sheet_check_total(s->imp, &at, 0, "column");
        }
    }
    segment->open = 0;
    segment->total_seen = 1;
}

static apr_status_t read_segment(sp_import_sheet_t *s, sp_import_segment_t *segment, const sp_import_row_t *row)
{
    sp_import_cell_t at = sp_import_sheet_cell(row, segment->label);
    sp_csv_field_t label = {at.data, at.len};
    apr_int64_t viewers;
    sp_count_e kind = sp_count_parse(label.data, label.len, &viewers);
    int labelled = sp_import_text_is_total(&label), numbers = segment_has_numbers(s, segment, row);

    if (segment->muted) {
        return APR_SUCCESS;
    }
    if (labelled || (kind == SP_COUNT_BLANK && (numbers || segment_has_text(s, segment, row)))) {
        read_total_row(s, segment, row, labelled);
    } else if (kind == SP_COUNT_BLANK) {
        segment->open = 0;
    } else if (kind == SP_COUNT_VALUE && (numbers || !sp_calendar_is_period_title(label.data, label.len))) {
        sp_import_sheet_report_unplaced(s->imp, &at, "is a number where a platform's name should stand");
    } else if (segment->open) {
        return read_platform_row(s, segment, row);
    } else if (numbers) {
        report_all_unplaced(s, segment->label + 1, segment->end, row, "is a number below the end of its block", 1);
    }
    return APR_SUCCESS;
}

/* ---- whole rows ---- */

static sp_import_segment_t *segment_at(const sp_import_sheet_t *s, int index)
{
    return &APR_ARRAY_IDX(s->segments, index, sp_import_segment_t);
}

/* Segments whose label column the row does not reach are blank in it, which ends them. */
static void close_from(sp_import_sheet_t *s, int index)
{
    for (int i = index; i < s->open_limit; i++) {
        segment_at(s, i)->open = 0;
    }
    s->open_limit = index < s->open_limit ? index : s->open_limit;
}

static apr_status_t read_block_row(sp_import_sheet_t *s, const sp_import_row_t *row)
{
    int first = s->segments->nelts ? segment_at(s, 0)->label : row->count, i;

    report_all_unplaced(s, 0, first, row, "is a number outside of any block with dates", 1);
    for (i = 0; i < s->segments->nelts && segment_at(s, i)->label < row->count; i++) {
        apr_status_t rv = read_segment(s, segment_at(s, i), row);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    close_from(s, i);
    return APR_SUCCESS;
}

typedef struct {
    int texts, numbers, dates, bad_dates, yearless, generic;
    int first_doubtful; /* column of the first bad or yearless date */
} census_t;

static void take_census(sp_import_t *imp, const sp_import_row_t *row, census_t *n)
{
    *n = (census_t){.first_doubtful = -1};
    for (int c = 0; c < row->count; c++) {
        const sp_csv_field_t *field = &row->fields[c];
        apr_int64_t viewers;
        if (!field->len) {
            continue;
        }
        sp_count_e count = sp_count_parse(field->data, field->len, &viewers);
        if (count == SP_COUNT_BLANK) {
            continue;
        }
        if (count == SP_COUNT_VALUE && !sp_calendar_is_period_title(field->data, field->len)) {
            n->numbers++;
            continue;
        }
        sp_date_kind_e kind = sp_import_dates_parse(imp, field->data, field->len)->kind;
        n->dates += kind == SP_DATE_FULL;
        n->bad_dates += kind == SP_DATE_BAD;
        n->yearless += kind == SP_DATE_YEARLESS;
        n->texts += kind == SP_DATE_NOT || kind == SP_DATE_MONTH;
        n->generic += kind == SP_DATE_NOT && sp_import_text_is_generic(field);
        if (n->first_doubtful < 0 && (kind == SP_DATE_BAD || kind == SP_DATE_YEARLESS)) {
            n->first_doubtful = c;
        }
    }
}

static int holds_date_row(sp_import_t *imp, const sp_import_row_t *row)
{
    int dates = 0, numbers = 0;

    for (int c = 0; row && c < row->count; c++) {
        sp_csv_field_t field = sp_import_text_trim(&row->fields[c]);
        if (sp_import_sheet_is_number(&field)) {
            numbers++;
        } else if (field.len) {
            dates += sp_import_dates_parse(imp, field.data, field.len)->kind == SP_DATE_FULL;
        }
    }
    return dates > numbers;
}

typedef enum { TEXT_TITLES, TEXT_PLATFORMS, TEXT_DOUBTFUL } text_row_e;

/* The segment whose platform rows go on at a column, NULL: none. */
static sp_import_segment_t *open_segment(const sp_import_sheet_t *s, int c)
{
    int index = c < s->width ? s->columns[c].segment : -1;

    return index >= 0 && segment_at(s, index)->open ? segment_at(s, index) : NULL;
}

/* Texts directly above a row of dates, where platforms' names go on: *doubted is the first that may be a service's or a platform's. */
static text_row_e classify_above_dates(sp_import_sheet_t *s, const sp_import_row_t *row, int *doubted)
{
    int strange = 0, names = 0;

    for (int c = 0; c < row->count; c++) {
        const sp_csv_field_t *text = &row->fields[c];
        const sp_import_segment_t *segment = open_segment(s, c);
        if (!text->len) {
            continue;
        }
        if (sp_import_text_is_total(text) || (!(segment && sp_import_title_is_service(s, segment, text)) && sp_import_names_is_platform(s->imp, text))) {
            return TEXT_PLATFORMS;
        }
        names++;
        if (segment && !sp_import_title_is_service(s, segment, text) && !strange++) {
            *doubted = c;
        }
    }
    return strange ? TEXT_DOUBTFUL : names ? TEXT_TITLES : TEXT_PLATFORMS;
}

/* Texts where platforms' names go on are platforms without numbers, but for names of services directly above a row of dates. */
static text_row_e classify_texts(sp_import_sheet_t *s, const sp_import_row_t *row, const sp_import_row_t *next, int *doubted)
{
    int in_block = 0;

    for (int c = 0; c < row->count && c < s->width; c++) {
        if (!row->fields[c].len || !open_segment(s, c)) {
            continue;
        }
        if (s->columns[c].kind == SP_COLUMN_DAY) {
            return TEXT_PLATFORMS;
        }
        in_block |= s->columns[c].kind == SP_COLUMN_LABEL;
    }
    if (!in_block) {
        return TEXT_TITLES;
    }
    return holds_date_row(s->imp, next) ? classify_above_dates(s, row, doubted) : TEXT_PLATFORMS;
}

static int is_blank(const census_t *n)
{
    return !n->texts && !n->numbers && !n->dates && !n->bad_dates && !n->yearless;
}

/* A row with texts only. */
static apr_status_t read_text_row(sp_import_sheet_t *s, const sp_import_row_t *row, const sp_import_row_t *next)
{
    int doubted = 0;
    text_row_e kind = classify_texts(s, row, next, &doubted);

    if (kind == TEXT_TITLES) {
        if (sp_import_title_add(s, row)) {
            s->last_row = s->row;
            s->after_blank = 0;
        }
        close_from(s, 0);
        return APR_SUCCESS;
    }
    if (kind == TEXT_DOUBTFUL) {
        sp_import_cell_t at = sp_import_sheet_cell(row, doubted);
        sp_import_title_warn_ignored(s, &at, open_segment(s, doubted));
    }
    s->last_row = s->row;
    s->after_blank = 0;
    return read_block_row(s, row);
}

/* Dates that are none, or without a year, where a row of dates is expected: left of them stands no platform. */
static int is_doubtful_date_row(const sp_import_row_t *row, const census_t *n)
{
    int label = n->first_doubtful - 1;

    if (n->first_doubtful < 1 || n->numbers) {
        return 0;
    }
    while (label > 0 && !row->fields[label].len) {
        label--;
    }
    return !row->fields[label].len || sp_import_text_is_generic(&row->fields[label]) ||
           sp_calendar_is_period_title(row->fields[label].data, row->fields[label].len);
}

static void report_doubtful_dates(sp_import_sheet_t *s, const sp_import_row_t *row)
{
    for (int c = 1; c < row->count; c++) {
        sp_date_kind_e kind = sp_import_dates_parse(s->imp, row->fields[c].data, row->fields[c].len)->kind;
        if (kind == SP_DATE_BAD || kind == SP_DATE_YEARLESS) {
            sp_import_cell_t at = sp_import_sheet_cell(row, c);
            sp_import_report_bad_date(s->imp, &at);
        }
    }
}

/* Files with one record a row also have dates, but among numbers or in the first column: they must not be read as a sheet by half. */
static int is_plausible_first(const sp_import_row_t *row, const census_t *n, sp_import_t *imp)
{
    if (imp->options.layout == SP_LAYOUT_SHEET) {
        return 1;
    }
    return n->dates > 3 * n->numbers &&
           !(n->dates == 1 && row->count && sp_import_dates_parse(imp, row->fields[0].data, row->fields[0].len)->kind == SP_DATE_FULL);
}

/* "Special Programs" in the first column, and beside it neither dates nor numbers. */
static int starts_special(sp_import_t *imp, const sp_import_row_t *row)
{
    if (!sp_import_text_is_special(&row->fields[0])) {
        return 0;
    }
    for (int c = 1; c < row->count; c++) {
        const sp_csv_field_t *field = &row->fields[c];
        if (field->len && (sp_import_sheet_is_number(field) || sp_import_dates_parse(imp, field->data, field->len)->kind != SP_DATE_NOT)) {
            return 0;
        }
    }
    return 1;
}

static apr_status_t read_month_row(sp_import_sheet_t *s, const sp_import_row_t *row, const sp_import_row_t *next)
{
    census_t n;

    s->row++;
    if (starts_special(s->imp, row)) {
        s->special = sp_import_special_create(s->imp);
        return APR_SUCCESS;
    }
    take_census(s->imp, row, &n);
    if (n.texts && !n.numbers && !n.dates && n.generic < n.texts && !is_doubtful_date_row(row, &n)) {
        return read_text_row(s, row, next);
    }
    if (n.dates && (n.dates > n.numbers || !s->blocks)) {
        if (!s->dated_blocks && !is_plausible_first(row, &n, s->imp)) {
            return sp_import_report_unknown(s->imp, "a row of dates, left of them the names of platforms, was not found");
        }
        s->after_blank = 0;
        return sp_import_block_start(s, row, next);
    }
    s->after_blank = is_blank(&n);
    s->last_row = s->after_blank ? s->last_row : s->row;
    if (is_doubtful_date_row(row, &n)) {
        report_doubtful_dates(s, row);
        sp_import_block_start_dateless(s, row, 1);
        return APR_SUCCESS;
    }
    if (!n.numbers && n.texts && n.generic == n.texts) {
        sp_import_block_start_dateless(s, row, 0);
        return APR_SUCCESS;
    }
    return read_block_row(s, row);
}

static apr_status_t read_row(sp_import_sheet_t *s, const sp_import_row_t *row, const sp_import_row_t *next)
{
    return s->special ? sp_import_special_read(s->special, row) : read_month_row(s, row, next);
}

/* ---- one row of look-ahead ---- */

static void reserve_kept(sp_import_sheet_t *s, int count, apr_size_t size)
{
    if (count > s->kept_capacity) {
        s->kept_capacity = count * 2;
        s->kept = apr_palloc(s->imp->pool, sizeof(sp_csv_field_t) * (apr_size_t)s->kept_capacity);
    }
    if (size > s->kept_size) {
        s->kept_size = size * 2;
        s->kept_bytes = apr_palloc(s->imp->pool, s->kept_size);
    }
}

static void keep_row(sp_import_sheet_t *s, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    apr_size_t size = 1;
    char *to;

    for (int c = 0; c < count; c++) {
        size += fields[c].len;
    }
    reserve_kept(s, count, size);
    to = s->kept_bytes;
    for (int c = 0; c < count; c++) {
        sp_csv_field_t text = fields[c].len ? sp_import_text_trim(&fields[c]) : fields[c];
        memcpy(to, text.data ? text.data : "", text.len);
        s->kept[c] = (sp_csv_field_t){to, text.len};
        to += text.len;
    }
    s->kept_count = count;
    s->kept_line = line;
    s->has_kept = 1;
}

static apr_status_t read_kept(sp_import_sheet_t *s, const sp_import_row_t *next)
{
    sp_import_row_t row = {s->kept, s->kept_count, s->kept_line};

    if (!s->has_kept) {
        return APR_SUCCESS;
    }
    s->has_kept = 0;
    return read_row(s, &row, next);
}

static apr_status_t read_record(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    sp_import_sheet_t *s = ctx;
    sp_import_row_t next = {fields, count, line};
    apr_status_t rv = read_kept(s, &next);

    if (rv == APR_SUCCESS) {
        keep_row(s, fields, count, line);
    }
    return rv;
}

static apr_status_t finish(void *ctx)
{
    sp_import_sheet_t *s = ctx;
    apr_status_t rv = read_kept(s, NULL);

    if (rv == APR_SUCCESS && s->special) {
        rv = sp_import_special_finish(s->special);
    }
    if (rv == APR_SUCCESS && !s->dated_blocks && !s->special) {
        return sp_import_report_unknown(s->imp, NULL);
    }
    return rv;
}

static apr_status_t settle(void *ctx)
{
    sp_import_sheet_t *s = ctx;

    return s->special ? sp_import_special_settle(s->special) : APR_SUCCESS;
}

void sp_import_sheet_start(sp_import_t *imp)
{
    static const sp_import_reader_t reader = {read_record, finish, settle};
    sp_import_sheet_t *s = apr_pcalloc(imp->pool, sizeof(*s));

    s->imp = imp;
    s->ignored = apr_hash_make(imp->pool);
    imp->result->said->blocks = apr_array_make(imp->pool, 16, sizeof(apr_uint32_t));
    s->segments = apr_array_make(imp->pool, 8, sizeof(sp_import_segment_t));
    imp->reader = &reader;
    imp->reader_ctx = s;
}
