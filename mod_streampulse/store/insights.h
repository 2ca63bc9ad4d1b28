/* Insights as they were published. */
#ifndef SP_INSIGHTS_H
#define SP_INSIGHTS_H

#include "db.h"
#include "insight_json.h"
#include "jobs.h"

#define SP_INSIGHTS_ROW_BYTES (256 * 1024) /* the most that sentences and facts of one may take, as JSON */
#define SP_INSIGHTS_NO_NUMBER (-1)

typedef enum { SP_SOURCE_STATISTICS, SP_SOURCE_CLAUDE } sp_insight_source_e;

/* What is said about the writing of one. */
typedef struct {
    sp_insight_source_e source;
    const char *model;                                          /* NULL: statistics */
    apr_int64_t input_tokens, output_tokens, cost_microdollars; /* SP_INSIGHTS_NO_NUMBER: no language model was asked */
    const char *remark;                                         /* for people: why it was not written by whom it was to be; NULL: it was */
} sp_authorship_t;

typedef struct {
    apr_int64_t id;           /* 0: there is none */
    const char *generated_at; /* "YYYY-MM-DDThh:mm:ssZ" */
    sp_authorship_t by;
    apr_int64_t revision;         /* of the numbers that it is about */
    apr_int64_t checked_revision; /* of those that its sentences were last held against */
    sp_insight_t content;
    apr_array_header_t *facts; /* of sp_fact_t: those that the sentences refer to */
    apr_array_header_t *stale; /* of sp_insight_place_t: sentences that do not hold for checked_revision */
} sp_published_t;

typedef struct {
    apr_int64_t id;
    const char *generated_at;
    sp_authorship_t by; /* without the tokens */
    int dropped;
    const char *summary;
} sp_insight_brief_t;

const char *sp_insights_source_name(sp_insight_source_e source); /* "statistics", "claude" */

/* Stores what was written from those facts (all of them; kept are those that are referred to) and ends its job, in one transaction; only the newest kept ones stay. APR_NOTFOUND (err untouched): the job's lease was lost, nothing is
 * stored. SP_E_INTERNAL with APR_ENOSPC: larger than SP_INSIGHTS_ROW_BYTES. Pool: p. */
apr_status_t sp_insights_publish(sp_db_t *db, apr_pool_t *p, const sp_job_t *job, const sp_authorship_t *by, const sp_insight_t *content,
                                 const apr_array_header_t *facts, apr_int64_t revision, int kept, apr_int64_t now_ms, apr_int64_t *id, sp_error_t *err);

/* *id: the newest, where statistics wrote it from the same numbers, with the same remark and the same sentences: what would be published is no news
 * then. 0: it is not. Pool: p. */
apr_status_t sp_insights_find_standing(sp_db_t *db, apr_pool_t *p, const sp_authorship_t *by, const sp_insight_t *content, apr_int64_t revision,
                                       apr_int64_t *id, sp_error_t *err);
/* The newest; id 0 where there is none. Pool: p. */
apr_status_t sp_insights_latest(sp_db_t *db, apr_pool_t *p, sp_published_t *insight, sp_error_t *err);
/* SP_E_INSIGHT_UNKNOWN, APR_NOTFOUND. Pool: p. */
apr_status_t sp_insights_get(sp_db_t *db, apr_pool_t *p, apr_int64_t id, sp_published_t *insight, sp_error_t *err);
/* Newest first, ids below before (0: from the newest). *briefs: of sp_insight_brief_t; *next: pass as before for the next page, 0 at the end. Pool: p. */
apr_status_t sp_insights_page(sp_db_t *db, apr_pool_t *p, apr_int64_t before, int limit, apr_array_header_t **briefs, apr_int64_t *next, sp_error_t *err);

/* The newest where its sentences were not held against the numbers as they are now; *id 0: nothing to do. */
apr_status_t sp_insights_to_check(sp_db_t *db, apr_int64_t *id, sp_error_t *err);
/* What came of it. stale: of sp_insight_place_t. Pool: p. */
apr_status_t sp_insights_set_checked(sp_db_t *db, apr_pool_t *p, apr_int64_t id, apr_int64_t revision, const apr_array_header_t *stale, sp_error_t *err);

#endif
