/* GET /api/uploads/{id}: one entry of the ledger, and page by page what it said or what it changed. */
#include "api.h"

#include <string.h>

#include <apr_strings.h>

#include "detail.h"
#include "number_input.h"
#include "page_input.h"
#include "shape.h"
#include "shape_plan.h"
#include "snapshot.h"

#define DEFAULT_LIMIT 100
#define MAX_LIMIT     1000
#define CURSOR_DIGITS 16

typedef enum { INCLUDE_NOTHING, INCLUDE_SAID, INCLUDE_CHANGED } include_e;

typedef struct {
    include_e include;
    apr_uint64_t after;
    int limit;
    sp_entry_t entry;
} one_t;

static apr_status_t refuse(sp_req_t *q, const char *what)
{
    return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "%s", what);
}

static int parse_cursor(const char *text, apr_uint64_t *key)
{
    static const char digits[] = "0123456789abcdef";

    *key = 0;
    if (strlen(text) != CURSOR_DIGITS || strspn(text, digits) != CURSOR_DIGITS)
        return 0;
    for (; *text; text++)
        *key = *key * 16 + (apr_uint64_t)(strchr(digits, *text) - digits);
    return 1;
}

static apr_status_t parse(sp_req_t *q, one_t *one)
{
    const char *include = apr_table_get(q->query, "include"), *after = apr_table_get(q->query, "after"), *limit = apr_table_get(q->query, "limit");

    if (include)
        one->include = strcmp(include, "said") == 0 ? INCLUDE_SAID : strcmp(include, "changed") == 0 ? INCLUDE_CHANGED : INCLUDE_NOTHING;
    if (include && one->include == INCLUDE_NOTHING)
        return refuse(q, "parameter \"include\" must be said or changed");
    if (!include && (after || limit))
        return refuse(q, "parameters \"after\" and \"limit\" go with \"include\"");
    if (after && !parse_cursor(after, &one->after))
        return refuse(q, "parameter \"after\" must be \"next\" of the page before");
    return sp_page_input_limit(q, DEFAULT_LIMIT, MAX_LIMIT, &one->limit);
}

static apr_status_t find(sp_req_t *q, sp_db_t *db, void *ctx)
{
    one_t *one = ctx;
    apr_int64_t id;

    if (!sp_number_input_parse(q->arg, INT64_MAX, &id))
        return sp_error_set(&q->err, SP_E_ENTRY_UNKNOWN, APR_NOTFOUND, "there is no such entry");
    return sp_ledger_get(db, q->p, id, &one->entry, &q->err);
}

static void write_next(sp_req_t *q, sp_json_t *j, apr_uint64_t next)
{
    sp_json_kv_string(j, "next", next ? apr_psprintf(q->p, "%016" APR_UINT64_T_HEX_FMT, next) : NULL);
}

static void write_said_cell(sp_json_t *j, const sp_detail_cell_t *said)
{
    sp_json_object(j);
    sp_shape_plan_place(j, &said->cell);
    if (said->cell.event)
        sp_json_kv_string(j, "label", said->label);
    sp_json_kv_viewers(j, "viewers", said->cell.viewers);
    sp_shape_plan_source(j, said->cell.line, said->cell.column);
    sp_json_object_end(j);
}

static const char *reach_of(const sp_detail_scope_t *scope)
{
    if (scope->event)
        return "event";
    if (!scope->service)
        return "everything";
    return scope->any_event ? "service" : "weeks";
}

static apr_status_t write_scopes(sp_req_t *q, sp_snapshot_t *s, const one_t *one)
{
    apr_array_header_t *scopes;
    apr_status_t rv = sp_detail_scopes(s->db, q->p, &one->entry, one->limit, &scopes, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_key(&s->json, "clears");
    sp_json_array(&s->json);
    for (int i = 0; i < scopes->nelts; i++) {
        const sp_detail_scope_t *scope = &APR_ARRAY_IDX(scopes, i, sp_detail_scope_t);
        sp_json_object(&s->json);
        sp_json_kv_string(&s->json, "reach", reach_of(scope));
        sp_json_kv_string(&s->json, "event", scope->event);
        sp_json_kv_string(&s->json, "service", scope->service);
        sp_json_object_end(&s->json);
    }
    sp_json_array_end(&s->json);
    return APR_SUCCESS;
}

static apr_status_t write_said(sp_req_t *q, sp_snapshot_t *s, const one_t *one)
{
    apr_array_header_t *cells;
    apr_uint64_t next;
    apr_status_t rv = sp_detail_said(s->db, q->p, &one->entry, one->after, one->limit, &cells, &next, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_key(&s->json, "said");
    sp_json_array(&s->json);
    for (int i = 0; i < cells->nelts; i++)
        write_said_cell(&s->json, &APR_ARRAY_IDX(cells, i, sp_detail_cell_t));
    sp_json_array_end(&s->json);
    write_next(q, &s->json, next);
    return write_scopes(q, s, one);
}

static apr_status_t write_changed(sp_req_t *q, sp_snapshot_t *s, const one_t *one)
{
    apr_array_header_t *cells;
    apr_uint64_t next;
    apr_status_t rv = sp_detail_changed(s->db, q->p, &one->entry, one->after, one->limit, &cells, &next, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_key(&s->json, "changed");
    sp_json_array(&s->json);
    for (int i = 0; i < cells->nelts; i++)
        sp_shape_plan_cell(&s->json, &APR_ARRAY_IDX(cells, i, sp_detail_cell_t).cell);
    sp_json_array_end(&s->json);
    write_next(q, &s->json, next);
    return APR_SUCCESS;
}

static apr_status_t write_one(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    const one_t *one = ctx;
    apr_status_t rv = APR_SUCCESS;

    sp_json_object(&s->json);
    sp_json_key(&s->json, "upload");
    sp_shape_entry(&s->json, &one->entry, q->who.method != SP_METHOD_ANONYMOUS);
    if (one->include == INCLUDE_SAID)
        rv = write_said(q, s, one);
    else if (one->include == INCLUDE_CHANGED)
        rv = write_changed(q, s, one);
    sp_json_object_end(&s->json);
    return rv;
}

apr_status_t sp_api_uploads_one_get(sp_req_t *q)
{
    one_t one = {0};
    const sp_snapshot_spec_t spec = {
        .representation = q->who.method != SP_METHOD_ANONYMOUS ? "upload-named" : "upload", .kept = 1, .prepare = find, .write = write_one, .ctx = &one};
    apr_status_t rv = parse(q, &one);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_snapshot_reply(q, &spec);
}
