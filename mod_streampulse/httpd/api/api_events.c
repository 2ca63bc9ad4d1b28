/* GET /api/special-events: the events inside the filter, with their days. */
#include "api.h"

#include "filter.h"
#include "shape.h"
#include "snapshot.h"

static apr_status_t prepare(sp_req_t *q, sp_db_t *db, void *ctx)
{
    return sp_filter_resolve(q, db, ctx);
}

static apr_status_t write_answer(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    sp_filter_input_t *filter = ctx;
    apr_array_header_t *events;
    apr_status_t rv = sp_series_events(s->db, q->p, &filter->numbers, &events, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_object(&s->json);
    sp_json_kv_int(&s->json, "revision", s->revision.revision);
    sp_json_key(&s->json, "events");
    sp_shape_events(&s->json, events);
    sp_json_object_end(&s->json);
    return APR_SUCCESS;
}

apr_status_t sp_api_events_get(sp_req_t *q)
{
    sp_filter_input_t filter;
    sp_snapshot_spec_t spec = {.representation = "events", .kept = 1, .prepare = prepare, .write = write_answer, .ctx = &filter};
    apr_status_t rv = sp_filter_parse(q, &filter);

    if (rv != APR_SUCCESS)
        return rv;
    spec.as_of = filter.as_of;
    return sp_snapshot_reply(q, &spec);
}
