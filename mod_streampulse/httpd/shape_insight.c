/* Insights and their jobs, as JSON. */
#include "shape_insight.h"

#include "breaker.h"
#include "claude.h"

#define MICRODOLLARS 1e6

static void write_number(sp_json_t *j, const char *key, apr_int64_t number)
{
    if (number == SP_INSIGHTS_NO_NUMBER)
        sp_json_kv_null(j, key);
    else
        sp_json_kv_int(j, key, number);
}

static void write_cost(sp_json_t *j, apr_int64_t microdollars)
{
    sp_json_key(j, "cost_usd");
    if (microdollars == SP_INSIGHTS_NO_NUMBER)
        sp_json_null(j);
    else
        sp_json_double(j, (double)microdollars / MICRODOLLARS);
}

/* Members of an open object that the insight and its short form have alike. */
static void write_head(sp_json_t *j, apr_int64_t id, const char *generated_at, const sp_authorship_t *by, int dropped)
{
    sp_json_kv_int(j, "id", id);
    sp_json_kv_string(j, "generated_at", generated_at);
    sp_json_kv_string(j, "source", sp_insights_source_name(by->source));
    sp_json_kv_string(j, "model", by->model);
    sp_json_kv_int(j, "dropped", dropped);
    write_cost(j, by->cost_microdollars);
    sp_json_kv_string(j, "remark", by->remark);
}

/* What was found out about the sentences holds for other numbers: nobody knows yet. */
static void write_standing(sp_json_t *j, const sp_published_t *insight, apr_int64_t revision)
{
    static const apr_array_header_t none = {.nelts = 0};
    const int checked = insight->checked_revision == revision;

    sp_json_kv_bool(j, "stale", insight->revision != revision);
    sp_json_kv_bool(j, "checked", checked);
    sp_json_key(j, "stale_sentences");
    sp_insight_json_write_places(j, checked ? insight->stale : &none);
}

void sp_shape_insight(sp_json_t *j, const sp_published_t *insight, apr_int64_t revision)
{
    if (!insight->id) {
        sp_json_null(j);
        return;
    }
    sp_json_object(j);
    write_head(j, insight->id, insight->generated_at, &insight->by, insight->content.dropped);
    write_number(j, "input_tokens", insight->by.input_tokens);
    write_number(j, "output_tokens", insight->by.output_tokens);
    sp_insight_json_write_parts(j, &insight->content);
    sp_json_key(j, "facts");
    sp_insight_json_write_facts(j, insight->facts);
    write_standing(j, insight, revision);
    sp_json_object_end(j);
}

void sp_shape_insight_brief(sp_json_t *j, const sp_insight_brief_t *brief)
{
    sp_json_object(j);
    write_head(j, brief->id, brief->generated_at, &brief->by, brief->dropped);
    sp_json_kv_string(j, "summary", brief->summary);
    sp_json_object_end(j);
}

static const char *who_asked(const sp_req_t *q, const sp_job_t *job)
{
    return q->who.method != SP_METHOD_ANONYMOUS && job->reason == SP_JOB_REQUEST && *job->requested_by ? job->requested_by : NULL;
}

void sp_shape_insight_job(sp_req_t *q, sp_json_t *j, const sp_job_t *job, apr_int64_t now_ms)
{
    if (!job->id) {
        sp_json_null(j);
        return;
    }
    sp_json_object(j);
    sp_json_kv_int(j, "id", job->id);
    sp_json_kv_string(j, "reason", sp_jobs_reason_name(job->reason));
    sp_json_kv_string(j, "requested_by", who_asked(q, job));
    sp_json_kv_string(j, "state", sp_jobs_state_name(job->state));
    sp_json_kv_int(j, "attempts", job->attempts);
    sp_json_kv_int(j, "attempts_max", SP_JOB_ATTEMPTS_MAX);
    sp_json_kv_time(j, "queued_at", job->queued_ms);
    sp_json_kv_time(j, "due_at", job->state == SP_JOB_QUEUED ? now_ms + sp_jobs_wait_ms(job, q->sconf->insight_delay_s * 1000, now_ms) : 0);
    sp_json_kv_time(j, "finished_at", job->finished_ms);
    sp_json_kv_string(j, "message", job->message);
    sp_json_key(j, "insight");
    if (job->insight)
        sp_json_int(j, job->insight);
    else
        sp_json_null(j);
    sp_json_object_end(j);
}

static sp_breaker_t breaker_of(const sp_spending_t *spending)
{
    const sp_breaker_t breaker = {spending->failures, spending->open_ms};

    return breaker;
}

sp_insight_source_e sp_shape_insight_next_writer(const sp_server_config_t *sconf, const sp_spending_t *spending, apr_int64_t now_ms)
{
    const sp_breaker_t breaker = breaker_of(spending);

    if (!sp_claude_is_configured(sconf) || sp_breaker_state(&breaker, now_ms) == SP_BREAKER_OPEN || spending->jobs >= sconf->insight_daily_max ||
        spending->cost_microdollars + sp_claude_next_cost(sconf) > sconf->insight_daily_cost)
        return SP_SOURCE_STATISTICS;
    return SP_SOURCE_CLAUDE;
}

static void write_dollars(sp_json_t *j, const char *key, apr_int64_t microdollars)
{
    sp_json_key(j, key);
    sp_json_double(j, (double)microdollars / MICRODOLLARS);
}

void sp_shape_insight_spending(sp_json_t *j, const sp_server_config_t *sconf, const sp_spending_t *spending, apr_int64_t now_ms)
{
    const sp_breaker_t breaker = breaker_of(spending);

    if (!sp_claude_is_configured(sconf)) {
        sp_json_null(j);
        return;
    }
    sp_json_object(j);
    sp_json_kv_string(j, "model", sconf->claude_model);
    sp_json_kv_string(j, "breaker", sp_breaker_state_name(sp_breaker_state(&breaker, now_ms)));
    sp_json_kv_time(j, "asked_again_at", sp_breaker_until_ms(&breaker, now_ms));
    sp_json_kv_int(j, "insights_today", spending->jobs);
    sp_json_kv_int(j, "insights_per_day", sconf->insight_daily_max);
    write_dollars(j, "cost_today_usd", spending->cost_microdollars);
    write_dollars(j, "cost_per_day_usd", sconf->insight_daily_cost);
    write_dollars(j, "next_cost_usd", sp_claude_next_cost(sconf));
    sp_json_object_end(j);
}
