/* Reads what one entry said, and replays what it changed. */
#include "detail.h"

#include "replay.h"
#include "spoken.h"
#include "undo.h"
#include "words.h"

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    const sp_entry_t *entry;
    apr_uint64_t after;
    int limit;
    apr_array_header_t *cells;
    apr_uint64_t next;
    sp_error_t *err;
    sp_walk_t at;
    sp_plan_cell_t names; /* of the series */
    int is_named;
} page_t;

static apr_status_t read_name(page_t *g, sp_query_e query, apr_int64_t id, const char **name)
{
    sp_stmt_t *st;
    apr_status_t rv;

    *name = NULL;
    if (id <= 0)
        return APR_SUCCESS;
    if (!(st = sp_db_stmt(g->db, query, g->err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    if ((rv = sp_stmt_step(st, g->err)) != APR_SUCCESS)
        return rv == APR_EOF ? sp_error_set(g->err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database has numbers whose names it does not know") : rv;
    *name = sp_stmt_text(st, 0, g->p);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static apr_status_t name_series(page_t *g)
{
    apr_status_t rv;

    if (g->is_named)
        return APR_SUCCESS;
    g->is_named = 1;
    if ((rv = read_name(g, SP_Q_EVENT_KEY, g->at.event, &g->names.event)) != APR_SUCCESS)
        return rv;
    if ((rv = read_name(g, SP_Q_SERVICE_KEY, g->at.service, &g->names.service)) != APR_SUCCESS)
        return rv;
    return read_name(g, SP_Q_PLATFORM_KEY, g->at.platform, &g->names.platform);
}

static void enter_series(page_t *g, const sp_walk_t *at)
{
    g->at = *at;
    g->is_named = 0;
}

static apr_uint64_t key_of(const page_t *g, sp_day_t day)
{
    return SP_KEY(g->at.event, g->at.service, g->at.platform, day);
}

/* APR_EOF: the page is full. Names, and the label, are read when all cells of the series are there: a statement is open now. */
static apr_status_t take_cell(page_t *g, const sp_plan_cell_t *cell)
{
    sp_detail_cell_t *taken;

    if (key_of(g, cell->day) <= g->after)
        return APR_SUCCESS;
    if (g->cells->nelts == g->limit) {
        g->next = APR_ARRAY_IDX(g->cells, g->limit - 1, sp_detail_cell_t).key;
        return APR_EOF;
    }
    taken = apr_array_push(g->cells);
    *taken = (sp_detail_cell_t){key_of(g, cell->day), *cell, NULL};
    return APR_SUCCESS;
}

static apr_status_t name_cells(page_t *g, int first)
{
    apr_status_t rv = first < g->cells->nelts ? name_series(g) : APR_SUCCESS;
    int i;

    for (i = first; rv == APR_SUCCESS && i < g->cells->nelts; i++) {
        sp_plan_cell_t *cell = &APR_ARRAY_IDX(g->cells, i, sp_detail_cell_t).cell;

        cell->event = g->names.event;
        cell->service = g->names.service;
        cell->platform = g->names.platform;
    }
    return rv;
}

static apr_status_t read_label(page_t *g, sp_detail_cell_t *cell)
{
    sp_stmt_t *st = sp_db_stmt(g->db, SP_Q_LABEL_WORDS_GET, g->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, SP_KEY_EVENT(cell->key));
    sp_stmt_bind_int(st, 2, SP_KEY_DAY(cell->key));
    sp_stmt_bind_int(st, 3, g->entry->id);
    if ((rv = sp_stmt_step(st, g->err)) == APR_SUCCESS)
        cell->label = sp_stmt_text(st, 0, g->p);
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t take_words(page_t *g, const void *blob, apr_size_t len)
{
    sp_words_reader_t reader;
    apr_status_t rv = sp_words_open(&reader, blob, len);

    while (rv == APR_SUCCESS && (rv = sp_words_next(&reader)) == APR_SUCCESS) {
        const sp_plan_cell_t cell = {.day = SP_KEY_DAY(reader.cell.key),
                                     .span = reader.cell.span,
                                     .old_span = reader.cell.span,
                                     .old_viewers = SP_VIEWERS_NONE,
                                     .viewers = reader.cell.viewers,
                                     .line = reader.cell.line,
                                     .column = reader.cell.column};

        if (take_cell(g, &cell) != APR_SUCCESS)
            return APR_EOF;
    }
    return rv == APR_EOF ? APR_SUCCESS : sp_error_set(g->err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
}

static apr_status_t say_series(page_t *g)
{
    sp_stmt_t *st = sp_db_stmt(g->db, SP_Q_WORDS_OF_ENTRY, g->err);
    apr_status_t rv;
    int full = 0, first = g->cells->nelts, i;

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, &g->at);
    sp_stmt_bind_int(st, 4, g->entry->id);
    sp_stmt_bind_int(st, 5, g->after >= key_of(g, 0) ? SP_KEY_DAY(g->after) : 0);
    while (!full && (rv = sp_stmt_step(st, g->err)) == APR_SUCCESS) {
        apr_size_t len;
        const void *blob = sp_stmt_blob(st, 0, &len);

        rv = take_words(g, blob, len);
        full = rv == APR_EOF;
        if (rv != APR_SUCCESS && !full)
            return rv;
    }
    if (full)
        sp_stmt_reset(st);
    else if (rv != APR_EOF)
        return rv;
    rv = name_cells(g, first);
    for (i = first; rv == APR_SUCCESS && g->at.event && i < g->cells->nelts; i++)
        rv = read_label(g, &APR_ARRAY_IDX(g->cells, i, sp_detail_cell_t));
    return rv == APR_SUCCESS && full ? APR_EOF : rv;
}

/* Just before the series that the page begins in. */
static sp_walk_t start_of(apr_uint64_t after)
{
    return after ? (sp_walk_t){SP_KEY_EVENT(after), SP_KEY_SERVICE(after), SP_KEY_PLATFORM(after) - 1} : SP_WALK_START;
}

/* The next series that the entry has words about; APR_EOF. */
static apr_status_t next_said(page_t *g, sp_walk_t *at)
{
    sp_stmt_t *st = sp_db_stmt(g->db, SP_Q_WORDS_NEXT_OF_ENTRY, g->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    sp_stmt_bind_int(st, 4, g->entry->id);
    if ((rv = sp_stmt_step(st, g->err)) == APR_SUCCESS)
        *at = (sp_walk_t){sp_stmt_int(st, 0), sp_stmt_int(st, 1), sp_stmt_int(st, 2)};
    sp_stmt_reset(st);
    return rv;
}

apr_status_t sp_detail_said(sp_db_t *db, apr_pool_t *p, const sp_entry_t *entry, apr_uint64_t after, int limit, apr_array_header_t **cells, apr_uint64_t *next,
                            sp_error_t *err)
{
    page_t g = {.db = db, .p = p, .entry = entry, .after = after, .limit = limit, .err = err};
    sp_walk_t at = start_of(after);
    apr_status_t rv;

    g.cells = *cells = apr_array_make(p, limit, sizeof(sp_detail_cell_t));
    while ((rv = next_said(&g, &at)) == APR_SUCCESS) {
        enter_series(&g, &at);
        if ((rv = say_series(&g)) != APR_SUCCESS)
            break;
    }
    *next = g.next;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

typedef struct {
    sp_replay_view_t view;
    sp_replay_t *replay;
} moment_t;

static apr_status_t open_moment(page_t *g, apr_int64_t entry, moment_t *m)
{
    m->replay = sp_replay_create(g->p);
    return sp_replay_view_as_of(g->db, g->p, entry, &m->view, g->err);
}

static apr_int64_t viewers_of(const moment_t *m, sp_day_t day)
{
    return day >= m->replay->lo && day <= m->replay->hi ? m->replay->viewers[day] : SP_VIEWERS_NONE;
}

static apr_status_t compare_day(page_t *g, const moment_t *before, const moment_t *after, sp_day_t day)
{
    sp_plan_cell_t cell = {.day = day, .old_viewers = viewers_of(before, day), .viewers = viewers_of(after, day)};

    if (cell.old_viewers == SP_VIEWERS_NONE && cell.viewers == SP_VIEWERS_NONE)
        return APR_SUCCESS;
    cell.span = cell.viewers == SP_VIEWERS_NONE ? before->replay->span[day] : after->replay->span[day];
    cell.old_span = cell.old_viewers == SP_VIEWERS_NONE ? cell.span : before->replay->span[day];
    return cell.viewers == cell.old_viewers && cell.span == cell.old_span ? APR_SUCCESS : take_cell(g, &cell);
}

static apr_status_t compare_series(page_t *g, moment_t *before, moment_t *after, sp_day_t first, sp_day_t last)
{
    apr_status_t rv = sp_replay_days(g->db, before->replay, &before->view, &g->at, first, last, g->err), full = APR_SUCCESS;
    int had = g->cells->nelts;
    sp_day_t day;

    if (rv == APR_SUCCESS)
        rv = sp_replay_days(g->db, after->replay, &after->view, &g->at, first, last, g->err);
    if (rv != APR_SUCCESS)
        return rv;
    for (day = first; full == APR_SUCCESS && day <= last; day++)
        full = compare_day(g, before, after, day);
    rv = name_cells(g, had);
    return rv == APR_SUCCESS ? full : rv;
}

apr_status_t sp_detail_changed(sp_db_t *db, apr_pool_t *p, const sp_entry_t *entry, apr_uint64_t after, int limit, apr_array_header_t **cells,
                               apr_uint64_t *next, sp_error_t *err)
{
    page_t g = {.db = db, .p = p, .entry = entry, .after = after, .limit = limit, .err = err};
    sp_walk_t at = start_of(after);
    moment_t then, now;
    sp_spoken_t *spoken = NULL;
    sp_day_t first, last;
    sp_entry_t root;
    apr_status_t rv = sp_undo_root(db, p, entry, &root, err);

    g.cells = *cells = apr_array_make(p, limit, sizeof(sp_detail_cell_t));
    if (rv == APR_SUCCESS)
        rv = open_moment(&g, entry->id - 1, &then);
    if (rv == APR_SUCCESS)
        rv = open_moment(&g, entry->id, &now);
    if (rv == APR_SUCCESS)
        rv = sp_spoken_open(db, p, root.id, &at, &spoken, err);
    while (rv == APR_SUCCESS && (rv = sp_spoken_next(spoken, &at, &first, &last, err)) == APR_SUCCESS) {
        enter_series(&g, &at);
        rv = compare_series(&g, &then, &now, first, last);
    }
    *next = g.next;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_detail_scopes(sp_db_t *db, apr_pool_t *p, const sp_entry_t *entry, int limit, apr_array_header_t **scopes, sp_error_t *err)
{
    page_t g = {.db = db, .p = p, .entry = entry, .err = err};
    const sp_walk_t start = SP_WALK_START;
    const apr_array_header_t *found;
    sp_spoken_t *spoken;
    apr_status_t rv = sp_spoken_open(db, p, entry->id, &start, &spoken, err);
    int i;

    *scopes = apr_array_make(p, 4, sizeof(sp_detail_scope_t));
    if (rv != APR_SUCCESS)
        return rv;
    found = sp_spoken_scopes(spoken);
    for (i = 0; rv == APR_SUCCESS && i < found->nelts && i < limit; i++) {
        const sp_scope_t *scope = &APR_ARRAY_IDX(found, i, sp_scope_t);
        sp_detail_scope_t *named = apr_array_push(*scopes);

        named->any_event = scope->event < 0;
        rv = read_name(&g, SP_Q_EVENT_KEY, scope->event, &named->event);
        if (rv == APR_SUCCESS)
            rv = read_name(&g, SP_Q_SERVICE_KEY, scope->service, &named->service);
    }
    return rv;
}
