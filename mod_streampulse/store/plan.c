/* Collects what a commit does, and digests it. */
#include "plan.h"

#include <string.h>

#include <apr_strings.h>

#include "digest.h"

/* A name and what stands for it in the digest. */
typedef struct {
    const char *name, *key;
} known_t;

/* The names of one kind. */
typedef struct {
    sp_query_e query;
    known_t *by_id; /* [SP_KEY_ID_MAX + 1] those met so far */
} kind_t;

struct sp_plan_sink_t {
    sp_db_t *db;
    apr_pool_t *p;
    const sp_said_t *said;
    const sp_names_t *names;
    sp_digest_t *digest;
    kind_t service, platform, event;
    known_t at_service, at_platform, at_event;
    int is_digested; /* the series is in the digest */
};

static void digest_bytes(sp_plan_sink_t *s, const void *data, apr_size_t len)
{
    sp_digest_add(s->digest, data, len);
}

static void digest_int(sp_plan_sink_t *s, apr_int64_t value)
{
    unsigned char bytes[8];
    int i;

    for (i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((apr_uint64_t)value >> (8 * i));
    digest_bytes(s, bytes, sizeof(bytes));
}

/* With its length, so that two texts never read like two others; NULL is no text. */
static void digest_text(sp_plan_sink_t *s, const char *text)
{
    digest_int(s, text ? (apr_int64_t)strlen(text) : -1);
    if (text)
        digest_bytes(s, text, strlen(text));
}

static void start_lists(sp_plan_t *plan, apr_pool_t *p)
{
    plan->added = plan->changed = plan->cleared = plan->unchanged = plan->labels_changed = 0;
    plan->added_cells = apr_array_make(p, 8, sizeof(sp_plan_cell_t));
    plan->changed_cells = apr_array_make(p, 8, sizeof(sp_plan_cell_t));
    plan->cleared_cells = apr_array_make(p, 8, sizeof(sp_plan_cell_t));
    plan->unchanged_cells = apr_array_make(p, 8, sizeof(sp_plan_cell_t));
    plan->labels = apr_array_make(p, 8, sizeof(sp_plan_label_t));
    plan->new_platforms = apr_array_make(p, 4, sizeof(const char *));
    plan->digest[0] = '\0';
}

static void list_new_platforms(sp_plan_t *plan, const sp_said_t *said, const sp_names_t *names)
{
    int i;

    for (i = 1; names && i <= names->platform.count; i++)
        if (names->platform.fresh[i])
            APR_ARRAY_PUSH(plan->new_platforms, const char *) = APR_ARRAY_IDX(said->platforms, i - 1, sp_said_name_t).name;
}

void sp_plan_begin(sp_plan_t *plan, sp_db_t *db, apr_pool_t *p, const sp_said_t *said, const sp_names_t *names, const char *what)
{
    sp_plan_sink_t *s;

    if (!plan)
        return;
    start_lists(plan, p);
    s = plan->sink = apr_pcalloc(p, sizeof(*s));
    s->db = db;
    s->p = p;
    s->said = said;
    s->names = names;
    s->service.query = SP_Q_SERVICE_KEY;
    s->platform.query = SP_Q_PLATFORM_KEY;
    s->event.query = SP_Q_EVENT_KEY;
    s->digest = sp_digest_create(p);
    digest_text(s, what);
    list_new_platforms(plan, said, names);
}

/* The local id of a name that this statement brings; 0: it is stored. Fresh ids are the last ones, few of them, and each is looked for once. */
static int fresh_local(const sp_names_set_t *set, apr_int64_t id)
{
    int i;

    for (i = 1; i <= set->count; i++)
        if (set->id[i] == id)
            return set->fresh[i] ? i : 0;
    return 0;
}

static apr_status_t read_stored(sp_plan_sink_t *s, const kind_t *kind, apr_int64_t id, known_t *known, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(s->db, kind->query, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database has numbers whose names it does not know") : rv;
    known->name = sp_stmt_text(st, 0, s->p);
    known->key = sp_stmt_text(st, 1, s->p);
    if (kind == &s->event) /* editions share their fold key */
        known->key = apr_pstrcat(s->p, known->key, "#", sp_stmt_text(st, 2, s->p), NULL);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static known_t name_of_fresh(sp_plan_sink_t *s, const kind_t *kind, int local)
{
    const apr_array_header_t *list = kind == &s->service ? s->said->services : s->said->platforms;
    const sp_said_event_t *event;

    if (kind != &s->event)
        return (known_t){APR_ARRAY_IDX(list, local - 1, sp_said_name_t).name, APR_ARRAY_IDX(list, local - 1, sp_said_name_t).fold};
    event = &APR_ARRAY_IDX(s->said->events, local - 1, sp_said_event_t);
    return (known_t){event->name, apr_psprintf(s->p, "%s@%d", event->fold, event->first)};
}

static apr_status_t find_name(sp_plan_sink_t *s, kind_t *kind, const sp_names_set_t *set, apr_int64_t id, known_t *known, sp_error_t *err)
{
    int local;

    *known = (known_t){NULL, NULL};
    if (id == 0)
        return APR_SUCCESS;
    if (id < 0 || id > SP_KEY_ID_MAX)
        return sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    if (!kind->by_id)
        kind->by_id = apr_pcalloc(s->p, sizeof(known_t) * (SP_KEY_ID_MAX + 1));
    if (!kind->by_id[id].key) {
        apr_status_t rv = APR_SUCCESS;

        if ((local = set ? fresh_local(set, id) : 0))
            kind->by_id[id] = name_of_fresh(s, kind, local);
        else
            rv = read_stored(s, kind, id, &kind->by_id[id], err);
        if (rv != APR_SUCCESS)
            return rv;
    }
    *known = kind->by_id[id];
    return APR_SUCCESS;
}

apr_status_t sp_plan_enter(sp_plan_t *plan, const sp_walk_t *at, sp_error_t *err)
{
    sp_plan_sink_t *s = plan ? plan->sink : NULL;
    apr_status_t rv;

    if (!s)
        return APR_SUCCESS;
    s->is_digested = 0;
    if ((rv = find_name(s, &s->event, s->names ? &s->names->event : NULL, at->event, &s->at_event, err)) != APR_SUCCESS)
        return rv;
    if ((rv = find_name(s, &s->service, s->names ? &s->names->service : NULL, at->service, &s->at_service, err)) != APR_SUCCESS)
        return rv;
    return find_name(s, &s->platform, s->names ? &s->names->platform : NULL, at->platform, &s->at_platform, err);
}

static void list_cell(const sp_plan_sink_t *s, apr_array_header_t *list, const sp_plan_cell_t *cell)
{
    sp_plan_cell_t *listed;

    if (list->nelts >= SP_PLAN_LISTED_MAX)
        return;
    listed = apr_array_push(list);
    *listed = *cell;
    listed->event = s->at_event.name;
    listed->service = s->at_service.name;
    listed->platform = s->at_platform.name;
}

static void digest_series(sp_plan_sink_t *s)
{
    if (s->is_digested)
        return;
    s->is_digested = 1;
    digest_bytes(s, "S", 1);
    digest_text(s, s->at_event.key);
    digest_text(s, s->at_service.key);
    digest_text(s, s->at_platform.key);
}

static void digest_cell(sp_plan_sink_t *s, const sp_plan_cell_t *cell)
{
    digest_series(s);
    digest_bytes(s, "N", 1);
    digest_int(s, cell->day);
    digest_int(s, cell->old_viewers);
    digest_int(s, cell->old_viewers == SP_VIEWERS_NONE ? 0 : cell->old_span);
    digest_int(s, cell->viewers);
    digest_int(s, cell->viewers == SP_VIEWERS_NONE ? 0 : cell->span);
}

void sp_plan_note(sp_plan_t *plan, const sp_plan_cell_t *cell)
{
    if (!plan)
        return;
    if (cell->old_viewers == cell->viewers && (cell->viewers == SP_VIEWERS_NONE || cell->span == cell->old_span)) {
        plan->unchanged++;
        list_cell(plan->sink, plan->unchanged_cells, cell);
        return;
    }
    digest_cell(plan->sink, cell);
    if (cell->old_viewers == SP_VIEWERS_NONE) {
        plan->added++;
        list_cell(plan->sink, plan->added_cells, cell);
    } else if (cell->viewers == SP_VIEWERS_NONE) {
        plan->cleared++;
        list_cell(plan->sink, plan->cleared_cells, cell);
    } else {
        plan->changed++;
        list_cell(plan->sink, plan->changed_cells, cell);
    }
}

apr_status_t sp_plan_note_label(sp_plan_t *plan, int event, sp_day_t day, const char *old_label, const char *label, sp_error_t *err)
{
    sp_walk_t at = {event, 0, 0};
    sp_plan_sink_t *s = plan ? plan->sink : NULL;
    sp_plan_label_t *listed;
    apr_status_t rv = sp_plan_enter(plan, &at, err);

    if (!s || rv != APR_SUCCESS)
        return rv;
    digest_bytes(s, "L", 1);
    digest_text(s, s->at_event.key);
    digest_int(s, day);
    digest_text(s, old_label);
    digest_text(s, label);
    if (plan->labels_changed++ >= SP_PLAN_LISTED_MAX)
        return APR_SUCCESS;
    listed = apr_array_push(plan->labels);
    *listed = (sp_plan_label_t){s->at_event.name, day, apr_pstrdup(s->p, old_label), apr_pstrdup(s->p, label)};
    return APR_SUCCESS;
}

apr_status_t sp_plan_end(sp_plan_t *plan, sp_error_t *err)
{
    if (!plan)
        return APR_SUCCESS;
    if (sp_digest_finish(plan->sink->digest, plan->digest) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, APR_EGENERAL, "could not make the plan's checksum");
    if (!plan->expect || strcmp(plan->expect, plan->digest) == 0)
        return APR_SUCCESS;
    return sp_error_set(err, SP_E_PLAN_CHANGED, APR_EGENERAL, "this would now do something else than what was looked at before; nothing was stored");
}
