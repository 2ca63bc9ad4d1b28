/* Reads the special programs below the months of a sheet: one event after the other. */
#include <string.h>
#include <strings.h>

#include <apr_strings.h>

#include "import_years.h"

#include "import_sheet.h"

#define ABOVE_ROWS 3 /* how far above a header the line may stand that qualifies it */

typedef enum { EVENT_NONE, EVENT_OPEN, EVENT_ENDED } event_state_e;

typedef struct {
    sp_import_column_kind_e kind;
    int day; /* index of sp_import_day_t */
    apr_int64_t sum;
    int tainted, any;
} column_t;

struct sp_import_special_t {
    sp_import_t *imp;
    event_state_e state;
    apr_array_header_t *events; /* of sp_import_event_t */
    apr_array_header_t *days;   /* of sp_import_day_t */
    column_t *columns;
    int width, capacity;
    sp_import_text_t name;  /* the event's, qualified */
    sp_import_text_t above; /* the last line of text alone */
    int above_row;          /* its row, counted from 1; 0: none */
    int row;
    int sessions; /* the rows are sessions, not platforms */
    int muted;    /* the event's name is none */
    int total_seen;
    int platforms; /* rows read */
};

sp_import_special_t *sp_import_special_create(sp_import_t *imp)
{
    sp_import_special_t *sp = apr_pcalloc(imp->pool, sizeof(*sp));

    sp->imp = imp;
    sp->events = apr_array_make(imp->pool, 16, sizeof(sp_import_event_t));
    sp->days = apr_array_make(imp->pool, 64, sizeof(sp_import_day_t));
    return sp;
}

static sp_import_event_t *current_event(const sp_import_special_t *sp)
{
    return &APR_ARRAY_IDX(sp->events, sp->events->nelts - 1, sp_import_event_t);
}

/* ---- numbers ---- */

static apr_status_t add_number(sp_import_special_t *sp, column_t *column, int platform, apr_int64_t viewers, apr_uint32_t line, int c)
{
    sp_import_event_t *event = current_event(sp);
    sp_import_day_t *day = &APR_ARRAY_IDX(sp->days, column->day, sp_import_day_t);
    apr_status_t rv;

    if (!event->id) {
        sp_import_cell_t at = {sp->name.data, sp->name.len, sp->name.line, sp->name.column};
        rv = sp_import_names_add_event(sp->imp, &at, &event->id);
        sp->muted = rv == APR_SUCCESS && !event->id;
        if (rv != APR_SUCCESS || sp->muted) {
            return rv;
        }
    }
    day->used = 1;
    return sp_import_add_cell(sp->imp, event->id, 0, platform, &day->period, viewers, line, c + 1);
}

/* *platform as for a month's rows: 0 not yet known, -1 none. */
static apr_status_t take_number(sp_import_special_t *sp, const sp_import_row_t *row, int c, int *platform, apr_int64_t viewers)
{
    column_t *column = &sp->columns[c];
    sp_import_cell_t at = sp_import_sheet_cell(row, 0);
    apr_status_t rv = APR_SUCCESS;

    column->any = 1;
    if (!sp->sessions && !*platform) {
        rv = sp_import_names_find(sp->imp, SP_NAME_PLATFORM, &at, platform);
        *platform = *platform ? *platform : -1;
    }
    if (rv != APR_SUCCESS || *platform < 0) {
        column->tainted = 1;
        return rv;
    }
    column->sum += viewers;
    return sp->sessions ? APR_SUCCESS : add_number(sp, column, *platform, viewers, row->line, c);
}

static apr_status_t read_platform_row(sp_import_special_t *sp, const sp_import_row_t *row)
{
    apr_int64_t viewers, sum = 0;
    int platform = 0, tainted = 0;

    sp->platforms++;
    for (int c = 1; c < row->count && !sp->muted; c++) {
        sp_import_column_kind_e above = c < sp->width ? sp->columns[c].kind : SP_COLUMN_FREE;
        sp_import_cell_t at = sp_import_sheet_cell(row, c);
        sp_count_e kind = at.len ? sp_count_parse(at.data, at.len, &viewers) : SP_COUNT_BLANK;
        if (kind == SP_COUNT_BLANK || above == SP_COLUMN_MUTED) {
            continue;
        }
        if (above == SP_COLUMN_TOTAL) {
            if (!tainted) {
                sp_import_sheet_check_total(sp->imp, &at, sum, "row");
            }
        } else if (kind == SP_COUNT_VALUE && above == SP_COLUMN_DAY) {
            apr_status_t rv = take_number(sp, row, c, &platform, viewers);
            if (rv != APR_SUCCESS) {
                return rv;
            }
            sum += viewers;
        } else if (kind == SP_COUNT_VALUE) {
            sp_import_sheet_report_unplaced(sp->imp, &at, "is a number without a day above it");
            tainted = 1;
        } else if (above == SP_COLUMN_DAY) {
            sp_import_report_bad_count(sp->imp, &at);
            sp->columns[c].tainted = tainted = 1;
        }
    }
    if (!platform && !sp->sessions) {
        sp_import_cell_t label = sp_import_sheet_cell(row, 0);
        sp_import_names_note_platform(sp->imp, &label);
    }
    return APR_SUCCESS;
}

/* A session list's days have one number each, once all its rows were read. */
static apr_status_t end_sessions(sp_import_special_t *sp)
{
    static const sp_import_cell_t all = {"All platforms", sizeof("All platforms") - 1, 0, 0};
    apr_uint32_t line;
    int platform;
    apr_status_t rv;

    if (!sp->sessions) {
        return APR_SUCCESS;
    }
    sp->sessions = 0;
    line = current_event(sp)->line;
    rv = sp_import_names_find(sp->imp, SP_NAME_PLATFORM, &all, &platform);
    for (int c = 1; rv == APR_SUCCESS && c < sp->width && !sp->muted; c++) {
        column_t *column = &sp->columns[c];
        if (column->kind != SP_COLUMN_DAY || !column->any) {
            continue;
        }
        if (column->sum > SP_VIEWERS_MAX) {
            sp_import_cell_t at = {"", 0, line, c + 1};
            sp_import_report_problem(sp->imp, SP_E_CSV_BAD_COUNT, &at, "the sessions of this day have too many viewers together", sp_count_expected());
            continue;
        }
        rv = add_number(sp, column, platform, column->sum, line, c);
    }
    return rv;
}

static apr_status_t end_event(sp_import_special_t *sp)
{
    apr_status_t rv = end_sessions(sp);

    sp->state = sp->state == EVENT_OPEN ? EVENT_ENDED : sp->state;
    return rv;
}

static void report_all_unplaced(sp_import_special_t *sp, const sp_import_row_t *row, const char *what)
{
    for (int c = 1; c < row->count; c++) {
        if (sp_import_sheet_is_number(&row->fields[c])) {
            sp_import_cell_t at = sp_import_sheet_cell(row, c);
            sp_import_sheet_report_unplaced(sp->imp, &at, what);
        }
    }
}

static apr_status_t read_total_row(sp_import_special_t *sp, const sp_import_row_t *row, int labelled)
{
    if (sp->state == EVENT_NONE || !sp->platforms) {
        report_all_unplaced(sp, row, "is a number without a platform's name");
        return end_event(sp);
    }
    if (sp->muted) {
        return end_event(sp);
    }
    if (sp->total_seen) {
        if (!labelled) {
            report_all_unplaced(sp, row, "is a number below the total, without a platform's name");
        }
        return APR_SUCCESS;
    }
    sp->total_seen = 1;
    for (int c = 1; c < row->count; c++) {
        sp_import_column_kind_e above = c < sp->width ? sp->columns[c].kind : SP_COLUMN_FREE;
        sp_import_cell_t at = sp_import_sheet_cell(row, c);
        if (above == SP_COLUMN_DAY && !sp->columns[c].tainted) {
            sp_import_sheet_check_total(sp->imp, &at, sp->columns[c].sum, "column");
        } else if (above == SP_COLUMN_FREE && sp_import_sheet_is_number(&row->fields[c])) {
            sp_import_sheet_check_total(sp->imp, &at, 0, "column");
        }
    }
    return end_event(sp);
}

/* ---- headers ---- */

static int is_session_word(const sp_csv_field_t *text)
{
    return sp_import_text_equals(text, "speaker") || sp_import_text_equals(text, "speakers") || sp_import_text_equals(text, "session") ||
           sp_import_text_equals(text, "sessions") || sp_import_text_equals(text, "session(s)") || sp_import_text_equals(text, "speaker(s)");
}

static int has_above(const sp_import_special_t *sp)
{
    return sp->above_row && sp->row - sp->above_row <= ABOVE_ROWS;
}

static int contains_in_parentheses(const char *name, const sp_import_text_t *part)
{
    apr_size_t len = strlen(name);

    for (apr_size_t i = 0; i + part->len + 2 <= len; i++) {
        sp_csv_field_t there = {name + i + 1, part->len};
        if (name[i] == '(' && name[i + 1 + part->len] == ')' && strncasecmp(there.data, part->data, part->len) == 0) {
            return 1;
        }
    }
    return 0;
}

static void keep_name(sp_import_special_t *sp, const char *name, apr_uint32_t line)
{
    sp_csv_field_t field = {name, strlen(name)};

    sp_import_sheet_keep_text(sp->imp->pool, &sp->name, &field, line, 1);
}

/* The event's name from its header and the line above it. */
static void name_event(sp_import_special_t *sp, const sp_import_row_t *row)
{
    sp_import_t *imp = sp->imp;
    const char *name, *above;

    apr_pool_clear(imp->scratch);
    name = apr_pstrmemdup(imp->scratch, row->fields[0].data, row->fields[0].len);
    above = has_above(sp) ? apr_pstrmemdup(imp->scratch, sp->above.data, sp->above.len) : NULL;
    if (sp->sessions) {
        name = above ? above : "Speakers";
        sp_import_report_assumed(imp, "session_list", row->line, 1, "the rows below \"%s\" are taken to be sessions of \"%s\": each day has their sum",
                                 sp_error_found(imp->scratch, row->fields[0].data, row->fields[0].len), name);
    } else if (above && !contains_in_parentheses(name, &sp->above)) {
        name = apr_pstrcat(imp->scratch, name, " (", above, ")", NULL);
        sp_import_report_assumed(imp, "name_qualified", row->line, 1, "the event is named \"%s\", after the line above it", name);
    }
    keep_name(sp, name, row->line);
    sp->above_row = 0;
}

static void reserve_columns(sp_import_special_t *sp, int count)
{
    sp->width = count;
    if (count > sp->capacity) {
        sp->capacity = count * 2;
        sp->columns = apr_palloc(sp->imp->pool, sizeof(column_t) * (apr_size_t)sp->capacity);
    }
    memset(sp->columns, 0, sizeof(column_t) * (apr_size_t)count);
}

static apr_status_t add_day(sp_import_special_t *sp, const sp_import_cell_t *at, const sp_date_t *date, column_t *column)
{
    sp_import_event_t *event = current_event(sp);
    sp_import_day_t day = {.event = sp->events->nelts - 1, .yearless = date->kind != SP_DATE_FULL, .column = at->column};
    apr_status_t rv;

    if (sp->days->nelts >= SP_IMPORT_MAX_DAYS) {
        return sp_error_set(sp->imp->err, SP_E_TOO_MANY_DAYS, APR_EINVAL, "the file has more than %d days of events", SP_IMPORT_MAX_DAYS);
    }
    if (day.yearless) {
        rv = sp_import_dates_yearless(sp->imp, date, at, &day.period);
        day.label = apr_pstrmemdup(sp->imp->pool, at->data, at->len);
    } else {
        rv = sp_import_dates_period(sp->imp, date, NULL, 0, at, &day.period);
    }
    column->kind = SP_COLUMN_DAY;
    column->day = sp->days->nelts;
    APR_ARRAY_PUSH(sp->days, sp_import_day_t) = day;
    event->days++;
    return rv;
}

static apr_status_t classify_column(sp_import_special_t *sp, const sp_import_row_t *row, int c)
{
    sp_import_cell_t at = sp_import_sheet_cell(row, c);
    sp_csv_field_t text = {at.data, at.len};
    column_t *column = &sp->columns[c];
    sp_date_t date = *sp_import_dates_parse(sp->imp, at.data, at.len);

    switch (date.kind) {
    case SP_DATE_FULL:
    case SP_DATE_YEARLESS:
    case SP_DATE_MONTH:
        return add_day(sp, &at, &date, column);
    case SP_DATE_BAD:
        sp_import_report_bad_date(sp->imp, &at);
        column->kind = SP_COLUMN_MUTED;
        return APR_SUCCESS;
    case SP_DATE_NOT:
        column->kind = sp_import_text_is_total(&text) ? SP_COLUMN_TOTAL : SP_COLUMN_FREE;
        return APR_SUCCESS;
    }
    return APR_SUCCESS;
}

/* An event that got no number leaves no trace. */
static void drop_empty_event(sp_import_special_t *sp)
{
    if (sp->events->nelts && !current_event(sp)->id) {
        sp->days->nelts = current_event(sp)->first_day;
        sp->events->nelts--;
    }
}

static apr_status_t start_event(sp_import_special_t *sp, const sp_import_row_t *row)
{
    apr_status_t rv = end_event(sp);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    drop_empty_event(sp);
    sp->state = EVENT_OPEN;
    sp_import_sheet_note_block(sp->imp, row->line);
    sp->sessions = is_session_word(&row->fields[0]);
    sp->muted = sp->total_seen = sp->platforms = 0;
    name_event(sp, row);
    APR_ARRAY_PUSH(sp->events, sp_import_event_t) = (sp_import_event_t){.first_day = sp->days->nelts, .line = row->line};
    reserve_columns(sp, row->count);
    for (int c = 1; c < row->count; c++) {
        rv = classify_column(sp, row, c);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    return APR_SUCCESS;
}

/* ---- rows ---- */

typedef struct {
    int days, bad_days, numbers, texts; /* right of the first column */
} census_t;

static census_t take_census(sp_import_special_t *sp, const sp_import_row_t *row)
{
    census_t n = {0, 0, 0, 0};
    apr_int64_t viewers;

    for (int c = 1; c < row->count; c++) {
        const sp_csv_field_t *field = &row->fields[c];
        sp_count_e count = field->len ? sp_count_parse(field->data, field->len, &viewers) : SP_COUNT_BLANK;
        if (count == SP_COUNT_BLANK) {
            continue;
        }
        if (count == SP_COUNT_VALUE) {
            n.numbers++;
            continue;
        }
        sp_date_kind_e kind = sp_import_dates_parse(sp->imp, field->data, field->len)->kind;
        n.days += kind == SP_DATE_FULL || kind == SP_DATE_YEARLESS || kind == SP_DATE_MONTH;
        n.bad_days += kind == SP_DATE_BAD;
        n.texts += kind == SP_DATE_NOT;
    }
    return n;
}

/* A platform's row may hold "3/4" by mistake: it goes on being a platform's. */
static int is_header(sp_import_special_t *sp, const sp_import_row_t *row, const census_t *n)
{
    const sp_csv_field_t *name = &row->fields[0];

    if (!name->len || n->days + n->bad_days == 0 || n->numbers || sp_import_text_is_total(name)) {
        return 0;
    }
    if (n->days == 0 && sp->state == EVENT_OPEN) {
        return 0;
    }
    return sp->state != EVENT_OPEN || !sp_import_names_is_platform(sp->imp, name);
}

static void keep_above(sp_import_special_t *sp, const sp_import_row_t *row)
{
    const sp_csv_field_t *text = &row->fields[0];

    if (sp_import_text_is_special(text) || sp_calendar_is_period_title(text->data, text->len)) {
        return;
    }
    sp_import_sheet_keep_text(sp->imp->pool, &sp->above, text, row->line, 1);
    sp->above_row = sp->row;
}

static apr_status_t read_closed_row(sp_import_special_t *sp, const sp_import_row_t *row, const census_t *n)
{
    if (n->numbers) {
        report_all_unplaced(sp, row, sp->state == EVENT_NONE ? "is a number before the first event" : "is a number below the end of its event");
    } else if (sp_import_text_is_blank_row(row->fields + 1, row->count - 1) && !sp_import_names_is_platform(sp->imp, &row->fields[0])) {
        keep_above(sp, row);
    }
    return APR_SUCCESS;
}

apr_status_t sp_import_special_read(sp_import_special_t *sp, const sp_import_row_t *row)
{
    const sp_csv_field_t *label = &row->fields[0];
    census_t n = take_census(sp, row);

    sp->row++;
    if (is_header(sp, row, &n)) {
        return start_event(sp, row);
    }
    if (sp_import_text_is_total(label) || (!label->len && (n.numbers || (n.texts && sp->state == EVENT_OPEN)))) {
        return read_total_row(sp, row, label->len > 0);
    }
    if (!label->len) {
        return end_event(sp);
    }
    return sp->state == EVENT_OPEN ? read_platform_row(sp, row) : read_closed_row(sp, row, &n);
}

apr_status_t sp_import_special_finish(sp_import_special_t *sp)
{
    apr_status_t rv = end_event(sp);

    drop_empty_event(sp);
    return rv;
}

apr_status_t sp_import_special_settle(sp_import_special_t *sp)
{
    return sp_import_years_settle(sp->imp, sp->events, sp->days);
}
