/* Writing an insight from facts: a draft, of which only what passes the check is left. */
#include "insight_author.h"

#include "insight_check.h"
#include "insight_writer.h"

static void write_by_statistics(apr_pool_t *p, const apr_array_header_t *facts, sp_insight_t *content, sp_authorship_t *by)
{
    const sp_authorship_t statistics = {SP_SOURCE_STATISTICS, NULL, SP_INSIGHTS_NO_NUMBER, SP_INSIGHTS_NO_NUMBER, SP_INSIGHTS_NO_NUMBER, NULL};
    apr_array_header_t *drops;
    sp_draft_t draft;

    sp_draft_init(p, &draft);
    sp_insight_write(p, facts, &draft);
    sp_insight_check(p, facts, &draft, content, &drops);
    *by = statistics;
}

apr_status_t sp_insight_author_write(apr_pool_t *p, const apr_array_header_t *facts, const sp_insight_pause_t *pause, sp_insight_t *content,
                                     sp_authorship_t *by, sp_error_t *err)
{
    if (pause->must_stop(pause->ctx))
        return APR_EINTR;
    write_by_statistics(p, facts, content, by);
    return APR_SUCCESS;
}
