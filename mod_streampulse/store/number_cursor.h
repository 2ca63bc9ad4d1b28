/* The stored numbers in the order of their keys, for a merge with other sorted keys. */
#ifndef SP_NUMBER_CURSOR_H
#define SP_NUMBER_CURSOR_H

#include "db.h"
#include "spool.h"

/* The number it stands at; what it does not point out is its own. */
typedef struct {
    apr_uint64_t key;
    apr_int64_t viewers;
    int span;
    sp_db_t *db;
    sp_stmt_t *st; /* NULL: not open */
    int has, ended;
    apr_uint64_t series; /* the key of its day 0, while only one series is read */
    int in_series;
} sp_number_cursor_t;

void sp_number_cursor_init(sp_number_cursor_t *c, sp_db_t *db);
/* Moves on to the first stored number at or after key, never back: steps where that is near, seeks where it is far. APR_EOF. Numbers up to key may be written
 * meanwhile. */
apr_status_t sp_number_cursor_move(sp_number_cursor_t *c, apr_uint64_t key, sp_error_t *err);
/* Until sp_number_cursor_leave only the numbers from first to last of one series are read, which is faster where there are many. */
apr_status_t sp_number_cursor_enter(sp_number_cursor_t *c, apr_uint64_t first, apr_uint64_t last, sp_error_t *err);
void sp_number_cursor_leave(sp_number_cursor_t *c);
/* Before numbers at or after it are written, and in the end. */
void sp_number_cursor_close(sp_number_cursor_t *c);

#endif
