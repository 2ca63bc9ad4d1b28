/* The jobs that write insights: rows, at most one that waits and one that runs in each database. */
#include "jobs.h"

#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "audit.h"
#include "hex.h"

#define KEPT           100 /* finished ones */
#define NO_REVISION    (-1)
#define NONE_STANDS    0
#define QUIET_SHARE    6
#define FIRST_BACKOFF  2000
#define BACKOFF_FACTOR 5
#define GIVEN_UP       "the process that was to write it ended early each time; the server's error log says why"
#define ENDED_EARLY    "the process that was to write it ended early; it is tried again"

static const char *const state_names[] = {"queued", "running", "done", "failed"};
static const char *const reason_names[] = {"change", "request"};

const char *sp_jobs_state_name(sp_job_state_e state)
{
    return state_names[state];
}

const char *sp_jobs_reason_name(sp_job_reason_e reason)
{
    return reason_names[reason];
}

static int find_name(const char *const *names, int count, const char *name)
{
    int i = 0;

    while (i < count - 1 && (!name || strcmp(names[i], name)))
        i++;
    return i;
}

static void read_job(sp_stmt_t *st, apr_pool_t *p, sp_job_t *job)
{
    job->id = sp_stmt_int(st, 0);
    job->reason = (sp_job_reason_e)find_name(reason_names, 2, sp_stmt_text(st, 1, p));
    job->requested_by = sp_stmt_text(st, 2, p);
    job->state = (sp_job_state_e)find_name(state_names, 4, sp_stmt_text(st, 3, p));
    job->attempts = (int)sp_stmt_int(st, 4);
    job->queued_ms = sp_stmt_int(st, 5);
    job->changed_ms = sp_stmt_int(st, 6);
    job->wait_from_ms = sp_stmt_int(st, 7);
    job->wait_ms = sp_stmt_int(st, 8);
    job->lease = sp_stmt_text(st, 9, p);
    job->renewed_ms = sp_stmt_int(st, 10);
    job->finished_ms = sp_stmt_int(st, 11);
    job->message = sp_stmt_text(st, 12, p);
    job->insight = sp_stmt_int(st, 13);
}

/* job->id 0: there is none. */
static apr_status_t step_job(sp_stmt_t *st, apr_pool_t *p, sp_job_t *job, sp_error_t *err)
{
    apr_status_t rv = sp_stmt_step(st, err);

    memset(job, 0, sizeof(*job));
    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_SUCCESS : rv;
    read_job(st, p, job);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static apr_status_t find_job(sp_db_t *db, apr_pool_t *p, sp_query_e query, sp_job_t *job, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);

    return st ? step_job(st, p, job, err) : APR_EGENERAL;
}

apr_status_t sp_jobs_current(sp_db_t *db, apr_pool_t *p, sp_job_t *job, sp_error_t *err)
{
    apr_status_t rv = find_job(db, p, SP_Q_JOB_RUNNING, job, err);

    if (rv == APR_SUCCESS && !job->id)
        rv = find_job(db, p, SP_Q_JOB_WAITING, job, err);
    if (rv == APR_SUCCESS && !job->id)
        rv = find_job(db, p, SP_Q_JOB_NEWEST, job, err);
    return rv;
}

static apr_status_t add(sp_db_t *db, sp_job_reason_e reason, const char *requested_by, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_JOB_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, reason_names[reason]);
    sp_stmt_bind_text(st, 2, requested_by);
    sp_stmt_bind_int(st, 3, now_ms);
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_jobs_note_change(sp_db_t *db, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_JOB_NOTE_CHANGE, err);
    apr_int64_t found;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms);
    rv = sp_stmt_run(st, &found, err);
    if (rv != APR_SUCCESS || found)
        return rv;
    return add(db, SP_JOB_CHANGE, "", now_ms, err);
}

static apr_status_t hasten_or_add(sp_db_t *db, apr_int64_t now_ms, sp_error_t *err)
{
    const char *who = sp_db_actor(db)->user;
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_JOB_HASTEN, err);
    apr_int64_t found;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, who ? who : "");
    rv = sp_stmt_run(st, &found, err);
    if (rv != APR_SUCCESS || found)
        return rv;
    return add(db, SP_JOB_REQUEST, who ? who : "", now_ms, err);
}

static apr_status_t note_request(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, sp_error_t *err)
{
    const sp_audit_event_t event = {.action = "insight_requested", .target = apr_psprintf(p, "job %" APR_INT64_T_FMT, job->id), .result = "ok", .count = 1};

    return sp_audit_add(db, &event, err);
}

apr_status_t sp_jobs_request(sp_db_t *db, apr_pool_t *p, apr_int64_t now_ms, sp_job_t *job, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    rv = hasten_or_add(db, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = find_job(db, p, SP_Q_JOB_WAITING, job, err);
    if (rv == APR_SUCCESS)
        rv = note_request(db, p, job, err);
    return sp_db_end_write(db, rv, err);
}

static apr_status_t is_missing(sp_db_t *db, int *missing, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_JOB_IS_MISSING, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    rv = sp_stmt_step(st, err);
    *missing = rv == APR_SUCCESS;
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_jobs_add_missing(sp_db_t *db, apr_int64_t now_ms, int *made, sp_error_t *err)
{
    apr_status_t rv = is_missing(db, made, err);

    if (rv != APR_SUCCESS || !*made)
        return rv;
    rv = sp_db_begin_write(db, err);
    if (rv != APR_SUCCESS)
        return rv;
    rv = is_missing(db, made, err);
    if (rv == APR_SUCCESS && *made)
        rv = add(db, SP_JOB_CHANGE, "", now_ms, err);
    return sp_db_end_write(db, rv, err);
}

/* What is left of a span of time. A start in the future says that the clock was set back: nobody knows how long ago it was, so it counts as long enough. */
static apr_int64_t time_left(apr_int64_t from_ms, apr_int64_t span_ms, apr_int64_t now_ms)
{
    const apr_int64_t passed = now_ms - from_ms;

    return passed < 0 || passed >= span_ms ? 0 : span_ms - passed;
}

apr_int64_t sp_jobs_wait_ms(const sp_job_t *job, int delay_ms, apr_int64_t now_ms)
{
    apr_int64_t quiet, gathered;

    if (job->state != SP_JOB_QUEUED)
        return 0;
    if (job->wait_ms)
        return time_left(job->wait_from_ms, job->wait_ms, now_ms);
    if (job->reason == SP_JOB_REQUEST)
        return 0;
    quiet = time_left(job->changed_ms, delay_ms / QUIET_SHARE, now_ms);
    gathered = time_left(job->queued_ms, delay_ms, now_ms);
    return quiet < gathered ? quiet : gathered;
}

/* Another machine's clock may be a little ahead of ours. */
static apr_int64_t lease_left(const sp_job_t *job, apr_int64_t now_ms)
{
    const apr_int64_t age = now_ms - job->renewed_ms;

    return age <= -SP_JOB_LEASE_MS || age >= SP_JOB_LEASE_MS ? 0 : SP_JOB_LEASE_MS - age;
}

apr_status_t sp_jobs_next_ms(sp_db_t *db, apr_pool_t *p, int delay_ms, apr_int64_t now_ms, apr_int64_t *wait_ms, sp_error_t *err)
{
    sp_job_t job;
    apr_status_t rv = find_job(db, p, SP_Q_JOB_RUNNING, &job, err);

    *wait_ms = SP_JOB_NEVER;
    if (rv == APR_SUCCESS && job.id)
        *wait_ms = lease_left(&job, now_ms);
    if (rv != APR_SUCCESS || job.id)
        return rv;
    rv = find_job(db, p, SP_Q_JOB_WAITING, &job, err);
    if (rv == APR_SUCCESS && job.id)
        *wait_ms = sp_jobs_wait_ms(&job, delay_ms, now_ms);
    return rv;
}

static apr_status_t drop_waiting(sp_db_t *db, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_JOB_DROP_WAITING, err);

    return st ? sp_stmt_run(st, NULL, err) : APR_EGENERAL;
}

/* A job that was queued while this one ran is the same work by now: this one takes over what it was for. */
static apr_status_t absorb_waiting(sp_db_t *db, apr_pool_t *p, sp_job_t *job, sp_error_t *err)
{
    sp_job_t waiting;
    apr_status_t rv = find_job(db, p, SP_Q_JOB_WAITING, &waiting, err);

    if (rv != APR_SUCCESS || !waiting.id)
        return rv;
    job->changed_ms = waiting.changed_ms;
    if (waiting.reason == SP_JOB_REQUEST) {
        job->reason = SP_JOB_REQUEST;
        job->requested_by = waiting.requested_by;
        job->attempts = 0;
        job->wait_ms = 0;
    }
    return drop_waiting(db, err);
}

static apr_status_t must_hold(apr_status_t rv, apr_int64_t found)
{
    return rv == APR_SUCCESS && !found ? APR_NOTFOUND : rv;
}

static apr_status_t requeue(sp_db_t *db, const sp_job_t *job, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_JOB_REQUEUE, err);
    apr_int64_t found = 0;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, job->id);
    sp_stmt_bind_text(st, 2, job->lease);
    sp_stmt_bind_text(st, 3, reason_names[job->reason]);
    sp_stmt_bind_text(st, 4, job->requested_by);
    sp_stmt_bind_int(st, 5, job->attempts);
    sp_stmt_bind_int(st, 6, job->changed_ms);
    sp_stmt_bind_int(st, 7, job->wait_from_ms);
    sp_stmt_bind_int(st, 8, job->wait_ms);
    sp_stmt_bind_text(st, 9, job->message);
    rv = sp_stmt_run(st, &found, err);
    return must_hold(rv, found);
}

static apr_status_t end_job(sp_db_t *db, const sp_job_t *job, sp_job_state_e state, const char *message, apr_int64_t revision, apr_int64_t standing,
                            apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_JOB_END, err);
    apr_int64_t found = 0;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, job->id);
    sp_stmt_bind_text(st, 2, job->lease);
    sp_stmt_bind_text(st, 3, state_names[state]);
    sp_stmt_bind_int(st, 4, now_ms);
    sp_stmt_bind_text(st, 5, message);
    if (revision >= 0)
        sp_stmt_bind_int(st, 6, revision);
    if (standing)
        sp_stmt_bind_int(st, 7, standing);
    rv = sp_stmt_run(st, &found, err);
    rv = must_hold(rv, found);
    if (rv != APR_SUCCESS)
        return rv;
    st = sp_db_stmt(db, SP_Q_JOB_SWEEP, err);
    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, KEPT);
    return sp_stmt_run(st, NULL, err);
}

static apr_int64_t backoff_ms(int attempts)
{
    apr_int64_t wait = FIRST_BACKOFF;

    while (--attempts > 0)
        wait *= BACKOFF_FACTOR;
    return wait;
}

/* Inside a write transaction: another attempt after a while, unless there were enough. */
static apr_status_t try_later(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, const char *waiting, const char *given_up, apr_int64_t now_ms, sp_error_t *err)
{
    sp_job_t later = *job;
    apr_status_t rv;

    if (job->attempts >= SP_JOB_ATTEMPTS_MAX)
        return end_job(db, job, SP_JOB_FAILED, given_up, NO_REVISION, NONE_STANDS, now_ms, err);
    later.wait_from_ms = now_ms;
    later.wait_ms = backoff_ms(job->attempts);
    later.message = waiting;
    rv = absorb_waiting(db, p, &later, err);
    return rv == APR_SUCCESS ? requeue(db, &later, err) : rv;
}

/* *busy: a process has the lease of the job that runs. */
static apr_status_t take_up_again(sp_db_t *db, apr_pool_t *p, apr_int64_t now_ms, int *busy, sp_error_t *err)
{
    sp_job_t job;
    apr_status_t rv = find_job(db, p, SP_Q_JOB_RUNNING, &job, err);

    *busy = rv == APR_SUCCESS && job.id && lease_left(&job, now_ms) > 0;
    if (rv != APR_SUCCESS || !job.id || *busy)
        return rv;
    return try_later(db, p, &job, job.message ? job.message : ENDED_EARLY, job.message ? job.message : GIVEN_UP, now_ms, err);
}

static apr_status_t make_lease(apr_pool_t *p, const char **lease, sp_error_t *err)
{
    unsigned char random[(SP_JOB_LEASE_SIZE - 1) / 2];
    char *text = apr_palloc(p, SP_JOB_LEASE_SIZE);
    apr_status_t rv = apr_generate_random_bytes(random, sizeof(random));

    if (rv != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not get random bytes for a lease");
    sp_hex(text, random, sizeof(random));
    *lease = text;
    return APR_SUCCESS;
}

static apr_status_t mark_running(sp_db_t *db, apr_pool_t *p, const char *holder, apr_int64_t now_ms, sp_job_t *job, sp_error_t *err)
{
    apr_status_t rv = make_lease(p, &job->lease, err);
    sp_stmt_t *st = rv == APR_SUCCESS ? sp_db_stmt(db, SP_Q_JOB_CLAIM, err) : NULL;

    if (!st)
        return rv == APR_SUCCESS ? APR_EGENERAL : rv;
    sp_stmt_bind_int(st, 1, job->id);
    sp_stmt_bind_text(st, 2, job->lease);
    sp_stmt_bind_text(st, 3, holder);
    sp_stmt_bind_int(st, 4, now_ms);
    job->state = SP_JOB_RUNNING;
    job->attempts++;
    job->renewed_ms = now_ms;
    job->message = NULL;
    return sp_stmt_run(st, NULL, err);
}

/* APR_EOF: there is none to be claimed, and what was taken up again is to be stored all the same. */
static apr_status_t claim_due(sp_db_t *db, apr_pool_t *p, const char *holder, int delay_ms, apr_int64_t now_ms, sp_job_t *job, sp_error_t *err)
{
    int busy;
    apr_status_t rv = take_up_again(db, p, now_ms, &busy, err);

    if (rv != APR_SUCCESS || busy)
        return rv == APR_SUCCESS ? APR_EOF : rv;
    rv = find_job(db, p, SP_Q_JOB_WAITING, job, err);
    if (rv != APR_SUCCESS)
        return rv;
    if (!job->id || sp_jobs_wait_ms(job, delay_ms, now_ms) > 0)
        return APR_EOF;
    return mark_running(db, p, holder, now_ms, job, err);
}

apr_status_t sp_jobs_claim(sp_db_t *db, apr_pool_t *p, const char *holder, int delay_ms, apr_int64_t now_ms, sp_job_t *job, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err), ended;

    if (rv != APR_SUCCESS)
        return rv;
    rv = claim_due(db, p, holder, delay_ms, now_ms, job, err);
    ended = sp_db_end_write(db, rv == APR_EOF ? APR_SUCCESS : rv, err);
    return ended == APR_SUCCESS ? rv : ended;
}

apr_status_t sp_jobs_renew(sp_db_t *db, const sp_job_t *job, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st;
    apr_int64_t found = 0;
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    st = sp_db_stmt(db, SP_Q_JOB_RENEW, err);
    if (!st)
        return sp_db_end_write(db, APR_EGENERAL, err);
    sp_stmt_bind_int(st, 1, job->id);
    sp_stmt_bind_text(st, 2, job->lease);
    sp_stmt_bind_int(st, 3, now_ms);
    rv = sp_stmt_run(st, &found, err);
    return sp_db_end_write(db, must_hold(rv, found), err);
}

apr_status_t sp_jobs_fail(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, const char *message, apr_int64_t now_ms, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_db_end_write(db, try_later(db, p, job, message, message, now_ms, err), err);
}

apr_status_t sp_jobs_hand_back(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, sp_error_t *err)
{
    sp_job_t again = *job;
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    again.attempts--;
    again.wait_ms = 0;
    rv = absorb_waiting(db, p, &again, err);
    if (rv == APR_SUCCESS)
        rv = requeue(db, &again, err);
    return sp_db_end_write(db, rv, err);
}

apr_status_t sp_jobs_finish(sp_db_t *db, const sp_job_t *job, const char *message, apr_int64_t revision, apr_int64_t now_ms, sp_error_t *err)
{
    return end_job(db, job, SP_JOB_DONE, message, revision, NONE_STANDS, now_ms, err);
}

apr_status_t sp_jobs_finish_empty(sp_db_t *db, const sp_job_t *job, const char *message, apr_int64_t revision, apr_int64_t now_ms, sp_error_t *err)
{
    return sp_jobs_finish_standing(db, job, NONE_STANDS, message, revision, now_ms, err);
}

apr_status_t sp_jobs_finish_standing(sp_db_t *db, const sp_job_t *job, apr_int64_t insight, const char *message, apr_int64_t revision, apr_int64_t now_ms,
                                     sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_db_end_write(db, end_job(db, job, SP_JOB_DONE, message, revision, insight, now_ms, err), err);
}

apr_status_t sp_jobs_abandon(sp_db_t *db, const char *holder, const char *why, sp_error_t *err)
{
    sp_stmt_t *st;
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    st = sp_db_stmt(db, SP_Q_JOB_ABANDON, err);
    if (!st)
        return sp_db_end_write(db, APR_EGENERAL, err);
    sp_stmt_bind_text(st, 1, holder);
    sp_stmt_bind_text(st, 2, why);
    return sp_db_end_write(db, sp_stmt_run(st, NULL, err), err);
}
