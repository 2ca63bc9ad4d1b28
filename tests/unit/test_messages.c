/* What is sent to the Messages API, and what its answers and errors are taken for. */
#include "support.h"

#include <string.h>

#include <apr_date.h>
#include <apr_time.h>

#include "messages_internal.h"

static const sp_messages_config_t config = {.endpoint = SP_MESSAGES_ENDPOINT, .model = "claude-x", .effort = "high", .output_tokens_max = 100};

static sp_messages_http_t answer(long status, const char *body)
{
    const sp_messages_http_t http = {.status = status,
                                     .request_id = "req_1",
                                     .content_type = "application/json",
                                     .content_encoding = "",
                                     .retry_after = "",
                                     .retry_after_ms = "",
                                     .should_retry = "",
                                     .body = body,
                                     .len = strlen(body)};
    return http;
}

#define USAGE "\"usage\":{\"input_tokens\":10,\"output_tokens\":2,\"cache_read_input_tokens\":5,\"cache_creation_input_tokens\":3}"
#define HEAD  "{\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\","

static void read_takes_the_text_blocks_of_a_complete_answer(void **state)
{
    const sp_messages_http_t http = answer(200, HEAD USAGE ",\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\"},"
                                                           "{\"type\":\"text\",\"text\":\"one \"},{\"type\":\"text\",\"text\":\"two\"}]}");
    sp_messages_reply_t reply = {.model = "", .input_tokens = -1, .output_tokens = -1};
    sp_messages_failure_t failure = {0};

    sp_messages_read(sp_test_pool(), &config, &http, &reply, &failure);
    assert_null(failure.reason);
    assert_string_equal(reply.text, "one two");
    assert_string_equal(reply.model, "claude-x");
    assert_int_equal(reply.input_tokens, 18);
    assert_int_equal(reply.output_tokens, 2);
}

static void read_refuses_what_is_not_complete(void **state)
{
    static const struct {
        const char *body, *reason;
    } cases[] = {
        {"", "empty"},
        {"[]", "no message"},
        {HEAD USAGE ",\"stop_reason\":\"max_tokens\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}", "StreamPulseAnthropicMaxTokens"},
        {HEAD USAGE ",\"stop_reason\":\"refusal\",\"content\":[]}", "refused"},
        {HEAD USAGE ",\"stop_reason\":\"tool_use\",\"content\":[]}", "tool"},
        {HEAD USAGE ",\"stop_reason\":\"stop_sequence\",\"content\":[]}", "stopped"},
        {HEAD USAGE ",\"stop_reason\":\"pause_turn\",\"content\":[]}", "paused"},
        {HEAD USAGE ",\"stop_reason\":\"model_context_window_exceeded\",\"content\":[]}", "window"},
        {HEAD USAGE ",\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"text\",\"text\":1}]}", "no message"},
        {HEAD USAGE ",\"stop_reason\":null,\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}", "no message"},
        {HEAD "\"usage\":{\"input_tokens\":-1,\"output_tokens\":2},\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}",
         "no message"},
        {HEAD "\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}", "no message"},
        {HEAD USAGE "," USAGE ",\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}", "not JSON"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const sp_messages_http_t http = answer(200, cases[i].body);
        sp_messages_reply_t reply = {.model = "", .input_tokens = -1, .output_tokens = -1};
        sp_messages_failure_t failure = {0};
        sp_messages_read(sp_test_pool(), &config, &http, &reply, &failure);
        assert_non_null(failure.reason);
        assert_non_null(strstr(failure.reason, cases[i].reason));
        assert_null(reply.text);
        assert_false(failure.may_retry);
    }
}

static void errors_say_whether_to_try_again(void **state)
{
    static const char spend[] = "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"your Spend limit\"}}";
    static const struct {
        long status;
        const char *body, *retry_after, *should_retry;
        int may_retry;
    } cases[] = {
        {400, "", "", "", 0},    {401, "", "", "", 0},     {402, "", "", "", 0},        {403, "", "", "", 0},     {404, "", "", "", 0},
        {408, "", "", "", 1},    {409, "", "", "", 1},     {413, "", "", "", 0},        {422, "", "", "", 0},     {429, "", "", "", 1},
        {500, "", "", "", 1},    {529, "", "", "", 1},     {302, "", "", "", 0},        {400, "", "", "true", 1}, {503, "", "", "false", 0},
        {429, spend, "", "", 0}, {429, spend, "1", "", 1}, {429, spend, "", "true", 0},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_messages_http_t http = answer(cases[i].status, cases[i].body);
        sp_messages_failure_t failure = {0};
        http.retry_after = cases[i].retry_after;
        http.should_retry = cases[i].should_retry;
        sp_messages_read_error(sp_test_pool(), &config, &http, &failure);
        assert_int_equal(failure.may_retry, cases[i].may_retry);
        assert_non_null(failure.reason);
    }
}

static void error_shows_nothing_of_the_answer_but_its_type(void **state)
{
    const sp_messages_http_t good = answer(400, "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"hostile\"}}");
    const sp_messages_http_t bad = answer(400, "{\"error\":{\"type\":\"<b>hostile</b>\",\"message\":\"hostile\"}}");
    sp_messages_failure_t failure = {0};

    sp_messages_read_error(sp_test_pool(), &config, &good, &failure);
    assert_non_null(strstr(failure.reason, "(400, invalid_request_error)"));
    assert_null(strstr(failure.reason, "hostile"));
    sp_messages_read_error(sp_test_pool(), &config, &bad, &failure);
    assert_null(strstr(failure.reason, "hostile"));
}

static void wait_is_what_the_headers_ask_for(void **state)
{
    static const struct {
        const char *retry_after, *retry_after_ms;
        apr_int64_t wait;
    } cases[] = {
        {"", "", -1},   {"2", "", 2000},  {"0.5", "", 500}, {"2", "15", 15},  {"2", "x", 2000},
        {"-1", "", -1}, {"1e99", "", -1}, {"nan", "", -1},  {"soon", "", -1}, {"Thu, 01 Jan 1998 00:00:00 GMT", "", 0},
    };
    char date[APR_RFC822_DATE_LEN];
    sp_messages_http_t http = answer(429, "");

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        http.retry_after = cases[i].retry_after;
        http.retry_after_ms = cases[i].retry_after_ms;
        assert_int_equal(sp_messages_asked_wait_ms(&http), cases[i].wait);
    }
    apr_rfc822_date(date, apr_time_now() + apr_time_from_sec(1000));
    http.retry_after = date;
    http.retry_after_ms = "";
    assert_in_range(sp_messages_asked_wait_ms(&http), 900000, 1000000);
}

static void request_has_the_schema_and_all_turns(void **state)
{
    apr_array_header_t *turns = apr_array_make(sp_test_pool(), 2, sizeof(sp_messages_turn_t));
    json_t *schema = json_pack("{s:s}", "type", "object");
    const char *body;

    APR_ARRAY_PUSH(turns, sp_messages_turn_t) = (sp_messages_turn_t){"user", "\"quoted\"\n"};
    sp_assert_ok(sp_messages_request(sp_test_pool(), &config, "rules", turns, schema, &body, sp_test_err()), sp_test_err());
    assert_string_equal(body,
                        "{\"model\":\"claude-x\",\"max_tokens\":100,\"system\":\"rules\",\"messages\":[{\"role\":\"user\",\"content\":\"\\\"quoted\\\"\\n\"}],"
                        "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}},\"effort\":\"high\"}}");
    APR_ARRAY_PUSH(turns, sp_messages_turn_t) = (sp_messages_turn_t){"user", "no UTF-8: \xff"};
    assert_int_not_equal(sp_messages_request(sp_test_pool(), &config, "rules", turns, schema, &body, sp_test_err()), APR_SUCCESS);
    json_decref(schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(read_takes_the_text_blocks_of_a_complete_answer),
        SP_UNIT_TEST(read_refuses_what_is_not_complete),
        SP_UNIT_TEST(errors_say_whether_to_try_again),
        SP_UNIT_TEST(error_shows_nothing_of_the_answer_but_its_type),
        SP_UNIT_TEST(wait_is_what_the_headers_ask_for),
        SP_UNIT_TEST(request_has_the_schema_and_all_turns),
    };
    return cmocka_run_group_tests_name("messages", tests, NULL, NULL);
}
