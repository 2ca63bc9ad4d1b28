/* Decides what the services of a block are called. */
#include <string.h>

#include <apr_strings.h>

#include "import_sheet.h"

/* What might name a segment. */
typedef struct {
    sp_import_naming_e by; /* NOT: nothing does */
    sp_import_text_t text;
    int row; /* the number of its row of titles */
} title_t;

static int is_naming(const sp_csv_field_t *text)
{
    return text->len && !sp_import_text_is_generic(text) && !sp_import_text_is_total(text) && !sp_calendar_is_period_title(text->data, text->len);
}

int sp_import_title_add(sp_import_sheet_t *s, const sp_import_row_t *row)
{
    int texts = 0;

    sp_import_block_reserve(s, row->count);
    for (int c = 0; c < row->count; c++) {
        texts += is_naming(&row->fields[c]);
    }
    if (!texts) {
        return 0;
    }
    s->title_rows++;
    s->titles = (sp_import_titles_t){s->row, texts, s->after_blank};
    for (int c = 0; c < row->count; c++) {
        sp_import_column_t *column = &s->columns[c];
        if (!is_naming(&row->fields[c])) {
            continue;
        }
        sp_import_sheet_keep_text(s->imp->pool, texts > 1 ? &column->title : &column->heading, &row->fields[c], row->line, c + 1);
        *(texts > 1 ? &column->title_row : &column->heading_row) = s->title_rows;
    }
    return 1;
}

/* ---- what there is ---- */

/* The nearest text above a segment's columns, of rows with several texts or of those with one. */
static void find_above(const sp_import_sheet_t *s, const sp_import_segment_t *segment, sp_import_naming_e by, title_t *title)
{
    int row = s->block_titles;

    for (int c = segment->label; c < segment->end && c < s->width; c++) {
        const sp_import_column_t *column = &s->columns[c];
        int here = by == SP_NAMED_BY_TITLES ? column->title_row : column->heading_row;
        if (here > row) {
            row = here;
            *title = (title_t){by, by == SP_NAMED_BY_TITLES ? column->title : column->heading, row};
        }
    }
}

/* By the row of dates itself or a row of titles. A text alone in its row is rather the heading of the sheet: it is looked for on its own. */
static title_t find_plain(const sp_import_sheet_t *s, const sp_import_segment_t *segment, const sp_import_row_t *row)
{
    sp_csv_field_t field = sp_import_sheet_field(row, segment->label);
    title_t title = {.by = SP_NAMED_NOT};

    if (is_naming(&field)) {
        title.by = SP_NAMED_BY_DATES;
        title.text = (sp_import_text_t){(char *)field.data, field.len, 0, row->line, segment->label + 1};
    } else {
        find_above(s, segment, SP_NAMED_BY_TITLES, &title);
    }
    return title;
}

/* The fold of a service's name in imp->scratch, NULL where it is none. */
static const char *fold_service(sp_import_sheet_t *s, const char *data, apr_size_t len, const char **clean)
{
    const char *why;

    if (sp_name_clean(s->imp->scratch, data, len, clean, &why) != APR_SUCCESS) {
        return NULL;
    }
    return sp_name_fold(s->imp->scratch, *clean, SP_NAME_SERVICE);
}

static int is_same(sp_import_sheet_t *s, const sp_csv_field_t *text, const sp_import_text_t *name)
{
    const char *a, *b, *clean;

    if (!name->len) {
        return 0;
    }
    if (text->len == name->len && memcmp(text->data, name->data, name->len) == 0) {
        return 1;
    }
    apr_pool_clear(s->imp->scratch);
    a = fold_service(s, text->data, text->len, &clean);
    b = fold_service(s, name->data, name->len, &clean);
    return a && b && strcmp(a, b) == 0;
}

/* Whether a service of that name has numbers already. */
static int is_known(sp_import_sheet_t *s, const sp_csv_field_t *text)
{
    const char *clean;

    apr_pool_clear(s->imp->scratch);
    return fold_service(s, text->data, text->len, &clean) && sp_said_service(s->imp->result->said, clean, 0);
}

int sp_import_title_is_service(sp_import_sheet_t *s, const sp_import_segment_t *segment, const sp_csv_field_t *text)
{
    return is_same(s, text, &s->columns[segment->label].name) || (is_known(s, text) && !sp_import_names_is_platform(s->imp, text));
}

/* ---- renaming ---- */

/* Every service with dates has just one text above it, no text stands elsewhere, and none is a platform's. */
static int is_full_row(sp_import_sheet_t *s)
{
    int placed = 0;

    for (int i = 0; i < s->segments->nelts; i++) {
        const sp_import_segment_t *segment = &APR_ARRAY_IDX(s->segments, i, sp_import_segment_t);
        int texts = 0;
        for (int c = segment->label; c < segment->end && c < s->width; c++) {
            const sp_csv_field_t title = {s->columns[c].title.data, s->columns[c].title.len};
            if (s->columns[c].title_row != s->title_rows) {
                continue;
            }
            texts++;
            if (sp_import_names_is_platform(s->imp, &title)) {
                return 0;
            }
        }
        if (texts > 1 || (segment->days && !texts)) {
            return 0;
        }
        placed += texts;
    }
    return placed == s->titles.texts;
}

/* Services one below the other have their names alone in a row after a blank one, always in the same column; a remark seldom stands so. */
static int is_next_heading(const sp_import_sheet_t *s, const sp_import_column_t *column, const title_t *title)
{
    return s->most_services <= 1 && s->titles.after_blank && column->naming == SP_NAMED_BY_HEADING && column->name.column == title->text.column &&
           !memchr(title->text.data, ':', title->text.len);
}

static int may_rename(sp_import_sheet_t *s, const sp_import_column_t *column, const title_t *title, int dated)
{
    const sp_csv_field_t text = {title->text.data, title->text.len};
    int direct = title->row == s->title_rows && s->titles.row == s->last_row;

    if (sp_import_names_is_platform(s->imp, &text)) {
        return 0;
    }
    switch (title->by) {
    case SP_NAMED_BY_DATES:
        return column->naming == SP_NAMED_BY_DATES || is_known(s, &text);
    case SP_NAMED_BY_TITLES:
        return direct && (dated > 1 ? is_full_row(s) : is_known(s, &text));
    case SP_NAMED_BY_HEADING:
        return direct && (is_next_heading(s, column, title) || is_known(s, &text));
    case SP_NAMED_NOT:
        break;
    }
    return 0;
}

void sp_import_title_warn_ignored(sp_import_sheet_t *s, const sp_import_cell_t *at, const sp_import_segment_t *segment)
{
    const sp_import_text_t *name = &s->columns[segment->label].name;
    apr_pool_t *p = s->imp->scratch;

    if (!name->len || apr_hash_get(s->ignored, at->data, (apr_ssize_t)at->len) || apr_hash_count(s->ignored) >= SP_IMPORT_MAX_NOTES) {
        return;
    }
    apr_hash_set(s->ignored, apr_pstrmemdup(s->imp->pool, at->data, at->len), (apr_ssize_t)at->len, "");
    apr_pool_clear(p);
    sp_import_report_warning(s->imp, "title_ignored", at->line, at->column,
                             "\"%s\" in line %u, column %d is not taken for the name of a service; the numbers below it go on being those of \"%s\"",
                             sp_error_found(p, at->data, at->len), at->line, at->column, sp_error_found(p, name->data, name->len));
}

static void set_name(sp_import_sheet_t *s, sp_import_column_t *column, const title_t *title)
{
    sp_csv_field_t field = {title->text.data, title->text.len};

    if (!column->name.len) {
        column->naming = title->by;
    }
    sp_import_sheet_keep_text(s->imp->pool, &column->name, &field, title->text.line, title->text.column);
}

static void rename_service(sp_import_sheet_t *s, sp_import_column_t *column, const title_t *title)
{
    apr_pool_t *p = s->imp->scratch;
    const sp_import_text_t *now = &title->text, *before = &column->name;
    sp_import_note_t *note;

    apr_pool_clear(p);
    note = sp_import_report_assumed(s->imp, "name_assumed", now->line, now->column, "from line %u on the service is taken to be \"%s\" instead of \"%s\"",
                                    now->line, sp_error_found(p, now->data, now->len), sp_error_found(p, before->data, before->len));
    sp_import_report_set_names(s->imp, note, "service", apr_pstrmemdup(p, before->data, before->len), apr_pstrmemdup(p, now->data, now->len));
    set_name(s, column, title);
}

static void report_nameless(sp_import_sheet_t *s, sp_import_segment_t *segment, const sp_import_row_t *row)
{
    sp_import_cell_t at = sp_import_sheet_cell(row, segment->label);

    sp_import_report_problem(s->imp, SP_E_CSV_BAD_NAME, &at,
                             at.len ? "stands in a block without a service's name above it" : "no service name above this block",
                             "the service's name in the row of dates or in a row above it");
    segment->muted = 1;
}

/* ---- all of a block ---- */

static void name_segment(sp_import_sheet_t *s, sp_import_segment_t *segment, const sp_import_row_t *row, int dated, int nameless)
{
    sp_import_column_t *column = &s->columns[segment->label];
    title_t title = find_plain(s, segment, row);
    const sp_csv_field_t text = {title.text.data, title.text.len};
    sp_import_cell_t at = {title.text.data, title.text.len, title.text.line, title.text.column};

    if (!title.by && !column->name.len && (dated == 1 || nameless == 1)) {
        find_above(s, segment, SP_NAMED_BY_HEADING, &title);
    }
    if (!column->name.len) {
        if (title.by) {
            set_name(s, column, &title);
        } else {
            report_nameless(s, segment, row);
        }
        return;
    }
    if (!title.by) {
        return;
    }
    if (is_same(s, &text, &column->name)) {
        set_name(s, column, &title);
    } else if (may_rename(s, column, &title, dated)) {
        rename_service(s, column, &title);
    } else {
        sp_import_title_warn_ignored(s, &at, segment);
    }
}

/* A text alone in its row above a service that has a name. Above several it can be none of theirs. */
static void heed_heading(sp_import_sheet_t *s, sp_import_segment_t *segment, int dated)
{
    sp_import_column_t *column = &s->columns[segment->label];
    title_t title = {.by = SP_NAMED_NOT};

    find_above(s, segment, SP_NAMED_BY_HEADING, &title);
    if (!title.by) {
        return;
    }
    const sp_csv_field_t text = {title.text.data, title.text.len};
    sp_import_cell_t at = {title.text.data, title.text.len, title.text.line, title.text.column};
    if (is_same(s, &text, &column->name)) {
        return;
    }
    if (dated == 1 && may_rename(s, column, &title, dated)) {
        rename_service(s, column, &title);
    } else {
        sp_import_title_warn_ignored(s, &at, segment);
    }
}

void sp_import_title_name_segments(sp_import_sheet_t *s, const sp_import_row_t *row)
{
    int dated = 0, nameless = 0;

    for (int i = 0; i < s->segments->nelts; i++) {
        const sp_import_segment_t *segment = &APR_ARRAY_IDX(s->segments, i, sp_import_segment_t);
        dated += segment->days > 0;
        nameless += segment->days && !s->columns[segment->label].name.len && !find_plain(s, segment, row).by;
    }
    for (int i = 0; i < s->segments->nelts; i++) {
        sp_import_segment_t *segment = &APR_ARRAY_IDX(s->segments, i, sp_import_segment_t);
        int named = s->columns[segment->label].name.len > 0;
        if (segment->days || find_plain(s, segment, row).by) {
            name_segment(s, segment, row, dated, nameless);
        }
        if (segment->days && named && s->dated_blocks > 1 && !nameless) {
            heed_heading(s, segment, dated);
        }
    }
    s->most_services = dated > s->most_services ? dated : s->most_services;
}
