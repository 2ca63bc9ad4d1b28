/* The numbers as they were after an entry. */
#ifndef SP_PAST_H
#define SP_PAST_H

#include "series.h"

/* Told how many numbers a series got, after each; what it returns, unless that is success, is passed on at once. */
typedef apr_status_t (*sp_past_fn)(void *ctx, apr_int64_t numbers);

/* Inside a read transaction: until it ends, reads see the numbers, labels and events as they were after the entry's commit. Names, colours and the like are
 * today's. What it makes for that is gone with the transaction, however that ends. scope (NULL: all): of weekly numbers only those of its services and those of
 * its platforms are there, which is what it costs, too; its days do not count, and events are always whole. fn may be NULL. SP_E_ENTRY_UNKNOWN, APR_NOTFOUND.
 * Pool: p, for scratch. */
apr_status_t sp_past_enter(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, const sp_filter_t *scope, sp_past_fn fn, void *ctx, sp_error_t *err);

#endif
