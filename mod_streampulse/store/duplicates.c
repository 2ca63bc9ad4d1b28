/* Finds numbers that a statement gives twice with different values. */
#include "duplicates.h"

#include <apr_strings.h>

typedef struct {
    const sp_said_t *said;
    const sp_names_t *names;
    apr_pool_t *p;
    apr_array_header_t *details;
    apr_size_t total;
} finder_t;

static int local_of(const sp_names_set_t *set, int id)
{
    int i;

    for (i = 1; i <= set->count; i++)
        if (set->id[i] == id)
            return i;
    return 0;
}

/* "Sunday Service" on "YouTube", 2025-01-05 */
static const char *describe_cell(const finder_t *f, const sp_cell_t *cell)
{
    int event = local_of(&f->names->event, SP_KEY_EVENT(cell->key));
    int service = local_of(&f->names->service, SP_KEY_SERVICE(cell->key));
    int platform = local_of(&f->names->platform, SP_KEY_PLATFORM(cell->key));
    char iso[SP_ISO_SIZE];
    const char *subject = "";

    if (event)
        subject = APR_ARRAY_IDX(f->said->events, event - 1, sp_said_event_t).name;
    else if (service)
        subject = APR_ARRAY_IDX(f->said->services, service - 1, sp_said_name_t).name;
    return apr_psprintf(f->p, "\"%s\" on \"%s\", %s", subject, platform ? APR_ARRAY_IDX(f->said->platforms, platform - 1, sp_said_name_t).name : "",
                        sp_calendar_iso(iso, SP_KEY_DAY(cell->key)));
}

static const char *describe_value(apr_pool_t *p, const sp_cell_t *cell)
{
    return cell->viewers == SP_VIEWERS_NONE ? "no number" : apr_psprintf(p, "%" APR_INT64_T_FMT, cell->viewers);
}

static const char *describe_place(apr_pool_t *p, const sp_cell_t *cell)
{
    if (cell->line == 0)
        return "";
    return cell->column ? apr_psprintf(p, " (line %u, column %u)", cell->line, (unsigned)cell->column) : apr_psprintf(p, " (line %u)", cell->line);
}

static void note_conflict(finder_t *f, const sp_cell_t *first, const sp_cell_t *second)
{
    sp_error_detail_t *detail;

    if (f->total++ >= SP_DUPLICATES_MAX)
        return;
    detail = apr_array_push(f->details);
    detail->code = SP_E_CSV_DUPLICATE;
    detail->line = second->line;
    detail->column = second->column;
    detail->found = describe_value(f->p, second);
    detail->expected = describe_value(f->p, first);
    if (first->viewers == second->viewers)
        detail->message = apr_psprintf(f->p, "%s ends after %d days%s and after %d days%s", describe_cell(f, first), first->span + 1,
                                       describe_place(f->p, first), second->span + 1, describe_place(f->p, second));
    else
        detail->message = apr_psprintf(f->p, "%s is both %s%s and %s%s", describe_cell(f, first), detail->expected, describe_place(f->p, first), detail->found,
                                       describe_place(f->p, second));
}

static apr_status_t report(const finder_t *f, sp_error_t *err)
{
    apr_status_t rv = sp_error_set(err, SP_E_CSV_DUPLICATE, APR_EINVAL, "%" APR_SIZE_T_FMT "%s", f->total,
                                   f->total == 1 ? " number is given twice with different values" : " numbers are given twice with different values");

    if (err && err->code == SP_E_CSV_DUPLICATE) {
        err->details = f->details;
        err->details_total = f->total;
    }
    return rv;
}

/* Kept with the statement, which outlives the sorting. */
static void note_repeat(finder_t *f, sp_said_t *said, const sp_cell_t *first, const sp_cell_t *second)
{
    apr_pool_t *p = said->services->pool;

    if (said->repeats++ > 0)
        return;
    said->repeats_message = apr_psprintf(p, "%s is there more than once%s%s", describe_cell(f, first), describe_place(p, first), describe_place(p, second));
}

static void end_repeats(sp_said_t *said)
{
    if (said->repeats > 1)
        said->repeats_message = apr_psprintf(said->services->pool, "%" APR_UINT64_T_FMT " numbers are there more than once, with the same value; the first: %s",
                                             said->repeats, said->repeats_message);
}

apr_status_t sp_duplicates_check(sp_spool_t *sorted, apr_pool_t *p, sp_said_t *said, const sp_names_t *names, sp_error_t *err)
{
    finder_t f = {said, names, err ? err->pool : p, NULL, 0};
    sp_cell_t first, cell;
    apr_status_t rv = sp_spool_rewind(sorted, err);

    said->repeats = 0;
    said->repeats_message = NULL;
    f.details = apr_array_make(f.p, 1, sizeof(sp_error_detail_t));
    if (rv == APR_SUCCESS)
        rv = sp_spool_next(sorted, &first, err);
    while (rv == APR_SUCCESS && (rv = sp_spool_next(sorted, &cell, err)) == APR_SUCCESS) {
        if (cell.key != first.key)
            first = cell;
        else if (cell.viewers != first.viewers || cell.span != first.span)
            note_conflict(&f, &first, &cell);
        else
            note_repeat(&f, said, &first, &cell);
    }
    if (rv != APR_EOF)
        return rv;
    end_repeats(said);
    return f.total ? report(&f, err) : APR_SUCCESS;
}
