/* Decides where each service of a block stands. */
#include <string.h>

#include <apr_strings.h>

#include "import_sheet.h"

void sp_import_block_reserve(sp_import_sheet_t *s, int count)
{
    int capacity = s->column_capacity ? s->column_capacity : 32;
    sp_import_column_t *columns;

    if (count <= s->column_capacity) {
        return;
    }
    while (capacity < count) {
        capacity *= 2;
    }
    columns = apr_pcalloc(s->imp->pool, sizeof(*columns) * (apr_size_t)capacity);
    if (s->column_capacity) {
        memcpy(columns, s->columns, sizeof(*columns) * (apr_size_t)s->column_capacity);
    }
    s->columns = columns;
    s->column_capacity = capacity;
}

/* ---- columns ---- */

static apr_status_t add_date(sp_import_sheet_t *s, const sp_import_row_t *row, int c, sp_import_column_t *column)
{
    sp_import_cell_t at = sp_import_sheet_cell(row, c);
    sp_date_t date = *sp_import_dates_parse(s->imp, at.data, at.len);

    if (date.kind != SP_DATE_FULL) {
        sp_import_report_bad_date(s->imp, &at);
        column->kind = SP_COLUMN_MUTED;
        return APR_SUCCESS;
    }
    column->kind = SP_COLUMN_DAY;
    return sp_import_dates_period(s->imp, &date, NULL, SP_IMPORT_WEEK_SPAN, &at, &column->period);
}

/* What a cell of the row of dates makes of its column. */
static apr_status_t classify_column(sp_import_sheet_t *s, const sp_import_row_t *row, int c)
{
    sp_import_column_t *column = &s->columns[c];
    sp_csv_field_t field = sp_import_sheet_field(row, c);
    apr_int64_t viewers;
    sp_count_e count = sp_count_parse(field.data, field.len, &viewers);

    column->kind = SP_COLUMN_FREE;
    column->segment = -1;
    column->sum = 0;
    column->tainted = 0;
    if (count == SP_COUNT_BLANK) {
        return APR_SUCCESS;
    }
    if (count == SP_COUNT_VALUE && !sp_calendar_is_period_title(field.data, field.len)) {
        sp_import_cell_t at = sp_import_sheet_cell(row, c);
        sp_import_sheet_report_unplaced(s->imp, &at, "is a number in a row of dates");
        return APR_SUCCESS;
    }
    sp_date_kind_e kind = sp_import_dates_parse(s->imp, field.data, field.len)->kind;
    if (kind == SP_DATE_FULL || kind == SP_DATE_BAD || kind == SP_DATE_YEARLESS) {
        return add_date(s, row, c, column);
    }
    column->kind = sp_import_text_is_total(&field) ? SP_COLUMN_TOTAL : SP_COLUMN_LABEL;
    return APR_SUCCESS;
}

static int is_label_by_next_row(const sp_import_row_t *next, int c)
{
    apr_int64_t viewers;

    if (!next || c >= next->count) {
        return 0;
    }
    sp_csv_field_t text = sp_import_text_trim(&next->fields[c]);
    return sp_import_text_has_letter(&text) && sp_count_parse(text.data, text.len, &viewers) == SP_COUNT_TEXT && !sp_import_text_is_total(&text);
}

/* Columns that the row of dates leaves blank, but that are label columns by what stands around it. A text above a later block may be a remark. */
static void find_labels(sp_import_sheet_t *s, const sp_import_row_t *row, const sp_import_row_t *next)
{
    for (int c = 0; c < s->width; c++) {
        sp_import_column_t *column = &s->columns[c];
        int titled = s->dated_blocks == 1 && s->title_rows > s->block_titles && (column->title_row == s->title_rows || column->heading_row == s->title_rows);
        if (column->kind != SP_COLUMN_FREE || sp_import_sheet_field(row, c).len) {
            continue;
        }
        if (titled || is_label_by_next_row(next, c) || (column->block && column->block == s->blocks - 1)) {
            column->kind = SP_COLUMN_LABEL;
        }
    }
}

static int is_dated(const sp_import_column_t *column)
{
    return column->kind == SP_COLUMN_DAY || column->kind == SP_COLUMN_MUTED;
}

static int first_of_kind(const sp_import_sheet_t *s, int want_label)
{
    for (int c = 0; c < s->width; c++) {
        if (want_label ? s->columns[c].kind == SP_COLUMN_LABEL : is_dated(&s->columns[c])) {
            return c;
        }
    }
    return s->width;
}

static void mute_until_gap(sp_import_sheet_t *s, const sp_import_row_t *row, int first_label)
{
    sp_import_cell_t at = sp_import_sheet_cell(row, 0);

    sp_import_report_problem(s->imp, SP_E_CSV_BAD_NAME, &at, "is a date in the first column, so that no platform's name can stand left of its numbers",
                             "the names of the platforms in a column left of the dates");
    for (int c = 0; c < first_label && is_dated(&s->columns[c]); c++) {
        s->columns[c].kind = SP_COLUMN_MUTED;
    }
}

/* Dates with no label column known: the one directly left of a run of them is theirs. */
static void add_missing_labels(sp_import_sheet_t *s, const sp_import_row_t *row)
{
    int first_label = first_of_kind(s, 1), first_date = first_of_kind(s, 0), known = first_label < s->width;

    if (first_date >= first_label) {
        return;
    }
    if (first_date == 0) {
        mute_until_gap(s, row, first_label);
    } else {
        s->columns[first_date - 1].kind = SP_COLUMN_LABEL;
    }
    for (int c = first_date + 1; !known && c < s->width; c++) {
        if (is_dated(&s->columns[c]) && s->columns[c - 1].kind == SP_COLUMN_FREE) {
            s->columns[c - 1].kind = SP_COLUMN_LABEL;
        }
    }
}

/* ---- segments ---- */

static void make_segments(sp_import_sheet_t *s)
{
    sp_import_segment_t *segment = NULL;

    apr_array_clear(s->segments);
    for (int c = 0; c < s->width; c++) {
        sp_import_column_t *column = &s->columns[c];
        if (column->kind == SP_COLUMN_LABEL) {
            if (segment) {
                segment->end = c;
            }
            segment = apr_array_push(s->segments);
            *segment = (sp_import_segment_t){.label = c, .end = (int)s->imp->options.limits.max_columns, .open = 1};
            column->block = s->blocks;
        }
        column->segment = s->segments->nelts - 1;
        if (segment) {
            segment->days += column->kind == SP_COLUMN_DAY;
        }
    }
    s->open_limit = s->segments->nelts;
}

apr_status_t sp_import_block_start(sp_import_sheet_t *s, const sp_import_row_t *row, const sp_import_row_t *next)
{
    s->blocks++;
    s->dated_blocks++;
    sp_import_sheet_note_block(s->imp, row->line);
    s->width = next && next->count > row->count ? next->count : row->count;
    sp_import_block_reserve(s, s->width);
    for (int c = 0; c < s->width; c++) {
        apr_status_t rv = classify_column(s, row, c);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    find_labels(s, row, next);
    add_missing_labels(s, row);
    make_segments(s);
    sp_import_title_name_segments(s, row);
    s->block_titles = s->title_rows;
    return APR_SUCCESS;
}

void sp_import_block_start_dateless(sp_import_sheet_t *s, const sp_import_row_t *row, int muted)
{
    s->blocks++;
    s->width = row->count;
    sp_import_block_reserve(s, s->width);
    for (int c = 0; c < s->width; c++) {
        sp_import_column_t *column = &s->columns[c];
        int known = column->block && column->block == s->blocks - 1;
        column->kind = known || (!muted && row->fields[c].len) || (muted && c == 0) ? SP_COLUMN_LABEL : SP_COLUMN_FREE;
        column->sum = 0;
        column->tainted = 0;
    }
    make_segments(s);
    for (int i = 0; muted && i < s->segments->nelts; i++) {
        APR_ARRAY_IDX(s->segments, i, sp_import_segment_t).muted = 1;
    }
}
