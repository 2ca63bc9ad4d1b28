/* Finds the numbers that a statement gives twice. */
#include "duplicates.h"

#include <apr_strings.h>

typedef struct {
    const sp_said_t *said;
    const sp_names_t *names;
    apr_pool_t *p; /* of the texts */
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

/* The block of a sheet that a line is in, counted from 1; 0: none. */
static int block_of(const sp_said_t *said, apr_uint32_t line)
{
    int low = 0, high = said->blocks ? said->blocks->nelts : 0;

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (APR_ARRAY_IDX(said->blocks, middle, apr_uint32_t) <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int is_conflict(const sp_said_t *said, const sp_cell_t *first, const sp_cell_t *second)
{
    int block;

    if (first->viewers != second->viewers || first->span != second->span)
        return 1;
    block = block_of(said, first->line);
    return block && block == block_of(said, second->line);
}

static sp_error_detail_t *add_detail(finder_t *f, const sp_cell_t *second)
{
    sp_error_detail_t *detail;

    if (f->total++ >= SP_SAID_MAX_DOUBLES)
        return NULL;
    if (!f->details)
        f->details = apr_array_make(f->p, 4, sizeof(sp_error_detail_t));
    detail = apr_array_push(f->details);
    *detail = (sp_error_detail_t){.code = SP_E_CSV_DUPLICATE, .line = second->line, .column = second->column};
    detail->found = describe_value(f->p, second);
    return detail;
}

static void note_conflict(finder_t *f, const sp_cell_t *first, const sp_cell_t *second)
{
    sp_error_detail_t *detail = add_detail(f, second);

    if (!detail)
        return;
    if (first->viewers != second->viewers) {
        detail->expected = describe_value(f->p, first);
        detail->message = apr_psprintf(f->p, "%s is both %s%s and %s%s", describe_cell(f, first), detail->expected, describe_place(f->p, first), detail->found,
                                       describe_place(f->p, second));
    } else if (first->span != second->span) {
        detail->expected = describe_value(f->p, first);
        detail->message = apr_psprintf(f->p, "%s ends after %d days%s and after %d days%s", describe_cell(f, first), first->span + 1,
                                       describe_place(f->p, first), second->span + 1, describe_place(f->p, second));
    } else {
        detail->message = apr_psprintf(f->p, "%s is given twice in one block, %s%s and %s%s", describe_cell(f, first), detail->found,
                                       describe_place(f->p, first), detail->found, describe_place(f->p, second));
    }
}

static void note_same(finder_t *f, const sp_cell_t *first, const sp_cell_t *second)
{
    sp_error_detail_t *detail = add_detail(f, second);

    if (detail)
        detail->message = apr_psprintf(f->p, "%s is given twice with the same number, %s%s and%s; it is taken once", describe_cell(f, first), detail->found,
                                       describe_place(f->p, first), describe_place(f->p, second));
}

static apr_status_t report(const finder_t *f, sp_error_t *err)
{
    apr_status_t rv = sp_error_set(err, SP_E_CSV_DUPLICATE, APR_EINVAL, "%" APR_SIZE_T_FMT "%s", f->total,
                                   f->total == 1 ? " number is given twice" : " numbers are given twice");

    if (err && err->code == SP_E_CSV_DUPLICATE) {
        err->details = f->details;
        err->details_total = f->total;
    }
    return rv;
}

static apr_status_t find(sp_spool_t *sorted, finder_t *conflicts, finder_t *same, sp_error_t *err)
{
    sp_cell_t first, cell;
    apr_status_t rv = sp_spool_rewind(sorted, err);

    if (rv == APR_SUCCESS)
        rv = sp_spool_next(sorted, &first, err);
    while (rv == APR_SUCCESS && (rv = sp_spool_next(sorted, &cell, err)) == APR_SUCCESS) {
        if (cell.key != first.key)
            first = cell;
        else if (is_conflict(conflicts->said, &first, &cell))
            note_conflict(conflicts, &first, &cell);
        else
            note_same(same, &first, &cell);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* Everything but the cells in conflict, each once. */
static apr_status_t leave_out(sp_spool_t **sorted, apr_pool_t *p, const sp_said_t *said, sp_error_t *err)
{
    sp_spool_t *kept = sp_spool_create_like(p, *sorted);
    sp_cell_t first, cell;
    int bad = 0;
    apr_status_t rv = sp_spool_rewind(*sorted, err);

    if (rv == APR_SUCCESS)
        rv = sp_spool_next(*sorted, &first, err);
    while (rv == APR_SUCCESS && (rv = sp_spool_next(*sorted, &cell, err)) == APR_SUCCESS) {
        if (cell.key == first.key) {
            bad |= is_conflict(said, &first, &cell);
            continue;
        }
        if (!bad)
            rv = sp_spool_add(kept, &first, err);
        first = cell;
        bad = 0;
    }
    if (rv != APR_EOF)
        return rv;
    *sorted = kept;
    return bad ? APR_SUCCESS : sp_spool_add(kept, &first, err);
}

apr_status_t sp_duplicates_check(sp_spool_t **sorted, apr_pool_t *p, apr_pool_t *said_pool, sp_said_t *said, const sp_names_t *names, sp_error_t *err)
{
    finder_t conflicts = {said, names, said->skip_doubles || !err ? said_pool : err->pool, NULL, 0}, same = {said, names, said_pool, NULL, 0};
    apr_status_t rv = find(*sorted, &conflicts, &same, err);

    if (rv != APR_SUCCESS)
        return rv;
    said->doubles = (sp_said_doubles_t){.same = same.details, .same_total = same.total};
    if (!conflicts.total)
        return APR_SUCCESS;
    if (!said->skip_doubles)
        return report(&conflicts, err);
    said->doubles.left_out = conflicts.details;
    said->doubles.left_out_total = conflicts.total;
    return leave_out(sorted, p, said, err);
}
