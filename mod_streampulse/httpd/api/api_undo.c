/* POST /api/uploads/{id}/undo: takes an entry of the ledger back, or an undo, by a new entry. */
#include "api.h"

#include <string.h>

#include "dbd.h"
#include "number_input.h"
#include "plan_input.h"
#include "reply.h"
#include "shape.h"
#include "shape_plan.h"
#include "undo.h"

typedef struct {
    apr_int64_t target;
    sp_entry_t entry;
    sp_plan_t *plan;
    apr_array_header_t *touched;
} undo_t;

/* Editors take back what they did themselves. */
static apr_status_t check_owner(sp_req_t *q, sp_db_t *db, apr_int64_t target)
{
    sp_entry_t entry;
    apr_status_t rv = sp_ledger_get(db, q->p, target, &entry, &q->err);

    if (rv != APR_SUCCESS || q->who.role >= SP_ROLE_ADMIN || strcmp(entry.actor, q->who.user) == 0)
        return rv;
    return sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES, "only an admin may undo what somebody else did");
}

static apr_status_t commit(sp_req_t *q, undo_t *u)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = check_owner(q, db, u->target);
    if (rv == APR_SUCCESS)
        rv = sp_undo_commit(db, q->p, u->target, q->who.user, &u->entry, u->plan, &u->touched, &q->err);
    q->plan_touched = u->touched;
    return sp_dbd_release_written(q, db, rv);
}

static apr_status_t reply(sp_req_t *q, const undo_t *u)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "upload");
    sp_shape_entry(&j, &u->entry, 1);
    sp_shape_touched_members(&j, u->touched);
    sp_json_object_end(&j);
    return sp_shape_entry_reply(q, u->entry.id, out);
}

apr_status_t sp_api_undo_post(sp_req_t *q)
{
    undo_t u = {0};
    apr_status_t rv = sp_plan_input_read(q, q->query, &u.plan);

    if (rv != APR_SUCCESS)
        return rv;
    if (!sp_number_input_parse(q->arg, INT64_MAX, &u.target))
        return sp_error_set(&q->err, SP_E_ENTRY_UNKNOWN, APR_NOTFOUND, "there is no such entry");
    if ((rv = commit(q, &u)) != APR_SUCCESS)
        return rv;
    return sp_plan_input_is_dry(u.plan) ? sp_shape_plan_reply(q, u.plan, u.touched) : reply(q, &u);
}
