/* The predecessor's SQLite file as one statement for the ledger, held against the totals that the file itself has. */
#ifndef SP_LEGACY_H
#define SP_LEGACY_H

#include "import.h"

#define SP_LEGACY_MAX_ROWS    200000  /* of a table; SP_E_TOO_MANY_ROWS */
#define SP_LEGACY_MAX_NUMBERS 2000000 /* in a table */

typedef struct {
    sp_date_order_e date_order;                                        /* UNKNOWN: month first, as the predecessor wrote dates */
    int event_year;                                                    /* days without a year are in this one; 0: found out */
    apr_uint32_t max_problems;                                         /* listed; all are counted */
    const char *temp_dir;                                              /* NULL: the system's */
    void (*progress)(void *ctx, const char *table, apr_uint64_t rows); /* may be NULL */
    void *progress_ctx;
} sp_legacy_options_t;

/* One service's weeks or one event's days. */
typedef struct {
    const char *name;
    int is_event;
    sp_day_t first, last; /* an event's first and last day with a number */
    apr_uint64_t rows;
    apr_uint64_t numbers;
    apr_int64_t viewers; /* the numbers' sum */
    apr_int64_t said;    /* the sum of the file's own totals; a row without one counts with its numbers */
} sp_legacy_sum_t;

typedef struct {
    int newer; /* platforms as a JSON object; else one column for each */
    const char *sha256;
    sp_said_t *said;
    apr_array_header_t *sums; /* of sp_legacy_sum_t: services, then events, in the order of the file */
    apr_uint64_t rows;
    apr_uint64_t cells;
    apr_array_header_t *notes;   /* of sp_import_note_t: what was left out or not carried over */
    apr_array_header_t *assumed; /* of sp_import_note_t: years of days */
    apr_uint64_t notes_total, assumed_total;
} sp_legacy_t;

/* Reads the file without changing a byte of it or leaving anything beside it. What it holds is judged as a whole: every problem, also a total that disagrees
 * with its numbers, is a detail of err with the row's id as its line, and the call fails. Else: SP_E_DATABASE_REFUSED for a file that is no SQLite database or
 * is one of ours, SP_E_DATABASE_CORRUPT, SP_E_DATABASE_UNAVAILABLE (cannot be read, or changed meanwhile), SP_E_LAYOUT_UNKNOWN for other tables or columns than
 * the predecessor's. *legacy is set even then, for its notes, once the tables are known. Pool: p. */
apr_status_t sp_legacy_read(sp_legacy_t **legacy, apr_pool_t *p, const char *path, const sp_legacy_options_t *options, sp_error_t *err);

/* Commits the statement to a throw-away database and compares what is stored there, per service and event, with what the file says. SP_E_BAD_ENTRY with a
 * detail for each that differs. */
apr_status_t sp_legacy_reconcile(const sp_legacy_t *legacy, apr_pool_t *p, const char *temp_dir, sp_error_t *err);

#endif
