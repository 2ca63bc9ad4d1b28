/* The statistical writer: says the facts that matter in plain sentences. */
#ifndef SP_INSIGHT_WRITER_H
#define SP_INSIGHT_WRITER_H

#include "fact.h"
#include "insight.h"

/* facts: of sp_fact_t, most telling first. The same facts give the same text. Pool: p. */
void sp_insight_write(apr_pool_t *p, const apr_array_header_t *facts, sp_draft_t *draft);

#endif
