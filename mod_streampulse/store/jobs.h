/* The jobs that write insights: rows, at most one that waits and one that runs in each database. */
#ifndef SP_JOBS_H
#define SP_JOBS_H

#include "db.h"

#define SP_JOB_ATTEMPTS_MAX 3
#define SP_JOB_LEASE_MS     60000 /* a job whose lease was not renewed for so long is anybody's */
#define SP_JOB_LEASE_SIZE   33    /* 32 hex digits and the NUL */
#define SP_JOB_NEVER        (-1)

typedef enum { SP_JOB_QUEUED, SP_JOB_RUNNING, SP_JOB_DONE, SP_JOB_FAILED } sp_job_state_e;
typedef enum { SP_JOB_CHANGE, SP_JOB_REQUEST } sp_job_reason_e;

/* Times in milliseconds since 1970. */
typedef struct {
    apr_int64_t id; /* 0: there is none */
    sp_job_reason_e reason;
    const char *requested_by; /* "" for changes */
    sp_job_state_e state;
    int attempts; /* begun so often, this time included */
    apr_int64_t queued_ms, changed_ms, wait_from_ms, wait_ms, renewed_ms, finished_ms;
    const char *lease;   /* NULL: it does not run */
    const char *message; /* for people: why it failed, waits or wrote nothing; NULL: nothing to say */
    apr_int64_t insight; /* that it wrote, or found standing; 0: none */
} sp_job_t;

const char *sp_jobs_state_name(sp_job_state_e state);    /* "queued", "running", "done", "failed" */
const char *sp_jobs_reason_name(sp_job_reason_e reason); /* "change", "request" */

/* Inside the write transaction of a change: makes a job, or notes the change in the one that waits. */
apr_status_t sp_jobs_note_change(sp_db_t *db, apr_int64_t now_ms, sp_error_t *err);
/* Somebody (the connection's actor) asks for an insight now: *job is the one that waits, made where there is none. Goes into the audit log. Pool: p. */
apr_status_t sp_jobs_request(sp_db_t *db, apr_pool_t *p, apr_int64_t now_ms, sp_job_t *job, sp_error_t *err);
/* Makes a job where there are numbers that no job has looked at and none is going to. *made: whether. */
apr_status_t sp_jobs_add_missing(sp_db_t *db, apr_int64_t now_ms, int *made, sp_error_t *err);

/* The one that counts: which runs, else which waits, else which was finished last; id 0: there never was one. Pool: p. */
apr_status_t sp_jobs_current(sp_db_t *db, apr_pool_t *p, sp_job_t *job, sp_error_t *err);
/* How long, as things are, until a job that waits is due; 0 for one that does not wait. delay_ms: how long changes are gathered at most; without a further one it is a
 * sixth of that. */
apr_int64_t sp_jobs_wait_ms(const sp_job_t *job, int delay_ms, apr_int64_t now_ms);
/* How long until sp_jobs_claim may find something; SP_JOB_NEVER: not before the next change. Writes nothing. */
apr_status_t sp_jobs_next_ms(sp_db_t *db, apr_pool_t *p, int delay_ms, apr_int64_t now_ms, apr_int64_t *wait_ms, sp_error_t *err);

/* Takes the job that is due, for SP_JOB_LEASE_MS. APR_EOF: there is none, or another process runs it. What a process left behind is taken up again first, or given up after
 * SP_JOB_ATTEMPTS_MAX. holder: of the server, see sp_jobs_abandon. Pool: p. */
apr_status_t sp_jobs_claim(sp_db_t *db, apr_pool_t *p, const char *holder, int delay_ms, apr_int64_t now_ms, sp_job_t *job, sp_error_t *err);
/* These find APR_NOTFOUND (err untouched) where the lease was lost: the job is somebody else's, and nothing is changed. Pool: p. */
apr_status_t sp_jobs_renew(sp_db_t *db, const sp_job_t *job, apr_int64_t now_ms, sp_error_t *err);
/* It did not work: it waits for the next attempt, or has failed for good after SP_JOB_ATTEMPTS_MAX. */
apr_status_t sp_jobs_fail(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, const char *message, apr_int64_t now_ms, sp_error_t *err);
/* The process has to end: the attempt does not count. */
apr_status_t sp_jobs_hand_back(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, sp_error_t *err);
/* Done without an insight, as there was nothing to say. */
apr_status_t sp_jobs_finish_empty(sp_db_t *db, const sp_job_t *job, const char *message, apr_int64_t revision, apr_int64_t now_ms, sp_error_t *err);
/* Done with an insight that stood already: this one would have been the same. */
apr_status_t sp_jobs_finish_standing(sp_db_t *db, const sp_job_t *job, apr_int64_t insight, const char *message, apr_int64_t revision, apr_int64_t now_ms,
                                     sp_error_t *err);
/* Inside the write transaction that stores the insight, before that: done. message NULL: nothing to say. */
apr_status_t sp_jobs_finish(sp_db_t *db, const sp_job_t *job, const char *message, apr_int64_t revision, apr_int64_t now_ms, sp_error_t *err);

/* The holder's process that ran jobs is known to have ended: its job may be taken up at once. why: for people; NULL: not known. */
apr_status_t sp_jobs_abandon(sp_db_t *db, const char *holder, const char *why, sp_error_t *err);

#endif
