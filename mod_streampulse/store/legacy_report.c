/* Collects what is wrong or remarkable in the predecessor's file, for people. */
#include "legacy_reader.h"

#include <stdarg.h>

#include <apr_strings.h>

apr_uint32_t sp_legacy_report_line(apr_int64_t row)
{
    return row > 0 && row <= APR_UINT32_MAX ? (apr_uint32_t)row : 0;
}

void sp_legacy_report_problem(sp_legacy_reader_t *r, sp_error_code_e code, const char *table, apr_int64_t row, const char *fmt, ...)
{
    sp_error_detail_t *d;
    const char *text;
    va_list args;

    if (r->problems_total++ >= r->options->max_problems && r->problems->nelts)
        return;
    va_start(args, fmt);
    text = apr_pvsprintf(r->p, fmt, args);
    va_end(args);
    if (table && row)
        text = apr_psprintf(r->p, "%s, row %" APR_INT64_T_FMT ": %s", table, row, text);
    else if (table)
        text = apr_psprintf(r->p, "%s: %s", table, text);
    d = apr_array_push(r->problems);
    *d = (sp_error_detail_t){.code = code, .line = sp_legacy_report_line(row), .found = "", .message = text};
}

static void add_note(sp_legacy_reader_t *r, apr_array_header_t *notes, apr_uint64_t *total, const char *code, apr_int64_t row, const char *fmt, va_list args)
{
    sp_import_note_t *note;

    if ((*total)++ >= SP_IMPORT_MAX_NOTES)
        return;
    note = apr_array_push(notes);
    *note = (sp_import_note_t){.code = code, .line = sp_legacy_report_line(row)};
    note->message = apr_pvsprintf(r->p, fmt, args);
}

void sp_legacy_report_note(sp_legacy_reader_t *r, const char *code, apr_int64_t row, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    add_note(r, r->out->notes, &r->out->notes_total, code, row, fmt, args);
    va_end(args);
}

void sp_legacy_report_assumed(sp_legacy_reader_t *r, const char *code, apr_int64_t row, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    add_note(r, r->out->assumed, &r->out->assumed_total, code, row, fmt, args);
    va_end(args);
}

apr_status_t sp_legacy_report_fail(sp_error_t *err, const apr_array_header_t *problems, apr_uint64_t total)
{
    const sp_error_detail_t *first = &APR_ARRAY_IDX(problems, 0, sp_error_detail_t);
    apr_status_t rv = sp_error_set(err, first->code, APR_EINVAL,
                                   "nothing was imported: the predecessor's file has %" APR_UINT64_T_FMT " problem%s to be corrected in it first", total,
                                   total == 1 ? "" : "s");

    if (err) {
        err->details = apr_array_copy(err->pool, problems);
        err->details_total = (apr_size_t)total;
    }
    return rv;
}
