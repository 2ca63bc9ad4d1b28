/* What the ledger says about identities: names, colours, order, aliases, and an event's description and dates. */
#ifndef SP_ATTR_H
#define SP_ATTR_H

#include <apr_tables.h>

#include "db.h"

/* Attributes of services ('s') and platforms ('p'): name, color, position, alias:FOLD. Of events ('e'): name, description, start_day, end_day, shown,
 * alias:FOLD. The value is text (numbers in decimal); NULL says that there is none. */
typedef struct {
    char kind; /* 's', 'p', 'e' */
    int id;
    const char *attr;
    const char *value;
} sp_attr_t;

#define SP_ATTR_ALIAS "alias:"

/* After entry's in_effect was changed: settles anew every attribute that entry ever said (the latest entry in effect that says it wins; else the identity's own
 * from its creation). Inside a write transaction; *changes counts what is different now. */
apr_status_t sp_attr_settle_entry(sp_db_t *db, apr_int64_t entry, int *changes, sp_error_t *err);

/* Inside a write transaction: an entry in effect says all of these (of sp_attr_t), and they are settled; *changes counts what is different now. */
apr_status_t sp_attr_say(sp_db_t *db, apr_int64_t entry, const apr_array_header_t *attrs, int *changes, sp_error_t *err);

/* What an entry says about attributes. *attrs: of sp_attr_t. Pool: p. */
apr_status_t sp_attr_said(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, apr_array_header_t **attrs, sp_error_t *err);

#endif
