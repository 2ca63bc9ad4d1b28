/* GET /api/insights/status: whether insights are written here. */
#include "api.h"

#include "reply.h"

apr_status_t sp_api_insights_status_get(sp_req_t *q)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_kv_bool(&j, "configured", 0);
    sp_json_kv_string(&j, "state", "off");
    sp_json_kv_string(&j, "message", "This version has no insight writer.");
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}
