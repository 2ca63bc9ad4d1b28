/* Stores the services, platforms and events that a statement brings. */
#include "names.h"

#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>

#include "palette.h"

typedef struct {
    sp_name_kind_e kind;
    sp_query_e add, by_slug, colors;
} kind_t;

static const kind_t service_kind = {SP_NAME_SERVICE, SP_Q_SERVICE_ADD, SP_Q_SERVICE_BY_SLUG, SP_Q_SERVICE_COLORS};
static const kind_t platform_kind = {SP_NAME_PLATFORM, SP_Q_PLATFORM_ADD, SP_Q_PLATFORM_BY_SLUG, SP_Q_PLATFORM_COLORS};
static const kind_t event_kind = {SP_NAME_EVENT, SP_Q_EVENT_ADD, SP_Q_EVENT_BY_SLUG, SP_Q_COUNT};

/* Slugs handed out in this commit: the last number tried for each start, so that a thousand names of one start take a thousand steps and not a million. */
typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    const kind_t *kind;
    apr_hash_t *last; /* start -> int */
    sp_palette_t palette;
} maker_t;

static apr_status_t is_slug_taken(maker_t *m, const char *slug, int *taken, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(m->db, m->kind->by_slug, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, slug);
    rv = sp_stmt_step(st, err);
    *taken = rv == APR_SUCCESS;
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t make_slug(maker_t *m, const char *start, const char **slug, sp_error_t *err)
{
    int *last = apr_hash_get(m->last, start, APR_HASH_KEY_STRING);
    int taken = 1;

    if (!last) {
        last = apr_pcalloc(m->p, sizeof(*last));
        apr_hash_set(m->last, start, APR_HASH_KEY_STRING, last);
    }
    while (taken) {
        apr_status_t rv;

        *slug = ++*last == 1 ? start : apr_psprintf(m->p, "%s-%d", start, *last);
        if ((rv = is_slug_taken(m, *slug, &taken, err)) != APR_SUCCESS)
            return rv;
    }
    return APR_SUCCESS;
}

static apr_status_t load_palette(maker_t *m, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(m->db, m->kind->colors, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        sp_palette_note(&m->palette, sp_stmt_text(st, 0, m->p), (int)sp_stmt_int(st, 1));
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t start_making(maker_t *m, sp_db_t *db, apr_pool_t *p, const kind_t *kind, sp_error_t *err)
{
    memset(m, 0, sizeof(*m));
    m->db = db;
    m->p = p;
    m->kind = kind;
    m->last = apr_hash_make(p);
    return kind->colors == SP_Q_COUNT ? APR_SUCCESS : load_palette(m, err);
}

/* The statement that adds a name, with whatever names of all kinds have bound; NULL: it cannot be. */
static sp_stmt_t *start_adding(maker_t *m, int id, const char *slug, const char *fold, const char *name, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(m->db, m->kind->add, err);

    if (!st)
        return NULL;
    sp_stmt_bind_int(st, 1, id);
    sp_stmt_bind_text(st, 2, slug);
    sp_stmt_bind_text(st, 3, fold);
    sp_stmt_bind_text(st, 4, name);
    return st;
}

static apr_status_t create_name(maker_t *m, int id, const sp_said_name_t *said, sp_error_t *err)
{
    const char *color = m->kind->kind == SP_NAME_PLATFORM ? sp_palette_brand(said->fold) : NULL;
    const char *slug;
    sp_stmt_t *st;
    apr_status_t rv = make_slug(m, sp_name_slug(m->p, said->name, m->kind->kind), &slug, err);

    if (rv != APR_SUCCESS)
        return rv;
    if (!(st = start_adding(m, id, slug, said->fold, said->name, err)))
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 5, color ? color : sp_palette_next(&m->palette));
    return sp_stmt_run(st, NULL, err);
}

/* "Easter", 2026 -> "easter-2026"; "Easter 2026" has its year already. */
static const char *event_slug_start(apr_pool_t *p, const sp_said_event_t *said)
{
    const char *slug = sp_name_slug(p, said->name, SP_NAME_EVENT);
    apr_size_t len = strlen(slug);
    int year, month, mday;
    const char *tail;

    sp_calendar_date(said->first, &year, &month, &mday);
    tail = apr_psprintf(p, "-%d", year);
    if (len > strlen(tail) && strcmp(slug + len - strlen(tail), tail) == 0)
        return slug;
    return apr_pstrcat(p, slug, tail, NULL);
}

static apr_status_t create_event(maker_t *m, int id, const sp_said_event_t *said, sp_error_t *err)
{
    const char *slug;
    sp_stmt_t *st;
    apr_status_t rv = make_slug(m, event_slug_start(m->p, said), &slug, err);

    if (rv != APR_SUCCESS)
        return rv;
    if (!(st = start_adding(m, id, slug, said->fold, said->name, err)))
        return APR_EGENERAL;
    return sp_stmt_run(st, NULL, err);
}

/* Fresh names in the order of their ids, which is that of their first number: so they are shown. *locals: of local ids. */
static apr_array_header_t *fresh_locals(apr_pool_t *p, const sp_names_set_t *set)
{
    apr_array_header_t *locals = apr_array_make(p, 4, sizeof(int));
    int i, first = set->next, *at;

    for (i = 1; i <= set->count; i++)
        if (set->fresh[i] && set->id[i] < first)
            first = set->id[i];
    if (first == set->next)
        return locals;
    at = apr_pcalloc(p, sizeof(int) * (apr_size_t)(set->next - first));
    for (i = 1; i <= set->count; i++)
        if (set->fresh[i])
            at[set->id[i] - first] = i;
    for (i = 0; i < set->next - first; i++)
        APR_ARRAY_PUSH(locals, int) = at[i];
    return locals;
}

static apr_status_t create_kind(sp_db_t *db, apr_pool_t *p, const kind_t *kind, const sp_names_set_t *set, const apr_array_header_t *said, sp_error_t *err)
{
    apr_array_header_t *locals = fresh_locals(p, set);
    maker_t maker;
    apr_status_t rv;
    int i;

    if (locals->nelts == 0)
        return APR_SUCCESS;
    rv = start_making(&maker, db, p, kind, err);
    for (i = 0; rv == APR_SUCCESS && i < locals->nelts; i++) {
        int local = APR_ARRAY_IDX(locals, i, int);

        if (kind->kind == SP_NAME_EVENT)
            rv = create_event(&maker, set->id[local], &APR_ARRAY_IDX(said, local - 1, sp_said_event_t), err);
        else
            rv = create_name(&maker, set->id[local], &APR_ARRAY_IDX(said, local - 1, sp_said_name_t), err);
    }
    return rv;
}

apr_status_t sp_names_create(sp_db_t *db, apr_pool_t *p, const sp_said_t *said, const sp_names_t *names, sp_error_t *err)
{
    apr_status_t rv = create_kind(db, p, &service_kind, &names->service, said->services, err);

    if (rv == APR_SUCCESS)
        rv = create_kind(db, p, &platform_kind, &names->platform, said->platforms, err);
    if (rv == APR_SUCCESS)
        rv = create_kind(db, p, &event_kind, &names->event, said->events, err);
    return rv;
}
