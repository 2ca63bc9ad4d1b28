/* What editors are shown, as JSON. */
#ifndef SP_EDIT_SHAPE_H
#define SP_EDIT_SHAPE_H

#include "identities.h"
#include "json.h"
#include "ledger.h"
#include "request.h"

/* A service or platform with its aliases. */
void sp_edit_shape_ident(sp_json_t *j, const sp_identities_item_t *item);

/* The answer to an edit: {"upload": …, key: …}. One of item and event, or neither: then key is null; key NULL: there is none. status and Location as for a new
 * entry when created is set. */
apr_status_t sp_edit_shape_reply(sp_req_t *q, int created, const sp_entry_t *entry, const char *key, const sp_identities_item_t *item, const sp_table_t *event);

#endif
