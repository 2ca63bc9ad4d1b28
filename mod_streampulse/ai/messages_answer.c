/* What the Messages API answers, read strictly: a complete text, or why there is none. */
#include "messages_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <apr_date.h>
#include <apr_lib.h>
#include <apr_strings.h>

#define MODEL_MAX 100 /* bytes of its name */

static void refuse(apr_pool_t *p, sp_messages_failure_t *failure, const char *what)
{
    failure->reason = apr_pstrcat(p, "the answer of the Messages API ", what, ": check StreamPulseAnthropicEndpoint", NULL);
}

static int is_json(const char *content_type)
{
    static const char json[] = "application/json";
    const char *rest = content_type + sizeof(json) - 1;

    if (strcasecmp(content_type, json) == 0) {
        return 1;
    }
    return strncasecmp(content_type, json, sizeof(json) - 1) == 0 && (*rest == ';' || *rest == ' ');
}

static int is_plain(const char *coding)
{
    return !*coding || strcasecmp(coding, "identity") == 0;
}

/* Words of the API itself, such as "overloaded_error": what else it may send is not shown to anybody. */
static int is_word(const char *text, apr_size_t max)
{
    const apr_size_t len = strlen(text);

    for (const char *c = text; *c; c++) {
        if (!apr_isalnum(*c) && !strchr("_-.:@", *c)) {
            return 0;
        }
    }
    return len > 0 && len <= max;
}

static const char *text_at(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    return text ? text : "";
}

/* -1: it is no such number. */
static int number_at(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    const json_int_t number = json_integer_value(value);

    return json_is_integer(value) && number >= 0 && number <= 1000000000 ? (int)number : -1;
}

static int with(int sum, int more)
{
    return more > 0 ? sum + more : sum;
}

static void read_usage(const json_t *root, sp_messages_reply_t *reply)
{
    const json_t *usage = json_object_get(root, "usage");

    reply->input_tokens = number_at(usage, "input_tokens");
    reply->output_tokens = number_at(usage, "output_tokens");
    if (reply->input_tokens >= 0) {
        reply->input_tokens = with(reply->input_tokens, number_at(usage, "cache_creation_input_tokens"));
        reply->input_tokens = with(reply->input_tokens, number_at(usage, "cache_read_input_tokens"));
    }
}

/* NULL: the list is none of blocks. Blocks of other types, such as "thinking", are not for readers. */
static const char *read_blocks(apr_pool_t *p, const json_t *content)
{
    const char *text = "";
    json_t *block;
    size_t i;

    if (!json_is_array(content)) {
        return NULL;
    }
    json_array_foreach(content, i, block)
    {
        const char *type = json_string_value(json_object_get(block, "type"));
        const json_t *words = json_object_get(block, "text");
        if (!type || (strcmp(type, "text") == 0 && !json_is_string(words))) {
            return NULL;
        }
        if (strcmp(type, "text") == 0) {
            text = *text ? apr_pstrcat(p, text, json_string_value(words), NULL) : apr_pstrdup(p, json_string_value(words));
        }
    }
    return text;
}

static const struct {
    const char *name, *reason;
} ends[] = {
    {"max_tokens", "the answer was longer than StreamPulseAnthropicMaxTokens allows: raise it"},
    {"refusal", "the model refused to answer: look at the names of services and platforms, then ask again, or choose another StreamPulseAnthropicModel"},
    {"model_context_window_exceeded", "the request did not fit into the model's window: choose another StreamPulseAnthropicModel"},
    {"pause_turn", "the model paused before its answer was complete: ask again"},
    {"stop_sequence", "the model stopped before its answer was complete: ask again"},
    {"tool_use", "the model asked for a tool instead of answering: ask again"},
};

static const char *explain_end(const char *stop_reason)
{
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (strcmp(stop_reason, ends[i].name) == 0) {
            return ends[i].reason;
        }
    }
    return "the model ended its answer for a reason that this version of StreamPulse does not know";
}

static void read_message(apr_pool_t *p, const json_t *root, sp_messages_reply_t *reply, sp_messages_failure_t *failure)
{
    const char *stop_reason = text_at(root, "stop_reason"), *text = read_blocks(p, json_object_get(root, "content"));

    read_usage(root, reply);
    if (is_word(text_at(root, "model"), MODEL_MAX)) {
        reply->model = apr_pstrdup(p, text_at(root, "model"));
    }
    if (strcmp(text_at(root, "type"), "message") != 0 || strcmp(text_at(root, "role"), "assistant") != 0 || !text || !*stop_reason || reply->input_tokens < 0 ||
        reply->output_tokens < 0) {
        refuse(p, failure, "is no message as it is documented");
    } else if (strcmp(stop_reason, "end_turn") != 0) {
        failure->reason = explain_end(stop_reason);
    } else if (!*text) {
        failure->reason = "the model answered without a text: ask again";
    } else {
        reply->text = text;
    }
}

void sp_messages_read(apr_pool_t *p, const sp_messages_config_t *config, const sp_messages_http_t *http, sp_messages_reply_t *reply,
                      sp_messages_failure_t *failure)
{
    json_t *root;

    if (!is_plain(http->content_encoding)) {
        refuse(p, failure, "is compressed, though that was not asked for");
        return;
    }
    if (!is_json(http->content_type)) {
        refuse(p, failure, "is not JSON but of another type");
        return;
    }
    root = json_loadb(http->body, http->len, JSON_REJECT_DUPLICATES, NULL);
    if (root) {
        read_message(p, root, reply, failure);
    } else {
        refuse(p, failure, http->len ? "is not JSON" : "is empty");
    }
    json_decref(root);
}

/* The kind of error and its text, as far as they are there: of JSON alone. */
static const char *read_error_type(apr_pool_t *p, const sp_messages_http_t *http, int *names_spending)
{
    json_t *root = is_plain(http->content_encoding) && is_json(http->content_type) ? json_loadb(http->body, http->len, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const json_t *error = json_object_get(root, "error");
    const char *type = text_at(error, "type"), *kind = is_word(type, 60) ? apr_pstrdup(p, type) : "";

    *names_spending = strcasestr(type, "spend") || strcasestr(text_at(error, "message"), "spend");
    json_decref(root);
    return kind;
}

static const char *explain_status(apr_pool_t *p, const sp_messages_config_t *config, long status, int is_spending)
{
    switch (status) {
    case 400:
    case 422:
        return "the request was refused as wrong: check that StreamPulseAnthropicModel knows structured output, StreamPulseAnthropicEffort and so many output "
               "tokens";
    case 401:
        return "the API key was refused: put a valid one into the key file";
    case 402:
        return "the account has no credit or no valid payment: put that right in the Anthropic Console";
    case 403:
        return "the API key may not be used for this: give it the right in the Anthropic Console, or put another one into the key file";
    case 404:
        return apr_psprintf(p, "the model \"%s\" or the address is not known there: correct StreamPulseAnthropicModel or StreamPulseAnthropicEndpoint",
                            config->model);
    case 413:
        return "the request was refused as too large: check StreamPulseAnthropicEndpoint";
    case 429:
        return is_spending ? "the spending limit of the account is reached: raise it in the Anthropic Console or wait until it is renewed"
                           : "too many requests were sent with this API key: try again later or ask for higher limits in the Anthropic Console";
    case 529:
        return "the Messages API is overloaded: try again later";
    }
    if (status >= 300 && status < 400) {
        return "the request was sent elsewhere, which is not followed: correct StreamPulseAnthropicEndpoint";
    }
    return status >= 500 ? "the Messages API does not work at the moment: try again later" : "the request was refused: check StreamPulseAnthropicEndpoint";
}

static int may_retry(const sp_messages_http_t *http)
{
    if (strcasecmp(http->should_retry, "true") == 0) {
        return 1;
    }
    if (strcasecmp(http->should_retry, "false") == 0) {
        return 0;
    }
    return http->status == 408 || http->status == 409 || http->status == 429 || http->status >= 500;
}

void sp_messages_read_error(apr_pool_t *p, const sp_messages_config_t *config, const sp_messages_http_t *http, sp_messages_failure_t *failure)
{
    int names_spending;
    const char *type = read_error_type(p, http, &names_spending);
    const int is_spending = http->status == 429 && names_spending && !*http->retry_after && !*http->retry_after_ms;

    failure->may_retry = !is_spending && may_retry(http);
    failure->reason = apr_psprintf(p, "%s (%ld%s%s)", explain_status(p, config, http->status, is_spending), http->status, *type ? ", " : "", type);
}

static apr_int64_t wait_of(const char *text, double unit_ms)
{
    char *end;
    const double number = strtod(text, &end);

    if (end == text || *end || !(number >= 0) || number * unit_ms > 1e15) {
        return -1;
    }
    return (apr_int64_t)(number * unit_ms);
}

/* A number of seconds, or a date of HTTP. */
apr_int64_t sp_messages_asked_wait_ms(const sp_messages_http_t *http)
{
    apr_int64_t wait = wait_of(http->retry_after_ms, 1);
    apr_time_t date;

    if (wait < 0) {
        wait = wait_of(http->retry_after, 1000);
    }
    if (wait >= 0 || !*http->retry_after) {
        return wait;
    }
    date = apr_date_parse_http(http->retry_after);
    if (date == APR_DATE_BAD) {
        return -1;
    }
    return date > apr_time_now() ? apr_time_as_msec(date - apr_time_now()) : 0;
}
