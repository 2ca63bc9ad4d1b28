/* What the files that read the predecessor's database share. Nobody else includes it. */
#ifndef SP_LEGACY_READER_H
#define SP_LEGACY_READER_H

#include <apr_hash.h>
#include <sqlite3.h>

#include "event_years.h"
#include "legacy.h"

typedef struct {
    sp_legacy_t *out;
    const sp_legacy_options_t *options;
    apr_pool_t *p;
    sqlite3 *db;
    apr_hash_t *service_names;    /* id as in the file -> name, from config; empty without it */
    apr_hash_t *seen;             /* service or event, and day -> id of the row */
    apr_array_header_t *problems; /* of sp_error_detail_t */
    apr_uint64_t problems_total;
    sp_event_span_t span; /* of the weekly numbers */
    sp_error_t *err;
} sp_legacy_reader_t;

/* ---- legacy_file.c ---- */

#define SP_LEGACY_TAILS 3 /* the file, its write-ahead log, its rollback journal */

typedef struct {
    int exists, is_file;
    apr_off_t size;
    apr_time_t mtime;
} sp_legacy_trace_t;

typedef struct {
    const char *path;
    const char *sha256;                        /* of the file's bytes */
    sqlite3 *db;                               /* closed with the pool */
    sp_legacy_trace_t traces[SP_LEGACY_TAILS]; /* as they were found */
} sp_legacy_file_t;

apr_status_t sp_legacy_file_open(sp_legacy_file_t *file, apr_pool_t *p, const char *path, const char *temp_dir, sp_error_t *err);
/* Fails when somebody wrote to it since it was opened. */
apr_status_t sp_legacy_file_verify(const sp_legacy_file_t *file, apr_pool_t *p, sp_error_t *err);
/* What SQLite says about a statement that failed. */
apr_status_t sp_legacy_file_fail(sqlite3 *db, const char *what, sp_error_t *err);

/* ---- legacy_temp.c ---- */

/* A folder of our own below parent (NULL: the system's); it and the files in it are gone with p. */
apr_status_t sp_legacy_temp_create(const char **dir, apr_pool_t *p, const char *parent, sp_error_t *err);

/* ---- legacy_report.c ---- */

/* table NULL: of none; row: its id, 0: of none. */
void sp_legacy_report_problem(sp_legacy_reader_t *r, sp_error_code_e code, const char *table, apr_int64_t row, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void sp_legacy_report_note(sp_legacy_reader_t *r, const char *code, apr_int64_t row, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void sp_legacy_report_assumed(sp_legacy_reader_t *r, const char *code, apr_int64_t row, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Fills err with the problems and fails. */
apr_status_t sp_legacy_report_fail(sp_error_t *err, const apr_array_header_t *problems, apr_uint64_t total);
/* A row's id as a line; 0 where it is none. */
apr_uint32_t sp_legacy_report_line(apr_int64_t row);

/* ---- legacy_form.c: tables and their columns ---- */

#define SP_LEGACY_PLATFORMS 9

/* Indexes of columns; -1: not there. */
typedef struct {
    int id, owner, date, total;
    int platforms;                     /* of the JSON object; -1: the older form */
    int platform[SP_LEGACY_PLATFORMS]; /* of the older form's columns */
} sp_legacy_form_t;

/* The name of a platform by the predecessor's id for it (any case); NULL for an id that it did not have. */
const char *sp_legacy_form_platform(const char *id);
const char *sp_legacy_form_platform_at(int index);
/* Recognises the columns of a statement over table; owner: the column of what its rows belong to. */
apr_status_t sp_legacy_form_read(sp_legacy_reader_t *r, sqlite3_stmt *st, const char *table, const char *owner, sp_legacy_form_t *form);
/* Whether there is such a table (no view). */
apr_status_t sp_legacy_form_has_table(sp_legacy_reader_t *r, const char *table, int *has);
apr_status_t sp_legacy_form_require_tables(sp_legacy_reader_t *r);
/* Rows of a table; 0 where there is none of that name. */
apr_status_t sp_legacy_form_count(sp_legacy_reader_t *r, const char *table, apr_int64_t *rows);

/* ---- legacy_value.c: one value ---- */

/* A column's text in UTF-8 without NUL, copied into p; NULL for NULL, and for what is no such text, with *bad set. */
const char *sp_legacy_value_text(sqlite3_stmt *st, int column, apr_pool_t *p, int *bad);
/* A count from a column; *found (for SP_COUNT_VALUE and _BLANK not set): what stood there, in p. */
sp_count_e sp_legacy_value_count(sqlite3_stmt *st, int column, apr_pool_t *p, apr_int64_t *viewers, const char **found);
/* A count as people or another program wrote it. */
sp_count_e sp_legacy_value_integer(apr_int64_t value, apr_int64_t *viewers);
sp_count_e sp_legacy_value_real(double value, apr_int64_t *viewers);

/* ---- legacy_rows.c: all rows of a table ---- */

typedef struct {
    int platform; /* local id */
    int column;   /* of the older form, an index below SP_LEGACY_PLATFORMS; -1: of the JSON object */
    int place;    /* the table's column, from 1 */
    apr_int64_t viewers;
} sp_legacy_number_t;

typedef struct {
    apr_int64_t id;
    const char *owner;
    const char *date;
    apr_int64_t total; /* SP_VIEWERS_NONE: the row has none */
    int first, count;  /* in numbers */
} sp_legacy_row_t;

typedef struct {
    const char *table;
    int newer;
    apr_array_header_t *rows;    /* of sp_legacy_row_t */
    apr_array_header_t *numbers; /* of sp_legacy_number_t; a NULL is none */
} sp_legacy_rows_t;

/* Rows whose numbers or owner cannot be read are reported as problems, and left out. */
apr_status_t sp_legacy_rows_read(sp_legacy_reader_t *r, const char *table, const char *owner, sp_legacy_rows_t *rows);
/* ---- legacy_take.c: rows into the statement ---- */

/* Which of the older form's columns hold a number other than 0, and which hold any, as bits; the JSON object's are not among them. */
typedef struct {
    unsigned used, filled;
} sp_legacy_columns_t;

void sp_legacy_take_note_columns(const sp_legacy_rows_t *rows, const sp_legacy_row_t *row, sp_legacy_columns_t *columns);
/* Says that columns which hold only zeros were left out. period: "week", "day". */
void sp_legacy_take_report_columns(sp_legacy_reader_t *r, const sp_legacy_columns_t *columns, const char *name, const char *period);
/* Whether no other row spoke of that day; else it is a problem. */
int sp_legacy_take_is_first(sp_legacy_reader_t *r, const char *table, const sp_legacy_row_t *row, int event, int service, sp_day_t day, const char *name);
/* Holds a row's total against its numbers, and adds them to sum and, as cells of a service or event on a day, to the statement. */
apr_status_t sp_legacy_take_row(sp_legacy_reader_t *r, const sp_legacy_rows_t *rows, const sp_legacy_row_t *row, const sp_legacy_columns_t *columns, int event,
                                int service, sp_day_t day, sp_legacy_sum_t *sum);
/* Holds the sums of a service or event against each other. */
void sp_legacy_take_compare(sp_legacy_reader_t *r, const sp_legacy_sum_t *sum);

/* ---- legacy_names.c ---- */

/* A cleaned name; NULL when it is none, which is reported. */
const char *sp_legacy_names_clean(sp_legacy_reader_t *r, const char *text, const char *kind, const char *table, apr_int64_t row);
/* Local id of a platform by the predecessor's id or name for it; 0 when it is no name (reported). Fails when there are too many. */
apr_status_t sp_legacy_names_platform(sp_legacy_reader_t *r, const char *text, const char *table, apr_int64_t row, int *id);
apr_status_t sp_legacy_names_too_many(sp_legacy_reader_t *r, const char *kinds);
/* Fills service_names from config. */
apr_status_t sp_legacy_names_load(sp_legacy_reader_t *r);

/* ---- legacy_weekly.c, legacy_events.c ---- */

apr_status_t sp_legacy_weekly_read(sp_legacy_reader_t *r);
apr_status_t sp_legacy_events_read(sp_legacy_reader_t *r);

/* A day as it is written, in the order of the options. FULL: *day; YEARLESS and MONTH: *month and *mday; else it is none. */
sp_date_kind_e sp_legacy_weekly_date(const sp_legacy_reader_t *r, const char *text, sp_day_t *day, int *month, int *mday);

#endif
