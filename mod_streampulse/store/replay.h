/* What the ledger says about one series, now or at another time. */
#ifndef SP_REPLAY_H
#define SP_REPLAY_H

#include <apr_hash.h>
#include <apr_tables.h>

#include "calendar.h"
#include "count.h"
#include "walk.h"

/* Which entries count. */
typedef struct {
    apr_int64_t until;   /* those up to this one */
    apr_hash_t *out;     /* ids (apr_int64_t) that are not in effect; NULL: as the entries say of themselves */
    apr_int64_t flipped; /* this one is taken for what it is not: in effect or out of it; 0: none */
} sp_replay_view_t;

extern const sp_replay_view_t sp_replay_now;

/* As it was after an entry's commit: its undos, and those before it, decide what was in effect. Pool: p. */
apr_status_t sp_replay_view_as_of(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, sp_replay_view_t *view, sp_error_t *err);
/* in_effect: what the entry says of itself. */
int sp_replay_view_has(const sp_replay_view_t *view, apr_int64_t entry, int in_effect);

typedef struct {
    apr_int64_t *viewers; /* [SP_DAY_MAX + 1] SP_VIEWERS_NONE: no number */
    apr_uint16_t *span;
    sp_day_t lo, hi;            /* no number outside of them */
    apr_int64_t damaged;        /* the first entry whose words cannot be read; 0: none */
    apr_array_header_t *scopes; /* of apr_int64_t; scratch */
} sp_replay_t;

/* Pool: p. About 850 kB, for any number of series. */
sp_replay_t *sp_replay_create(apr_pool_t *p);
/* Lets the entries of the view speak in their order; the latest about a cell wins, and a scope says "no number" about all that its entry does not mention. */
apr_status_t sp_replay_series(sp_db_t *db, sp_replay_t *r, const sp_replay_view_t *view, const sp_walk_t *at, sp_error_t *err);
/* The same, for the days from first to last: others are not as the ledger says. */
apr_status_t sp_replay_days(sp_db_t *db, sp_replay_t *r, const sp_replay_view_t *view, const sp_walk_t *at, sp_day_t first, sp_day_t last, sp_error_t *err);

#endif
