/* Services and platforms as an editor sees them: with aliases, order, and how many numbers they have. */
#ifndef SP_IDENTITIES_H
#define SP_IDENTITIES_H

#include "db.h"
#include "name.h"
#include "table.h"

typedef struct {
    const char *fold;
    const char *name; /* as it was written */
} sp_identities_alias_t;

typedef struct {
    sp_ident_t ident;
    const char *fold;          /* of the name it was created with */
    const char *original_name; /* that name */
    apr_int64_t position;
    apr_array_header_t *aliases; /* of sp_identities_alias_t: every name but its own that means it, in the order of their folds */
    apr_int64_t numbers;         /* in effect, weekly and of events; 0: it is not shown */
} sp_identities_item_t;

/* SP_NAME_SERVICE or SP_NAME_PLATFORM: all there are, in display order. *items: of sp_identities_item_t. Pool: p. */
apr_status_t sp_identities_list(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, apr_array_header_t **items, sp_error_t *err);
/* One by its stored id. APR_NOTFOUND (err untouched). */
apr_status_t sp_identities_get(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, int id, sp_identities_item_t *item, sp_error_t *err);

#endif
