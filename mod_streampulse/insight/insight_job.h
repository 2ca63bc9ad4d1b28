/* A job from the numbers to the published insight, and what has become of a published one. */
#ifndef SP_INSIGHT_JOB_H
#define SP_INSIGHT_JOB_H

#include "insight_author.h"
#include "jobs.h"

typedef struct {
    int kept;                         /* insights that stay stored */
    int timeout_s;                    /* for reading and computing */
    void (*limit)(int seconds);       /* whatever comes next may take so long, after which the process ends; 0: as long as it likes */
    const struct sp_claude_t *claude; /* NULL: it is not asked */
    int (*is_stopping)(void);         /* the process is to end */
} sp_insight_job_options_t;

typedef enum {
    SP_OUTCOME_PUBLISHED,
    SP_OUTCOME_EMPTY,       /* there was nothing to say */
    SP_OUTCOME_STANDS,      /* the latest one says the same about the same numbers */
    SP_OUTCOME_HANDED_BACK, /* the process has to end */
    SP_OUTCOME_LOST,        /* the job is somebody else's by now */
    SP_OUTCOME_FAILED       /* it is tried again, or was given up; err says what happened */
} sp_insight_outcome_e;
#define SP_OUTCOMES (SP_OUTCOME_FAILED + 1)

typedef struct {
    sp_insight_outcome_e outcome;
    apr_int64_t insight; /* its id, or of the one that stands */
    int dropped;         /* sentences that did not pass the check */
    sp_authorship_t by;
} sp_insight_result_t;

/* Does a claimed job and stores what came of it. Fails where not even that could be stored; the lease runs out then. Pool: p. */
apr_status_t sp_insight_job_run(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, const sp_insight_job_options_t *options, sp_insight_result_t *result,
                                sp_error_t *err);

/* Holds the newest insight against the numbers as they are now, where that was not done. *done: whether. Pool: p. */
apr_status_t sp_insight_job_recheck(sp_db_t *db, apr_pool_t *p, const sp_insight_job_options_t *options, int *done, sp_error_t *err);

#endif
