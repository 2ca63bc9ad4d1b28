/* Asking the Messages API, again where it asks for that. */
#include "messages_internal.h"

#include <poll.h>
#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#define BACKOFF_MS     500 /* doubled from call to call */
#define BACKOFF_MAX_MS 8000
#define WAIT_MAX_MS    60000 /* one that asks for more is left alone */
#define WAIT_STEP_MS   50

/* Three quarters to all of it, so that many who failed together do not come back together. */
static apr_int64_t with_jitter(apr_int64_t wait_ms)
{
    unsigned char random = 0;

    if (apr_generate_random_bytes(&random, sizeof(random)) != APR_SUCCESS) {
        return wait_ms;
    }
    return wait_ms - wait_ms * random / 1024;
}

static apr_int64_t wait_before_next(const sp_messages_http_t *http, int calls)
{
    const apr_int64_t asked = sp_messages_asked_wait_ms(http);
    const apr_int64_t backoff = (apr_int64_t)BACKOFF_MS << (calls < 8 ? calls - 1 : 7);

    return asked >= 0 ? asked : with_jitter(backoff < BACKOFF_MAX_MS ? backoff : BACKOFF_MAX_MS);
}

static apr_status_t wait_ms(apr_int64_t ms, const sp_messages_hooks_t *hooks)
{
    while (ms > 0 && !hooks->must_stop(hooks->ctx)) {
        const int step = (int)(ms < WAIT_STEP_MS ? ms : WAIT_STEP_MS);
        (void)poll(NULL, 0, step);
        ms -= step;
    }
    return hooks->must_stop(hooks->ctx) ? APR_EINTR : APR_SUCCESS;
}

static void read_answer(apr_pool_t *p, const sp_messages_config_t *config, const sp_messages_http_t *http, sp_messages_reply_t *reply,
                        sp_messages_failure_t *failure)
{
    if (failure->reason) {
        return;
    }
    if (http->status == 200) {
        sp_messages_read(p, config, http, reply, failure);
    } else {
        sp_messages_read_error(p, config, http, failure);
    }
}

static void describe_nothing(sp_messages_reply_t *reply)
{
    const sp_messages_reply_t nothing = {.model = "", .request_id = "", .input_tokens = -1, .output_tokens = -1};

    *reply = nothing;
}

static const char *clean_id(apr_pool_t *p, const char *id)
{
    static const char in_ids[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    return id[strspn(id, in_ids)] ? "" : apr_pstrdup(p, id);
}

/* Scratch of its own, as an answer may be large. */
static apr_status_t call_once(apr_pool_t *p, const sp_messages_config_t *config, const char *body, const sp_messages_hooks_t *hooks, sp_messages_reply_t *reply,
                              sp_messages_failure_t *failure, int calls, apr_int64_t *wait, sp_error_t *err)
{
    const sp_messages_failure_t none = {0};
    sp_messages_http_t http = {0};
    apr_pool_t *ptemp;
    apr_status_t rv = apr_pool_create(&ptemp, p);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    *failure = none;
    describe_nothing(reply);
    rv = sp_messages_call(ptemp, config, body, hooks, &http, failure, err);
    if (rv == APR_SUCCESS) {
        read_answer(p, config, &http, reply, failure);
        failure->reason = failure->reason ? apr_pstrdup(p, failure->reason) : NULL;
        reply->status = http.status;
        reply->may_have_cost = http.was_sent && (http.status == 0 || http.status == 200) && reply->output_tokens < 0;
        reply->request_id = clean_id(p, http.request_id);
        *wait = wait_before_next(&http, calls);
    }
    apr_pool_destroy(ptemp);
    return rv;
}

static apr_status_t fail(const sp_messages_failure_t *failure, sp_error_t *err)
{
    return sp_error_set(err, SP_E_INSIGHT_ANSWER, APR_EGENERAL, "%s", failure->reason);
}

/* The first call needs leave as the others do; where a later one has none, what was wrong before is what counts. */
static apr_status_t begin(const sp_messages_hooks_t *hooks, int calls, sp_error_t *err)
{
    return hooks->begin(hooks->ctx, calls ? NULL : err);
}

apr_status_t sp_messages_ask(apr_pool_t *p, const sp_messages_config_t *config, const char *system, const apr_array_header_t *turns, json_t *schema,
                             const sp_messages_hooks_t *hooks, sp_messages_reply_t *reply, sp_error_t *err)
{
    sp_messages_failure_t failure = {0};
    const char *body;
    apr_int64_t wait = 0;
    apr_status_t rv = sp_messages_request(p, config, system, turns, schema, &body, err);

    describe_nothing(reply);
    for (int calls = 0; rv == APR_SUCCESS;) {
        rv = begin(hooks, calls, err);
        if (rv != APR_SUCCESS) {
            return calls ? fail(&failure, err) : rv;
        }
        rv = call_once(p, config, body, hooks, reply, &failure, ++calls, &wait, err);
        hooks->end(hooks->ctx, reply);
        if (rv != APR_SUCCESS || !failure.reason) {
            return rv;
        }
        if (!failure.may_retry || wait > WAIT_MAX_MS) {
            return fail(&failure, err);
        }
        rv = wait_ms(wait, hooks);
    }
    return rv;
}
