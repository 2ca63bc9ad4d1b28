/* GET /api/insights/status and POST /api/insights/generate: what is on its way, and asking for it. */
#include "api.h"

#include <apr_strings.h>

#include "dbd.h"
#include "jobs.h"
#include "reply.h"
#include "shape_insight.h"

#define OVERDUE_MS 30000

static const char *say_queued(sp_req_t *q, const sp_job_t *job, apr_int64_t now_ms)
{
    const apr_int64_t wait_ms = sp_jobs_wait_ms(job, q->sconf->insight_delay_s * 1000, now_ms);

    if (job->message)
        return apr_psprintf(q->p, "The last attempt did not work: %s. It is tried again in %d seconds.", job->message, (int)((wait_ms + 999) / 1000));
    if (wait_ms > 0)
        return apr_psprintf(q->p, "It is written in %d seconds, if nothing more is changed.", (int)((wait_ms + 999) / 1000));
    if (now_ms - job->changed_ms > q->sconf->insight_delay_s * 1000 + OVERDUE_MS)
        return "It should have been written by now. If this lasts, the server's error log says why.";
    return "It is written in a moment.";
}

static const char *say(sp_req_t *q, const sp_job_t *job, apr_int64_t now_ms)
{
    if (!q->sconf->insights)
        return "Insights are switched off on this server.";
    if (!job->id)
        return "The first insight is written when there are numbers.";
    switch (job->state) {
    case SP_JOB_QUEUED:
        return say_queued(q, job, now_ms);
    case SP_JOB_RUNNING:
        return "It is being written.";
    case SP_JOB_DONE:
        return job->message ? apr_psprintf(q->p, "The last one: %s.", job->message) : "The next one is written after the next change.";
    case SP_JOB_FAILED:
        return apr_psprintf(q->p, "The last one could not be written: %s.", job->message ? job->message : "no reason was given");
    }
    return "";
}

static const char *state_of(const sp_req_t *q, const sp_job_t *job)
{
    if (!q->sconf->insights)
        return "off";
    return job->id && job->state != SP_JOB_DONE ? sp_jobs_state_name(job->state) : "idle";
}

static void write_status(sp_req_t *q, sp_json_t *j, const sp_job_t *job, const sp_spending_t *spending)
{
    const apr_int64_t now_ms = apr_time_as_msec(apr_time_now());

    sp_json_object(j);
    sp_json_kv_bool(j, "configured", q->sconf->insights);
    sp_json_kv_string(j, "state", state_of(q, job));
    sp_json_kv_string(j, "message", say(q, job, now_ms));
    sp_json_kv_string(j, "writer", sp_insights_source_name(sp_shape_insight_next_writer(q->sconf, spending, now_ms)));
    sp_json_key(j, "job");
    sp_shape_insight_job(q, j, job, now_ms);
    sp_json_key(j, "claude");
    sp_shape_insight_spending(j, q->sconf, spending, now_ms);
    sp_json_object_end(j);
}

apr_status_t sp_api_insights_status_get(sp_req_t *q)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;
    sp_job_t job;
    sp_spending_t spending;
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_jobs_current(db, q->p, &job, &q->err);
    if (rv == APR_SUCCESS)
        rv = sp_spending_get(db, apr_time_as_msec(apr_time_now()), &spending, &q->err);
    sp_dbd_release(q, db);
    if (rv != APR_SUCCESS)
        return rv;
    sp_json_init(&j, out);
    write_status(q, &j, &job, &spending);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}

static apr_status_t request_job(sp_req_t *q, apr_int64_t now_ms, sp_job_t *job)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_jobs_request(db, q->p, now_ms, job, &q->err);
    return sp_dbd_release_written(q, db, rv);
}

apr_status_t sp_api_insights_generate_post(sp_req_t *q)
{
    const apr_int64_t now_ms = apr_time_as_msec(apr_time_now());
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;
    sp_job_t job;
    apr_status_t rv;

    if (!q->sconf->insights)
        return sp_error_set(&q->err, SP_E_INSIGHTS_OFF, APR_EGENERAL, "insights are switched off on this server");
    rv = request_job(q, now_ms, &job);
    if (rv != APR_SUCCESS)
        return rv;
    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "job");
    sp_shape_insight_job(q, &j, &job, now_ms);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_ACCEPTED, SP_REPLY_JSON, out);
}
