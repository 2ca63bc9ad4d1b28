/* Reads files with one number a row: long, events, and our own export. */
#include <string.h>

#include <apr_strings.h>

#include "import_internal.h"

#define ALL_PLATFORMS "All platforms"

typedef struct {
    sp_import_t *imp;
    const sp_import_header_t *header;
    int is_export;
    int total_rows;               /* left out, because they are sums */
    const sp_csv_field_t *fields; /* of the record under way */
    int count;
    apr_uint32_t line;
    int bad; /* problems in it so far */
} tidy_t;

static sp_import_cell_t cell(const tidy_t *t, sp_import_role_e role)
{
    sp_import_cell_t at = sp_import_cell_at(t->fields, t->count, t->header->column[role], t->line);

    /* The export puts an apostrophe before what a spreadsheet would take for a formula. */
    if (t->is_export && at.len && at.data[0] == '\'') {
        at.data++;
        at.len--;
    }
    return at;
}

static void report_missing(tidy_t *t, const sp_import_cell_t *at, const char *what)
{
    sp_import_report_problem(t->imp, SP_E_CSV_MISSING_VALUE, at, what, NULL);
    t->bad = 1;
}

static int read_viewers(tidy_t *t, apr_int64_t *viewers)
{
    sp_import_cell_t at = cell(t, SP_IMPORT_VIEWERS);
    sp_count_e kind = sp_count_parse(at.data, at.len, viewers);

    if (kind == SP_COUNT_BLANK) {
        return 0;
    }
    if (kind != SP_COUNT_VALUE) {
        sp_import_report_bad_count(t->imp, &at);
        t->bad = 1;
    }
    return 1;
}

/* *date from a cell that must hold a whole date. */
static void read_date(tidy_t *t, const sp_import_cell_t *at, sp_date_t *date)
{
    const sp_date_t *parsed = sp_import_dates_parse(t->imp, at->data, at->len);
    int year = t->imp->options.event_year;

    *date = *parsed;
    if (date->kind == SP_DATE_FULL) {
        return;
    }
    if (year && t->header->layout == SP_LAYOUT_EVENTS && (date->kind == SP_DATE_YEARLESS || date->kind == SP_DATE_MONTH)) {
        date->day_mdy = date->month_mdy ? sp_calendar_day(year, date->month_mdy, date->mday_mdy) : SP_DAY_NONE;
        date->day_dmy = date->month_dmy ? sp_calendar_day(year, date->month_dmy, date->mday_dmy) : SP_DAY_NONE;
        if (date->day_mdy != SP_DAY_NONE || date->day_dmy != SP_DAY_NONE) {
            date->kind = SP_DATE_FULL;
            return;
        }
    }
    if (at->len) {
        sp_import_report_bad_date(t->imp, at);
        t->bad = 1;
    } else {
        report_missing(t, at, "the date is missing");
    }
}

/* The bad row is left out whole, but what is wrong with its names is told too. */
static void check_name(tidy_t *t, const sp_import_cell_t *at, const char *missing)
{
    if (!at->len && missing) {
        report_missing(t, at, missing);
    } else if (at->len && t->bad) {
        sp_import_names_clean(t->imp, at);
    }
}

/* *id 0: the row cannot be taken. */
static apr_status_t find_platform(tidy_t *t, const sp_import_cell_t *at, int *id)
{
    static const sp_import_cell_t all = {ALL_PLATFORMS, sizeof(ALL_PLATFORMS) - 1, 0, 0};
    sp_csv_field_t text = {at->data, at->len};

    *id = 0;
    if (t->header->column[SP_IMPORT_PLATFORM] < 0) {
        return sp_import_names_find(t->imp, SP_NAME_PLATFORM, &all, id);
    }
    if (!t->is_export && (*at->data == 'T' || *at->data == 't' || *at->data == 'G' || *at->data == 'g' || *at->data == 's' || *at->data == 'S') &&
        sp_import_text_is_total(&text)) {
        t->total_rows++;
        return APR_SUCCESS;
    }
    return sp_import_names_find(t->imp, SP_NAME_PLATFORM, at, id);
}

static apr_status_t take_weekly(tidy_t *t, apr_int64_t viewers)
{
    sp_import_cell_t service = cell(t, SP_IMPORT_SERVICE), platform = cell(t, SP_IMPORT_PLATFORM);
    sp_import_cell_t start = cell(t, SP_IMPORT_START), end = cell(t, SP_IMPORT_END);
    sp_import_period_t period;
    sp_date_t first, last;
    int service_id, platform_id;
    apr_status_t rv;

    read_date(t, &start, &first);
    if (end.len) {
        read_date(t, &end, &last);
    }
    check_name(t, &service, "the service is missing");
    check_name(t, &platform, "the platform is missing");
    if (t->bad) {
        return APR_SUCCESS;
    }
    rv = sp_import_dates_period(t->imp, &first, end.len ? &last : NULL, SP_IMPORT_WEEK_SPAN, &start, &period);
    if (rv == APR_EINVAL) {
        sp_import_report_problem(t->imp, SP_E_CSV_BAD_DATE, &end, "is before the week's start or more than 400 days after it", "the last day of the week");
        return APR_SUCCESS;
    }
    if (rv == APR_SUCCESS) {
        rv = find_platform(t, &platform, &platform_id);
    }
    if (rv != APR_SUCCESS || !platform_id) {
        return rv;
    }
    rv = sp_import_names_find(t->imp, SP_NAME_SERVICE, &service, &service_id);
    if (rv != APR_SUCCESS || !service_id) {
        return rv;
    }
    return sp_import_add_cell(t->imp, 0, service_id, platform_id, &period, viewers, t->line, t->header->column[SP_IMPORT_VIEWERS] + 1);
}

/* The edition (EXPORT) or the name (EVENTS) of an event row. */
static apr_status_t find_event(tidy_t *t, const sp_import_cell_t *event, int *id)
{
    sp_import_cell_t start = cell(t, SP_IMPORT_EVENT_START);
    sp_import_period_t period;
    sp_date_t date;
    apr_status_t rv;

    *id = 0;
    if (!t->is_export) {
        return sp_import_events_find_name(t->imp, event, id);
    }
    read_date(t, &start, &date);
    if (t->bad) {
        return APR_SUCCESS;
    }
    rv = sp_import_dates_period(t->imp, &date, NULL, 0, &start, &period);
    return rv == APR_SUCCESS ? sp_import_events_find_edition(t->imp, event, &period, id) : rv;
}

static apr_status_t take_event(tidy_t *t, const sp_import_cell_t *event, apr_int64_t viewers)
{
    sp_import_cell_t service = cell(t, SP_IMPORT_SERVICE), platform = cell(t, SP_IMPORT_PLATFORM), label = cell(t, SP_IMPORT_LABEL);
    sp_import_cell_t day = cell(t, t->is_export ? SP_IMPORT_DATE : SP_IMPORT_START);
    sp_import_period_t period;
    sp_date_t date;
    int event_id, service_id = 0, platform_id;
    apr_status_t rv;

    read_date(t, &day, &date);
    check_name(t, event, "the event is missing");
    check_name(t, &service, NULL);
    check_name(t, &platform, t->header->column[SP_IMPORT_PLATFORM] < 0 ? NULL : "the platform is missing");
    if (t->bad) {
        return APR_SUCCESS;
    }
    rv = sp_import_dates_period(t->imp, &date, NULL, 0, &day, &period);
    if (rv == APR_SUCCESS) {
        rv = find_platform(t, &platform, &platform_id);
    }
    if (rv != APR_SUCCESS || !platform_id) {
        return rv;
    }
    if (service.len) {
        rv = sp_import_names_find(t->imp, SP_NAME_SERVICE, &service, &service_id);
        if (rv != APR_SUCCESS || !service_id) {
            return rv;
        }
    }
    rv = find_event(t, event, &event_id);
    if (rv != APR_SUCCESS || !event_id) {
        return rv;
    }
    if (label.len) {
        sp_csv_field_t text = {label.data, label.len};
        rv = sp_import_events_add_label(t->imp, event_id, &period, &text);
    }
    if (rv != APR_SUCCESS) {
        return rv;
    }
    return sp_import_add_cell(t->imp, event_id, service_id, platform_id, &period, viewers, t->line, t->header->column[SP_IMPORT_VIEWERS] + 1);
}

/* A row of the export with a service or a platform alone: the order of the names. */
static apr_status_t take_name(tidy_t *t)
{
    sp_import_cell_t service = cell(t, SP_IMPORT_SERVICE), platform = cell(t, SP_IMPORT_PLATFORM);
    int id;

    if (!service.len == !platform.len || cell(t, SP_IMPORT_START).len || cell(t, SP_IMPORT_EVENT).len) {
        return APR_SUCCESS;
    }
    t->imp->result->said->in_order = 1;
    return service.len ? sp_import_names_find(t->imp, SP_NAME_SERVICE, &service, &id) : sp_import_names_find(t->imp, SP_NAME_PLATFORM, &platform, &id);
}

static apr_status_t read_record(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line)
{
    tidy_t *t = ctx;
    apr_int64_t viewers = SP_VIEWERS_NONE;

    t->fields = fields;
    t->count = count;
    t->line = line;
    t->bad = 0;
    if (sp_import_header_refuse_longer(t->imp, t->header, fields, count, line)) {
        return APR_SUCCESS;
    }
    if (!read_viewers(t, &viewers)) {
        return t->is_export ? take_name(t) : APR_SUCCESS;
    }
    if (t->header->layout == SP_LAYOUT_TIDY) {
        return take_weekly(t, viewers);
    }
    sp_import_cell_t event = cell(t, SP_IMPORT_EVENT);
    if (t->is_export && !event.len && !cell(t, SP_IMPORT_EVENT_START).len && !cell(t, SP_IMPORT_DATE).len) {
        return take_weekly(t, viewers);
    }
    return take_event(t, &event, viewers);
}

static apr_status_t finish(void *ctx)
{
    tidy_t *t = ctx;

    if (t->total_rows) {
        sp_import_report_warning(t->imp, "total_ignored", 0, 0, "%d rows whose platform is a total were left out: totals are computed", t->total_rows);
    }
    return APR_SUCCESS;
}

void sp_import_tidy_start(sp_import_t *imp, const sp_import_header_t *header)
{
    static const sp_import_reader_t reader = {read_record, finish, NULL};
    tidy_t *t = apr_pcalloc(imp->pool, sizeof(*t));

    t->imp = imp;
    t->header = header;
    t->is_export = header->layout == SP_LAYOUT_EXPORT;
    imp->reader = &reader;
    imp->reader_ctx = t;
    sp_import_header_warn_ignored(imp, header->others);
}
