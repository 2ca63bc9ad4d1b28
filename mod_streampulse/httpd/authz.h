/* "Require streampulse-role": our roles in httpd's own configuration. */
#ifndef SP_AUTHZ_H
#define SP_AUTHZ_H

#include <apr_pools.h>

/* register_hooks. */
void sp_authz_register(apr_pool_t *p);

#endif
