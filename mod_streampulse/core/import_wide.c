/* Reads files with one week a row: a column for each platform. */
#include <string.h>

#include <apr_strings.h>

#include "import_internal.h"

typedef enum { COLUMN_PLATFORM, COLUMN_TOTAL, COLUMN_UNNAMED, COLUMN_BAD } column_kind_e;

typedef struct {
    sp_import_cell_t at; /* its heading */
    int index;
    column_kind_e kind;
    int platform; /* 0: not yet known */
} column_t;

typedef struct {
    sp_import_t *imp;
    const sp_import_header_t *header;
    column_t *columns;
    int column_count;
} wide_t;

/* A row's week: whose and when. Returns 0 when that is missing or bad, which is reported. */
static int read_week(wide_t *w, const sp_csv_field_t *fields, int count, apr_uint32_t line, sp_import_period_t *period, apr_status_t *rv)
{
    sp_import_cell_t service = sp_import_cell_at(fields, count, w->header->column[SP_IMPORT_SERVICE], line);
    sp_import_cell_t start = sp_import_cell_at(fields, count, w->header->column[SP_IMPORT_START], line);
    sp_import_cell_t end = sp_import_cell_at(fields, count, w->header->column[SP_IMPORT_END], line);
    sp_date_t first = *sp_import_dates_parse(w->imp, start.data, start.len), last;

    *rv = APR_SUCCESS;
    if (!service.len) {
        sp_import_report_problem(w->imp, SP_E_CSV_MISSING_VALUE, &service, "the service is missing", NULL);
    }
    if (!start.len) {
        sp_import_report_problem(w->imp, SP_E_CSV_MISSING_VALUE, &start, "the date is missing", NULL);
    } else if (first.kind != SP_DATE_FULL) {
        sp_import_report_bad_date(w->imp, &start);
    }
    if (!service.len || first.kind != SP_DATE_FULL) {
        return 0;
    }
    if (end.len) {
        last = *sp_import_dates_parse(w->imp, end.data, end.len);
        if (last.kind != SP_DATE_FULL) {
            sp_import_report_bad_date(w->imp, &end);
            return 0;
        }
    }
    *rv = sp_import_dates_period(w->imp, &first, end.len ? &last : NULL, SP_IMPORT_WEEK_SPAN, &start, period);
    if (*rv == APR_EINVAL) {
        sp_import_report_problem(w->imp, SP_E_CSV_BAD_DATE, &end, "is before the week's start or more than 400 days after it", "the last day of the week");
        *rv = APR_SUCCESS;
        return 0;
    }
    return *rv == APR_SUCCESS;
}

static apr_status_t take_value(wide_t *w, column_t *column, int service, const sp_import_period_t *period, apr_int64_t viewers, apr_uint32_t line)
{
    if (!column->platform) {
        apr_status_t rv = sp_import_names_find(w->imp, SP_NAME_PLATFORM, &column->at, &column->platform);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        if (!column->platform) {
            column->kind = COLUMN_BAD;
            return APR_SUCCESS;
        }
    }
    return sp_import_add_cell(w->imp, 0, service, column->platform, period, viewers, line, column->index + 1);
}

static void check_total(wide_t *w, const sp_import_cell_t *at, apr_int64_t sum)
{
    apr_int64_t total;

    if (sp_count_parse(at->data, at->len, &total) == SP_COUNT_VALUE && total != sum) {
        sp_import_report_warning(w->imp, "total_differs", at->line, at->column,
                                 "the total in line %u, column %d says %" APR_INT64_T_FMT ", the numbers of its row are %" APR_INT64_T_FMT, at->line,
                                 at->column, total, sum);
    }
}

/* Whether the row has anything that would be a number; without one it says nothing. */
static int has_numbers(const wide_t *w, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    apr_int64_t viewers;

    for (int i = 0; i < w->column_count; i++) {
        sp_import_cell_t at = sp_import_cell_at(fields, count, w->columns[i].index, line);
        if (at.len && w->columns[i].kind != COLUMN_TOTAL && sp_count_parse(at.data, at.len, &viewers) != SP_COUNT_BLANK) {
            return 1;
        }
    }
    return 0;
}

static apr_status_t read_numbers(wide_t *w, const sp_csv_field_t *fields, int count, apr_uint32_t line, int service, const sp_import_period_t *period)
{
    sp_import_cell_t total = {NULL, 0, line, 0};
    apr_int64_t sum = 0, viewers;
    int bad = 0;

    for (int i = 0; i < w->column_count; i++) {
        column_t *column = &w->columns[i];
        sp_import_cell_t at = sp_import_cell_at(fields, count, column->index, line);
        sp_count_e kind = sp_count_parse(at.data, at.len, &viewers);
        apr_status_t rv = APR_SUCCESS;
        if (column->kind == COLUMN_TOTAL) {
            total = at;
        } else if (column->kind == COLUMN_BAD || kind == SP_COUNT_BLANK) {
            continue;
        } else if (column->kind == COLUMN_UNNAMED) {
            if (kind == SP_COUNT_VALUE) {
                sp_import_report_problem(w->imp, SP_E_CSV_UNPLACED_NUMBER, &at, "is a number in a column without a platform's name", NULL);
                bad = 1;
            }
        } else if (kind != SP_COUNT_VALUE) {
            sp_import_report_bad_count(w->imp, &at);
            bad = 1;
        } else {
            sum += viewers;
            rv = take_value(w, column, service, period, viewers, line);
        }
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    if (total.len && !bad) {
        check_total(w, &total, sum);
    }
    return APR_SUCCESS;
}

static apr_status_t read_record(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    wide_t *w = ctx;
    sp_import_cell_t service;
    sp_import_period_t period;
    int service_id;
    apr_status_t rv;

    if (sp_import_header_refuse_longer(w->imp, w->header, fields, count, line) || !has_numbers(w, fields, count, line)) {
        return APR_SUCCESS;
    }
    if (!read_week(w, fields, count, line, &period, &rv)) {
        return rv;
    }
    service = sp_import_cell_at(fields, count, w->header->column[SP_IMPORT_SERVICE], line);
    rv = sp_import_names_find(w->imp, SP_NAME_SERVICE, &service, &service_id);
    if (rv != APR_SUCCESS || !service_id) {
        return rv;
    }
    return read_numbers(w, fields, count, line, service_id, &period);
}

static apr_status_t finish(void *ctx)
{
    return APR_SUCCESS;
}

static void add_column(wide_t *w, const sp_import_cell_t *at)
{
    column_t *column = &w->columns[w->column_count++];
    sp_csv_field_t text = {at->data, at->len};

    *column = (column_t){.at = *at, .index = at->column - 1, .kind = COLUMN_PLATFORM};
    if (!at->len) {
        column->kind = COLUMN_UNNAMED;
    } else if (sp_import_text_is_total(&text)) {
        column->kind = COLUMN_TOTAL;
    } else if (!sp_import_names_clean(w->imp, at)) {
        column->kind = COLUMN_BAD;
    }
}

void sp_import_wide_start(sp_import_t *imp, const sp_import_header_t *header)
{
    static const sp_import_reader_t reader = {read_record, finish, NULL};
    wide_t *w = apr_pcalloc(imp->pool, sizeof(*w));
    apr_array_header_t *ignored = apr_array_make(imp->pool, 4, sizeof(sp_import_cell_t));
    int viewers = header->column[SP_IMPORT_VIEWERS];

    w->imp = imp;
    w->header = header;
    w->columns = apr_pcalloc(imp->pool, sizeof(column_t) * (apr_size_t)(header->others->nelts + 1));
    for (int i = 0; i < header->others->nelts; i++) {
        const sp_import_cell_t *other = &APR_ARRAY_IDX(header->others, i, sp_import_cell_t);
        if (other->len && sp_import_header_is_remark(other)) {
            APR_ARRAY_PUSH(ignored, sp_import_cell_t) = *other;
        } else {
            add_column(w, other);
        }
    }
    if (viewers >= 0) { /* "total_viewers" beside the platforms */
        w->columns[w->column_count++] = (column_t){.index = viewers, .kind = COLUMN_TOTAL};
    }
    imp->reader = &reader;
    imp->reader_ctx = w;
    sp_import_header_warn_ignored(imp, ignored);
}
