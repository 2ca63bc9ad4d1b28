/* Merges an entry's sorted cells with the stored numbers, series by series, in bounded memory. */
#include "settle.h"

#include <string.h>

#include "walk.h"
#include "words.h"

typedef enum { ACT_NOTHING, ACT_ADD, ACT_CHANGE, ACT_CLEAR } act_e;

struct sp_settle_t {
    sp_db_t *db;
    apr_int64_t entry;
    sp_mode_e mode;
    int service_max, event_max;
    sp_counts_t *service, *event; /* by id */
    sp_words_t *words;

    /* the spool's side: at most SP_WORDS_CHUNK cells of one series */
    sp_spool_t *sorted;
    sp_cell_t ahead;
    int has_ahead;
    sp_cell_t *cell;
    unsigned char *act;
    int count;
    sp_walk_t at;
    int opens, closes;          /* the chunk is the first, the last of its series */
    sp_day_t day_before;        /* the last day of the series' chunk before */
    apr_array_header_t *unsaid; /* stored days of a covered series that the chunk does not mention; of sp_day_t */

    /* the scope that is covered now (REPLACE, REPLACE_ALL) */
    int covering;
    sp_walk_t swept;  /* everything in the scope up to here is settled */
    sp_walk_t border; /* the scope ends before it */
};

sp_settle_t *sp_settle_create(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, sp_mode_e mode, int service_max, int event_max)
{
    sp_settle_t *s = apr_pcalloc(p, sizeof(*s));

    s->db = db;
    s->entry = entry;
    s->mode = mode;
    s->service_max = service_max;
    s->event_max = event_max;
    s->service = apr_pcalloc(p, sizeof(sp_counts_t) * (apr_size_t)(service_max + 1));
    s->event = apr_pcalloc(p, sizeof(sp_counts_t) * (apr_size_t)(event_max + 1));
    s->words = sp_words_create(p);
    s->cell = apr_palloc(p, sizeof(sp_cell_t) * SP_WORDS_CHUNK);
    s->act = apr_palloc(p, SP_WORDS_CHUNK);
    s->unsaid = apr_array_make(p, 64, sizeof(sp_day_t));
    return s;
}

const sp_counts_t *sp_settle_service(const sp_settle_t *s, int id)
{
    return &s->service[id];
}

const sp_counts_t *sp_settle_event(const sp_settle_t *s, int id)
{
    return &s->event[id];
}

static void add_counts(sp_counts_t *sum, const sp_counts_t *counts)
{
    sum->added += counts->added;
    sum->changed += counts->changed;
    sum->cleared += counts->cleared;
    sum->unchanged += counts->unchanged;
}

sp_counts_t sp_settle_total(const sp_settle_t *s)
{
    sp_counts_t sum = {0, 0, 0, 0};
    int i;

    for (i = 0; i <= s->service_max; i++)
        add_counts(&sum, &s->service[i]);
    for (i = 0; i <= s->event_max; i++)
        add_counts(&sum, &s->event[i]);
    return sum;
}

/* NULL for ids that no identity has: a damaged database. */
static sp_counts_t *counts_of(sp_settle_t *s, const sp_walk_t *at)
{
    if (at->event < 0 || at->event > s->event_max || at->service < 0 || at->service > s->service_max)
        return NULL;
    return at->event ? &s->event[at->event] : &s->service[at->service];
}

/* The next cell, of equal keys the first only. */
static apr_status_t look_ahead(sp_settle_t *s, sp_error_t *err)
{
    apr_uint64_t before = s->ahead.key;
    int had = s->has_ahead;
    apr_status_t rv;

    do {
        rv = sp_spool_next(s->sorted, &s->ahead, err);
    } while (rv == APR_SUCCESS && had && s->ahead.key == before);
    s->has_ahead = rv == APR_SUCCESS;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t fill_chunk(sp_settle_t *s, sp_error_t *err)
{
    apr_uint64_t series = SP_KEY_SERIES(s->ahead.key);
    sp_walk_t at = {SP_KEY_EVENT(s->ahead.key), SP_KEY_SERVICE(s->ahead.key), SP_KEY_PLATFORM(s->ahead.key)};

    s->opens = sp_walk_compare(&at, &s->at) != 0;
    s->day_before = s->opens ? -1 : SP_KEY_DAY(s->cell[s->count - 1].key);
    s->at = at;
    s->count = 0;
    while (s->has_ahead && SP_KEY_SERIES(s->ahead.key) == series && s->count < SP_WORDS_CHUNK) {
        apr_status_t rv;

        s->cell[s->count++] = s->ahead;
        if ((rv = look_ahead(s, err)) != APR_SUCCESS)
            return rv;
    }
    s->closes = !s->has_ahead || SP_KEY_SERIES(s->ahead.key) != series;
    return APR_SUCCESS;
}

static apr_status_t add_scope(sp_settle_t *s, apr_int64_t event, apr_int64_t service, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(s->db, SP_Q_SCOPE_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, event);
    sp_stmt_bind_int(st, 2, service);
    sp_stmt_bind_int(st, 3, s->entry);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t clear_series(sp_settle_t *s, const sp_walk_t *at, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(s->db, SP_Q_NUMBER_CLEAR_SERIES, err);
    sp_counts_t *counts = counts_of(s, at);
    apr_int64_t cleared = 0;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if (!counts)
        return sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    sp_walk_bind(st, at);
    if ((rv = sp_stmt_run(st, &cleared, err)) == APR_SUCCESS)
        counts->cleared += cleared;
    return rv;
}

/* Clears every stored series after s->swept and before the given one. */
static apr_status_t sweep_until(sp_settle_t *s, const sp_walk_t *before, sp_error_t *err)
{
    for (;;) {
        sp_walk_t at = s->swept;
        apr_status_t rv = sp_walk_next(s->db, SP_Q_NUMBER_NEXT_SERIES, &at, err);

        if (rv == APR_EOF || (rv == APR_SUCCESS && sp_walk_compare(&at, before) >= 0))
            return APR_SUCCESS;
        if (rv == APR_SUCCESS)
            rv = clear_series(s, &at, err);
        if (rv != APR_SUCCESS)
            return rv;
        s->swept = at;
    }
}

static apr_status_t end_scope(sp_settle_t *s, sp_error_t *err)
{
    if (!s->covering)
        return APR_SUCCESS;
    s->covering = 0;
    return sweep_until(s, &s->border, err);
}

static apr_status_t begin_scope(sp_settle_t *s, const sp_walk_t *after, const sp_walk_t *border, sp_error_t *err)
{
    s->covering = 1;
    s->swept = *after;
    s->border = *border;
    return APR_SUCCESS;
}

static apr_status_t cover_everything(sp_settle_t *s, sp_error_t *err)
{
    sp_walk_t start = SP_WALK_START, border = {SP_WALK_ANY, 0, 0};
    apr_status_t rv = add_scope(s, -1, -1, err);

    return rv == APR_SUCCESS ? begin_scope(s, &start, &border, err) : rv;
}

/* REPLACE: the weekly numbers of the series' service, or all of its event. */
static apr_status_t cover_around(sp_settle_t *s, const sp_walk_t *at, sp_error_t *err)
{
    sp_walk_t after = {at->event, at->event ? -1 : at->service, -1};
    sp_walk_t border = {at->event ? at->event + 1 : 0, at->event ? -1 : at->service + 1, -1};
    apr_status_t rv = add_scope(s, at->event, at->event ? -1 : at->service, err);

    return rv == APR_SUCCESS ? begin_scope(s, &after, &border, err) : rv;
}

static apr_status_t enter_series(sp_settle_t *s, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;

    if (s->mode == SP_MODE_MERGE)
        return APR_SUCCESS;
    if (s->covering && sp_walk_compare(&s->at, &s->border) >= 0)
        rv = end_scope(s, err);
    if (rv == APR_SUCCESS && !s->covering)
        rv = cover_around(s, &s->at, err);
    if (rv == APR_SUCCESS)
        rv = sweep_until(s, &s->at, err);
    s->swept = s->at;
    return rv;
}

static act_e act_on_stored(const sp_cell_t *cell, apr_int64_t viewers, apr_int64_t span)
{
    if (cell->viewers == SP_VIEWERS_NONE)
        return ACT_CLEAR;
    return cell->viewers == viewers && cell->span == span ? ACT_NOTHING : ACT_CHANGE;
}

static act_e act_on_none(const sp_cell_t *cell)
{
    return cell->viewers == SP_VIEWERS_NONE ? ACT_NOTHING : ACT_ADD;
}

/* Decides for each cell of the chunk before anything is written: SQLite does not like a table to change under an open SELECT. */
static apr_status_t join_chunk(sp_settle_t *s, sp_error_t *err)
{
    int covers = s->mode != SP_MODE_MERGE;
    sp_stmt_t *st = sp_db_stmt(s->db, SP_Q_NUMBER_RANGE, err);
    apr_status_t rv;
    int i = 0;

    if (!st)
        return APR_EGENERAL;
    apr_array_clear(s->unsaid);
    sp_walk_bind(st, &s->at);
    sp_stmt_bind_int(st, 4, covers ? s->day_before + 1 : SP_KEY_DAY(s->cell[0].key));
    sp_stmt_bind_int(st, 5, covers && s->closes ? SP_DAY_MAX : SP_KEY_DAY(s->cell[s->count - 1].key));
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_day_t day = (sp_day_t)sp_stmt_int(st, 0);

        for (; i < s->count && SP_KEY_DAY(s->cell[i].key) < day; i++)
            s->act[i] = (unsigned char)act_on_none(&s->cell[i]);
        if (i < s->count && SP_KEY_DAY(s->cell[i].key) == day) {
            s->act[i] = (unsigned char)act_on_stored(&s->cell[i], sp_stmt_int(st, 1), sp_stmt_int(st, 2));
            i++;
        } else if (covers) {
            APR_ARRAY_PUSH(s->unsaid, sp_day_t) = day;
        }
    }
    for (; i < s->count; i++)
        s->act[i] = (unsigned char)act_on_none(&s->cell[i]);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static void bind_value(sp_stmt_t *st, const sp_cell_t *cell)
{
    sp_stmt_bind_int(st, 4, SP_KEY_DAY(cell->key));
    sp_stmt_bind_int(st, 5, cell->viewers);
    sp_stmt_bind_int(st, 6, cell->span);
}

typedef struct {
    sp_stmt_t *add, *change, *clear;
} writers_t;

static apr_status_t open_writers(sp_settle_t *s, writers_t *w, sp_error_t *err)
{
    w->add = sp_db_stmt(s->db, SP_Q_NUMBER_ADD, err);
    w->change = sp_db_stmt(s->db, SP_Q_NUMBER_CHANGE, err);
    w->clear = sp_db_stmt(s->db, SP_Q_NUMBER_CLEAR, err);
    if (!w->add || !w->change || !w->clear)
        return APR_EGENERAL;
    sp_walk_bind(w->add, &s->at);
    sp_walk_bind(w->change, &s->at);
    sp_walk_bind(w->clear, &s->at);
    sp_stmt_bind_int(w->add, 7, s->entry);
    sp_stmt_bind_int(w->change, 7, s->entry);
    return APR_SUCCESS;
}

static apr_status_t write_cell(const writers_t *w, act_e act, const sp_cell_t *cell, sp_counts_t *counts, sp_error_t *err)
{
    switch (act) {
    case ACT_NOTHING:
        counts->unchanged++;
        return APR_SUCCESS;
    case ACT_ADD:
        counts->added++;
        bind_value(w->add, cell);
        return sp_stmt_run(w->add, NULL, err);
    case ACT_CHANGE:
        counts->changed++;
        bind_value(w->change, cell);
        return sp_stmt_run(w->change, NULL, err);
    case ACT_CLEAR:
        counts->cleared++;
        sp_stmt_bind_int(w->clear, 4, SP_KEY_DAY(cell->key));
        return sp_stmt_run(w->clear, NULL, err);
    }
    return APR_EGENERAL;
}

static apr_status_t write_numbers(sp_settle_t *s, sp_error_t *err)
{
    sp_counts_t *counts = counts_of(s, &s->at);
    writers_t w;
    apr_status_t rv = open_writers(s, &w, err);
    int i;

    for (i = 0; rv == APR_SUCCESS && i < s->count; i++)
        rv = write_cell(&w, (act_e)s->act[i], &s->cell[i], counts, err);
    for (i = 0; rv == APR_SUCCESS && i < s->unsaid->nelts; i++) {
        sp_stmt_bind_int(w.clear, 4, APR_ARRAY_IDX(s->unsaid, i, sp_day_t));
        counts->cleared++;
        rv = sp_stmt_run(w.clear, NULL, err);
    }
    return rv;
}

static apr_status_t write_words(sp_settle_t *s, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(s->db, SP_Q_WORDS_ADD, err);
    const void *blob;
    apr_size_t len;
    int i;

    if (!st)
        return APR_EGENERAL;
    sp_words_reset(s->words);
    for (i = 0; i < s->count; i++)
        sp_words_add(s->words, &s->cell[i]);
    blob = sp_words_blob(s->words, &len);
    sp_walk_bind(st, &s->at);
    sp_stmt_bind_int(st, 4, s->entry);
    sp_stmt_bind_int(st, 5, SP_KEY_DAY(s->cell[0].key));
    sp_stmt_bind_int(st, 6, SP_KEY_DAY(s->cell[s->count - 1].key));
    sp_stmt_bind_blob(st, 7, blob, len);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t settle_chunk(sp_settle_t *s, sp_error_t *err)
{
    apr_status_t rv = fill_chunk(s, err);

    if (rv == APR_SUCCESS && s->opens)
        rv = enter_series(s, err);
    if (rv == APR_SUCCESS)
        rv = join_chunk(s, err);
    if (rv == APR_SUCCESS)
        rv = write_numbers(s, err);
    return rv == APR_SUCCESS ? write_words(s, err) : rv;
}

apr_status_t sp_settle_cells(sp_settle_t *s, sp_spool_t *sorted, apr_int64_t *cells, sp_error_t *err)
{
    apr_status_t rv = sp_spool_rewind(sorted, err);

    s->sorted = sorted;
    s->at = SP_WALK_START;
    *cells = 0;
    if (rv == APR_SUCCESS && s->mode == SP_MODE_REPLACE_ALL)
        rv = cover_everything(s, err);
    if (rv == APR_SUCCESS)
        rv = look_ahead(s, err);
    while (rv == APR_SUCCESS && s->has_ahead) {
        rv = settle_chunk(s, err);
        *cells += s->count;
    }
    return rv == APR_SUCCESS ? end_scope(s, err) : rv;
}

static apr_status_t sweep_service(sp_settle_t *s, apr_int64_t event, int service, sp_error_t *err)
{
    sp_walk_t border = {event, service + 1, -1};

    s->swept = (sp_walk_t){event, service, -1};
    return sweep_until(s, &border, err);
}

apr_status_t sp_settle_delete_service(sp_settle_t *s, int service, sp_error_t *err)
{
    apr_status_t rv = add_scope(s, -1, service, err);
    apr_int64_t event;

    for (event = 0; rv == APR_SUCCESS && event <= s->event_max; event++)
        rv = sweep_service(s, event, service, err);
    return rv;
}
