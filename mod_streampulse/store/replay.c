/* Replays the entries in effect over one series. */
#include "replay.h"

#include <string.h>

#include "words.h"

_Static_assert(SP_VIEWERS_NONE == -1, "sp_replay_create fills with bytes");

const sp_replay_view_t sp_replay_now = {APR_INT64_MAX, NULL, 0};

int sp_replay_view_has(const sp_replay_view_t *view, apr_int64_t entry, int in_effect)
{
    if (entry > view->until)
        return 0;
    if (view->out)
        in_effect = apr_hash_get(view->out, &entry, sizeof(entry)) == NULL;
    return entry == view->flipped ? !in_effect : in_effect;
}

/* An undo is always later than what it undoes: from the latest down, each is known before it decides about another. */
apr_status_t sp_replay_view_as_of(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, sp_replay_view_t *view, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ENTRY_UNDOS, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    *view = (sp_replay_view_t){entry, apr_hash_make(p), 0};
    sp_stmt_bind_int(st, 1, entry);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        apr_int64_t undo = sp_stmt_int(st, 0), *undone;

        if (apr_hash_get(view->out, &undo, sizeof(undo)))
            continue;
        undone = apr_palloc(p, sizeof(*undone));
        *undone = sp_stmt_int(st, 1);
        apr_hash_set(view->out, undone, sizeof(*undone), undone);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

sp_replay_t *sp_replay_create(apr_pool_t *p)
{
    sp_replay_t *r = apr_pcalloc(p, sizeof(*r));

    r->viewers = apr_palloc(p, sizeof(*r->viewers) * (SP_DAY_MAX + 1));
    r->span = apr_palloc(p, sizeof(*r->span) * (SP_DAY_MAX + 1));
    r->scopes = apr_array_make(p, 16, sizeof(apr_int64_t));
    memset(r->viewers, 0xff, sizeof(*r->viewers) * (SP_DAY_MAX + 1)); /* SP_VIEWERS_NONE in each */
    r->lo = SP_DAY_MAX + 1;
    r->hi = -1;
    return r;
}

static void forget(sp_replay_t *r)
{
    sp_day_t day;

    for (day = r->lo; day <= r->hi; day++)
        r->viewers[day] = SP_VIEWERS_NONE;
    r->lo = SP_DAY_MAX + 1;
    r->hi = -1;
}

static apr_status_t read_scopes(sp_db_t *db, sp_replay_t *r, const sp_replay_view_t *view, const sp_walk_t *at, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SCOPE_OF_SERIES, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    apr_array_clear(r->scopes);
    sp_stmt_bind_int(st, 1, at->event);
    sp_stmt_bind_int(st, 2, at->service);
    sp_stmt_bind_int(st, 3, view->until);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        if (sp_replay_view_has(view, sp_stmt_int(st, 0), sp_stmt_int(st, 1) != 0))
            APR_ARRAY_PUSH(r->scopes, apr_int64_t) = sp_stmt_int(st, 0);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static void hear_cell(sp_replay_t *r, const sp_cell_t *cell)
{
    sp_day_t day = SP_KEY_DAY(cell->key);

    r->viewers[day] = cell->viewers;
    r->span[day] = cell->span;
    if (day < r->lo)
        r->lo = day;
    if (day > r->hi)
        r->hi = day;
}

static void hear_words(sp_replay_t *r, apr_int64_t entry, const void *blob, apr_size_t len)
{
    sp_words_reader_t reader;
    apr_status_t rv = sp_words_open(&reader, blob, len);

    while (rv == APR_SUCCESS && (rv = sp_words_next(&reader)) == APR_SUCCESS)
        hear_cell(r, &reader.cell);
    if (rv != APR_EOF && !r->damaged)
        r->damaged = entry;
}

/* Scopes of entries up to this one; an entry's scope speaks before its own words. */
static void hear_scopes(sp_replay_t *r, int *next, apr_int64_t entry)
{
    int heard = *next;

    while (*next < r->scopes->nelts && APR_ARRAY_IDX(r->scopes, *next, apr_int64_t) <= entry)
        (*next)++;
    if (*next > heard)
        forget(r);
}

apr_status_t sp_replay_series(sp_db_t *db, sp_replay_t *r, const sp_replay_view_t *view, const sp_walk_t *at, sp_error_t *err)
{
    return sp_replay_days(db, r, view, at, 0, SP_DAY_MAX, err);
}

static apr_status_t hear_entries(sp_stmt_t *st, sp_replay_t *r, const sp_replay_view_t *view, sp_error_t *err)
{
    apr_status_t rv;
    int scope = 0;

    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        apr_int64_t entry = sp_stmt_int(st, 0);
        apr_size_t len;
        const void *blob;

        if (!sp_replay_view_has(view, entry, sp_stmt_int(st, 2) != 0))
            continue;
        blob = sp_stmt_blob(st, 1, &len);
        hear_scopes(r, &scope, entry);
        hear_words(r, entry, blob, len);
    }
    hear_scopes(r, &scope, APR_INT64_MAX);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_replay_days(sp_db_t *db, sp_replay_t *r, const sp_replay_view_t *view, const sp_walk_t *at, sp_day_t first, sp_day_t last, sp_error_t *err)
{
    apr_status_t rv = read_scopes(db, r, view, at, err);
    sp_stmt_t *st;

    forget(r);
    r->damaged = 0;
    if (rv != APR_SUCCESS)
        return rv;
    if (!(st = sp_db_stmt(db, SP_Q_WORDS_OF_SERIES, err)))
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    sp_stmt_bind_int(st, 4, view->until);
    sp_stmt_bind_int(st, 5, first);
    sp_stmt_bind_int(st, 6, last);
    return hear_entries(st, r, view, err);
}
