/* Runs the importer for tests, and writes down what it found. */
#include "import_support.h"

#include <stdlib.h>

#include <apr_file_info.h>
#include <apr_strings.h>

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *join_sorted(apr_array_header_t *lines, const char *separator)
{
    apr_size_t size = 1;
    char *text, *to;

    qsort(lines->elts, (apr_size_t)lines->nelts, sizeof(char *), by_text);
    for (int i = 0; i < lines->nelts; i++) {
        size += strlen(APR_ARRAY_IDX(lines, i, const char *)) + strlen(separator);
    }
    text = to = apr_palloc(sp_test_pool(), size);
    *to = '\0';
    for (int i = 0; i < lines->nelts; i++) {
        to = apr_cpystrn(to, APR_ARRAY_IDX(lines, i, const char *), size);
        to = apr_cpystrn(to, separator, size);
    }
    return text;
}

static const char *label_of(const sp_said_event_t *event, sp_day_t day)
{
    for (int i = 0; event->labels && i < event->labels->nelts; i++) {
        const sp_said_label_t *label = &APR_ARRAY_IDX(event->labels, i, sp_said_label_t);
        if (label->day == day) {
            return apr_pstrcat(sp_test_pool(), " [", label->label, "]", NULL);
        }
    }
    return "";
}

static const char *name_of(const apr_array_header_t *names, int id)
{
    assert_true(id > 0 && id <= names->nelts);
    return APR_ARRAY_IDX(names, id - 1, sp_said_name_t).name;
}

static const char *line_of(const sp_said_t *said, const sp_cell_t *cell)
{
    apr_pool_t *p = sp_test_pool();
    char day[SP_ISO_SIZE], first[SP_ISO_SIZE];
    const char *platform = name_of(said->platforms, SP_KEY_PLATFORM(cell->key));
    const char *service = SP_KEY_SERVICE(cell->key) ? name_of(said->services, SP_KEY_SERVICE(cell->key)) : "";

    sp_calendar_iso(day, SP_KEY_DAY(cell->key));
    if (!SP_KEY_EVENT(cell->key)) {
        return apr_psprintf(p, "%s | %s | %s+%d | %" APR_INT64_T_FMT, service, platform, day, cell->span, cell->viewers);
    }
    const sp_said_event_t *event = &APR_ARRAY_IDX(said->events, SP_KEY_EVENT(cell->key) - 1, sp_said_event_t);
    assert_in_range(SP_KEY_DAY(cell->key), event->first, event->last);
    return apr_psprintf(p, "%s@%s | %s | %s | %s%s | %" APR_INT64_T_FMT, event->name, sp_calendar_iso(first, event->first), service, platform, day,
                        label_of(event, SP_KEY_DAY(cell->key)), cell->viewers);
}

static sp_spool_t *sorted_cells(const sp_import_result_t *result)
{
    sp_said_t *said = result->said;
    sp_spool_t *sorted;

    sp_assert_ok(sp_spool_sort(said->cells, sp_test_pool(), said->map_days, said->map_ctx, &sorted, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_spool_rewind(sorted, sp_test_err()), sp_test_err());
    return sorted;
}

static const char *describe_numbers(const sp_import_result_t *result)
{
    apr_array_header_t *lines = apr_array_make(sp_test_pool(), 64, sizeof(char *));
    sp_spool_t *sorted = sorted_cells(result);
    sp_cell_t cell;

    assert_int_equal(result->cells, sp_spool_count(sorted));
    while (sp_spool_next(sorted, &cell, sp_test_err()) == APR_SUCCESS) {
        APR_ARRAY_PUSH(lines, const char *) = line_of(result->said, &cell);
    }
    return join_sorted(lines, "\n");
}

static const char *describe_problems(const sp_import_result_t *result)
{
    const char *text = "";

    for (int i = 0; i < result->problems->nelts; i++) {
        const sp_error_detail_t *d = &APR_ARRAY_IDX(result->problems, i, sp_error_detail_t);
        assert_non_null(d->message);
        text = apr_psprintf(sp_test_pool(), "%s%s %u:%u %s\n", text, sp_error_code_name(d->code), d->line, d->column, d->found);
    }
    return text;
}

static const char *describe_notes(const apr_array_header_t *notes)
{
    apr_array_header_t *codes = apr_array_make(sp_test_pool(), 8, sizeof(char *));

    for (int i = 0; i < notes->nelts; i++) {
        APR_ARRAY_PUSH(codes, const char *) = APR_ARRAY_IDX(notes, i, sp_import_note_t).code;
    }
    return join_sorted(codes, " ");
}

sp_test_import_t sp_test_import(const char *text, apr_size_t len, int step, const sp_import_options_t *options)
{
    static const sp_import_options_t plain;
    sp_test_import_t t = {.err = sp_test_err()};
    sp_import_t *imp;
    sp_test_random_t random;

    sp_error_clear(t.err);
    sp_test_random_seed(&random, len);
    imp = sp_import_create(sp_test_pool(), options ? options : &plain);
    for (apr_size_t at = 0; t.rv == APR_SUCCESS && at < len;) {
        apr_size_t size = step == 0 ? len : step > 0 ? (apr_size_t)step : 1 + sp_test_random(&random, 200);
        /* A copy of its own size, so that ASan sees a byte too far. */
        char *piece = malloc(size = size < len - at ? size : len - at);
        memcpy(piece, text + at, size);
        t.rv = sp_import_feed(imp, piece, size, t.err);
        free(piece);
        at += size;
    }
    if (t.rv == APR_SUCCESS) {
        t.rv = sp_import_finish(imp, &t.result, t.err);
    } else {
        sp_error_t again;
        sp_error_init(&again, sp_test_pool());
        assert_int_equal(sp_import_finish(imp, &t.result, &again), t.rv);
        assert_int_equal(again.code, t.err->code);
    }
    t.problems = describe_problems(t.result);
    t.assumed = describe_notes(t.result->assumed);
    t.warnings = describe_notes(t.result->warnings);
    t.numbers = t.rv == APR_SUCCESS ? describe_numbers(t.result) : "";
    return t;
}

apr_int64_t sp_test_import_total(const sp_test_import_t *t, int events)
{
    sp_spool_t *sorted = sorted_cells(t->result);
    apr_int64_t total = 0;
    sp_cell_t cell;

    while (sp_spool_next(sorted, &cell, sp_test_err()) == APR_SUCCESS) {
        total += !SP_KEY_EVENT(cell.key) == !events ? cell.viewers : 0;
    }
    return total;
}

const char *sp_test_lines(const char *line, ...)
{
    const char *text = "";
    va_list args;

    va_start(args, line);
    for (; line; line = va_arg(args, const char *)) {
        text = apr_pstrcat(sp_test_pool(), text, line, "\n", NULL);
    }
    va_end(args);
    return text;
}

const char *sp_test_shared_data(void)
{
    const char *dir = getenv("SP_SHARED_DATA");
    apr_finfo_t info;

    dir = dir ? dir : "../shared/data";
    return apr_stat(&info, dir, APR_FINFO_TYPE, sp_test_pool()) == APR_SUCCESS ? dir : NULL;
}
