/* A job from the numbers to the published insight, and what has become of a published one. */
#include "insight_job.h"

#include <string.h>

#include <apr_strings.h>
#include <apr_time.h>

#include "facts_read.h"
#include "insight_check.h"

#define RENEW_EVERY_MS (SP_JOB_LEASE_MS / 4)
#define NOTHING        "there was nothing to say about the numbers"

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    const sp_job_t *job;
    const sp_insight_job_options_t *options;
    sp_error_t *err;
    apr_int64_t renewed_ms;
    apr_status_t lease; /* APR_NOTFOUND: it was lost */
    sp_revision_t revision;
    apr_array_header_t *facts;
    sp_insight_t content;
} work_t;

static apr_int64_t now_ms(void)
{
    return apr_time_as_msec(apr_time_now());
}

/* While something takes long: keeps the lease, and tells to stop where it is lost or the process has to end. */
static int must_stop(void *ctx)
{
    work_t *w = ctx;
    const apr_int64_t now = now_ms();

    if (w->options->is_stopping())
        return 1;
    if (w->lease == APR_SUCCESS && (now < w->renewed_ms || now >= w->renewed_ms + RENEW_EVERY_MS)) {
        w->lease = sp_jobs_renew(w->db, w->job, now, w->err);
        w->renewed_ms = now;
    }
    return w->lease != APR_SUCCESS;
}

static int has_numbers(const sp_facts_input_t *input)
{
    return input->services->nelts || input->events->nelts;
}

/* None where there are no numbers: that there are none of anything is nothing to write about. */
static apr_status_t compute_facts(sp_db_t *db, apr_pool_t *p, const sp_insight_job_options_t *options, sp_revision_t *revision, apr_array_header_t **facts,
                                  sp_error_t *err)
{
    sp_facts_input_t input;
    apr_pool_t *ptemp;
    apr_status_t rv = apr_pool_create(&ptemp, p);

    if (rv != APR_SUCCESS)
        return rv;
    *facts = apr_array_make(p, 0, sizeof(sp_fact_t));
    options->limit(options->timeout_s);
    rv = sp_facts_read(db, ptemp, &input, revision, err);
    if (rv == APR_SUCCESS)
        rv = has_numbers(&input) ? sp_facts_compute(p, &input, facts) : APR_SUCCESS;
    options->limit(0);
    /* The numbers may be many, and what comes next may take minutes. */
    apr_pool_destroy(ptemp);
    return rv;
}

static int is_empty(const sp_insight_t *content)
{
    for (int part = 0; part < SP_PART_COUNT; part++)
        if (content->parts[part]->nelts)
            return 0;
    return 1;
}

static apr_status_t finish_empty(work_t *w, sp_insight_result_t *result)
{
    result->outcome = SP_OUTCOME_EMPTY;
    return sp_jobs_finish_empty(w->db, w->job, result->by.remark ? result->by.remark : NOTHING, w->revision.revision, now_ms(), w->err);
}

static apr_status_t leave_standing(work_t *w, sp_insight_result_t *result)
{
    const char *message = apr_psprintf(w->p, "nothing has changed since insight %" APR_INT64_T_FMT " was written, which stands", result->insight);

    result->outcome = SP_OUTCOME_STANDS;
    return sp_jobs_finish_standing(w->db, w->job, result->insight, message, w->revision.revision, now_ms(), w->err);
}

static apr_status_t publish(work_t *w, sp_insight_result_t *result)
{
    if (is_empty(&w->content))
        return finish_empty(w, result);
    /* One that can not be read is no reason not to write the next. */
    if (sp_insights_find_standing(w->db, w->p, &result->by, &w->content, w->revision.revision, &result->insight, NULL) == APR_SUCCESS && result->insight)
        return leave_standing(w, result);
    result->outcome = SP_OUTCOME_PUBLISHED;
    result->dropped = w->content.dropped;
    return sp_insights_publish(w->db, w->p, w->job, &result->by, &w->content, w->facts, w->revision.revision, w->options->kept, now_ms(), &result->insight,
                               w->err);
}

/* The numbers, the facts, the text, the check, and its row: APR_EINTR where it was to stop. */
static apr_status_t work(work_t *w, sp_insight_result_t *result)
{
    const sp_insight_pause_t pause = {must_stop, w};
    apr_status_t rv = compute_facts(w->db, w->p, w->options, &w->revision, &w->facts, w->err);

    if (rv == APR_SUCCESS && !w->facts->nelts)
        return finish_empty(w, result);
    if (rv == APR_SUCCESS)
        rv = sp_insight_author_write(w->db, w->p, w->job->id, w->facts, &pause, w->options->claude, &w->content, &result->by);
    return rv == APR_SUCCESS ? publish(w, result) : rv;
}

static apr_status_t give_up(work_t *w, sp_insight_result_t *result)
{
    const char *message = w->err->message ? w->err->message : "it could not be written";

    result->outcome = SP_OUTCOME_FAILED;
    return sp_jobs_fail(w->db, w->p, w->job, message, now_ms(), NULL);
}

static apr_status_t hand_back(work_t *w, sp_insight_result_t *result)
{
    result->outcome = SP_OUTCOME_HANDED_BACK;
    return sp_jobs_hand_back(w->db, w->p, w->job, w->err);
}

apr_status_t sp_insight_job_run(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, const sp_insight_job_options_t *options, sp_insight_result_t *result,
                                sp_error_t *err)
{
    work_t w = {.db = db, .p = p, .job = job, .options = options, .err = err, .renewed_ms = job->renewed_ms};
    apr_status_t rv;

    memset(result, 0, sizeof(*result));
    rv = work(&w, result);
    if (rv == APR_EINTR && w.lease == APR_SUCCESS)
        rv = hand_back(&w, result);
    else if (rv != APR_SUCCESS && rv != APR_NOTFOUND && w.lease != APR_NOTFOUND)
        rv = give_up(&w, result);
    if (rv == APR_NOTFOUND || w.lease == APR_NOTFOUND) {
        result->outcome = SP_OUTCOME_LOST;
        return APR_SUCCESS;
    }
    return rv;
}

/* holds: one number for each sentence, part by part. */
static apr_array_header_t *places_of(apr_pool_t *p, const sp_insight_t *content, const apr_array_header_t *holds)
{
    apr_array_header_t *places = apr_array_make(p, 8, sizeof(sp_insight_place_t));
    int at = 0;

    for (int part = 0; part < SP_PART_COUNT; part++)
        for (int i = 0; i < content->parts[part]->nelts && at < holds->nelts; i++) {
            const sp_insight_place_t place = {(sp_part_e)part, i};
            if (!APR_ARRAY_IDX(holds, at++, int))
                APR_ARRAY_PUSH(places, sp_insight_place_t) = place;
        }
    return places;
}

apr_status_t sp_insight_job_recheck(sp_db_t *db, apr_pool_t *p, const sp_insight_job_options_t *options, int *done, sp_error_t *err)
{
    apr_array_header_t *facts, *holds;
    sp_published_t insight;
    sp_revision_t revision;
    apr_int64_t id;
    apr_status_t rv = sp_insights_to_check(db, &id, err);

    *done = 0;
    if (rv != APR_SUCCESS || !id)
        return rv;
    rv = sp_insights_get(db, p, id, &insight, err);
    if (rv == APR_SUCCESS)
        rv = compute_facts(db, p, options, &revision, &facts, err);
    if (rv != APR_SUCCESS)
        return rv;
    sp_insight_check_again(p, facts, insight.facts, &insight.content, &holds);
    *done = 1;
    return sp_insights_set_checked(db, p, id, revision.revision, places_of(p, &insight.content, holds), err);
}
