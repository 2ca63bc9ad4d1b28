/* GET /api/insights, its history, and one of it: what was written about the numbers. */
#include "api.h"

#include "insights.h"
#include "number_input.h"
#include "page_input.h"
#include "shape_insight.h"
#include "snapshot.h"

#define DEFAULT_LIMIT 20
#define MAX_LIMIT     100

typedef struct {
    apr_int64_t id;
    sp_published_t insight;
} one_t;

static void write_answer(sp_snapshot_t *s, const sp_published_t *insight)
{
    sp_json_object(&s->json);
    sp_json_key(&s->json, "insight");
    sp_shape_insight(&s->json, insight, s->revision.revision);
    sp_json_object_end(&s->json);
}

static apr_status_t write_latest(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    sp_published_t insight;
    apr_status_t rv = sp_insights_latest(s->db, q->p, &insight, &q->err);

    if (rv == APR_SUCCESS)
        write_answer(s, &insight);
    return rv;
}

apr_status_t sp_api_insights_get(sp_req_t *q)
{
    const sp_snapshot_spec_t spec = {.representation = "insight", .kept = 1, .shows_insights = 1, .write = write_latest};

    return sp_snapshot_reply(q, &spec);
}

static apr_status_t find_one(sp_req_t *q, sp_db_t *db, void *ctx)
{
    one_t *one = ctx;

    return sp_insights_get(db, q->p, one->id, &one->insight, &q->err);
}

static apr_status_t write_one(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    const one_t *one = ctx;

    write_answer(s, &one->insight);
    return APR_SUCCESS;
}

apr_status_t sp_api_insights_one_get(sp_req_t *q)
{
    one_t one = {0};
    const sp_snapshot_spec_t spec = {.representation = "insight-one", .kept = 1, .shows_insights = 1, .prepare = find_one, .write = write_one, .ctx = &one};

    if (!sp_number_input_parse(q->arg, INT64_MAX, &one.id))
        return sp_error_set(&q->err, SP_E_INSIGHT_UNKNOWN, APR_NOTFOUND, "there is no such insight");
    return sp_snapshot_reply(q, &spec);
}

static apr_status_t write_page(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    const sp_page_t *page = ctx;
    apr_array_header_t *briefs;
    apr_int64_t next;
    apr_status_t rv = sp_insights_page(s->db, q->p, page->before, page->limit, &briefs, &next, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_object(&s->json);
    sp_json_key(&s->json, "insights");
    sp_json_array(&s->json);
    for (int i = 0; i < briefs->nelts; i++)
        sp_shape_insight_brief(&s->json, &APR_ARRAY_IDX(briefs, i, sp_insight_brief_t));
    sp_json_array_end(&s->json);
    sp_page_input_write_next(&s->json, next);
    sp_json_object_end(&s->json);
    return APR_SUCCESS;
}

apr_status_t sp_api_insights_history_get(sp_req_t *q)
{
    sp_page_t page;
    const sp_snapshot_spec_t spec = {.representation = "insight-history", .kept = 1, .shows_insights = 1, .write = write_page, .ctx = &page};
    apr_status_t rv = sp_page_input_parse(q, DEFAULT_LIMIT, MAX_LIMIT, &page);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_snapshot_reply(q, &spec);
}
