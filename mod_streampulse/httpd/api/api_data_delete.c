/* DELETE /api/data/{service}: says "no number" about everything of a service, as a ledger entry. */
#include "api.h"

#include "dbd.h"
#include "ledger.h"
#include "plan_input.h"
#include "reply.h"
#include "series.h"
#include "shape.h"
#include "shape_plan.h"

static apr_status_t delete_service(sp_req_t *q, sp_db_t *db, sp_entry_t *entry, sp_plan_t *plan, apr_array_header_t **touched)
{
    sp_ident_t service;
    apr_status_t rv = sp_series_find_service(db, q->p, q->arg, &service, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_ledger_delete_service(db, q->p, service.id, entry, plan, touched, &q->err);
}

apr_status_t sp_api_data_delete(sp_req_t *q)
{
    sp_entry_t entry = {.kind = SP_ENTRY_DELETE, .mode = SP_MODE_MERGE, .actor = q->who.user};
    apr_array_header_t *touched = NULL;
    sp_plan_t *plan;
    sp_db_t *db;
    sp_out_t *out;
    sp_json_t j;
    apr_status_t rv = sp_plan_input_read(q, q->query, &plan);

    if (rv == APR_SUCCESS)
        rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = delete_service(q, db, &entry, plan, &touched);
    q->plan_touched = touched;
    rv = sp_dbd_release_written(q, db, rv);
    if (rv != APR_SUCCESS)
        return rv;
    if (sp_plan_input_is_dry(plan))
        return sp_shape_plan_reply(q, plan, touched);
    out = sp_reply_out(q);
    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "upload");
    sp_shape_entry(&j, &entry, 1);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}
