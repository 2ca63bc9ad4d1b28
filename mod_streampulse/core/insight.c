/* The shape of an insight. */
#include "insight.h"

static const char *const part_names[SP_PART_COUNT] = {"summary", "highlights", "platform_analysis", "alerts", "recommendation"};

const char *sp_insight_part_name(sp_part_e part)
{
    return part_names[part];
}

void sp_draft_init(apr_pool_t *p, sp_draft_t *draft)
{
    for (int i = 0; i < SP_PART_COUNT; i++)
        draft->parts[i] = apr_array_make(p, 4, sizeof(sp_draft_sentence_t));
}

void sp_insight_init(apr_pool_t *p, sp_insight_t *insight)
{
    for (int i = 0; i < SP_PART_COUNT; i++)
        insight->parts[i] = apr_array_make(p, 4, sizeof(sp_sentence_t));
    insight->dropped = 0;
}
