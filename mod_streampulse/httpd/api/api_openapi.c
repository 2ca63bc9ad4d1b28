/* GET /api/openapi.json: the contract. */
#include "api.h"

#include "openapi.h"
#include "reply.h"

apr_status_t sp_api_openapi_get(sp_req_t *q)
{
    sp_out_t *out = sp_reply_out(q);

    sp_out_write(out, sp_openapi_json, sp_openapi_json_len);
    apr_table_setn(q->r->headers_out, "Cache-Control", "no-cache");
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}
