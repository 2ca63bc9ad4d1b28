/* What the ledger says about identities: names, colours, order, aliases, and an event's description and dates. */
#ifndef SP_ATTR_H
#define SP_ATTR_H

#include "db.h"

/* After entry's in_effect was changed: settles anew every attribute that entry ever said (the latest entry in effect that says it wins; else the identity's own from
 * its creation). Inside a write transaction; *changes counts what is different now. */
apr_status_t sp_attr_settle_entry(sp_db_t *db, apr_int64_t entry, int *changes, sp_error_t *err);

#endif
