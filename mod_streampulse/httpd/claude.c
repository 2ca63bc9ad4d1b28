/* Claude as the configuration has it: whether it is asked, with which key, for which price. */
#include "claude.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include <apr_strings.h>

#include "api_key.h"
#include "metrics.h"
#include "server_user.h"
#include "sp_module.h"

#define KEPT               "streampulse-anthropic-key"
#define VARIABLE           "ANTHROPIC_API_KEY"
#define RESPONSE_MAX_BYTES (1024 * 1024)

/* Of the environment at the server's start. It outlives the configuration, and the module. */
typedef struct {
    int is_there;
    char key[SP_MESSAGES_KEY_MAX]; /* empty in processes that have no use for it */
} kept_key_t;

static kept_key_t *kept_key(void)
{
    kept_key_t *kept = ap_retained_data_get(KEPT);

    return kept ? kept : ap_retained_data_create(KEPT, sizeof(kept_key_t));
}

void sp_claude_take_environment(void)
{
    kept_key_t *kept = kept_key();
    char *value = getenv(VARIABLE);

    if (!value)
        return;
    kept->is_there = *value != '\0';
    if (!sp_api_key_complaint(value, strlen(value)))
        apr_cpystrn(kept->key, value, sizeof(kept->key));
    /* The value stands where /proc/PID/environ shows it, also of processes that are forked later. */
    explicit_bzero(value, strlen(value));
    unsetenv(VARIABLE);
}

void sp_claude_child_init(void)
{
    explicit_bzero(kept_key()->key, SP_MESSAGES_KEY_MAX);
}

int sp_claude_is_configured(const sp_server_config_t *sconf)
{
    if (!sconf->insights)
        return 0;
    return sconf->claude_key_file ? *sconf->claude_key_file != '\0' : kept_key()->is_there;
}

/* What is sent to others, and costs money, is not to come as a surprise. */
static void tell_of_environment(const sp_server_config_t *sconf)
{
    if (!sconf->claude_key_file && sp_config_is_mounted(sconf, NULL) && sp_claude_is_configured(sconf))
        ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_NOTICE, 0, sconf->server,
                     "SP1702: Claude writes the insights about database \"%s\", as there is a key in " VARIABLE
                     ": \"StreamPulseAnthropicKeyFile none\" keeps it from that",
                     sconf->db_path ? sconf->db_path : "");
}

static void check_key_file(apr_pool_t *ptemp, const sp_server_config_t *sconf)
{
    apr_finfo_t info;

    if (sconf->claude_key_file && *sconf->claude_key_file && apr_stat(&info, sconf->claude_key_file, APR_FINFO_NORM, ptemp) == APR_SUCCESS &&
        !sp_server_user_reads(&info))
        ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_WARNING, 0, sconf->server,
                     "SP1701: the server's user cannot read \"%s\" (StreamPulseAnthropicKeyFile): write chgrp %s %s && chmod 0640 %s", sconf->claude_key_file,
                     sp_server_user_name(), sconf->claude_key_file, sconf->claude_key_file);
}

void sp_claude_check_config(apr_pool_t *ptemp, server_rec *main_server)
{
    for (server_rec *s = main_server; s && sp_config_warnings_are_due(); s = s->next) {
        tell_of_environment(sp_config_server(s));
        check_key_file(ptemp, sp_config_server(s));
    }
}

static apr_status_t read_key(void *ctx, apr_pool_t *p, char *key, sp_error_t *err)
{
    const sp_server_config_t *sconf = ctx;

    /* No core of this process, and no debugger of its user's, shows what libcurl has copied. */
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (sconf->claude_key_file)
        return sp_api_key_read(sconf->claude_key_file, key, err);
    if (!*kept_key()->key)
        return sp_error_set(err, SP_E_INSIGHT_ANSWER, APR_EINVAL,
                            "what " VARIABLE " held when the server was started is no key: start it again with a valid one");
    apr_cpystrn(key, kept_key()->key, SP_MESSAGES_KEY_MAX);
    return APR_SUCCESS;
}

static sp_call_result_e result_of(long status)
{
    if (!status)
        return SP_CALL_UNREACHABLE;
    if (status == HTTP_TOO_MANY_REQUESTS)
        return SP_CALL_LIMITED;
    if (status >= 400 && status < 500)
        return SP_CALL_REFUSED;
    return status >= 200 && status < 300 ? SP_CALL_ANSWERED : SP_CALL_FAILED;
}

static void count_call(sp_metrics_t *metrics, const sp_messages_reply_t *reply, apr_int64_t cost)
{
    sp_metrics_add(&metrics->claude_calls[result_of(reply->status)], 1);
    sp_metrics_add(&metrics->claude_input_tokens, reply->input_tokens > 0 ? (apr_uint64_t)reply->input_tokens : 0);
    sp_metrics_add(&metrics->claude_output_tokens, reply->output_tokens > 0 ? (apr_uint64_t)reply->output_tokens : 0);
    sp_metrics_add(&metrics->claude_microdollars, (apr_uint64_t)cost);
}

static void note_call(void *ctx, const sp_messages_reply_t *reply, apr_int64_t cost)
{
    const sp_server_config_t *sconf = ctx;

    count_call(sconf->metrics, reply, cost);
    ap_log_error(APLOG_MARK, APLOG_INFO, 0, sconf->server, "SP1700: asked %s: status %ld, request-id %s, %d input and %d output tokens, %.6f US dollars",
                 *reply->model ? reply->model : sconf->claude_model, reply->status, *reply->request_id ? reply->request_id : "-",
                 reply->input_tokens > 0 ? reply->input_tokens : 0, reply->output_tokens > 0 ? reply->output_tokens : 0, (double)cost / 1e6);
}

const sp_claude_t *sp_claude_of(const sp_server_config_t *sconf, sp_claude_t *claude)
{
    const sp_messages_config_t messages = {
        .endpoint = sconf->claude_endpoint,
        .model = sconf->claude_model,
        .effort = sconf->claude_effort,
        .ca_file = sconf->claude_ca_file,
        .output_tokens_max = sconf->claude_max_tokens,
        .timeout = apr_time_from_sec(sconf->claude_timeout_s),
        .response_max_bytes = RESPONSE_MAX_BYTES,
    };
    const sp_spending_limits_t limits = {SP_MESSAGES_CALLS_MAX, sconf->insight_daily_max, sconf->insight_daily_cost};

    if (!sp_claude_is_configured(sconf))
        return NULL;
    claude->messages = messages;
    claude->price = sconf->claude_price;
    claude->limits = limits;
    claude->read_key = read_key;
    claude->note_call = note_call;
    claude->ctx = (void *)sconf;
    return claude;
}

apr_int64_t sp_claude_next_cost(const sp_server_config_t *sconf)
{
    return sp_price_cost(&sconf->claude_price, SP_CLAUDE_INPUT_TOKENS, sconf->claude_max_tokens);
}
