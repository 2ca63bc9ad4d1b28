/* Merges an entry's sorted cells with the stored numbers, series by series, in bounded memory. */
#include "settle.h"

#include <string.h>

#include "number_cursor.h"
#include "number_writer.h"
#include "row_queue.h"
#include "walk.h"
#include "words.h"

#define DENSE_CELLS 16 /* in a chunk of so many, most stored numbers between the first and the last are said too */

typedef enum { ACT_NOTHING, ACT_ADD, ACT_CHANGE, ACT_CLEAR } act_e;

/* A number of the projection; viewers SP_VIEWERS_NONE: there is none. */
typedef struct {
    sp_day_t day;
    int span;
    apr_int64_t viewers;
} stored_t;

struct sp_settle_t {
    sp_db_t *db;
    apr_int64_t entry;
    sp_mode_e mode;
    sp_tally_t *tally;
    sp_plan_t *plan; /* NULL: nobody asks */
    int writes;
    sp_words_t *words;
    sp_number_writer_t *writer; /* NULL: nothing is written; likewise the next */
    sp_row_queue_t *say;        /* words on their way */
    sp_number_cursor_t numbers; /* the projection */

    /* the spool's side: at most SP_WORDS_CHUNK cells of one series */
    sp_spool_t *sorted;
    sp_cell_t ahead;
    int has_ahead;
    sp_cell_t *cell;
    unsigned char *act;
    stored_t *old; /* what the projection has where a cell says something */
    int count;
    sp_walk_t at;
    int opens, closes;          /* the chunk is the first, the last of its series */
    sp_day_t day_before;        /* the last day of the series' chunk before */
    apr_array_header_t *unsaid; /* what a covered series has and the chunk does not mention; of stored_t */

    /* the scope that is covered now (REPLACE, REPLACE_ALL) */
    int covering;
    sp_walk_t swept;  /* everything in the scope up to here is settled */
    sp_walk_t border; /* the scope ends before it */
};

sp_settle_t *sp_settle_create(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, sp_mode_e mode, sp_tally_t *tally, sp_plan_t *plan)
{
    sp_settle_t *s = apr_pcalloc(p, sizeof(*s));

    s->db = db;
    s->entry = entry;
    s->mode = mode;
    s->tally = tally;
    s->plan = plan;
    s->writes = !plan || !plan->dry_run;
    s->words = sp_words_create(p);
    s->cell = apr_palloc(p, sizeof(sp_cell_t) * SP_WORDS_CHUNK);
    s->act = apr_palloc(p, SP_WORDS_CHUNK);
    s->old = apr_palloc(p, sizeof(stored_t) * SP_WORDS_CHUNK);
    s->unsaid = apr_array_make(p, 64, sizeof(stored_t));
    sp_number_cursor_init(&s->numbers, db);
    if (s->writes) {
        s->writer = sp_number_writer_create(db, p, entry);
        s->say = sp_row_queue_create(db, p, SP_Q_WORDS_ADD, entry, SP_WORDS_BLOB_MAX);
    }
    return s;
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

static sp_walk_t series_of(apr_uint64_t key)
{
    return (sp_walk_t){SP_KEY_EVENT(key), SP_KEY_SERVICE(key), SP_KEY_PLATFORM(key)};
}

static apr_status_t fill_chunk(sp_settle_t *s, sp_error_t *err)
{
    apr_uint64_t series = SP_KEY_SERIES(s->ahead.key);
    sp_walk_t at = series_of(s->ahead.key);

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
    sp_stmt_t *st;

    if (!s->writes)
        return APR_SUCCESS;
    if (!(st = sp_db_stmt(s->db, SP_Q_SCOPE_ADD, err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, event);
    sp_stmt_bind_int(st, 2, service);
    sp_stmt_bind_int(st, 3, s->entry);
    return sp_stmt_run(st, NULL, err);
}

static stored_t read_stored(sp_stmt_t *st)
{
    return (stored_t){(sp_day_t)sp_stmt_int(st, 0), (int)sp_stmt_int(st, 2), sp_stmt_int(st, 1)};
}

static void report_cleared(sp_settle_t *s, const stored_t *old)
{
    const sp_plan_cell_t cell = {.day = old->day, .span = old->span, .old_span = old->span, .old_viewers = old->viewers, .viewers = SP_VIEWERS_NONE};

    sp_plan_note(s->plan, &cell);
}

static apr_status_t report_series(sp_settle_t *s, const sp_walk_t *at, apr_int64_t *cleared, sp_error_t *err)
{
    apr_status_t rv = sp_plan_enter(s->plan, at, err);
    sp_stmt_t *st;

    if (rv != APR_SUCCESS)
        return rv;
    if (!(st = sp_db_stmt(s->db, SP_Q_NUMBER_OF_SERIES, err)))
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    for (*cleared = 0; (rv = sp_stmt_step(st, err)) == APR_SUCCESS; ++*cleared) {
        stored_t old = read_stored(st);

        report_cleared(s, &old);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t clear_series(sp_settle_t *s, const sp_walk_t *at, sp_error_t *err)
{
    sp_counts_t *counts = sp_tally_of(s->tally, at);
    apr_int64_t cleared = 0;
    apr_status_t rv = APR_SUCCESS;
    sp_stmt_t *st;

    if (!counts)
        return sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    if (s->plan && (rv = report_series(s, at, &cleared, err)) != APR_SUCCESS)
        return rv;
    if (s->writes) {
        if (!(st = sp_db_stmt(s->db, SP_Q_NUMBER_CLEAR_SERIES, err)))
            return APR_EGENERAL;
        sp_walk_bind(st, at);
        rv = sp_stmt_run(st, &cleared, err);
    }
    if (rv == APR_SUCCESS)
        counts->cleared += cleared;
    return rv;
}

/* The first key that a number behind a series can have; -1 stands before every service and platform. */
static apr_uint64_t key_behind(const sp_walk_t *at)
{
    if (at->event < 0)
        return 0;
    if (at->service < 0)
        return SP_KEY(at->event, 0, 0, 0);
    return SP_KEY(at->event, at->service, 0, 0) + SP_KEY(0, 0, at->platform + 1, 0);
}

/* Clears every stored series after s->swept and before the given one. */
static apr_status_t sweep_until(sp_settle_t *s, const sp_walk_t *before, sp_error_t *err)
{
    for (;;) {
        apr_status_t rv = sp_number_cursor_move(&s->numbers, key_behind(&s->swept), err);
        sp_walk_t at = series_of(s->numbers.key);

        if (rv == APR_EOF || (rv == APR_SUCCESS && sp_walk_compare(&at, before) >= 0))
            return APR_SUCCESS;
        sp_number_cursor_close(&s->numbers);
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

static act_e act_on_stored(const sp_cell_t *cell, const stored_t *old)
{
    if (cell->viewers == SP_VIEWERS_NONE)
        return ACT_CLEAR;
    return cell->viewers == old->viewers && cell->span == old->span ? ACT_NOTHING : ACT_CHANGE;
}

static void meet_none(sp_settle_t *s, int i)
{
    s->act[i] = s->cell[i].viewers == SP_VIEWERS_NONE ? ACT_NOTHING : ACT_ADD;
    s->old[i].viewers = SP_VIEWERS_NONE;
    s->old[i].span = s->cell[i].span;
}

static void meet_stored(sp_settle_t *s, int i, const stored_t *old)
{
    s->act[i] = (unsigned char)act_on_stored(&s->cell[i], old);
    s->old[i] = *old;
}

/* One stored number against the cells from i on; returns the first cell behind it. */
static int join_stored(sp_settle_t *s, int i, int covers)
{
    const sp_number_cursor_t *c = &s->numbers;
    stored_t old = {SP_KEY_DAY(c->key), c->span, c->viewers};

    for (; i < s->count && s->cell[i].key < c->key; i++)
        meet_none(s, i);
    if (i < s->count && s->cell[i].key == c->key)
        meet_stored(s, i++, &old);
    else if (covers)
        APR_ARRAY_PUSH(s->unsaid, stored_t) = old;
    return i;
}

/* Decides for each cell of the chunk. What is written meanwhile lies before the cursor: the cells of earlier chunks. */
static apr_status_t join_chunk(sp_settle_t *s, sp_error_t *err)
{
    int covers = s->mode != SP_MODE_MERGE, i = 0;
    apr_uint64_t series = s->cell[0].key - (apr_uint64_t)SP_KEY_DAY(s->cell[0].key);
    apr_uint64_t last = covers && s->closes ? series + SP_DAY_MAX : s->cell[s->count - 1].key;
    apr_uint64_t next = covers ? series + (apr_uint64_t)(s->day_before + 1) : s->cell[0].key;
    apr_status_t rv = APR_SUCCESS;

    apr_array_clear(s->unsaid);
    if (s->count >= DENSE_CELLS)
        rv = sp_number_cursor_enter(&s->numbers, next, last, err);
    while (rv == APR_SUCCESS && next <= last && (rv = sp_number_cursor_move(&s->numbers, next, err)) == APR_SUCCESS && s->numbers.key <= last) {
        i = join_stored(s, i, covers);
        next = covers || i == s->count ? s->numbers.key + 1 : s->cell[i].key;
    }
    sp_number_cursor_leave(&s->numbers);
    for (; i < s->count; i++)
        meet_none(s, i);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static void count_act(sp_counts_t *counts, act_e act)
{
    switch (act) {
    case ACT_NOTHING:
        counts->unchanged++;
        return;
    case ACT_ADD:
        counts->added++;
        return;
    case ACT_CHANGE:
        counts->changed++;
        return;
    case ACT_CLEAR:
        counts->cleared++;
        return;
    }
}

static apr_status_t write_cell(sp_settle_t *s, act_e act, const sp_cell_t *cell, sp_error_t *err)
{
    sp_day_t day = SP_KEY_DAY(cell->key);

    switch (act) {
    case ACT_NOTHING:
        return APR_SUCCESS;
    case ACT_ADD:
        return sp_number_writer_add(s->writer, &s->at, day, cell->viewers, cell->span, err);
    case ACT_CHANGE:
        return sp_number_writer_change(s->writer, &s->at, day, cell->viewers, cell->span, err);
    case ACT_CLEAR:
        return sp_number_writer_clear(s->writer, &s->at, day, err);
    }
    return APR_EGENERAL;
}

/* The cells first, then what they leave out, whose days begin anew. */
static apr_status_t write_numbers(sp_settle_t *s, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    if (!s->writes)
        return APR_SUCCESS;
    for (i = 0; rv == APR_SUCCESS && i < s->count; i++)
        rv = write_cell(s, (act_e)s->act[i], &s->cell[i], err);
    if (rv == APR_SUCCESS)
        rv = sp_number_writer_end_series(s->writer, err);
    for (i = 0; rv == APR_SUCCESS && i < s->unsaid->nelts; i++)
        rv = sp_number_writer_clear(s->writer, &s->at, APR_ARRAY_IDX(s->unsaid, i, stored_t).day, err);
    return rv == APR_SUCCESS ? sp_number_writer_end_series(s->writer, err) : rv;
}

static void report_cell(sp_settle_t *s, int i)
{
    const sp_cell_t *said = &s->cell[i];
    const sp_plan_cell_t cell = {.day = SP_KEY_DAY(said->key),
                                 .span = said->span,
                                 .old_span = s->old[i].span,
                                 .old_viewers = s->old[i].viewers,
                                 .viewers = said->viewers,
                                 .line = said->line,
                                 .column = said->column};

    sp_plan_note(s->plan, &cell);
}

/* The cells first, then what they leave out: the order is part of the plan's digest. */
static apr_status_t report_chunk(sp_settle_t *s, sp_error_t *err)
{
    sp_counts_t *counts = sp_tally_of(s->tally, &s->at);
    apr_status_t rv;
    int i;

    for (i = 0; i < s->count; i++)
        count_act(counts, (act_e)s->act[i]);
    counts->cleared += s->unsaid->nelts;
    if (!s->plan)
        return APR_SUCCESS;
    if (s->opens && (rv = sp_plan_enter(s->plan, &s->at, err)) != APR_SUCCESS)
        return rv;
    for (i = 0; i < s->count; i++)
        report_cell(s, i);
    for (i = 0; i < s->unsaid->nelts; i++)
        report_cleared(s, &APR_ARRAY_IDX(s->unsaid, i, stored_t));
    return APR_SUCCESS;
}

static apr_status_t write_words(sp_settle_t *s, sp_error_t *err)
{
    const apr_int64_t row[SP_DB_ROW_NUMBERS] = {
        s->at.event, s->at.service, s->at.platform, SP_KEY_DAY(s->cell[0].key), SP_KEY_DAY(s->cell[s->count - 1].key), 0};
    const void *blob;
    apr_size_t len;
    int i;

    if (!s->writes)
        return APR_SUCCESS;
    sp_words_reset(s->words);
    for (i = 0; i < s->count; i++)
        sp_words_add(s->words, &s->cell[i]);
    blob = sp_words_blob(s->words, &len);
    return sp_row_queue_add(s->say, row, blob, len, err);
}

static apr_status_t settle_chunk(sp_settle_t *s, sp_error_t *err)
{
    apr_status_t rv = fill_chunk(s, err);

    if (rv == APR_SUCCESS && s->opens)
        rv = enter_series(s, err);
    if (rv == APR_SUCCESS)
        rv = join_chunk(s, err);
    if (rv == APR_SUCCESS)
        rv = report_chunk(s, err);
    if (rv == APR_SUCCESS)
        rv = write_numbers(s, err);
    return rv == APR_SUCCESS ? write_words(s, err) : rv;
}

/* Ends what is under way, also where it failed: nothing may keep the numbers open. */
static apr_status_t end_settling(sp_settle_t *s, apr_status_t rv, sp_error_t *err)
{
    sp_number_cursor_close(&s->numbers);
    if (rv == APR_SUCCESS && s->writes)
        rv = sp_number_writer_flush(s->writer, err);
    return rv == APR_SUCCESS && s->writes ? sp_row_queue_flush(s->say, err) : rv;
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
    if (rv == APR_SUCCESS)
        rv = end_scope(s, err);
    return end_settling(s, rv, err);
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

    for (event = 0; rv == APR_SUCCESS && event <= s->tally->event_max; event++)
        rv = sweep_service(s, event, service, err);
    return end_settling(s, rv, err);
}
