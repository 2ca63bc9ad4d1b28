/* Manual entries as a statement for the ledger. */
#include "entry_said.h"

#include <stdlib.h>
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>

#include "series.h"

typedef apr_status_t (*find_fn)(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err);
typedef int (*add_fn)(sp_said_t *said, const char *clean, int max_names);

/* The names of one kind, each looked up once. */
typedef struct {
    find_fn find;
    add_fn add;
    apr_hash_t *local; /* given name -> const int *, the local id */
} names_t;

typedef struct {
    sp_req_t *q;
    sp_db_t *db;
    sp_said_t *said;
    names_t services, platforms;
    int *edition; /* [inputs] local event id, 0: none */
} build_t;

/* An input that belongs to an event, to be sorted by event and day. */
typedef struct {
    const char *fold;
    const sp_entry_input_t *input;
    int index;
} event_day_t;

static apr_status_t too_many_names(build_t *b)
{
    return sp_error_set(&b->q->err, SP_E_TOO_MANY_NAMES, APR_EINVAL, "more than %d different names", b->q->conf->upload_max_names);
}

static apr_status_t local_id(build_t *b, names_t *names, const char *given, int *id)
{
    int *known = apr_hash_get(names->local, given, APR_HASH_KEY_STRING);
    sp_error_t miss;
    sp_ident_t ident;
    apr_status_t rv;

    if (!known) {
        sp_error_init(&miss, b->q->p);
        rv = names->find(b->db, b->q->p, given, &ident, &miss);
        if (rv != APR_SUCCESS && !APR_STATUS_IS_NOTFOUND(rv)) {
            b->q->err = miss;
            return rv;
        }
        known = apr_palloc(b->q->p, sizeof(*known));
        *known = names->add(b->said, rv == APR_SUCCESS ? ident.name : given, b->q->conf->upload_max_names);
        apr_hash_set(names->local, given, APR_HASH_KEY_STRING, known);
    }
    *id = *known;
    return *id ? APR_SUCCESS : too_many_names(b);
}

static int compare_event_days(const void *a, const void *b)
{
    const event_day_t *x = a, *y = b;
    int order = strcmp(x->fold, y->fold);

    if (order)
        return order;
    if (x->input->first != y->input->first)
        return x->input->first < y->input->first ? -1 : 1;
    return x->index - y->index;
}

static int collect_event_days(build_t *b, const apr_array_header_t *inputs, event_day_t *days)
{
    int count = 0;

    for (int i = 0; i < inputs->nelts; i++) {
        const sp_entry_input_t *input = &APR_ARRAY_IDX(inputs, i, sp_entry_input_t);
        if (input->event)
            days[count++] = (event_day_t){.fold = sp_name_fold(b->q->p, input->event, SP_NAME_EVENT), .input = input, .index = i};
    }
    qsort(days, (size_t)count, sizeof(*days), compare_event_days);
    return count;
}

/* Days of one name that lie near one another are one edition. */
static apr_status_t find_editions(build_t *b, const apr_array_header_t *inputs)
{
    event_day_t *days = apr_palloc(b->q->p, sizeof(*days) * (apr_size_t)inputs->nelts);
    int count = collect_event_days(b, inputs, days), id = 0;

    b->edition = apr_pcalloc(b->q->p, sizeof(int) * (apr_size_t)inputs->nelts);
    for (int i = 0; i < count; i++) {
        const sp_entry_input_t *input = days[i].input;
        sp_said_event_t *event;
        if (!i || strcmp(days[i].fold, days[i - 1].fold) != 0 || input->first - days[i - 1].input->first > SP_IMPORT_EDITION_GAP_DAYS) {
            id = sp_said_event_add(b->said, input->event, b->q->conf->upload_max_names);
            if (!id)
                return too_many_names(b);
            APR_ARRAY_IDX(b->said->events, id - 1, sp_said_event_t).first = input->first;
        }
        event = &APR_ARRAY_IDX(b->said->events, id - 1, sp_said_event_t);
        event->last = input->first;
        b->edition[days[i].index] = id;
    }
    return APR_SUCCESS;
}

static apr_status_t make_cell(build_t *b, const sp_entry_input_t *input, int edition, sp_cell_t *cell)
{
    int service = 0, platform;
    apr_status_t rv = input->service ? local_id(b, &b->services, input->service, &service) : APR_SUCCESS;

    if (rv == APR_SUCCESS)
        rv = local_id(b, &b->platforms, input->platform, &platform);
    if (rv != APR_SUCCESS)
        return rv;
    memset(cell, 0, sizeof(*cell));
    cell->key = SP_KEY(edition, service, platform, input->first);
    cell->viewers = input->viewers;
    cell->span = (apr_uint16_t)(input->last - input->first);
    return APR_SUCCESS;
}

static apr_status_t add_cells(build_t *b, const apr_array_header_t *inputs)
{
    apr_hash_t *seen = apr_hash_make(b->q->p);
    sp_cell_t *cells = apr_palloc(b->q->p, sizeof(*cells) * (apr_size_t)inputs->nelts), *first;
    apr_status_t rv = APR_SUCCESS;

    for (int i = 0; rv == APR_SUCCESS && i < inputs->nelts; i++) {
        rv = make_cell(b, &APR_ARRAY_IDX(inputs, i, sp_entry_input_t), b->edition[i], &cells[i]);
        if (rv != APR_SUCCESS)
            return rv;
        first = apr_hash_get(seen, &cells[i].key, sizeof(cells[i].key));
        if (first)
            sp_entry_input_problem(b->q, apr_psprintf(b->q->p, "entries[%d]", i), "is about the same number as entries[%d]", (int)(first - cells));
        else
            apr_hash_set(seen, &cells[i].key, sizeof(cells[i].key), &cells[i]);
        rv = sp_spool_add(b->said->cells, &cells[i], &b->q->err);
    }
    return rv == APR_SUCCESS ? sp_entry_input_finish(b->q) : rv;
}

apr_status_t sp_entry_said_build(sp_req_t *q, sp_db_t *db, const apr_array_header_t *inputs, sp_said_t **said)
{
    build_t b = {.q = q, .db = db};
    apr_status_t rv;

    b.said = *said = sp_said_create(q->p, q->sconf->spool_dir);
    b.services = (names_t){.find = sp_series_find_service, .add = sp_said_service, .local = apr_hash_make(q->p)};
    b.platforms = (names_t){.find = sp_series_find_platform, .add = sp_said_platform, .local = apr_hash_make(q->p)};
    rv = find_editions(&b, inputs);
    if (rv != APR_SUCCESS)
        return rv;
    return add_cells(&b, inputs);
}
