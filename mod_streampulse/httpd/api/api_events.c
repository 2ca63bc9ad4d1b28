/* GET /api/special-events: the events inside the filter, with their days. */
#include "api.h"

#include "filter.h"
#include "heavy_gate.h"
#include "shape.h"

typedef struct {
    sp_filter_input_t filter;
    sp_heavy_t heavy;
} events_t;

static apr_status_t prepare(sp_req_t *q, sp_db_t *db, void *ctx)
{
    events_t *asked = ctx;
    apr_status_t rv = sp_filter_enter_past(q, db, &asked->filter, 0, &asked->heavy);

    return rv == APR_SUCCESS ? sp_filter_resolve(q, db, &asked->filter) : rv;
}

static apr_status_t write_answer(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    const events_t *asked = ctx;
    apr_array_header_t *events;
    apr_status_t rv = sp_series_events(s->db, q->p, &asked->filter.numbers, &events, &q->err);

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
    events_t asked = {.heavy = {0}};
    const sp_snapshot_spec_t spec = {.representation = "events", .kept = 1, .prepare = prepare, .write = write_answer, .ctx = &asked};
    apr_status_t rv = sp_filter_parse(q, &asked.filter);

    return rv == APR_SUCCESS ? sp_heavy_reply(q, &spec, &asked.heavy) : rv;
}
