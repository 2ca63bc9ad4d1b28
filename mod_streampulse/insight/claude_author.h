/* Claude as the writer: facts go out, a draft comes back, and what does not pass the check is sent back once. */
#ifndef SP_CLAUDE_AUTHOR_H
#define SP_CLAUDE_AUTHOR_H

#include "insight_author.h"
#include "messages.h"
#include "price.h"
#include "spending.h"

#define SP_CLAUDE_INPUT_TOKENS 6000 /* estimated, of the first request; a repair adds the answer to it */

typedef struct sp_claude_t {
    sp_messages_config_t messages; /* without the key */
    sp_price_t price;
    sp_spending_limits_t limits;
    /* Into a buffer of SP_MESSAGES_KEY_MAX bytes, for each job anew. SP_E_INSIGHT_ANSWER: there is none. */
    apr_status_t (*read_key)(void *ctx, apr_pool_t *p, char *key, sp_error_t *err);
    /* After each call, for the log. */
    void (*note_call)(void *ctx, const sp_messages_reply_t *reply, apr_int64_t cost_microdollars);
    void *ctx;
} sp_claude_t;

/* by: the tokens and the cost in any case, also where nothing came of it. SP_E_INSIGHT_ANSWER: err->message is why, as the end of a sentence. APR_EINTR: it was
 * to stop. Pool: p. */
apr_status_t sp_claude_author_write(sp_db_t *db, apr_pool_t *p, apr_int64_t job, const apr_array_header_t *facts, const sp_insight_pause_t *pause,
                                    const sp_claude_t *claude, sp_insight_t *content, sp_authorship_t *by, sp_error_t *err);

#endif
