/* GET /api/uploads: the ledger, newest first, paged; or one entry of it. */
#include "api.h"

#include <apr_strings.h>

#include "ledger.h"
#include "shape.h"
#include "snapshot.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT     200

typedef struct {
    apr_int64_t before;
    int limit;
    sp_entry_t entry;
} uploads_t;

static int parse_number(const char *text, apr_int64_t max, apr_int64_t *number)
{
    *number = 0;
    if (!*text)
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || *number > (max - (*text - '0')) / 10)
            return 0;
        *number = *number * 10 + (*text - '0');
    }
    return *number > 0;
}

static apr_status_t parse_paging(sp_req_t *q, uploads_t *u)
{
    const char *before = apr_table_get(q->query, "before"), *limit = apr_table_get(q->query, "limit");
    apr_int64_t number = DEFAULT_LIMIT;

    if (before && !parse_number(before, INT64_MAX, &u->before))
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"before\" must be the id of an entry");
    if (limit && !parse_number(limit, MAX_LIMIT, &number))
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"limit\" must be a number from 1 to %d", MAX_LIMIT);
    u->limit = (int)number;
    return APR_SUCCESS;
}

static int is_signed_in(const sp_req_t *q)
{
    return q->who.method != SP_METHOD_ANONYMOUS;
}

static apr_status_t write_list(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    uploads_t *u = ctx;
    apr_array_header_t *entries;
    apr_int64_t next;
    apr_status_t rv = sp_ledger_list(s->db, q->p, u->before, u->limit, &entries, &next, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_object(&s->json);
    sp_json_key(&s->json, "uploads");
    sp_json_array(&s->json);
    for (int i = 0; i < entries->nelts; i++)
        sp_shape_entry(&s->json, &APR_ARRAY_IDX(entries, i, sp_entry_t), is_signed_in(q));
    sp_json_array_end(&s->json);
    if (next)
        sp_json_kv_int(&s->json, "next", next);
    else
        sp_json_kv_null(&s->json, "next");
    sp_json_object_end(&s->json);
    return APR_SUCCESS;
}

apr_status_t sp_api_uploads_get(sp_req_t *q)
{
    uploads_t u = {0};
    const sp_snapshot_spec_t spec = {.representation = is_signed_in(q) ? "uploads-named" : "uploads", .write = write_list, .ctx = &u};
    apr_status_t rv = parse_paging(q, &u);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_snapshot_reply(q, &spec);
}

static apr_status_t find_one(sp_req_t *q, sp_db_t *db, void *ctx)
{
    uploads_t *u = ctx;
    apr_int64_t id;

    if (!parse_number(q->arg, INT64_MAX, &id))
        return sp_error_set(&q->err, SP_E_ENTRY_UNKNOWN, APR_NOTFOUND, "there is no such entry");
    return sp_ledger_get(db, q->p, id, &u->entry, &q->err);
}

static apr_status_t write_one(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    uploads_t *u = ctx;

    sp_json_object(&s->json);
    sp_json_key(&s->json, "upload");
    sp_shape_entry(&s->json, &u->entry, is_signed_in(q));
    sp_json_object_end(&s->json);
    return APR_SUCCESS;
}

apr_status_t sp_api_uploads_one_get(sp_req_t *q)
{
    uploads_t u = {0};
    const sp_snapshot_spec_t spec = {.representation = is_signed_in(q) ? "upload-named" : "upload", .prepare = find_one, .write = write_one, .ctx = &u};

    return sp_snapshot_reply(q, &spec);
}
