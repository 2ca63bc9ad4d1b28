/* POST /api/upload: a file of numbers, as one entry of the ledger. */
#include "api.h"

#include <apr_strings.h>

#include "dbd.h"
#include "import_words.h"
#include "ledger.h"
#include "metrics.h"
#include "plan_input.h"
#include "quality_shape.h"
#include "reply.h"
#include "shape.h"
#include "shape_plan.h"
#include "upload_body.h"

typedef struct {
    sp_upload_options_t options;
    sp_import_result_t *result;
    sp_entry_t entry;
    apr_array_header_t *touched;
    sp_quality_shape_upload_t quality;
} upload_t;

static apr_status_t commit(sp_req_t *q, upload_t *u)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    u->entry.kind = SP_ENTRY_UPLOAD;
    u->entry.mode = u->options.mode;
    u->entry.filename = u->options.filename;
    u->entry.sha256 = u->result->sha256;
    u->entry.actor = q->who.user;
    rv = sp_ledger_commit(db, q->p, u->result->said, &u->entry, u->options.plan, &u->touched, &q->err);
    q->plan_touched = u->touched;
    if (rv == APR_SUCCESS)
        sp_import_result_take_doubles(u->result);
    if (rv == APR_SUCCESS && !sp_plan_input_is_dry(u->options.plan))
        sp_quality_shape_gather(q, db, u->touched, u->result, &u->quality);
    return sp_dbd_release_written(q, db, rv);
}

static void write_reading(sp_json_t *j, const upload_t *u)
{
    const sp_import_result_t *result = u->result;

    sp_json_kv_string(j, "layout", sp_import_layout_name(result->layout));
    sp_json_kv_string(j, "encoding", sp_decode_encoding_name(result->encoding));
    sp_json_key(j, "delimiter");
    sp_json_string_n(j, &result->delimiter, 1);
    sp_json_kv_string(j, "date_order", sp_import_words_date_order_name(result->date_order));
    sp_json_kv_int(j, "rows", result->rows);
    sp_json_kv_int(j, "skipped", u->options.import.skip_bad ? (apr_int64_t)result->problems_total : 0);
    sp_json_key(j, "problems");
    sp_shape_details(j, result->problems);
    sp_json_key(j, "warnings");
    sp_shape_notes(j, result->warnings);
    sp_json_key(j, "assumed");
    sp_shape_notes(j, result->assumed);
}

static apr_status_t reply(sp_req_t *q, const upload_t *u)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_json_key(&j, "upload");
    sp_shape_entry(&j, &u->entry, 1);
    sp_shape_touched_members(&j, u->touched);
    write_reading(&j, u);
    sp_quality_shape_upload_members(&j, &u->quality);
    sp_json_object_end(&j);
    return sp_shape_entry_reply(q, u->entry.id, out);
}

/* plan NULL: the file has problems, and nothing can be said about what it would do. */
static apr_status_t reply_plan(sp_req_t *q, const upload_t *u, const sp_plan_t *plan)
{
    sp_out_t *out = sp_reply_out(q);
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_shape_plan_members(&j, plan, plan ? u->touched : NULL);
    write_reading(&j, u);
    sp_json_object_end(&j);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_REPLY_JSON, out);
}

/* Whether what failed is in the file's cells: a dry run tells that and does not fail. The store finds what is a problem only among matched names. */
static int are_problems_of_cells(const sp_req_t *q, const upload_t *u)
{
    if (!u->result || u->result->layout == SP_LAYOUT_AUTO)
        return 0;
    return q->err.details && (u->result->problems_total > 0 || q->err.code == SP_E_CSV_DUPLICATE);
}

static apr_status_t answer_dry_run(sp_req_t *q, upload_t *u, apr_status_t rv)
{
    if (rv == APR_SUCCESS)
        return reply_plan(q, u, u->options.plan);
    if (!are_problems_of_cells(q, u))
        return rv;
    u->result->problems = q->err.details;
    sp_error_clear(&q->err);
    return reply_plan(q, u, NULL);
}

static sp_upload_result_e result_of(const sp_req_t *q, const upload_t *u, apr_status_t rv)
{
    if (rv != APR_SUCCESS)
        return sp_error_http_status(q->err.code) < HTTP_INTERNAL_SERVER_ERROR ? SP_UPLOAD_REJECTED : SP_UPLOAD_FAILED;
    if (sp_plan_input_is_dry(u->options.plan))
        return SP_UPLOAD_PREVIEWED;
    return u->entry.id ? SP_UPLOAD_STORED : SP_UPLOAD_UNCHANGED;
}

static void count(const sp_req_t *q, const upload_t *u, apr_status_t rv)
{
    const sp_upload_result_e result = result_of(q, u, rv);

    sp_metrics_add(&q->sconf->metrics->uploads[result], 1);
    if (result == SP_UPLOAD_STORED)
        sp_metrics_add(&q->sconf->metrics->upload_rows, (apr_uint64_t)u->entry.rows_imported);
}

apr_status_t sp_api_upload_post(sp_req_t *q)
{
    upload_t *u = apr_pcalloc(q->p, sizeof(*u));
    apr_status_t rv = sp_upload_body_receive(q, &u->options, &u->result);

    if (rv == APR_SUCCESS)
        rv = commit(q, u);
    count(q, u, rv);
    if (sp_plan_input_is_dry(u->options.plan))
        return answer_dry_run(q, u, rv);
    if (rv != APR_SUCCESS)
        return rv;
    return reply(q, u);
}
