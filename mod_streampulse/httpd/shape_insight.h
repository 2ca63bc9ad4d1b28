/* Insights and their jobs, as JSON. */
#ifndef SP_SHAPE_INSIGHT_H
#define SP_SHAPE_INSIGHT_H

#include "insights.h"
#include "request.h"
#include "spending.h"

/* An insight, or null where there is none (id 0), as it stands to the numbers of that revision. */
void sp_shape_insight(sp_json_t *j, const sp_published_t *insight, apr_int64_t revision);
void sp_shape_insight_brief(sp_json_t *j, const sp_insight_brief_t *brief);
/* A job, or null where there is none (id 0). Who asked for it is shown to people who are signed in. */
void sp_shape_insight_job(sp_req_t *q, sp_json_t *j, const sp_job_t *job, apr_int64_t now_ms);

/* Who would write the next one, as things are. */
sp_insight_source_e sp_shape_insight_next_writer(const sp_server_config_t *sconf, const sp_spending_t *spending, apr_int64_t now_ms);
/* What asking Claude has cost and may cost, or null where it is not configured. */
void sp_shape_insight_spending(sp_json_t *j, const sp_server_config_t *sconf, const sp_spending_t *spending, apr_int64_t now_ms);

#endif
