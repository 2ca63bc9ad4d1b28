/* What a DBDParams line for SQLite names. */
#ifndef SP_DBD_PARAMS_H
#define SP_DBD_PARAMS_H

#include <apr_pools.h>

/* NULL and *path: it is a file:/absolute/path?mode=rw. Else what is wrong with it and what to write instead. Pool: p. */
const char *sp_dbd_params_check(apr_pool_t *p, const char *params, const char **path);

#endif
