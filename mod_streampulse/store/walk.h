/* From series to series, without looking at their cells. */
#ifndef SP_WALK_H
#define SP_WALK_H

#include "db.h"

/* A series: everything of a number's key but the day. */
typedef struct {
    apr_int64_t event, service, platform;
} sp_walk_t;

/* Before every series. */
#define SP_WALK_START ((sp_walk_t){-1, -1, -1})
#define SP_WALK_ANY   APR_INT64_C(0x7fffffff) /* above every id: {e, s, SP_WALK_ANY} goes on after the last platform of e and s */

int sp_walk_compare(const sp_walk_t *a, const sp_walk_t *b);
/* Moves *at to the next series in SP_Q_NUMBER_NEXT_SERIES or SP_Q_WORDS_NEXT_SERIES; APR_EOF. */
apr_status_t sp_walk_next(sp_db_t *db, sp_query_e query, sp_walk_t *at, sp_error_t *err);
/* Binds a series to the parameters 1 to 3. */
void sp_walk_bind(sp_stmt_t *st, const sp_walk_t *at);

#endif
