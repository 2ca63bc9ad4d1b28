/* Collects what is wrong or remarkable in a file, for people. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "import_internal.h"

/* Line feeds and the like would break the sentence. */
static const char *found_text(apr_pool_t *p, const char *s, apr_size_t len)
{
    char *found = (char *)sp_error_found(p, s, len);

    for (char *c = found; *c; c++) {
        if ((unsigned char)*c < ' ') {
            *c = ' ';
        }
    }
    return found;
}

static const char *sentence(apr_pool_t *p, const sp_error_detail_t *d, const char *what)
{
    const char *place = apr_psprintf(p, "line %u, column %u", d->line, d->column);
    const char *end = d->expected ? apr_pstrcat(p, "; expected ", d->expected, NULL) : "";

    if (!*d->found) {
        return apr_pstrcat(p, place, ": ", what, end, NULL);
    }
    return apr_pstrcat(p, "\"", d->found, "\" in ", place, " ", what, end, NULL);
}

void sp_import_report_problem(sp_import_t *imp, sp_error_code_e code, const sp_import_cell_t *at, const char *what, const char *expected)
{
    sp_import_result_t *result = imp->result;

    if (result->problems_total++ >= imp->options.limits.max_problems && result->problems->nelts) {
        return;
    }
    sp_error_detail_t *d = apr_array_push(result->problems);
    *d = (sp_error_detail_t){.code = code, .line = at->line, .column = (apr_uint32_t)at->column};
    d->found = found_text(imp->pool, at->data, at->len);
    d->expected = expected ? apr_pstrdup(imp->pool, expected) : NULL;
    d->message = sentence(imp->pool, d, what);
}

void sp_import_report_bad_count(sp_import_t *imp, const sp_import_cell_t *at)
{
    sp_import_report_problem(imp, SP_E_CSV_BAD_COUNT, at, "is not a number of viewers", sp_count_expected());
}

void sp_import_report_bad_date(sp_import_t *imp, const sp_import_cell_t *at)
{
    sp_date_t date;

    sp_calendar_parse(at->data, at->len, &date);
    if (date.kind == SP_DATE_YEARLESS || date.kind == SP_DATE_MONTH) {
        sp_import_report_problem(imp, SP_E_CSV_BAD_DATE, at, "has no year", "a date with its year such as 1/31/2025 or 2025-01-31");
    } else if (date.kind == SP_DATE_FULL && imp->options.date_order != SP_DATE_ORDER_UNKNOWN) {
        const char *order = imp->options.date_order == SP_DATE_ORDER_MDY ? "is not a date with the month first" : "is not a date with the day first";
        sp_import_report_problem(imp, SP_E_CSV_BAD_DATE, at, order, "a date such as 2025-01-31, or another date_order");
    } else {
        sp_import_report_problem(imp, SP_E_CSV_BAD_DATE, at, at->len ? "is not a date" : "a date is missing", "a date such as 1/31/2025 or 2025-01-31");
    }
}

static sp_import_note_t *add_note(sp_import_t *imp, apr_array_header_t *notes, apr_uint64_t *total, const char *code, apr_uint32_t line, int column,
                                  const char *fmt, va_list args)
{
    if ((*total)++ >= SP_IMPORT_MAX_NOTES) {
        return NULL;
    }
    sp_import_note_t *note = apr_array_push(notes);
    *note = (sp_import_note_t){.code = code, .line = line, .column = (apr_uint32_t)column};
    note->message = apr_pvsprintf(imp->pool, fmt, args);
    return note;
}

void sp_import_report_warning(sp_import_t *imp, const char *code, apr_uint32_t line, int column, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    add_note(imp, imp->result->warnings, &imp->result->warnings_total, code, line, column, fmt, args);
    va_end(args);
}

sp_import_note_t *sp_import_report_assumed(sp_import_t *imp, const char *code, apr_uint32_t line, int column, const char *fmt, ...)
{
    sp_import_note_t *note;
    va_list args;

    va_start(args, fmt);
    note = add_note(imp, imp->result->assumed, &imp->result->assumed_total, code, line, column, fmt, args);
    va_end(args);
    return note;
}

void sp_import_report_set_names(sp_import_t *imp, sp_import_note_t *note, const char *what, const char *from, const char *to)
{
    if (!note) {
        return;
    }
    note->what = what;
    note->from = apr_pstrdup(imp->pool, from);
    note->to = apr_pstrdup(imp->pool, to);
}

static void add_skipped(sp_import_result_t *result, apr_uint64_t count)
{
    apr_pool_t *p = result->warnings->pool;
    const char *message = apr_psprintf(p, "%" APR_UINT64_T_FMT " cells or rows with problems were left out", count);

    for (int i = 0; i < result->warnings->nelts; i++) {
        sp_import_note_t *note = &APR_ARRAY_IDX(result->warnings, i, sp_import_note_t);
        if (strcmp(note->code, SP_IMPORT_SKIPPED) == 0) {
            note->message = message;
            return;
        }
    }
    APR_ARRAY_PUSH(result->warnings, sp_import_note_t) = (sp_import_note_t){.code = SP_IMPORT_SKIPPED, .message = message};
    result->warnings_total++;
}

void sp_import_result_take_doubles(sp_import_result_t *result)
{
    const sp_said_doubles_t *doubles = &result->said->doubles;

    for (int i = 0; doubles->same && i < doubles->same->nelts && result->warnings->nelts < SP_IMPORT_MAX_NOTES; i++) {
        const sp_error_detail_t *d = &APR_ARRAY_IDX(doubles->same, i, sp_error_detail_t);
        APR_ARRAY_PUSH(result->warnings, sp_import_note_t) =
            (sp_import_note_t){.code = "duplicate_same", .line = d->line, .column = d->column, .message = d->message};
    }
    result->warnings_total += doubles->same_total;
    for (int i = 0; doubles->left_out && i < doubles->left_out->nelts; i++) {
        APR_ARRAY_PUSH(result->problems, sp_error_detail_t) = APR_ARRAY_IDX(doubles->left_out, i, sp_error_detail_t);
    }
    result->problems_total += doubles->left_out_total;
    if (doubles->left_out_total) {
        add_skipped(result, result->problems_total);
    }
}

apr_status_t sp_import_report_unknown(sp_import_t *imp, const char *missing)
{
    return sp_error_set(
        imp->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL,
        "the file has none of the known layouts%s%s; looked for services side by side under a row of dates (sheet); a header with service, platform, "
        "week_start and viewers (tidy), with service, week_start and one column per platform (wide), or with event, platform, date and viewers "
        "(events); StreamPulse's own export; the first row found is \"%s\"",
        missing ? ": " : "", missing ? missing : "", imp->first_row ? imp->first_row : "");
}

static int by_place(const void *a, const void *b)
{
    const sp_error_detail_t *x = a, *y = b;

    if (x->line != y->line) {
        return x->line < y->line ? -1 : 1;
    }
    return x->column < y->column ? -1 : x->column > y->column;
}

void sp_import_report_sort(sp_import_t *imp)
{
    apr_array_header_t *problems = imp->result->problems;

    qsort(problems->elts, (apr_size_t)problems->nelts, sizeof(sp_error_detail_t), by_place);
}

apr_status_t sp_import_report_fail(sp_import_t *imp)
{
    const sp_import_result_t *result = imp->result;
    const sp_error_detail_t *first = &APR_ARRAY_IDX(result->problems, 0, sp_error_detail_t);
    sp_error_t *err = imp->err;
    apr_status_t rv;

    if (result->problems_total == 1) {
        rv = sp_error_set(err, first->code, APR_EINVAL, "%s", first->message);
    } else {
        rv = sp_error_set(err, first->code, APR_EINVAL, "the file has %" APR_UINT64_T_FMT " problems; the first: %s", result->problems_total, first->message);
    }
    if (!err) {
        return rv;
    }
    err->details = apr_array_make(err->pool, result->problems->nelts, sizeof(sp_error_detail_t));
    err->details_total = (apr_size_t)result->problems_total;
    for (int i = 0; i < result->problems->nelts; i++) {
        sp_error_detail_t *d = apr_array_push(err->details);
        *d = APR_ARRAY_IDX(result->problems, i, sp_error_detail_t);
        d->found = apr_pstrdup(err->pool, d->found);
        d->expected = d->expected ? apr_pstrdup(err->pool, d->expected) : NULL;
        d->message = apr_pstrdup(err->pool, d->message);
    }
    return rv;
}
