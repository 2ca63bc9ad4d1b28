/* Asking the Messages API once: a request, and a complete answer or the reason why there is none. */
#ifndef SP_MESSAGES_H
#define SP_MESSAGES_H

#include <apr_time.h>
#include <jansson.h>

#include "error.h"

typedef struct {
    const char *endpoint; /* https, such as "https://api.anthropic.com" */
    const char *key;      /* never logged, never in an error */
    const char *model;
    const char *effort;  /* "low" ... "max"; NULL: the model's own */
    const char *ca_file; /* NULL: the system's */
    int output_tokens_max;
    apr_interval_time_t timeout; /* of a call, from its start to its last byte */
    apr_size_t response_max_bytes;
    int calls_max; /* with retries: 3 */
} sp_messages_config_t;

/* One turn of the conversation: "user" or "assistant". */
typedef struct {
    const char *role;
    const char *text;
} sp_messages_turn_t;

typedef struct {
    const char *text; /* of the answer's text blocks */
    const char *model, *request_id;
    int input_tokens, output_tokens; /* of the call that answered */
    int cache_read_tokens, cache_write_tokens;
} sp_messages_reply_t;

/* What became of a job's calls, whatever the end. */
typedef struct {
    int calls;
    int is_final;                    /* asking again later would not help: the key, the spending limit, the request */
    apr_interval_time_t wait;        /* as the API asked; 0: it did not */
    int input_tokens, output_tokens; /* of all calls that told */
} sp_messages_outcome_t;

/* Blocks for at most calls_max times timeout and the waits between. stopping (may be NULL) is asked often; not 0 ends it with APR_EINTR. SP_E_INSIGHT_REFUSED, _UNREACHABLE, _ANSWER:
 * err->message says what a person can do. turns: of sp_messages_turn_t. Pool: p. */
apr_status_t sp_messages_ask(apr_pool_t *p, const sp_messages_config_t *config, const char *system, const apr_array_header_t *turns, json_t *schema,
                             int (*stopping)(void *ctx), void *ctx, sp_messages_reply_t *reply, sp_messages_outcome_t *outcome, sp_error_t *err);

#endif
