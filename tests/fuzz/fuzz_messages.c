/* Fuzzes what is made of the Messages API's answers: a complete text or a reason, and a reason shows nothing of an answer but plain words. */
#include "fuzz_support.h"

#include <apr_strings.h>

#include "messages_internal.h"

static const sp_messages_config_t config = {.endpoint = SP_MESSAGES_ENDPOINT, .model = "claude-x"};

static void read_message(apr_pool_t *p, const sp_messages_http_t *http)
{
    sp_messages_reply_t reply = {.model = "", .input_tokens = -1, .output_tokens = -1};
    sp_messages_failure_t failure = {0};

    sp_messages_read(p, &config, http, &reply, &failure);
    if (!reply.text == !failure.reason || (reply.text && (!*reply.text || reply.input_tokens < 0 || reply.output_tokens < 0))) {
        abort();
    }
}

static void read_error(apr_pool_t *p, sp_messages_http_t *http)
{
    sp_messages_failure_t failure = {0};

    for (http->status = 300; http->status < 600; http->status += 43) {
        sp_messages_read_error(p, &config, http, &failure);
        if (!failure.reason || strpbrk(failure.reason, "<>&\n\r") || strlen(failure.reason) > 400) {
            abort();
        }
    }
}

static void read_wait(sp_messages_http_t *http, const char *text)
{
    http->retry_after = http->retry_after_ms = text;
    if (sp_messages_asked_wait_ms(http) < -1) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *p = fuzz_begin();
    sp_messages_http_t http = {
        .status = 200, .content_type = "application/json", .content_encoding = "", .retry_after = "", .retry_after_ms = "", .should_retry = ""};
    char *body;

    if (size == 0) {
        return 0;
    }
    body = fuzz_copy(data + 1, size - 1);
    http.body = body;
    http.len = size - 1;
    if (*data % 3 == 0) {
        read_message(p, &http);
    } else if (*data % 3 == 1) {
        read_error(p, &http);
    } else {
        read_wait(&http, apr_pstrmemdup(p, body, size - 1));
    }
    free(body);
    return fuzz_end();
}
