/* The check: a draft becomes an insight, of those sentences alone whose every number, date, name and direction agrees with the facts they refer to. */
#ifndef SP_INSIGHT_CHECK_H
#define SP_INSIGHT_CHECK_H

#include "fact.h"
#include "insight.h"

/* Why a sentence was left out; text as the writer gave it. */
typedef struct {
    sp_part_e part;
    const char *text;
    const char *reason; /* for people and for the repair: "the number \"1,031\" is no value of the facts that it refers to" */
} sp_check_drop_t;

/* insight: what passed, with dropped counted. *drops: of sp_check_drop_t. Pool: p. */
void sp_insight_check(apr_pool_t *p, const apr_array_header_t *facts, const sp_draft_t *draft, sp_insight_t *insight, apr_array_header_t **drops);
/* Whether so much was dropped, or so little is left, that it must not be published. */
int sp_insight_check_is_poor(const sp_insight_t *insight, const sp_draft_t *draft);

/* For an insight that was published, against the facts of now. *holds: one int for each sentence, part by part in their order: 0 where a value it shows is
 * another one now. Pool: p. */
void sp_insight_check_again(apr_pool_t *p, const apr_array_header_t *facts_now, const apr_array_header_t *facts_then, const sp_insight_t *insight,
                            apr_array_header_t **holds);

#endif
