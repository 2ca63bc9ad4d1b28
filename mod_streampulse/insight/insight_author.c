/* Writing an insight from facts: a draft, of which only what passes the check is left. */
#include "claude_author.h"

#include "insight_check.h"
#include "insight_writer.h"

static void write_by_statistics(apr_pool_t *p, const apr_array_header_t *facts, sp_insight_t *content)
{
    apr_array_header_t *drops;
    sp_draft_t draft;

    sp_draft_init(p, &draft);
    sp_insight_write(p, facts, &draft);
    sp_insight_check(p, facts, &draft, content, &drops);
}

apr_status_t sp_insight_author_write(sp_db_t *db, apr_pool_t *p, apr_int64_t job, const apr_array_header_t *facts, const sp_insight_pause_t *pause,
                                     const struct sp_claude_t *claude, sp_insight_t *content, sp_authorship_t *by)
{
    const sp_authorship_t statistics = {SP_SOURCE_STATISTICS, NULL, SP_INSIGHTS_NO_NUMBER, SP_INSIGHTS_NO_NUMBER, SP_INSIGHTS_NO_NUMBER, NULL};
    sp_error_t err;
    apr_status_t rv;

    *by = statistics;
    if (pause->must_stop(pause->ctx))
        return APR_EINTR;
    if (claude && facts->nelts) {
        sp_error_init(&err, p);
        rv = sp_claude_author_write(db, p, job, facts, pause, claude, content, by, &err);
        if (rv == APR_SUCCESS || rv == APR_EINTR)
            return rv;
        by->remark = err.message ? err.message : "Claude could not be asked";
    }
    write_by_statistics(p, facts, content);
    return APR_SUCCESS;
}
