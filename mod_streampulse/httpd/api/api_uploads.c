/* GET /api/uploads: the ledger, newest first, paged. */
#include "api.h"

#include "ledger.h"
#include "page_input.h"
#include "shape.h"
#include "snapshot.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT     200

static int is_signed_in(const sp_req_t *q)
{
    return q->who.method != SP_METHOD_ANONYMOUS;
}

static apr_status_t write_list(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    const sp_page_t *page = ctx;
    apr_array_header_t *entries;
    apr_int64_t next;
    apr_status_t rv = sp_ledger_list(s->db, q->p, page->before, page->limit, &entries, &next, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_object(&s->json);
    sp_json_key(&s->json, "uploads");
    sp_json_array(&s->json);
    for (int i = 0; i < entries->nelts; i++)
        sp_shape_entry(&s->json, &APR_ARRAY_IDX(entries, i, sp_entry_t), is_signed_in(q));
    sp_json_array_end(&s->json);
    sp_page_input_write_next(&s->json, next);
    sp_json_object_end(&s->json);
    return APR_SUCCESS;
}

apr_status_t sp_api_uploads_get(sp_req_t *q)
{
    sp_page_t page;
    const sp_snapshot_spec_t spec = {.representation = is_signed_in(q) ? "uploads-named" : "uploads", .kept = 1, .write = write_list, .ctx = &page};
    apr_status_t rv = sp_page_input_parse(q, DEFAULT_LIMIT, MAX_LIMIT, &page);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_snapshot_reply(q, &spec);
}
