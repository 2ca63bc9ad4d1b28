/* What asking the language model has cost today, how often it was asked for a job, and how often it failed: one row. */
#ifndef SP_SPENDING_H
#define SP_SPENDING_H

#include "db.h"

typedef struct {
    apr_int64_t day;               /* since 1970, UTC */
    int jobs;                      /* of that day, for which it was asked */
    apr_int64_t cost_microdollars; /* of that day, with what calls under way may cost at most */
    apr_int64_t job;               /* the last one it was asked for */
    int calls;                     /* for that one */
    int failures;                  /* in a row, see breaker.h */
    apr_int64_t open_ms;
} sp_spending_t;

typedef struct {
    int calls_per_job, jobs_per_day;
    apr_int64_t microdollars_per_day;
} sp_spending_limits_t;

/* As it is now_ms: on a new day nothing is spent yet. */
apr_status_t sp_spending_get(sp_db_t *db, apr_int64_t now_ms, sp_spending_t *spending, sp_error_t *err);
/* Before a call that may cost so much: notes it, also for the case that nobody lives to see its end. SP_E_INSIGHT_ANSWER, APR_EACCES: a limit is reached;
 * err->message says which, as the end of a sentence. */
apr_status_t sp_spending_begin_call(sp_db_t *db, apr_int64_t job, const sp_spending_limits_t *limits, apr_int64_t may_cost, apr_int64_t now_ms,
                                    sp_error_t *err);
/* After it. */
apr_status_t sp_spending_end_call(sp_db_t *db, apr_int64_t may_cost, apr_int64_t cost, apr_int64_t now_ms, sp_error_t *err);
apr_status_t sp_spending_set_failures(sp_db_t *db, int failures, apr_int64_t open_ms, sp_error_t *err);

#endif
