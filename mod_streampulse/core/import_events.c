/* Finds the editions of the events that a file gives row by row. */
#include <stdlib.h>
#include <string.h>

#include <apr_strings.h>

#include "import_internal.h"

#define LAST_NAME_MAX 256

typedef struct {
    sp_day_t first, last;
    int event; /* local id in the statement */
} edition_t;

/* An event's name in the EVENTS layout. */
typedef struct {
    const char *name;
    apr_array_header_t *days;     /* of sp_day_t, each once; made when the file was read */
    apr_array_header_t *editions; /* of edition_t */
} name_t;

typedef struct {
    int event;
    apr_int32_t bits;
    const char *label;
} label_t;

struct sp_import_events_t {
    apr_hash_t *ids;            /* fold (EVENTS), or start's bits and fold (EXPORT) -> id */
    apr_array_header_t *names;  /* of name_t; EVENTS only: ids in keys are theirs */
    apr_array_header_t *labels; /* of label_t */
    apr_hash_t *labelled;       /* event and bits of labels */
    apr_hash_t *dropped;        /* local ids of events that are left out; NULL: none */
    char last[LAST_NAME_MAX];   /* the last row's name, start and id: rows of one event follow one another */
    apr_size_t last_len;
    apr_int32_t last_bits;
    int last_id;
};

sp_import_events_t *sp_import_events_create(sp_import_t *imp)
{
    sp_import_events_t *events = apr_pcalloc(imp->pool, sizeof(*events));

    events->ids = apr_hash_make(imp->pool);
    events->names = apr_array_make(imp->pool, 4, sizeof(name_t));
    events->labels = apr_array_make(imp->pool, 4, sizeof(label_t));
    events->labelled = apr_hash_make(imp->pool);
    return events;
}

static int is_last(const sp_import_events_t *events, const sp_import_cell_t *at, apr_int32_t bits)
{
    return events->last_id && events->last_bits == bits && events->last_len == at->len && memcmp(events->last, at->data, at->len) == 0;
}

static void remember_last(sp_import_events_t *events, const sp_import_cell_t *at, apr_int32_t bits, int id)
{
    events->last_id = at->len <= LAST_NAME_MAX ? id : 0;
    if (events->last_id) {
        events->last_len = at->len;
        events->last_bits = bits;
        memcpy(events->last, at->data, at->len);
    }
}

static void remember_id(sp_import_t *imp, const char *key, int id)
{
    apr_hash_set(imp->events->ids, apr_pstrdup(imp->pool, key), APR_HASH_KEY_STRING, apr_pmemdup(imp->pool, &id, sizeof(id)));
}

apr_status_t sp_import_events_find_name(sp_import_t *imp, const sp_import_cell_t *at, int *id)
{
    sp_import_events_t *events = imp->events;
    const char *clean, *fold;
    int *known;

    *id = events->last_id;
    if (is_last(events, at, 0)) {
        return APR_SUCCESS;
    }
    *id = 0;
    clean = sp_import_names_clean(imp, at);
    if (!clean) {
        return APR_SUCCESS;
    }
    fold = sp_name_fold(imp->scratch, clean, SP_NAME_EVENT);
    known = apr_hash_get(events->ids, fold, APR_HASH_KEY_STRING);
    if (known) {
        *id = *known;
        sp_import_names_note_spelling(imp, "event", APR_ARRAY_IDX(events->names, *id - 1, name_t).name, clean, at);
    } else {
        if (events->names->nelts >= imp->options.limits.max_names || events->names->nelts >= SP_KEY_ID_MAX) {
            return sp_import_names_fail_full(imp, "events");
        }
        *(name_t *)apr_array_push(events->names) = (name_t){.name = apr_pstrdup(imp->pool, clean)};
        *id = events->names->nelts;
        remember_id(imp, fold, *id);
    }
    remember_last(events, at, 0, *id);
    return APR_SUCCESS;
}

apr_status_t sp_import_events_find_edition(sp_import_t *imp, const sp_import_cell_t *at, const sp_import_period_t *start, int *id)
{
    sp_import_events_t *events = imp->events;
    const char *clean, *key;
    int *known;
    apr_status_t rv;

    *id = events->last_id;
    if (is_last(events, at, start->bits)) {
        return APR_SUCCESS;
    }
    *id = 0;
    clean = sp_import_names_clean(imp, at);
    if (!clean) {
        return APR_SUCCESS;
    }
    key = apr_psprintf(imp->scratch, "%d:%s", start->bits, sp_name_fold(imp->scratch, clean, SP_NAME_EVENT));
    known = apr_hash_get(events->ids, key, APR_HASH_KEY_STRING);
    if (known) {
        *id = *known;
    } else {
        key = apr_pstrdup(imp->pool, key);
        rv = sp_import_names_add_event(imp, at, id);
        if (rv != APR_SUCCESS || !*id) {
            return rv;
        }
        APR_ARRAY_IDX(imp->result->said->events, *id - 1, sp_said_event_t).whole = 1;
        remember_id(imp, key, *id);
    }
    remember_last(events, at, start->bits, *id);
    return APR_SUCCESS;
}

apr_status_t sp_import_events_add_label(sp_import_t *imp, int event, const sp_import_period_t *day, const sp_csv_field_t *label)
{
    sp_import_events_t *events = imp->events;
    apr_uint64_t key = SP_KEY(event, 0, 0, day->bits);

    if (apr_hash_get(events->labelled, &key, sizeof(key))) {
        return APR_SUCCESS;
    }
    if (events->labels->nelts >= SP_IMPORT_MAX_DAYS) {
        return sp_error_set(imp->err, SP_E_TOO_MANY_DAYS, APR_EINVAL, "the file has more than %d days of events with a label", SP_IMPORT_MAX_DAYS);
    }
    apr_hash_set(events->labelled, apr_pmemdup(imp->pool, &key, sizeof(key)), sizeof(key), "");
    *(label_t *)apr_array_push(events->labels) = (label_t){.event = event, .bits = day->bits, .label = apr_pstrmemdup(imp->pool, label->data, label->len)};
    return APR_SUCCESS;
}

void sp_import_events_drop(sp_import_t *imp, int event)
{
    sp_import_events_t *events = imp->events;
    int *id = apr_pmemdup(imp->pool, &event, sizeof(event));

    events->dropped = events->dropped ? events->dropped : apr_hash_make(imp->pool);
    apr_hash_set(events->dropped, id, sizeof(*id), id);
}

static int is_dropped(const sp_import_t *imp, int event)
{
    return event && imp->events->dropped && apr_hash_get(imp->events->dropped, &event, sizeof(event));
}

static apr_status_t collect_day(sp_import_t *imp, apr_hash_t *seen, int name_id, sp_day_t day)
{
    name_t *name = &APR_ARRAY_IDX(imp->events->names, name_id - 1, name_t);
    apr_uint64_t key = SP_KEY(name_id, 0, 0, day);

    if (apr_hash_get(seen, &key, sizeof(key))) {
        return APR_SUCCESS;
    }
    if (apr_hash_count(seen) >= SP_IMPORT_MAX_DAYS) {
        return sp_error_set(imp->err, SP_E_TOO_MANY_DAYS, APR_EINVAL, "the file has more than %d days of events", SP_IMPORT_MAX_DAYS);
    }
    apr_hash_set(seen, apr_pmemdup(imp->pool, &key, sizeof(key)), sizeof(key), "");
    if (!name->days) {
        name->days = apr_array_make(imp->pool, 8, sizeof(sp_day_t));
    }
    APR_ARRAY_PUSH(name->days, sp_day_t) = day;
    return APR_SUCCESS;
}

static void widen_event(sp_import_t *imp, int id, sp_day_t day)
{
    sp_said_event_t *event = &APR_ARRAY_IDX(imp->result->said->events, id - 1, sp_said_event_t);

    if (event->first == SP_DAY_NONE || day < event->first) {
        event->first = day;
    }
    if (day > event->last) {
        event->last = day;
    }
}

/* One pass over everything that was read: days of events, and which cells have a day. */
static apr_status_t visit_cells(sp_import_t *imp)
{
    apr_hash_t *seen = apr_hash_make(imp->pool);
    sp_spool_t *cells = imp->result->said->cells;
    apr_uint64_t kept = 0;
    sp_cell_t cell;
    apr_status_t rv = sp_spool_rewind(cells, imp->err);

    while (rv == APR_SUCCESS && (rv = sp_spool_next(cells, &cell, imp->err)) == APR_SUCCESS) {
        int event = SP_KEY_EVENT(cell.key);
        apr_int32_t bits = SP_KEY_DAY(cell.key);
        if (is_dropped(imp, event) || sp_import_dates_map(imp, &cell) == APR_EOF) {
            continue;
        }
        kept++;
        if (!event && (bits & SP_IMPORT_TOKEN_BIT)) {
            sp_import_dates_see_decided(imp, bits, &cell);
        }
        if (event && imp->events->names->nelts) {
            rv = collect_day(imp, seen, event, SP_KEY_DAY(cell.key));
        } else if (event) {
            widen_event(imp, event, SP_KEY_DAY(cell.key));
        }
    }
    imp->result->cells = kept;
    return APR_STATUS_IS_EOF(rv) ? APR_SUCCESS : rv;
}

static int by_day(const void *a, const void *b)
{
    return *(const sp_day_t *)a - *(const sp_day_t *)b;
}

static apr_status_t add_edition(sp_import_t *imp, name_t *name, sp_day_t first, sp_day_t last)
{
    sp_said_t *said = imp->result->said;
    edition_t *edition;
    int id = sp_said_event_add(said, name->name, imp->options.limits.max_names);

    if (!id) {
        return sp_import_names_fail_full(imp, "events");
    }
    widen_event(imp, id, first);
    widen_event(imp, id, last);
    edition = apr_array_push(name->editions);
    *edition = (edition_t){.first = first, .last = last, .event = id};
    return APR_SUCCESS;
}

static apr_status_t split_editions(sp_import_t *imp, name_t *name)
{
    const sp_day_t *days = (const sp_day_t *)name->days->elts;
    int begin = 0;

    qsort(name->days->elts, (apr_size_t)name->days->nelts, sizeof(sp_day_t), by_day);
    name->editions = apr_array_make(imp->pool, 1, sizeof(edition_t));
    for (int i = 1; i <= name->days->nelts; i++) {
        if (i < name->days->nelts && days[i] - days[i - 1] <= SP_IMPORT_EDITION_GAP_DAYS) {
            continue;
        }
        apr_status_t rv = add_edition(imp, name, days[begin], days[i - 1]);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        begin = i;
    }
    if (name->editions->nelts > 1) {
        sp_import_report_assumed(imp, "editions", 0, 0, "\"%s\" is taken to be %d events, because its days are more than %d days apart", name->name,
                                 name->editions->nelts, SP_IMPORT_EDITION_GAP_DAYS);
    }
    return APR_SUCCESS;
}

static void settle_labels(sp_import_t *imp)
{
    const apr_array_header_t *labels = imp->events->labels;

    for (int i = 0; i < labels->nelts; i++) {
        const label_t *label = &APR_ARRAY_IDX(labels, i, label_t);
        sp_said_event_t *event = &APR_ARRAY_IDX(imp->result->said->events, label->event - 1, sp_said_event_t);
        sp_day_t day = sp_import_dates_day(imp, label->bits);
        if (day == SP_DAY_NONE) {
            continue;
        }
        if (!event->labels) {
            event->labels = apr_array_make(imp->pool, 4, sizeof(sp_said_label_t));
        }
        APR_ARRAY_PUSH(event->labels, sp_said_label_t) = (sp_said_label_t){.day = day, .label = label->label};
    }
}

static apr_status_t map_cell(void *ctx, sp_cell_t *cell)
{
    sp_import_t *imp = ctx;
    int id = SP_KEY_EVENT(cell->key);

    if (is_dropped(imp, id) || sp_import_dates_map(imp, cell) == APR_EOF) {
        return APR_EOF;
    }
    if (!id || !imp->events->names->nelts) {
        return APR_SUCCESS;
    }
    const apr_array_header_t *editions = APR_ARRAY_IDX(imp->events->names, id - 1, name_t).editions;
    const edition_t *edition = (const edition_t *)editions->elts;
    while (SP_KEY_DAY(cell->key) > edition->last) {
        edition++;
    }
    cell->key = SP_KEY(edition->event, SP_KEY_SERVICE(cell->key), SP_KEY_PLATFORM(cell->key), SP_KEY_DAY(cell->key));
    return APR_SUCCESS;
}

apr_status_t sp_import_events_settle(sp_import_t *imp)
{
    sp_said_t *said = imp->result->said;
    apr_status_t rv;

    imp->result->cells = sp_spool_count(said->cells);
    if (!sp_import_dates_has_tokens(imp) && !imp->events->names->nelts && !said->events->nelts) {
        return APR_SUCCESS;
    }
    rv = visit_cells(imp);
    for (int i = 0; rv == APR_SUCCESS && i < imp->events->names->nelts; i++) {
        name_t *name = &APR_ARRAY_IDX(imp->events->names, i, name_t);
        if (name->days) {
            rv = split_editions(imp, name);
        }
    }
    settle_labels(imp);
    said->map_days = map_cell;
    said->map_ctx = imp;
    return rv;
}
