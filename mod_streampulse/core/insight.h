/* An insight: sentences in five parts, each with the facts that it refers to. */
#ifndef SP_INSIGHT_H
#define SP_INSIGHT_H

#include <apr_tables.h>

typedef enum { SP_PART_SUMMARY, SP_PART_HIGHLIGHTS, SP_PART_PLATFORMS, SP_PART_ALERTS, SP_PART_RECOMMENDATION, SP_PART_COUNT } sp_part_e;

const char *sp_insight_part_name(sp_part_e part); /* "summary", "highlights", "platform_analysis", "alerts", "recommendation" */

/* As a writer gives it: text refers to a value as "[[fact-id]]", which becomes the fact's shown value; "[[fact-id.low]]" and ".high" its interval, ".from" and
 * ".to" its days, "[[fact-id.service]]", ".platform" and ".event" its names, ".period" its month, quarter or year, ".season" the part of each, ".level" how likely
 * the interval of a forecast is. Everything else in it is the writer's own words. */
typedef struct {
    const char *text;
} sp_draft_sentence_t;

typedef struct {
    apr_array_header_t *parts[SP_PART_COUNT]; /* of sp_draft_sentence_t; never NULL, may be empty */
} sp_draft_t;

/* As it is published: the values are in it, and where. */
typedef struct {
    apr_size_t start, len; /* bytes of text */
    const char *fact;      /* its id */
} sp_sentence_value_t;

typedef struct {
    const char *text;           /* UTF-8 */
    apr_array_header_t *values; /* of sp_sentence_value_t, by start; each value in the text that comes from a fact */
} sp_sentence_t;

typedef struct {
    apr_array_header_t *parts[SP_PART_COUNT]; /* of sp_sentence_t */
    int dropped;                              /* sentences that did not pass the check */
} sp_insight_t;

/* Empty ones. Pool: p. */
void sp_draft_init(apr_pool_t *p, sp_draft_t *draft);
void sp_insight_init(apr_pool_t *p, sp_insight_t *insight);

#endif
