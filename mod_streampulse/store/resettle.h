/* Settles what an entry spoke about, after it went out of effect or came back. */
#ifndef SP_RESETTLE_H
#define SP_RESETTLE_H

#include "plan.h"
#include "replay.h"
#include "tally.h"

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;                /* scratch */
    const sp_replay_view_t *view; /* what is in effect now */
    apr_int64_t spoke;            /* the entry whose words are settled anew */
    apr_int64_t by;               /* the entry that does it */
    sp_tally_t *tally;
    sp_plan_t *plan; /* may be NULL; with plan->dry_run nothing is written */
} sp_resettle_t;

/* The numbers of every series that the entry spoke about, by its words or its scopes. One series in memory at a time. */
apr_status_t sp_resettle_numbers(const sp_resettle_t *how, sp_error_t *err);
apr_status_t sp_resettle_labels(const sp_resettle_t *how, sp_error_t *err);

#endif
