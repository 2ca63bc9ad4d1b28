/* Files of viewer numbers to observations: recognises encoding, delimiter and layout, reads every cell, and reports every problem. */
#ifndef SP_IMPORT_H
#define SP_IMPORT_H

#include <apr_hash.h>

#include "csv.h"
#include "decode.h"
#include "said.h"

typedef enum {
    SP_LAYOUT_AUTO,
    SP_LAYOUT_SHEET,  /* services side by side in monthly blocks, special programs below */
    SP_LAYOUT_TIDY,   /* service, platform, week_start[, week_end], viewers */
    SP_LAYOUT_WIDE,   /* service, week_start, one column per platform[, total] */
    SP_LAYOUT_EVENTS, /* event[, service], platform, date, viewers */
    SP_LAYOUT_EXPORT  /* our own export: service, platform, week_start, week_end, viewers, event, event_start, date, label */
} sp_layout_e;

typedef struct {
    apr_size_t max_bytes;
    apr_uint32_t max_rows;
    apr_uint32_t max_columns;
    apr_size_t max_cell_bytes;
    apr_uint32_t max_problems; /* listed; all are counted */
    int max_names;             /* services, platforms, events: of each; at most SP_KEY_ID_MAX */
} sp_import_limits_t;

extern const sp_import_limits_t sp_import_default_limits;

/* Everything AUTO, 0 or UNKNOWN is found out from the content. */
typedef struct {
    sp_layout_e layout;
    sp_encoding_e encoding;
    char delimiter;
    sp_date_order_e date_order;
    int event_year;            /* days without a year are in this one */
    int skip_bad;              /* leave out cells or rows with problems and take the rest (on_error=skip) */
    apr_hash_t *map_services;  /* fold key of a name in the file -> the cleaned name that it counts as; NULL: none */
    apr_hash_t *map_platforms; /* likewise */
    const char *spool_dir;
    sp_import_limits_t limits;
} sp_import_options_t;

/* A remark that does not stop the import: what was assumed, or what looks odd. */
typedef struct {
    const char *code; /* "total_differs", "date_order", "year_assumed", "name_matched", "title_ignored", "far_date", "duplicate_same", "skipped", … */
    apr_uint32_t line, column;
    const char *message;
    const char *what;      /* of name_matched and name_assumed: "service", "platform" or "event"; else NULL, and so are the next two */
    const char *from, *to; /* the name as the file says it, or that it had until then; the name that it is taken to be */
} sp_import_note_t;

typedef struct {
    sp_layout_e layout;
    sp_encoding_e encoding;
    char delimiter;
    sp_date_order_e date_order; /* UNKNOWN: no date depended on it */
    apr_uint64_t bytes;
    apr_uint32_t rows;  /* CSV records read */
    apr_uint64_t cells; /* observations found */
    const char *sha256; /* of the bytes as given, hex */
    sp_said_t *said;
    apr_array_header_t *problems; /* of sp_error_detail_t, in file order, at most limits.max_problems */
    apr_uint64_t problems_total;
    apr_array_header_t *warnings; /* of sp_import_note_t, at most SP_IMPORT_MAX_NOTES */
    apr_array_header_t *assumed;  /* of sp_import_note_t, likewise */
    apr_uint64_t warnings_total, assumed_total;
} sp_import_result_t;

#define SP_IMPORT_MAX_NOTES        200
#define SP_IMPORT_EDITION_GAP_DAYS 183 /* days of one event further apart than this are two editions */

typedef struct sp_import_t sp_import_t;

sp_import_t *sp_import_create(apr_pool_t *p, const sp_import_options_t *options);
/* Bytes as they come, any chunking. An error here is final: too large, too many rows or columns, bad encoding or quoting (their place in err->details). */
apr_status_t sp_import_feed(sp_import_t *imp, const char *data, apr_size_t len, sp_error_t *err);
/* Decides what only the whole file tells (date order, years of days, editions), resolves duplicates, and gives the result. Problems without skip_bad: err gets
 * the first problem's code, a message with the count, all kept problems as details, and the call fails; *result is set even then. SP_E_CSV_EMPTY for a file
 * without one record, SP_E_LAYOUT_UNKNOWN with what was looked for, also for a layout that was recognised but held no number at all. Pool: the import's. */
apr_status_t sp_import_finish(sp_import_t *imp, sp_import_result_t **result, sp_error_t *err);

/* Adds what only the store could see (result->said->doubles) to the warnings and, with skip_bad, to the problems. Once, after the commit. */
void sp_import_result_take_doubles(sp_import_result_t *result);

const char *sp_import_layout_name(sp_layout_e layout);                        /* "sheet", "tidy", "wide", "events", "export"; "auto" */
apr_status_t sp_import_layout_by_name(const char *name, sp_layout_e *layout); /* APR_NOTFOUND */

#endif
