/* Finds events of one name that claim the same days. */
#include "import_editions.h"

#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

typedef struct {
    const sp_said_event_t *said;
    const sp_import_event_t *event;
    sp_day_t first, last; /* of its days with numbers */
} edition_t;

static int by_name_and_day(const void *va, const void *vb)
{
    const edition_t *a = va, *b = vb;
    int order = strcmp(a->said->fold, b->said->fold);

    if (order) {
        return order;
    }
    if (a->first != b->first) {
        return a->first < b->first ? -1 : 1;
    }
    return a->event->line < b->event->line ? -1 : 1;
}

static void find_days(const sp_import_t *imp, const apr_array_header_t *days, edition_t *edition)
{
    for (int i = 0; i < edition->event->days; i++) {
        const sp_import_day_t *day = &APR_ARRAY_IDX(days, edition->event->first_day + i, sp_import_day_t);
        sp_day_t value = day->used ? sp_import_dates_day(imp, day->period.bits) : SP_DAY_NONE;
        if (value == SP_DAY_NONE) {
            continue;
        }
        edition->first = edition->first == SP_DAY_NONE || value < edition->first ? value : edition->first;
        edition->last = value > edition->last ? value : edition->last;
    }
}

static void report_overlap(sp_import_t *imp, const edition_t *a, const edition_t *b)
{
    const edition_t *above = a->event->line < b->event->line ? a : b, *below = above == a ? b : a;
    sp_import_cell_t at = {below->said->name, strlen(below->said->name), below->event->line, 1};

    sp_import_report_problem(imp, SP_E_CSV_DUPLICATE, &at,
                             apr_psprintf(imp->pool, "stands twice with the same days (line %u and line %u)", above->event->line, below->event->line),
                             "names that tell the two events apart, such as with the place in parentheses");
    sp_import_events_drop(imp, a->event->id);
    sp_import_events_drop(imp, b->event->id);
}

void sp_import_editions_check(sp_import_t *imp, const apr_array_header_t *events, const apr_array_header_t *days)
{
    edition_t *editions = apr_palloc(imp->pool, sizeof(edition_t) * (apr_size_t)(events->nelts + 1));
    const edition_t *widest = NULL; /* of this name, the one that ends last */
    int count = 0;

    for (int i = 0; i < events->nelts; i++) {
        const sp_import_event_t *event = &APR_ARRAY_IDX(events, i, sp_import_event_t);
        editions[count] = (edition_t){&APR_ARRAY_IDX(imp->result->said->events, event->id - 1, sp_said_event_t), event, SP_DAY_NONE, SP_DAY_NONE};
        find_days(imp, days, &editions[count]);
        count += editions[count].first != SP_DAY_NONE;
    }
    qsort(editions, (apr_size_t)count, sizeof(edition_t), by_name_and_day);
    for (int i = 0; i < count; i++) {
        if (!widest || strcmp(widest->said->fold, editions[i].said->fold) != 0) {
            widest = &editions[i];
            continue;
        }
        if (editions[i].first <= widest->last) {
            report_overlap(imp, widest, &editions[i]);
        }
        widest = editions[i].last > widest->last ? &editions[i] : widest;
    }
}
