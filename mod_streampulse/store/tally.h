/* What a commit does, counted by service and event. */
#ifndef SP_TALLY_H
#define SP_TALLY_H

#include "walk.h"

typedef struct {
    apr_int64_t added, changed, cleared, unchanged;
} sp_counts_t;

typedef struct {
    int service_max, event_max;
    sp_counts_t *service, *event; /* by id; an event's numbers count there only */
} sp_tally_t;

/* service_max, event_max: the largest ids there are. Pool: p. */
sp_tally_t *sp_tally_create(apr_pool_t *p, int service_max, int event_max);
/* For the identities that are stored. */
apr_status_t sp_tally_create_stored(sp_db_t *db, apr_pool_t *p, sp_tally_t **tally, sp_error_t *err);
/* Where a series counts; NULL for ids that no identity has: a damaged database. */
sp_counts_t *sp_tally_of(sp_tally_t *tally, const sp_walk_t *at);
sp_counts_t sp_tally_total(const sp_tally_t *tally);
/* Whether any number was touched, be it only repeated. */
int sp_tally_has(const sp_counts_t *counts);

#endif
