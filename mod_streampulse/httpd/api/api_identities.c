/* GET /api/services and /api/platforms, for editors' forms; PATCH /api/services/{id} and /api/platforms/{id}: name, colour, order, aliases, merging. */
#include "api.h"

#include "dbd.h"
#include "edit_input.h"
#include "edit_shape.h"
#include "series.h"
#include "snapshot.h"

typedef struct {
    sp_name_kind_e kind;
    const char *list_key, *key;
    apr_status_t (*find)(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err);
} resource_t;

static const resource_t services = {SP_NAME_SERVICE, "services", "service", sp_series_find_service};
static const resource_t platforms = {SP_NAME_PLATFORM, "platforms", "platform", sp_series_find_platform};

static apr_status_t write_list(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    const resource_t *resource = ctx;
    apr_array_header_t *items;
    apr_status_t rv = sp_identities_list(s->db, q->p, resource->kind, &items, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    sp_json_object(&s->json);
    sp_json_kv_int(&s->json, "revision", s->revision.revision);
    sp_json_key(&s->json, resource->list_key);
    sp_json_array(&s->json);
    for (int i = 0; i < items->nelts; i++)
        if (APR_ARRAY_IDX(items, i, sp_identities_item_t).numbers)
            sp_edit_shape_ident(&s->json, &APR_ARRAY_IDX(items, i, sp_identities_item_t));
    sp_json_array_end(&s->json);
    sp_json_object_end(&s->json);
    return APR_SUCCESS;
}

static apr_status_t get_list(sp_req_t *q, const resource_t *resource)
{
    resource_t copy = *resource;
    const sp_snapshot_spec_t spec = {.representation = resource->list_key, .kept = 1, .write = write_list, .ctx = &copy};

    return sp_snapshot_reply(q, &spec);
}

typedef struct {
    sp_edit_ident_t edit;
    const char *merge_into;
    sp_entry_t entry;
    sp_identities_item_t item; /* afterwards */
    int found;
} patch_t;

static apr_status_t commit(sp_req_t *q, sp_db_t *db, const resource_t *resource, patch_t *patch)
{
    sp_ident_t ident, into;
    int shown;
    apr_status_t rv = resource->find(db, q->p, q->arg, &ident, &q->err);

    if (rv == APR_SUCCESS && patch->merge_into)
        rv = resource->find(db, q->p, patch->merge_into, &into, &q->err);
    if (rv != APR_SUCCESS)
        return rv;
    patch->entry.actor = q->who.user;
    shown = patch->merge_into ? into.id : ident.id;
    if (patch->merge_into)
        rv = sp_edit_merge(db, q->p, resource->kind, ident.id, into.id, patch->edit.spool_dir, &patch->entry, &q->err);
    else
        rv = sp_edit_ident(db, q->p, resource->kind, ident.id, &patch->edit, &patch->entry, &q->err);
    if (rv == APR_SUCCESS)
        rv = sp_identities_get(db, q->p, resource->kind, shown, &patch->item, &q->err);
    patch->found = rv == APR_SUCCESS;
    return APR_STATUS_IS_NOTFOUND(rv) && q->err.code == SP_E_NONE ? APR_SUCCESS : rv;
}

static apr_status_t patch_one(sp_req_t *q, const resource_t *resource)
{
    patch_t patch = {0};
    sp_db_t *db;
    apr_status_t rv = sp_edit_input_ident(q, &patch.edit, &patch.merge_into);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = commit(q, db, resource, &patch);
    rv = sp_dbd_release_written(q, db, rv);
    if (rv != APR_SUCCESS)
        return rv;
    return sp_edit_shape_reply(q, 0, &patch.entry, resource->key, patch.found ? &patch.item : NULL, NULL);
}

apr_status_t sp_api_services_get(sp_req_t *q)
{
    return get_list(q, &services);
}

apr_status_t sp_api_services_patch(sp_req_t *q)
{
    return patch_one(q, &services);
}

apr_status_t sp_api_platforms_get(sp_req_t *q)
{
    return get_list(q, &platforms);
}

apr_status_t sp_api_platforms_patch(sp_req_t *q)
{
    return patch_one(q, &platforms);
}
