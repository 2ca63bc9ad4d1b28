/* Writing an insight from facts: a draft, of which only what passes the check is left. */
#ifndef SP_INSIGHT_AUTHOR_H
#define SP_INSIGHT_AUTHOR_H

#include "fact.h"
#include "insights.h"

/* Asked often by whatever takes long; not 0: stop, with APR_EINTR. */
typedef struct {
    int (*must_stop)(void *ctx);
    void *ctx;
} sp_insight_pause_t;

/* facts: of sp_fact_t, most telling first. Nothing to say is an empty content. Pool: p. */
apr_status_t sp_insight_author_write(apr_pool_t *p, const apr_array_header_t *facts, const sp_insight_pause_t *pause, sp_insight_t *content,
                                     sp_authorship_t *by, sp_error_t *err);

#endif
