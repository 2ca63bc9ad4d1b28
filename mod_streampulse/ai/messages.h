/* Asking the Messages API: a request, and a complete answer or the reason why there is none. */
#ifndef SP_MESSAGES_H
#define SP_MESSAGES_H

#include <apr_time.h>
#include <jansson.h>

#include "error.h"

#define SP_MESSAGES_ENDPOINT  "https://api.anthropic.com"
#define SP_MESSAGES_MODEL     "claude-sonnet-5-5"
#define SP_MESSAGES_CALLS_MAX 3
#define SP_MESSAGES_KEY_MAX   512 /* bytes */

typedef struct {
    const char *endpoint; /* https, such as "https://api.anthropic.com" */
    const char *key;      /* never logged, never in an error */
    const char *model;
    const char *effort;  /* "low" ... "max"; NULL: the model's own */
    const char *ca_file; /* NULL: the system's */
    int output_tokens_max;
    apr_interval_time_t timeout; /* of a call, from its start to its last byte */
    apr_size_t response_max_bytes;
} sp_messages_config_t;

/* One turn of the conversation: "user" or "assistant". */
typedef struct {
    const char *role;
    const char *text;
} sp_messages_turn_t;

typedef struct {
    const char *text;                /* of the answer's text blocks; NULL: the call has not brought a complete answer */
    const char *model, *request_id;  /* "": not known */
    long status;                     /* of HTTP; 0: there was no answer */
    int may_have_cost;               /* it was sent, and the answer does not say what it has cost */
    int input_tokens, output_tokens; /* -1: it did not say; input with what was written into and read from caches */
} sp_messages_reply_t;

typedef struct {
    /* Asked often; not 0 ends it with APR_EINTR. */
    int (*must_stop)(void *ctx);
    /* Before each call; a failure means that there may be no further one. */
    apr_status_t (*begin)(void *ctx, sp_error_t *err);
    /* After each call, whatever it has brought. */
    void (*end)(void *ctx, const sp_messages_reply_t *reply);
    void *ctx;
} sp_messages_hooks_t;

/* Calls until there is an answer, no call is allowed any more, or it is of no use to try again. SP_E_INSIGHT_ANSWER: err->message says what a person can do, as
 * the end of a sentence. *reply is of the last call, also where it has failed. turns: of sp_messages_turn_t. Pool: p. */
apr_status_t sp_messages_ask(apr_pool_t *p, const sp_messages_config_t *config, const char *system, const apr_array_header_t *turns, json_t *schema,
                             const sp_messages_hooks_t *hooks, sp_messages_reply_t *reply, sp_error_t *err);

#endif
