/* Reads the predecessor's database from its first table to the verdict. */
#include "legacy.h"

#include <apr_strings.h>

#include "legacy_reader.h"

static apr_status_t note_dropped(sp_legacy_reader_t *r, const char *table, const char *what)
{
    apr_int64_t rows;
    apr_status_t rv = sp_legacy_form_count(r, table, &rows);

    if (rv == APR_SUCCESS && rows)
        sp_legacy_report_note(r, "not_carried_over", 0, "%" APR_INT64_T_FMT " %s (%s) are not carried over", rows, what, table);
    return rv;
}

static apr_status_t read_tables(sp_legacy_reader_t *r)
{
    apr_status_t rv = sp_legacy_form_require_tables(r);

    if (rv == APR_SUCCESS)
        rv = sp_legacy_names_load(r);
    if (rv == APR_SUCCESS)
        rv = sp_legacy_weekly_read(r);
    if (rv == APR_SUCCESS)
        rv = sp_legacy_events_read(r);
    if (rv == APR_SUCCESS)
        rv = note_dropped(r, "upload_history", "uploads in the history");
    return rv == APR_SUCCESS ? note_dropped(r, "ai_insights", "written insights") : rv;
}

static apr_status_t conclude(const sp_legacy_reader_t *r)
{
    if (r->problems_total)
        return sp_legacy_report_fail(r->err, r->problems, r->problems_total);
    if (!r->out->cells)
        return sp_error_set(r->err, SP_E_CSV_EMPTY, APR_EINVAL, "the predecessor's file has no number to import");
    return APR_SUCCESS;
}

static sp_legacy_t *create(apr_pool_t *p, const sp_legacy_options_t *options)
{
    sp_legacy_t *legacy = apr_pcalloc(p, sizeof(*legacy));

    legacy->said = sp_said_create(p, options->temp_dir);
    legacy->sums = apr_array_make(p, 16, sizeof(sp_legacy_sum_t));
    legacy->notes = apr_array_make(p, 8, sizeof(sp_import_note_t));
    legacy->assumed = apr_array_make(p, 8, sizeof(sp_import_note_t));
    return legacy;
}

apr_status_t sp_legacy_read(sp_legacy_t **legacy, apr_pool_t *p, const char *path, const sp_legacy_options_t *options, sp_error_t *err)
{
    sp_legacy_reader_t r = {.p = p, .options = options, .err = err, .span = {options->event_year, SP_DAY_NONE, SP_DAY_NONE}};
    sp_legacy_file_t file;
    apr_pool_t *popen;
    apr_status_t rv;

    r.out = *legacy = create(p, options);
    r.seen = apr_hash_make(p);
    r.problems = apr_array_make(p, 8, sizeof(sp_error_detail_t));
    apr_pool_create(&popen, p);
    if ((rv = sp_legacy_file_open(&file, popen, path, options->temp_dir, err)) == APR_SUCCESS) {
        r.db = file.db;
        r.out->sha256 = apr_pstrdup(p, file.sha256);
        rv = read_tables(&r);
    }
    if (rv == APR_SUCCESS)
        rv = sp_legacy_file_verify(&file, popen, err);
    apr_pool_destroy(popen);
    return rv == APR_SUCCESS ? conclude(&r) : rv;
}
