/* GET /api/data/{service}: one service's series. */
#include "api.h"

#include "filter.h"
#include "heavy_gate.h"
#include "shape.h"

typedef struct {
    sp_filter_input_t filter;
    sp_ident_t service;
    sp_heavy_t heavy;
} one_t;

static apr_status_t prepare(sp_req_t *q, sp_db_t *db, void *ctx)
{
    one_t *one = ctx;
    apr_status_t rv = sp_filter_enter_past(q, db, &one->filter, 1, &one->heavy);

    if (rv == APR_SUCCESS)
        rv = sp_series_find_service(db, q->p, q->arg, &one->service, &q->err);
    return rv == APR_SUCCESS ? sp_filter_resolve(q, db, &one->filter) : rv;
}

static apr_status_t write_answer(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    one_t *one = ctx;
    const sp_filter_t *asked = &one->filter.numbers;
    sp_table_t *t;
    sp_day_t first, last;
    apr_status_t rv = sp_series_weekly(s->db, q->p, &one->service, asked, &t, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    first = t->rows ? t->first[0] : SP_DAY_NONE;
    last = t->rows ? t->first[t->rows - 1] : SP_DAY_NONE;
    if (one->filter.interval != SP_INTERVAL_WEEK)
        t = sp_table_by_interval(q->p, t, one->filter.interval);
    sp_json_object(&s->json);
    sp_json_kv_int(&s->json, "revision", s->revision.revision);
    sp_json_kv_day(&s->json, "from", asked->from != SP_DAY_NONE ? asked->from : first);
    sp_json_kv_day(&s->json, "to", asked->to != SP_DAY_NONE ? asked->to : last);
    sp_json_kv_string(&s->json, "interval", sp_shape_interval_name(one->filter.interval));
    sp_json_key(&s->json, "service");
    sp_shape_series(&s->json, t, one->filter.interval);
    sp_json_object_end(&s->json);
    return APR_SUCCESS;
}

apr_status_t sp_api_data_service_get(sp_req_t *q)
{
    one_t one = {.heavy = {0}};
    const sp_snapshot_spec_t spec = {.representation = "service", .kept = 1, .prepare = prepare, .write = write_answer, .ctx = &one};
    apr_status_t rv = sp_filter_parse(q, &one.filter);

    return rv == APR_SUCCESS ? sp_heavy_reply(q, &spec, &one.heavy) : rv;
}
