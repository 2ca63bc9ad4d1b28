/* GET /api/data: every series and event inside the filter. */
#include "api.h"

#include "filter.h"
#include "heavy_gate.h"
#include "shape.h"

typedef struct {
    sp_filter_input_t filter;
    sp_day_t first, last; /* of what was written */
    sp_heavy_t heavy;
} data_t;

static apr_status_t prepare(sp_req_t *q, sp_db_t *db, void *ctx)
{
    data_t *data = ctx;
    apr_status_t rv = sp_filter_enter_past(q, db, &data->filter, 1, &data->heavy);

    return rv == APR_SUCCESS ? sp_filter_resolve(q, db, &data->filter) : rv;
}

static void note_days(data_t *data, const sp_table_t *t)
{
    if (!t->rows)
        return;
    if (data->first == SP_DAY_NONE || t->first[0] < data->first)
        data->first = t->first[0];
    if (t->first[t->rows - 1] > data->last)
        data->last = t->first[t->rows - 1];
}

static apr_status_t write_one_series(sp_req_t *q, sp_snapshot_t *s, data_t *data, const sp_ident_t *service, apr_pool_t *ptemp)
{
    apr_int64_t read;
    sp_table_t *t;
    apr_status_t rv = sp_series_weekly(s->db, ptemp, service, &data->filter.numbers, &t, &q->err);

    if (rv != APR_SUCCESS || !t->rows)
        return rv;
    note_days(data, t);
    read = (apr_int64_t)t->rows * t->columns;
    if (data->filter.interval != SP_INTERVAL_WEEK)
        t = sp_table_by_interval(ptemp, t, data->filter.interval);
    sp_shape_series(&s->json, t, data->filter.interval);
    return sp_heavy_add(q, &data->heavy, read);
}

/* One service's table in memory at a time. */
static apr_status_t write_series(sp_req_t *q, sp_snapshot_t *s, data_t *data, apr_pool_t *ptemp)
{
    apr_array_header_t *services;
    apr_status_t rv = sp_series_services_of(s->db, q->p, &data->filter.numbers, &services, &q->err);

    sp_json_key(&s->json, "services");
    sp_json_array(&s->json);
    for (int i = 0; rv == APR_SUCCESS && i < services->nelts; i++) {
        apr_pool_clear(ptemp);
        rv = write_one_series(q, s, data, &APR_ARRAY_IDX(services, i, sp_ident_t), ptemp);
    }
    sp_json_array_end(&s->json);
    return rv;
}

static apr_status_t write_events(sp_req_t *q, sp_snapshot_t *s, data_t *data, apr_pool_t *ptemp)
{
    apr_array_header_t *events;
    apr_status_t rv;

    apr_pool_clear(ptemp);
    rv = sp_series_events(s->db, ptemp, &data->filter.numbers, &events, &q->err);
    if (rv != APR_SUCCESS)
        return rv;
    for (int i = 0; i < events->nelts; i++)
        note_days(data, APR_ARRAY_IDX(events, i, sp_table_t *));
    sp_json_key(&s->json, "events");
    sp_shape_events(&s->json, events);
    return APR_SUCCESS;
}

static apr_status_t write_answer(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    data_t *data = ctx;
    const sp_filter_t *asked = &data->filter.numbers;
    apr_pool_t *ptemp;
    apr_status_t rv;

    data->first = data->last = SP_DAY_NONE;
    apr_pool_create(&ptemp, q->p);
    sp_json_object(&s->json);
    sp_json_kv_int(&s->json, "revision", s->revision.revision);
    rv = write_series(q, s, data, ptemp);
    if (rv == APR_SUCCESS)
        rv = write_events(q, s, data, ptemp);
    sp_json_kv_day(&s->json, "from", asked->from != SP_DAY_NONE ? asked->from : data->first);
    sp_json_kv_day(&s->json, "to", asked->to != SP_DAY_NONE ? asked->to : data->last);
    sp_json_kv_string(&s->json, "interval", sp_shape_interval_name(data->filter.interval));
    sp_json_object_end(&s->json);
    apr_pool_destroy(ptemp);
    return rv;
}

apr_status_t sp_api_data_get(sp_req_t *q)
{
    data_t data = {.heavy = {0}};
    const sp_snapshot_spec_t spec = {.representation = "data", .kept = 1, .prepare = prepare, .write = write_answer, .ctx = &data};
    apr_status_t rv = sp_filter_parse(q, &data.filter);

    return rv == APR_SUCCESS ? sp_heavy_reply(q, &spec, &data.heavy) : rv;
}
