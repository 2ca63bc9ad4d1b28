/* From a claimed request to the handler of its route. */
#ifndef SP_ROUTER_H
#define SP_ROUTER_H

#include <httpd.h>

/* child_init. */
void sp_router_child_init(apr_pool_t *pchild);

/* The handler hook. DECLINED for what is not ours. */
int sp_router_handle(request_rec *r);

#endif
