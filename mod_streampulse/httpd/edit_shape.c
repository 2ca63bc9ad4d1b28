/* What editors are shown, as JSON. */
#include "edit_shape.h"

#include "reply.h"
#include "shape.h"

void sp_edit_shape_ident(sp_json_t *j, const sp_identities_item_t *item)
{
    sp_json_object(j);
    sp_shape_ident_members(j, &item->ident);
    sp_json_kv_int(j, "position", item->position);
    sp_json_kv_string(j, "original_name", item->original_name);
    sp_json_key(j, "aliases");
    sp_json_array(j);
    for (int i = 0; i < item->aliases->nelts; i++)
        sp_json_string(j, APR_ARRAY_IDX(item->aliases, i, sp_identities_alias_t).name);
    sp_json_array_end(j);
    sp_json_kv_int(j, "numbers", item->numbers);
    sp_json_object_end(j);
}

apr_status_t sp_edit_shape_reply(sp_req_t *q, int created, const sp_entry_t *entry, const char *key, const sp_identities_item_t *item, const sp_table_t *event)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "upload");
    sp_shape_entry(&j, entry, 1);
    if (key)
        sp_json_key(&j, key);
    if (key && item)
        sp_edit_shape_ident(&j, item);
    else if (key && event)
        sp_shape_event(&j, event);
    else if (key)
        sp_json_null(&j);
    sp_json_object_end(&j);
    return sp_shape_entry_reply(q, created ? entry->id : 0, out);
}
