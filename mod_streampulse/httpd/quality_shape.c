/* Remarks about the quality of the numbers, as JSON. */
#include "quality_shape.h"

#include <apr_strings.h>

#include "series.h"

static void write_note(sp_json_t *j, const sp_quality_note_t *note)
{
    sp_json_kv_string(j, "code", note->code);
    sp_json_kv_string(j, "message", note->message);
    sp_json_kv_day(j, "week", note->week);
    sp_json_kv_string(j, "platform", note->platform ? note->platform->slug : NULL);
}

void sp_quality_shape_member(sp_json_t *j, const apr_array_header_t *notes)
{
    sp_json_key(j, "quality");
    sp_json_array(j);
    for (int i = 0; i < notes->nelts; i++) {
        sp_json_object(j);
        write_note(j, &APR_ARRAY_IDX(notes, i, sp_quality_note_t));
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

/* What points into the table is copied: the table goes. */
static apr_array_header_t *keep_notes(apr_pool_t *p, const apr_array_header_t *notes)
{
    apr_array_header_t *kept = apr_array_copy(p, notes);

    for (int i = 0; i < kept->nelts; i++) {
        sp_quality_note_t *note = &APR_ARRAY_IDX(kept, i, sp_quality_note_t);
        note->message = apr_pstrdup(p, note->message);
        if (note->platform) {
            sp_ident_t *platform = apr_pcalloc(p, sizeof(*platform));
            platform->slug = apr_pstrdup(p, note->platform->slug);
            note->platform = platform;
        }
    }
    return kept;
}

static void look_at(sp_req_t *q, sp_db_t *db, const sp_ledger_touched_t *touched, apr_pool_t *ptemp, sp_quality_shape_upload_t *quality)
{
    sp_error_t err;
    sp_ident_t ident;
    sp_table_t *table;
    apr_array_header_t *notes;
    apr_status_t rv;

    sp_error_init(&err, ptemp);
    rv = sp_series_find_service(db, q->p, touched->slug, &ident, &err);
    if (APR_STATUS_IS_NOTFOUND(rv))
        return; /* it has no number left */
    if (rv == APR_SUCCESS)
        rv = sp_series_weekly(db, ptemp, &ident, NULL, &table, &err);
    if (rv != APR_SUCCESS) {
        quality->left++;
        return;
    }
    notes = sp_quality_of(ptemp, table);
    if (notes->nelts)
        APR_ARRAY_PUSH(quality->services, sp_quality_shape_service_t) = (sp_quality_shape_service_t){ident, keep_notes(q->p, notes)};
}

void sp_quality_shape_gather(sp_req_t *q, sp_db_t *db, const apr_array_header_t *touched, const sp_import_result_t *result, sp_quality_shape_upload_t *quality)
{
    apr_pool_t *ptemp;
    int looked = 0;

    quality->file = sp_quality_of_file(q->p, result->warnings);
    quality->services = apr_array_make(q->p, 4, sizeof(sp_quality_shape_service_t));
    quality->left = 0;
    apr_pool_create(&ptemp, q->p);
    for (int i = 0; touched && i < touched->nelts; i++) {
        const sp_ledger_touched_t *t = &APR_ARRAY_IDX(touched, i, sp_ledger_touched_t);
        if (t->is_event || !(t->added + t->changed + t->cleared))
            continue;
        apr_pool_clear(ptemp);
        if (looked++ < SP_QUALITY_SHAPE_SERVICES)
            look_at(q, db, t, ptemp, quality);
        else
            quality->left++;
    }
    apr_pool_destroy(ptemp);
}

static void write_upload_notes(sp_json_t *j, const sp_ident_t *service, const apr_array_header_t *notes)
{
    for (int i = 0; i < notes->nelts; i++) {
        const sp_quality_note_t *note = &APR_ARRAY_IDX(notes, i, sp_quality_note_t);
        sp_json_object(j);
        write_note(j, note);
        sp_json_kv_string(j, "service", service ? service->slug : NULL);
        if (note->line)
            sp_json_kv_int(j, "line", note->line);
        if (note->column)
            sp_json_kv_int(j, "column", note->column);
        sp_json_object_end(j);
    }
}

void sp_quality_shape_upload_members(sp_json_t *j, const sp_quality_shape_upload_t *quality)
{
    sp_json_key(j, "quality");
    sp_json_array(j);
    write_upload_notes(j, NULL, quality->file);
    for (int i = 0; i < quality->services->nelts; i++) {
        const sp_quality_shape_service_t *s = &APR_ARRAY_IDX(quality->services, i, sp_quality_shape_service_t);
        write_upload_notes(j, &s->ident, s->notes);
    }
    sp_json_array_end(j);
    sp_json_kv_int(j, "quality_left", quality->left);
}
