/* What the files of the Messages client share. */
#ifndef SP_MESSAGES_INTERNAL_H
#define SP_MESSAGES_INTERNAL_H

#include "messages.h"

/* What one call brought. Texts are "" where there is no such header. Pool: of the call. */
typedef struct {
    long status; /* 0: there was no answer */
    const char *request_id, *content_type, *content_encoding, *retry_after, *retry_after_ms, *should_retry;
    const char *body;
    apr_size_t len;
    int was_sent; /* at least in part */
} sp_messages_http_t;

/* Why a call has not brought an answer: text for people, and whether another one might. */
typedef struct {
    const char *reason; /* NULL: it has */
    int may_retry;
} sp_messages_failure_t;

/* The body of the request; SP_E_INTERNAL. Pool: p. */
apr_status_t sp_messages_request(apr_pool_t *p, const sp_messages_config_t *config, const char *system, const apr_array_header_t *turns, json_t *schema,
                                 const char **body, sp_error_t *err);
/* Sends it and waits for the answer. APR_EINTR: it was to stop. Other failures are in failure, with APR_SUCCESS. Pool: p. */
apr_status_t sp_messages_call(apr_pool_t *p, const sp_messages_config_t *config, const char *body, const sp_messages_hooks_t *hooks, sp_messages_http_t *http,
                              sp_messages_failure_t *failure, sp_error_t *err);
/* What an answer says. Pool: p. */
void sp_messages_read(apr_pool_t *p, const sp_messages_config_t *config, const sp_messages_http_t *http, sp_messages_reply_t *reply,
                      sp_messages_failure_t *failure);
/* What an answer that is an error says. Pool: p. */
void sp_messages_read_error(apr_pool_t *p, const sp_messages_config_t *config, const sp_messages_http_t *http, sp_messages_failure_t *failure);
/* Milliseconds that the answer asks to wait; -1: it does not say. */
apr_int64_t sp_messages_asked_wait_ms(const sp_messages_http_t *http);

#endif
