/* What a language model is asked, and what it may answer. */
#ifndef SP_INSIGHT_PROMPT_H
#define SP_INSIGHT_PROMPT_H

#include <jansson.h>

#include "error.h"
#include "fact.h"
#include "insight.h"
#include "insight_check.h"

#define SP_PROMPT_VERSION         2
#define SP_PROMPT_CHARS_PER_TOKEN 3.5

typedef struct {
    const char *system; /* who reads it, what is wanted, the rules */
    const char *user;   /* the facts, as data inside a fence that no name in them can close */
    json_t *schema;     /* of the answer, schema/insight.schema.json; freed with p */
    int input_tokens;   /* estimated: characters / 3.5, rounded up, of all three */
} sp_prompt_t;

/* As many facts as fit into tokens_max, most telling first. Pool: p. */
apr_status_t sp_prompt_build(apr_pool_t *p, const apr_array_header_t *facts, int tokens_max, sp_prompt_t *prompt, sp_error_t *err);
/* The turn that asks to mend what did not pass. Pool: p. */
const char *sp_prompt_repair(apr_pool_t *p, const apr_array_header_t *drops);
/* The model's JSON as a draft; strict: SP_E_INSIGHT_ANSWER with what is wrong. len: its bytes. Pool: p. */
apr_status_t sp_prompt_read_answer(apr_pool_t *p, const char *text, apr_size_t len, sp_draft_t *draft, sp_error_t *err);

#endif
