/* What the ledger says about one series. */
#ifndef SP_REPLAY_H
#define SP_REPLAY_H

#include "calendar.h"
#include "count.h"
#include "walk.h"

typedef struct {
    apr_int64_t *viewers; /* [SP_DAY_MAX + 1] SP_VIEWERS_NONE: no number */
    apr_uint16_t *span;
    sp_day_t lo, hi;            /* no number outside of them */
    apr_int64_t damaged;        /* the first entry whose words cannot be read; 0: none */
    apr_array_header_t *scopes; /* of apr_int64_t; scratch */
} sp_replay_t;

/* Pool: p. About 850 kB, for any number of series. */
sp_replay_t *sp_replay_create(apr_pool_t *p);
/* Lets the entries in effect speak in their order; the latest about a cell wins, and a scope says "no number" about all that its entry does not mention. */
apr_status_t sp_replay_series(sp_db_t *db, sp_replay_t *r, const sp_walk_t *at, sp_error_t *err);

#endif
