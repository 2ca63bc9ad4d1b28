/* Claude as the writer: facts go out, a draft comes back, and what does not pass the check is sent back once. */
#include "claude_author.h"

#include <string.h>

#include <apr_strings.h>

#include "breaker.h"
#include "insight_check.h"
#include "insight_prompt.h"

#define CHARS_PER_TOKEN 3 /* fewer than the prompt counts with, as this is for what a call may cost at most */

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    apr_int64_t job;
    const apr_array_header_t *facts;
    const sp_insight_pause_t *pause;
    const sp_claude_t *claude;
    sp_spending_limits_t limits;
    sp_messages_config_t config;
    sp_prompt_t prompt;
    apr_array_header_t *turns; /* of sp_messages_turn_t */
    apr_int64_t may_cost;      /* the call that is next or under way */
    sp_breaker_t breaker;
    sp_authorship_t *by;
} work_t;

static apr_int64_t now_ms(void)
{
    return apr_time_as_msec(apr_time_now());
}

static int must_stop(void *ctx)
{
    const work_t *w = ctx;

    return w->pause->must_stop(w->pause->ctx);
}

/* The prompt's estimate counts the first turn. */
static apr_int64_t most_that_it_costs(const work_t *w)
{
    apr_int64_t chars = (apr_int64_t)(w->prompt.input_tokens * SP_PROMPT_CHARS_PER_TOKEN);

    for (int i = 1; i < w->turns->nelts; i++)
        chars += (apr_int64_t)strlen(APR_ARRAY_IDX(w->turns, i, sp_messages_turn_t).text);
    return sp_price_cost(&w->claude->price, chars / CHARS_PER_TOKEN + 1, w->config.output_tokens_max);
}

static apr_status_t begin_call(void *ctx, sp_error_t *err)
{
    work_t *w = ctx;

    w->may_cost = most_that_it_costs(w);
    return sp_spending_begin_call(w->db, w->job, &w->limits, w->may_cost, now_ms(), err);
}

static void add(apr_int64_t *sum, apr_int64_t more)
{
    *sum = (*sum == SP_INSIGHTS_NO_NUMBER ? 0 : *sum) + more;
}

/* What was sent and not answered may have cost something that nobody told: then it stays at the most that it may have cost. */
static apr_int64_t cost_of(const work_t *w, const sp_messages_reply_t *reply)
{
    if (reply->output_tokens >= 0 && reply->input_tokens >= 0)
        return sp_price_cost(&w->claude->price, reply->input_tokens, reply->output_tokens);
    return reply->may_have_cost ? w->may_cost : 0;
}

static void end_call(void *ctx, const sp_messages_reply_t *reply)
{
    work_t *w = ctx;
    const apr_int64_t cost = cost_of(w, reply);

    add(&w->by->cost_microdollars, cost);
    add(&w->by->input_tokens, reply->input_tokens > 0 ? reply->input_tokens : 0);
    add(&w->by->output_tokens, reply->output_tokens > 0 ? reply->output_tokens : 0);
    w->claude->note_call(w->claude->ctx, reply, cost);
    /* Where that cannot be stored, it stays at the most that the call may have cost. */
    (void)sp_spending_end_call(w->db, w->may_cost, cost, now_ms(), NULL);
}

static apr_status_t look_at_breaker(work_t *w, sp_error_t *err)
{
    sp_spending_t spending;
    apr_status_t rv = sp_spending_get(w->db, now_ms(), &spending, err);
    sp_breaker_e state;

    if (rv != APR_SUCCESS)
        return rv;
    w->breaker.failures = spending.failures;
    w->breaker.open_ms = spending.open_ms;
    state = sp_breaker_state(&w->breaker, now_ms());
    if (state == SP_BREAKER_HALF_OPEN)
        w->limits.calls_per_job = 1;
    if (state != SP_BREAKER_OPEN)
        return APR_SUCCESS;
    return sp_error_set(err, SP_E_INSIGHT_ANSWER, APR_EGENERAL,
                        "Claude failed %d times in a row and is not asked for a while: see the remarks of the insights before", spending.failures);
}

/* Limits of ours, and a process that has to end, say nothing about the API. */
static void note_outcome(work_t *w, apr_status_t rv, const sp_messages_reply_t *reply)
{
    const int has_answered = rv == APR_SUCCESS || reply->output_tokens >= 0; /* though it may be nothing of use: the API is well */
    const int had = w->breaker.failures;

    if (rv == APR_EINTR || rv == APR_EACCES)
        return;
    if (has_answered) {
        sp_breaker_succeeded(&w->breaker);
        w->limits.calls_per_job = w->claude->limits.calls_per_job;
    } else {
        sp_breaker_failed(&w->breaker, now_ms());
    }
    if (had != w->breaker.failures)
        (void)sp_spending_set_failures(w->db, w->breaker.failures, w->breaker.open_ms, NULL);
}

static void add_turn(work_t *w, const char *role, const char *text)
{
    const sp_messages_turn_t turn = {role, text};

    APR_ARRAY_PUSH(w->turns, sp_messages_turn_t) = turn;
}

static apr_status_t ask(work_t *w, sp_messages_reply_t *reply, sp_error_t *err)
{
    const sp_messages_hooks_t hooks = {must_stop, begin_call, end_call, w};
    apr_status_t rv = sp_messages_ask(w->p, &w->config, w->prompt.system, w->turns, w->prompt.schema, &hooks, reply, err);

    note_outcome(w, rv, reply);
    return rv;
}

/* One turn, with what is wrong with it; *is_poor: so much that it must not be published. */
static apr_status_t take_turn(work_t *w, sp_messages_reply_t *reply, sp_insight_t *content, apr_array_header_t **drops, int *is_poor, sp_error_t *err)
{
    sp_draft_t draft;
    apr_status_t rv = ask(w, reply, err);

    if (rv == APR_SUCCESS)
        rv = sp_prompt_read_answer(w->p, reply->text, strlen(reply->text), &draft, err);
    if (rv != APR_SUCCESS)
        return rv;
    sp_insight_check(w->p, w->facts, &draft, content, drops);
    *is_poor = sp_insight_check_is_poor(content, &draft);
    return APR_SUCCESS;
}

static apr_status_t write_and_mend(work_t *w, sp_insight_t *content, sp_error_t *err)
{
    sp_messages_reply_t reply;
    apr_array_header_t *drops;
    int is_poor;
    apr_status_t rv;

    add_turn(w, "user", w->prompt.user);
    rv = take_turn(w, &reply, content, &drops, &is_poor, err);
    if (rv == APR_SUCCESS && is_poor) {
        add_turn(w, "assistant", reply.text);
        add_turn(w, "user", sp_prompt_repair(w->p, drops));
        rv = take_turn(w, &reply, content, &drops, &is_poor, err);
    }
    if (rv != APR_SUCCESS)
        return rv;
    if (is_poor)
        return sp_error_set(err, SP_E_INSIGHT_ANSWER, APR_EGENERAL,
                            "too much of what Claude wrote does not agree with the figures (%d sentences of its second try)", content->dropped);
    w->by->source = SP_SOURCE_CLAUDE;
    w->by->model = *reply.model ? reply.model : w->config.model;
    return APR_SUCCESS;
}

apr_status_t sp_claude_author_write(sp_db_t *db, apr_pool_t *p, apr_int64_t job, const apr_array_header_t *facts, const sp_insight_pause_t *pause,
                                    const sp_claude_t *claude, sp_insight_t *content, sp_authorship_t *by, sp_error_t *err)
{
    work_t w = {.db = db, .p = p, .job = job, .facts = facts, .pause = pause, .claude = claude, .limits = claude->limits, .config = claude->messages, .by = by};
    char key[SP_MESSAGES_KEY_MAX];
    apr_status_t rv = look_at_breaker(&w, err);

    if (rv == APR_SUCCESS)
        rv = sp_prompt_build(p, facts, SP_CLAUDE_INPUT_TOKENS, &w.prompt, err);
    if (rv == APR_SUCCESS)
        rv = claude->read_key(claude->ctx, p, key, err);
    if (rv != APR_SUCCESS)
        return rv;
    w.turns = apr_array_make(p, 3, sizeof(sp_messages_turn_t));
    w.config.key = key;
    rv = write_and_mend(&w, content, err);
    explicit_bzero(key, sizeof(key));
    return rv;
}
