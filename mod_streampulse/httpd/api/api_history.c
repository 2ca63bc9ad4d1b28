/* GET /api/history: which entries ever spoke about one number, newest first. */
#include "api.h"

#include <string.h>

#include "history.h"
#include "page_input.h"
#include "shape.h"
#include "shape_plan.h"
#include "snapshot.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT     200

typedef struct {
    const char *event, *service, *platform;
    sp_day_t day;
    sp_page_t page;
    sp_history_place_t place;
} history_t;

static apr_status_t refuse(sp_req_t *q, const char *what)
{
    return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "%s", what);
}

static apr_status_t parse(sp_req_t *q, history_t *h)
{
    const char *week = apr_table_get(q->query, "week"), *date = apr_table_get(q->query, "date"), *day;

    h->event = apr_table_get(q->query, "event");
    h->service = apr_table_get(q->query, "service");
    h->platform = apr_table_get(q->query, "platform");
    day = h->event ? date : week;
    if (!h->platform || !day || (!h->event && !h->service) || (h->event ? week != NULL : date != NULL))
        return refuse(
            q, "a number is named by \"service\", \"platform\" and \"week\", or by \"event\", \"platform\" and \"date\", with \"service\" where it has one");
    if ((h->day = sp_calendar_parse_iso(day, strlen(day))) == SP_DAY_NONE)
        return refuse(q, h->event ? "parameter \"date\" must be a day such as 2025-01-31"
                                  : "parameter \"week\" must be the first day of a week such as 2025-01-05");
    return sp_page_input_parse(q, DEFAULT_LIMIT, MAX_LIMIT, &h->page);
}

static apr_status_t find(sp_req_t *q, sp_db_t *db, void *ctx)
{
    history_t *h = ctx;

    return sp_history_find(db, q->p, h->event, h->service, h->platform, h->day, &h->place, &q->err);
}

static void kv_name(sp_json_t *j, const char *key, const sp_ident_t *ident)
{
    sp_json_key(j, key);
    if (!ident->id) {
        sp_json_null(j);
        return;
    }
    sp_json_object(j);
    sp_json_kv_string(j, "id", ident->slug);
    sp_json_kv_string(j, "name", ident->name);
    sp_json_object_end(j);
}

static void write_place(sp_json_t *j, const sp_history_place_t *place)
{
    sp_json_key(j, "cell");
    sp_json_object(j);
    if (place->event.id)
        kv_name(j, "event", &place->event);
    kv_name(j, "service", &place->service);
    kv_name(j, "platform", &place->platform);
    sp_json_kv_day(j, place->event.id ? "date" : "week_start", place->day);
    sp_json_object_end(j);
}

static void write_item(sp_json_t *j, const sp_history_item_t *item, int with_actor)
{
    sp_json_object(j);
    sp_json_key(j, "entry");
    sp_shape_entry(j, &item->entry, with_actor);
    sp_json_kv_viewers(j, "says", item->viewers);
    sp_json_kv_string(j, "by", item->by_scope ? "scope" : "words");
    sp_shape_plan_source(j, item->line, item->column);
    sp_json_kv_bool(j, "in_effect", item->entry.in_effect);
    sp_json_kv_bool(j, "wins", item->wins);
    sp_json_object_end(j);
}

static apr_status_t write_answer(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    const history_t *h = ctx;
    apr_array_header_t *items;
    apr_int64_t next, viewers;
    apr_status_t rv = sp_history_read(s->db, q->p, &h->place, h->page.before, h->page.limit, &items, &next, &viewers, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_object(&s->json);
    write_place(&s->json, &h->place);
    sp_json_kv_viewers(&s->json, "viewers", viewers);
    sp_json_key(&s->json, "entries");
    sp_json_array(&s->json);
    for (int i = 0; i < items->nelts; i++)
        write_item(&s->json, &APR_ARRAY_IDX(items, i, sp_history_item_t), q->who.method != SP_METHOD_ANONYMOUS);
    sp_json_array_end(&s->json);
    sp_page_input_write_next(&s->json, next);
    sp_json_object_end(&s->json);
    return APR_SUCCESS;
}

apr_status_t sp_api_history_get(sp_req_t *q)
{
    history_t h = {0};
    const sp_snapshot_spec_t spec = {
        .representation = q->who.method != SP_METHOD_ANONYMOUS ? "history-named" : "history", .kept = 1, .prepare = find, .write = write_answer, .ctx = &h};
    apr_status_t rv = parse(q, &h);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_snapshot_reply(q, &spec);
}
