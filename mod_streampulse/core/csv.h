/* A streaming CSV tokeniser: bytes in any chunking to records of fields. */
#ifndef SP_CSV_H
#define SP_CSV_H

#include "error.h"

/* Fields are UTF-8 bytes as given (quotes removed, doubled quotes joined), valid only during the callback, not NUL-terminated. */
typedef struct {
    const char *data;
    apr_size_t len;
} sp_csv_field_t;

/* One record. count is as the file has it (never padded); a line with nothing on it is one empty field. line is where the record starts, from 1 (quoted
 * newlines count). A failing return stops the feed and is passed on. */
typedef apr_status_t (*sp_csv_record_fn)(void *ctx, const sp_csv_field_t *fields, int count, apr_uint32_t line);

typedef struct {
    char delimiter;            /* ',', ';', '\t' or '|' */
    apr_uint32_t max_rows;     /* SP_E_TOO_MANY_ROWS beyond */
    apr_uint32_t max_columns;  /* SP_E_TOO_MANY_COLUMNS */
    apr_size_t max_cell_bytes; /* SP_E_CELL_TOO_LONG */
} sp_csv_limits_t;

#define SP_CSV_MAX_RECORD_BYTES (4 * 1024 * 1024) /* SP_E_ROW_TOO_LONG; bounds the carry buffer */

typedef struct sp_csv_t sp_csv_t;

/* RFC 4180 with the tolerance that spreadsheets need: LF, CRLF and CR end a record, outside quotes; quotes are special only at a field's start; a missing
 * newline at the end is fine. Text after a closing quote, and a quote still open at the end, are SP_E_CSV_BAD_QUOTE with line and column. Errors that
 * concern a place carry it as err->details. Pool: p; memory is bounded by the limits, not by the input. */
sp_csv_t *sp_csv_create(apr_pool_t *p, const sp_csv_limits_t *limits, sp_csv_record_fn fn, void *ctx);
apr_status_t sp_csv_feed(sp_csv_t *csv, const char *data, apr_size_t len, sp_error_t *err);
apr_status_t sp_csv_finish(sp_csv_t *csv, sp_error_t *err);
/* Records delivered so far. */
apr_uint32_t sp_csv_rows(const sp_csv_t *csv);

/* The delimiter of a sample (the file's first bytes, UTF-8): a first line "sep=;" decides; else the one of , ; tab that stands most often outside quotes, where
 * a comma inside a thousands group (digits,ddd) does not count as one. Falls back to ','. */
char sp_csv_sniff_delimiter(const char *sample, apr_size_t len);

#endif
