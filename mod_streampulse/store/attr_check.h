/* Whether names, colours, order, aliases and dates are what the ledger says. */
#ifndef SP_ATTR_CHECK_H
#define SP_ATTR_CHECK_H

#include "db.h"

/* Gets a sentence about each difference; it lives in p. */
typedef void (*sp_attr_check_fn)(void *ctx, const char *difference);
apr_status_t sp_attr_check(sp_db_t *db, apr_pool_t *p, sp_attr_check_fn fn, void *ctx, sp_error_t *err);

#endif
