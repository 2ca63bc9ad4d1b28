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

struct sp_claude_t;

/* facts: of sp_fact_t, most telling first. claude: NULL where it is not to be asked; what it does not manage, our own statistics write, and by->remark says
 * why. Nothing to say is an empty content. APR_EINTR: it was to stop. Pool: p. */
apr_status_t sp_insight_author_write(sp_db_t *db, apr_pool_t *p, apr_int64_t job, const apr_array_header_t *facts, const sp_insight_pause_t *pause,
                                     const struct sp_claude_t *claude, sp_insight_t *content, sp_authorship_t *by);

#endif
