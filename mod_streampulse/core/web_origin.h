/* Origins of pages, as browsers write them. */
#ifndef SP_WEB_ORIGIN_H
#define SP_WEB_ORIGIN_H

#include <apr_pools.h>

/* NULL for a scheme (http or https), a host and a port unless it is the scheme's own, exactly as a browser sends it in Origin; else why not, as a clause. Pool:
 * p. */
const char *sp_web_origin_complaint(apr_pool_t *p, const char *text);

#endif
