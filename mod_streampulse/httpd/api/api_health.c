/* GET /healthz and /readyz: alive, and able to serve. */
#include "api.h"

#include "dbd.h"
#include "migrate.h"
#include "reply.h"

apr_status_t sp_api_health_alive_get(sp_req_t *q)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_kv_string(&j, "status", "ok");
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}

apr_status_t sp_api_health_ready_get(sp_req_t *q)
{
    sp_db_t *db;
    sp_revision_t revision;
    sp_out_t *out;
    sp_json_t j;
    apr_status_t rv;

    sp_reply_no_store(q);
    rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_meta_revision(db, &revision, &q->err);
    sp_dbd_release(q, db);
    if (rv != APR_SUCCESS)
        return rv;
    out = sp_reply_out(q);
    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_kv_string(&j, "status", "ready");
    sp_json_kv_int(&j, "schema", SP_SCHEMA_VERSION);
    sp_json_object_end(&j);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}
