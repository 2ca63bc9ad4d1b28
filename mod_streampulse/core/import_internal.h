/* What the files of the importer share. Nobody else includes it. */
#ifndef SP_IMPORT_INTERNAL_H
#define SP_IMPORT_INTERNAL_H

#include <apr_hash.h>

#include "digest.h"
#include "import.h"

/* Day bits of a cell are a day, or a date token where the file's end must be known first. */
#define SP_IMPORT_TOKEN_BIT       (1 << 21)
#define SP_IMPORT_MAX_DAYS        65536 /* date tokens; likewise days of events that must be kept */
#define SP_IMPORT_MAX_PERIOD_DAYS 400
#define SP_IMPORT_WEEK_SPAN       6
#define SP_IMPORT_SKIPPED         "skipped" /* the code of the note that something was left out */

typedef struct sp_import_dates_t sp_import_dates_t;
typedef struct sp_import_names_t sp_import_names_t;
typedef struct sp_import_events_t sp_import_events_t;

/* One layout's reader. */
typedef struct {
    apr_status_t (*record)(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line);
    apr_status_t (*finish)(void *ctx); /* everything was read; dates are not decided yet */
    apr_status_t (*settle)(void *ctx); /* dates of the whole file are decided; NULL: nothing to do */
} sp_import_reader_t;

struct sp_import_t {
    apr_pool_t *pool;
    apr_pool_t *scratch; /* for one name or message; cleared by its user before use */
    sp_import_options_t options;
    sp_import_result_t *result;
    sp_error_t *err;   /* of the call under way */
    sp_error_t failed; /* the final error, once there was one */
    sp_digest_t *digest;
    sp_decode_t *decode;
    sp_csv_t *csv;
    char *sample; /* the first bytes in UTF-8, until the delimiter is known; NULL: it is */
    apr_size_t sample_len;
    int records_seen;                 /* also blank ones, up to the header's place */
    int heading_rows;                 /* rows with one text only above a possible header */
    int saw_text;                     /* any record that is not blank */
    const char *first_row;            /* the first record that is not blank, shortened */
    const sp_import_reader_t *reader; /* NULL: not decided */
    void *reader_ctx;
    sp_import_names_t *names;
    sp_import_dates_t *dates;
    sp_import_events_t *events;
};

/* ---- import_report.c: problems and remarks ---- */

/* What stands in a cell and where. */
typedef struct {
    const char *data;
    apr_size_t len;
    apr_uint32_t line;
    int column; /* from 1 */
} sp_import_cell_t;

/* Adds a problem; its message is: "found" in line L, column C what[; expected expected]. expected may be NULL. */
void sp_import_report_problem(sp_import_t *imp, sp_error_code_e code, const sp_import_cell_t *at, const char *what, const char *expected);
void sp_import_report_bad_count(sp_import_t *imp, const sp_import_cell_t *at);
void sp_import_report_bad_date(sp_import_t *imp, const sp_import_cell_t *at);
void sp_import_report_warning(sp_import_t *imp, const char *code, apr_uint32_t line, int column, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* The note, to tell more of; NULL where there are too many to keep it. */
sp_import_note_t *sp_import_report_assumed(sp_import_t *imp, const char *code, apr_uint32_t line, int column, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* note may be NULL; the names are copied. */
void sp_import_report_set_names(sp_import_t *imp, sp_import_note_t *note, const char *what, const char *from, const char *to);
/* The final error for a file that is none of the layouts; missing (may be NULL) is a clause that says why. */
apr_status_t sp_import_report_unknown(sp_import_t *imp, const char *missing);
/* Orders the kept problems by their place. */
void sp_import_report_sort(sp_import_t *imp);
/* Fills err from the problems and fails. */
apr_status_t sp_import_report_fail(sp_import_t *imp);

/* ---- import_text.c: how texts in cells are told apart ---- */

/* A field without the white space around it. */
sp_csv_field_t sp_import_text_trim(const sp_csv_field_t *field);
int sp_import_text_equals(const sp_csv_field_t *text, const char *word); /* ASCII letters in any case */
int sp_import_text_is_blank_row(const sp_csv_field_t *fields, int count);
int sp_import_text_is_total(const sp_csv_field_t *text);   /* Total…, Totals, Grand total… */
int sp_import_text_is_generic(const sp_csv_field_t *text); /* Date, Week…, Platform…: a heading of a column, no name */
int sp_import_text_is_special(const sp_csv_field_t *text); /* Special Programs, Special Events */
int sp_import_text_has_letter(const sp_csv_field_t *text);

/* ---- import_names.c: names to local ids ---- */

sp_import_names_t *sp_import_names_create(sp_import_t *imp);
/* *id of the name at a cell; 0 when it is no name, which is reported. Fails when there are too many. kind: service or platform. */
apr_status_t sp_import_names_find(sp_import_t *imp, sp_name_kind_e kind, const sp_import_cell_t *at, int *id);
/* Adds an event; *id 0 when its name is none, which is reported. */
apr_status_t sp_import_names_add_event(sp_import_t *imp, const sp_import_cell_t *at, int *id);
/* *clean (pool: imp->scratch, cleared first), or NULL when it is no name, which is reported as a problem. */
const char *sp_import_names_clean(sp_import_t *imp, const sp_import_cell_t *at);
/* Remembers a platform that may have no number. */
void sp_import_names_note_platform(sp_import_t *imp, const sp_import_cell_t *at);
/* Whether a platform of that name was met already, with or without numbers, or everybody knows it as one. */
int sp_import_names_is_platform(sp_import_t *imp, const sp_csv_field_t *text);
apr_status_t sp_import_names_fail_full(sp_import_t *imp, const char *what);
/* Remarks that two spellings are one name, once each. */
void sp_import_names_note_spelling(sp_import_t *imp, const char *kind, const char *kept, const char *clean, const sp_import_cell_t *at);

/* ---- import_dates.c: dates whose meaning the whole file decides ---- */

/* A day or a period as a cell's key takes it. */
typedef struct {
    apr_int32_t bits;
    apr_uint16_t span;
    sp_day_t mdy, dmy; /* the first day in both readings; SP_DAY_NONE: none */
    apr_uint32_t line; /* where it is written */
    int column;
} sp_import_period_t;

sp_import_dates_t *sp_import_dates_create(sp_import_t *imp);
/* Reads a cell; where the request gives a date order, only its reading is left. Valid until the next call. */
const sp_date_t *sp_import_dates_parse(sp_import_t *imp, const char *s, apr_size_t len);
/* A whole date and, for weekly numbers, where it ends: end NULL: span days later. APR_EINVAL where the end does not fit the start; other failures are final. */
apr_status_t sp_import_dates_period(sp_import_t *imp, const sp_date_t *start, const sp_date_t *end, int span, const sp_import_cell_t *at,
                                    sp_import_period_t *period);
/* A day without a year, of one event; its day is set with sp_import_dates_set_day when the order is decided. */
apr_status_t sp_import_dates_yearless(sp_import_t *imp, const sp_date_t *date, const sp_import_cell_t *at, sp_import_period_t *period);
/* A weekly number was met: heeds the weekday and the span of the file. */
void sp_import_dates_see_week(sp_import_t *imp, int service, const sp_import_period_t *period);
/* Decides the order and gives every whole date its day. Fails only where the order must be asked for. */
apr_status_t sp_import_dates_decide(sp_import_t *imp);
/* After deciding: the day of a cell's bits, SP_DAY_NONE while it has none; the span of a weekly one. */
sp_day_t sp_import_dates_day(const sp_import_t *imp, apr_int32_t bits);
int sp_import_dates_month_day(const sp_import_t *imp, apr_int32_t bits, int *month, int *mday);
void sp_import_dates_set_day(sp_import_t *imp, apr_int32_t bits, sp_day_t day);
/* Turns the bits of a cell into a day; APR_EOF where it has none. */
apr_status_t sp_import_dates_map(sp_import_t *imp, sp_cell_t *cell);
/* A weekly number whose period was a token, now that this is decided. */
void sp_import_dates_see_decided(sp_import_t *imp, apr_int32_t bits, const sp_cell_t *cell);
/* Warns of weeks that lie far from all others of their service. */
void sp_import_dates_report_far(sp_import_t *imp);
int sp_import_dates_has_tokens(const sp_import_t *imp);
/* First and last day of the file's weekly numbers; 0 when it has none. A few weeks that lie more than a year from all others do not count
 * (sp_import_runs_is_slip), so that a mistyped year moves nothing. */
int sp_import_dates_span(const sp_import_t *imp, sp_day_t *first, sp_day_t *last);

/* ---- import_events.c: editions of events from rows ---- */

sp_import_events_t *sp_import_events_create(sp_import_t *imp);
/* EVENTS: rows of one name; *id is the name's, its editions are found at the end. */
apr_status_t sp_import_events_find_name(sp_import_t *imp, const sp_import_cell_t *at, int *id);
/* EXPORT: rows of one name and first day are one edition; *id is the edition's. */
apr_status_t sp_import_events_find_edition(sp_import_t *imp, const sp_import_cell_t *at, const sp_import_period_t *start, int *id);
/* How a day of an event was written. */
apr_status_t sp_import_events_add_label(sp_import_t *imp, int event, const sp_import_period_t *day, const sp_csv_field_t *label);
/* Leaves out all of an event. Before sp_import_events_settle. */
void sp_import_events_drop(sp_import_t *imp, int event);
/* After the dates are decided: editions, their first and last days, labels, and how many cells are left. */
apr_status_t sp_import_events_settle(sp_import_t *imp);

/* ---- import_header.c: which layout ---- */

typedef enum {
    SP_IMPORT_SERVICE,
    SP_IMPORT_PLATFORM,
    SP_IMPORT_START,
    SP_IMPORT_END,
    SP_IMPORT_VIEWERS,
    SP_IMPORT_EVENT,
    SP_IMPORT_EVENT_START,
    SP_IMPORT_DATE, /* the export's own */
    SP_IMPORT_LABEL,
    SP_IMPORT_ROLES
} sp_import_role_e;

typedef struct {
    sp_layout_e layout;
    int column[SP_IMPORT_ROLES]; /* index of the field, -1: not there */
    int count;                   /* fields it has */
    apr_uint32_t line;
    apr_array_header_t *others; /* of sp_import_cell_t: columns that are none of these, texts kept */
} sp_import_header_t;

/* The header of a record, NULL when it is none. Fails (finally) when it is one and has a column twice. */
apr_status_t sp_import_header_read(sp_import_t *imp, const sp_csv_field_t *fields, int count, apr_uint32_t line, sp_import_header_t **header);

/* Whether a column describes its row and is no platform, whatever stands in it: id, year, notes, … */
int sp_import_header_is_remark(const sp_import_cell_t *column);
/* Warns of columns (of sp_import_cell_t) that are not read. */
void sp_import_header_warn_ignored(sp_import_t *imp, const apr_array_header_t *columns);

/* A record with text beyond the header's columns cannot be trusted (an unquoted "1,234"): reports it and returns 1. */
int sp_import_header_refuse_longer(sp_import_t *imp, const sp_import_header_t *header, const sp_csv_field_t *fields, int count, apr_uint32_t line);

/* ---- the readers ---- */

/* Add one number. Weekly: event 0. */
apr_status_t sp_import_add_cell(sp_import_t *imp, int event, int service, int platform, const sp_import_period_t *period, apr_int64_t viewers,
                                apr_uint32_t line, int column);
/* A field's cell: trimmed, with its place. */
sp_import_cell_t sp_import_cell_at(const sp_csv_field_t *fields, int count, int index, apr_uint32_t line);

void sp_import_tidy_start(sp_import_t *imp, const sp_import_header_t *header);
void sp_import_wide_start(sp_import_t *imp, const sp_import_header_t *header);
void sp_import_sheet_start(sp_import_t *imp);

#endif
