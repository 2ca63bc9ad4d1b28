/* GET /api/export: every number inside the filter as a file that the import reads back. */
#include "api.h"

#include "audit_note.h"
#include "export_row.h"
#include "filter.h"
#include "heavy_gate.h"

typedef struct {
    sp_filter_input_t filter;
    sp_export_format_e format;
    sp_heavy_t heavy;
    sp_req_t *q;
    sp_out_t *out;
} export_t;

static apr_status_t prepare(sp_req_t *q, sp_db_t *db, void *ctx)
{
    export_t *export = ctx;
    apr_status_t rv = sp_filter_enter_past(q, db, &export->filter, 1, &export->heavy);

    return rv == APR_SUCCESS ? sp_filter_resolve(q, db, &export->filter) : rv;
}

static apr_status_t write_row(void *ctx, const sp_series_row_t *row)
{
    export_t *export = ctx;

    sp_export_row_write(export->out, export->format, row);
    return sp_heavy_add(export->q, &export->heavy, 1);
}

static apr_status_t write_answer(sp_req_t *q, sp_snapshot_t *s, void *ctx)
{
    export_t *export = ctx;
    apr_status_t rv;

    export->out = s->out;
    sp_export_row_header(s->out, export->format);
    rv = sp_series_export(s->db, q->p, &export->filter.numbers, write_row, export, &q->err);
    if (rv == APR_SUCCESS)
        sp_reply_offer_as_file(q, "streampulse", sp_export_row_format_name(export->format));
    return rv;
}

static apr_status_t note_export(sp_req_t *q, void *ctx)
{
    return sp_audit_note(q, "export");
}

apr_status_t sp_api_export_get(sp_req_t *q)
{
    const char *format = apr_table_get(q->query, "format");
    export_t export = {.format = SP_EXPORT_CSV, .q = q};
    sp_snapshot_spec_t spec = {.prepare = prepare, .write = write_answer, .made = note_export, .ctx = &export};
    apr_status_t rv = sp_filter_parse(q, &export.filter);

    if (rv != APR_SUCCESS)
        return rv;
    if (format && sp_export_row_format_by_name(format, &export.format) != APR_SUCCESS)
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"format\" must be csv or ndjson");
    spec.representation = sp_export_row_format_name(export.format);
    spec.content_type = sp_export_row_content_type(export.format);
    return sp_heavy_reply(q, &spec, &export.heavy);
}
