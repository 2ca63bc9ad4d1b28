/* An insight as JSON: as it is stored, and as the API shows it. */
#ifndef SP_INSIGHT_JSON_H
#define SP_INSIGHT_JSON_H

#include "fact.h"
#include "insight.h"
#include "json.h"

/* A sentence of an insight. */
typedef struct {
    sp_part_e part;
    int index; /* in its part, from 0 */
} sp_insight_place_t;

/* Into an open object, a member for each part: lists of {"text", "values": [{"start", "end", "fact"}]}. Offsets count UTF-16 code units, as JavaScript does. */
void sp_insight_json_write_parts(sp_json_t *j, const sp_insight_t *insight);
/* An object of facts (of sp_fact_t) by id. */
void sp_insight_json_write_facts(sp_json_t *j, const apr_array_header_t *facts);
/* A list of places. */
void sp_insight_json_write_places(sp_json_t *j, const apr_array_header_t *places);
/* A list of a part's texts. */
void sp_insight_json_write_texts(sp_json_t *j, const sp_insight_t *insight, sp_part_e part);

/* The same back; APR_EGENERAL where the text is not what these functions write. dropped is 0; of a fact what is not written is 0, NAN or NULL. Pool: p. */
apr_status_t sp_insight_json_read_parts(apr_pool_t *p, const char *text, sp_insight_t *insight);
apr_status_t sp_insight_json_read_facts(apr_pool_t *p, const char *text, apr_array_header_t **facts);
apr_status_t sp_insight_json_read_places(apr_pool_t *p, const char *text, apr_array_header_t **places);

/* Those of the facts that the insight refers to, each once, in their order. Pool: p. */
apr_array_header_t *sp_insight_json_facts_used(apr_pool_t *p, const apr_array_header_t *facts, const sp_insight_t *insight);
/* A part's sentences as one text. Pool: p. */
const char *sp_insight_json_text(apr_pool_t *p, const sp_insight_t *insight, sp_part_e part);

#endif
