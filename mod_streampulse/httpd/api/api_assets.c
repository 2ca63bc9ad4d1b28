/* GET /, the views and what the page loads: the dashboard, for anybody; it holds no data. */
#include "api.h"

#include "assets.h"

/* The router has seen that there is a file. */
apr_status_t sp_api_assets_get(sp_req_t *q)
{
    return sp_assets_send(q, sp_assets_find(q->path));
}
