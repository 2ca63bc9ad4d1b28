/* GET /api/stats: totals, figures by service and event, the last upload. */
#include "api.h"

#include "ledger.h"
#include "quality_shape.h"
#include "series.h"
#include "shape.h"
#include "snapshot.h"
#include "stats.h"

typedef struct {
    apr_int64_t weekly_viewers, event_viewers;
    int services, platforms, events, weeks;
} totals_t;

static void write_top_platform(sp_json_t *j, const sp_table_t *t, const sp_stats_t *s)
{
    sp_json_key(j, "top_platform");
    if (s->top_platform < 0) {
        sp_json_null(j);
        return;
    }
    sp_json_object(j);
    sp_json_kv_string(j, "id", t->platform[s->top_platform].slug);
    sp_json_kv_string(j, "name", t->platform[s->top_platform].name);
    sp_json_kv_viewers(j, "viewers", s->platform_viewers[s->top_platform]);
    sp_json_object_end(j);
}

static void write_gaps(sp_json_t *j, const sp_stats_t *s)
{
    sp_json_key(j, "gaps");
    sp_json_array(j);
    for (int i = 0; i < s->gap_count; i++) {
        sp_json_object(j);
        sp_json_kv_day(j, "after", s->gaps[i].after);
        sp_json_kv_day(j, "before", s->gaps[i].before);
        sp_json_kv_int(j, "days", s->gaps[i].days);
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

static void write_service(sp_json_t *j, const sp_table_t *t, const sp_stats_t *s, const apr_array_header_t *quality)
{
    sp_json_object(j);
    sp_shape_ident_members(j, &t->ident);
    sp_json_kv_int(j, "weeks", s->weeks);
    sp_json_kv_int(j, "viewers", s->viewers);
    sp_json_kv_day(j, "first_week", s->first_week);
    sp_json_kv_day(j, "last_week", s->last_week);
    sp_json_kv_viewers(j, "latest", s->latest);
    sp_json_kv_day(j, "latest_week", s->last_week);
    sp_json_kv_viewers(j, "previous", s->previous);
    sp_json_key(j, "change");
    sp_json_double(j, s->change);
    sp_json_key(j, "mean");
    sp_json_double(j, s->mean);
    sp_json_kv_viewers(j, "peak", s->peak);
    sp_json_kv_day(j, "peak_week", s->peak_week);
    write_top_platform(j, t, s);
    write_gaps(j, s);
    sp_quality_shape_member(j, quality);
    sp_json_object_end(j);
}

static apr_status_t write_services(sp_req_t *q, sp_snapshot_t *snapshot, totals_t *totals, apr_pool_t *ptemp)
{
    apr_array_header_t *services;
    apr_status_t rv = sp_series_services(snapshot->db, q->p, &services, &q->err);

    sp_json_key(&snapshot->json, "services");
    sp_json_array(&snapshot->json);
    for (int i = 0; rv == APR_SUCCESS && i < services->nelts; i++) {
        const sp_stats_t *s;
        sp_table_t *t;
        apr_pool_clear(ptemp);
        rv = sp_series_weekly(snapshot->db, ptemp, &APR_ARRAY_IDX(services, i, sp_ident_t), NULL, &t, &q->err);
        if (rv != APR_SUCCESS)
            return rv;
        s = sp_stats_of(ptemp, t);
        write_service(&snapshot->json, t, s, sp_quality_of(ptemp, t));
        totals->services++;
        totals->weeks += s->weeks;
        totals->weekly_viewers = sp_table_add(totals->weekly_viewers, s->viewers);
    }
    sp_json_array_end(&snapshot->json);
    return rv;
}

static void write_event(sp_json_t *j, const sp_table_t *t, totals_t *totals)
{
    apr_int64_t viewers = 0;

    for (int r = 0; r < t->rows; r++)
        viewers = sp_table_add(viewers, t->total[r]);
    sp_json_object(j);
    sp_json_kv_string(j, "id", t->ident.slug);
    sp_json_kv_string(j, "name", t->ident.name);
    sp_json_kv_int(j, "days", t->rows);
    sp_json_kv_int(j, "viewers", viewers);
    sp_json_kv_day(j, "start_date", t->start);
    sp_json_kv_day(j, "end_date", t->end);
    sp_json_object_end(j);
    totals->events++;
    totals->event_viewers = sp_table_add(totals->event_viewers, viewers);
}

static apr_status_t write_events(sp_req_t *q, sp_snapshot_t *snapshot, totals_t *totals, apr_pool_t *ptemp)
{
    apr_array_header_t *events;
    apr_status_t rv;

    apr_pool_clear(ptemp);
    rv = sp_series_events(snapshot->db, ptemp, NULL, &events, &q->err);
    if (rv != APR_SUCCESS)
        return rv;
    sp_json_key(&snapshot->json, "events");
    sp_json_array(&snapshot->json);
    for (int i = 0; i < events->nelts; i++)
        write_event(&snapshot->json, APR_ARRAY_IDX(events, i, sp_table_t *), totals);
    sp_json_array_end(&snapshot->json);
    return APR_SUCCESS;
}

static apr_status_t write_totals(sp_req_t *q, sp_snapshot_t *snapshot, totals_t *totals)
{
    sp_json_t *j = &snapshot->json;
    apr_array_header_t *platforms;
    apr_status_t rv = sp_series_platforms(snapshot->db, q->p, &platforms, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_key(j, "totals");
    sp_json_object(j);
    sp_json_kv_int(j, "weekly_viewers", totals->weekly_viewers);
    sp_json_kv_int(j, "event_viewers", totals->event_viewers);
    sp_json_kv_int(j, "viewers", sp_table_add(totals->weekly_viewers, totals->event_viewers));
    sp_json_kv_int(j, "services", totals->services);
    sp_json_kv_int(j, "platforms", platforms->nelts);
    sp_json_kv_int(j, "events", totals->events);
    sp_json_kv_int(j, "weeks", totals->weeks);
    sp_json_object_end(j);
    return APR_SUCCESS;
}

static apr_status_t write_last_upload(sp_req_t *q, sp_snapshot_t *snapshot)
{
    sp_entry_t entry;
    apr_status_t rv = sp_ledger_last_upload(snapshot->db, q->p, &entry, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_key(&snapshot->json, "last_upload");
    sp_shape_entry(&snapshot->json, &entry, q->who.method != SP_METHOD_ANONYMOUS);
    return APR_SUCCESS;
}

static apr_status_t write_answer(sp_req_t *q, sp_snapshot_t *snapshot, void *ctx)
{
    totals_t totals = {0};
    apr_pool_t *ptemp;
    apr_status_t rv;

    apr_pool_create(&ptemp, q->p);
    sp_json_object(&snapshot->json);
    sp_json_kv_int(&snapshot->json, "revision", snapshot->revision.revision);
    rv = write_services(q, snapshot, &totals, ptemp);
    if (rv == APR_SUCCESS)
        rv = write_events(q, snapshot, &totals, ptemp);
    if (rv == APR_SUCCESS)
        rv = write_totals(q, snapshot, &totals);
    if (rv == APR_SUCCESS)
        rv = write_last_upload(q, snapshot);
    sp_json_object_end(&snapshot->json);
    apr_pool_destroy(ptemp);
    return rv;
}

apr_status_t sp_api_stats_get(sp_req_t *q)
{
    const sp_snapshot_spec_t spec = {.representation = q->who.method != SP_METHOD_ANONYMOUS ? "stats-named" : "stats", .kept = 1, .write = write_answer};

    return sp_snapshot_reply(q, &spec);
}
