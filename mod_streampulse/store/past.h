/* The numbers as they were after an entry. */
#ifndef SP_PAST_H
#define SP_PAST_H

#include "db.h"

/* Inside a read transaction: until it ends, reads see the numbers, labels and events as they were after the entry's commit. Names, colours and the like are today's. What it
 * makes for that is gone with the transaction, however that ends. SP_E_ENTRY_UNKNOWN, APR_NOTFOUND. Pool: p, for scratch. */
apr_status_t sp_past_enter(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, sp_error_t *err);

#endif
