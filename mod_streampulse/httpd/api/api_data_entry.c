/* POST /api/data: manual entries, as one entry of the ledger. */
#include "api.h"

#include "dbd.h"
#include "entry_said.h"
#include "ledger.h"
#include "plan_input.h"
#include "reply.h"
#include "shape.h"
#include "shape_plan.h"

static apr_status_t commit(sp_req_t *q, sp_db_t *db, const apr_array_header_t *inputs, sp_entry_t *entry, sp_plan_t *plan, apr_array_header_t **touched)
{
    sp_said_t *said;
    apr_status_t rv = sp_entry_said_build(q, db, inputs, &said);

    if (rv != APR_SUCCESS)
        return rv;
    return sp_ledger_commit(db, q->p, said, entry, plan, touched, &q->err);
}

static apr_status_t reply(sp_req_t *q, const sp_entry_t *entry, const apr_array_header_t *touched)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "upload");
    sp_shape_entry(&j, entry, 1);
    sp_shape_touched_members(&j, touched);
    sp_json_key(&j, "warnings");
    sp_shape_notes(&j, NULL);
    sp_json_object_end(&j);
    return sp_shape_entry_reply(q, entry->id, out);
}

apr_status_t sp_api_data_entry_post(sp_req_t *q)
{
    sp_entry_t entry = {.kind = SP_ENTRY_ENTRY, .mode = SP_MODE_MERGE, .actor = q->who.user};
    apr_array_header_t *inputs, *touched = NULL;
    sp_plan_t *plan;
    sp_db_t *db;
    apr_status_t rv = sp_plan_input_read(q, q->query, &plan);

    if (rv == APR_SUCCESS)
        rv = sp_entry_input_read(q, &inputs);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = commit(q, db, inputs, &entry, plan, &touched);
    q->plan_touched = touched;
    rv = sp_dbd_release_written(q, db, rv);
    if (rv != APR_SUCCESS)
        return rv;
    return sp_plan_input_is_dry(plan) ? sp_shape_plan_reply(q, plan, touched) : reply(q, &entry, touched);
}
