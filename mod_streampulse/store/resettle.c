/* Settles what an entry spoke about by replaying it, and writes what is different. */
#include "resettle.h"

#include <string.h>

#include "number_writer.h"
#include "spoken.h"
#include "words.h"

/* A number that is stored and said; viewers SP_VIEWERS_NONE: there is none. */
typedef struct {
    sp_day_t day;
    int old_span, span;
    apr_int64_t old_viewers, viewers;
} change_t;

typedef struct {
    const sp_resettle_t *how;
    sp_replay_t *replay;
    apr_array_header_t *changes; /* of change_t, of one series, by day */
    sp_counts_t *counts;
    sp_number_writer_t *writer; /* NULL: nothing is written */
    sp_error_t *err;
} work_t;

static int is_dry(const sp_resettle_t *how)
{
    return how->plan && how->plan->dry_run;
}

/* Days from *next up to before day that the ledger has a number for and the projection has not. */
static void find_missing(work_t *w, sp_day_t *next, sp_day_t day)
{
    const sp_replay_t *r = w->replay;

    if (*next < r->lo)
        *next = r->lo;
    for (; *next <= r->hi && *next < day; (*next)++)
        if (r->viewers[*next] != SP_VIEWERS_NONE)
            APR_ARRAY_PUSH(w->changes, change_t) = (change_t){*next, r->span[*next], r->span[*next], SP_VIEWERS_NONE, r->viewers[*next]};
}

static void compare_stored(work_t *w, sp_stmt_t *st, sp_day_t *next)
{
    const sp_replay_t *r = w->replay;
    change_t c = {(sp_day_t)sp_stmt_int(st, 0), (int)sp_stmt_int(st, 2), 0, sp_stmt_int(st, 1), SP_VIEWERS_NONE};

    find_missing(w, next, c.day);
    if (c.day >= r->lo && c.day <= r->hi)
        c.viewers = r->viewers[c.day];
    c.span = c.viewers == SP_VIEWERS_NONE ? c.old_span : r->span[c.day];
    if (c.viewers != c.old_viewers || c.span != c.old_span)
        APR_ARRAY_PUSH(w->changes, change_t) = c;
    *next = c.day + 1;
}

static apr_status_t find_changes(work_t *w, const sp_walk_t *at, sp_day_t first, sp_day_t last)
{
    apr_status_t rv = sp_replay_days(w->how->db, w->replay, w->how->view, at, first, last, w->err);
    sp_day_t next = first;
    sp_stmt_t *st;

    apr_array_clear(w->changes);
    if (rv != APR_SUCCESS)
        return rv;
    if (w->replay->damaged)
        return sp_error_set(w->err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    if (!(st = sp_db_stmt(w->how->db, SP_Q_NUMBER_RANGE, w->err)))
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    sp_stmt_bind_int(st, 4, first);
    sp_stmt_bind_int(st, 5, last);
    while ((rv = sp_stmt_step(st, w->err)) == APR_SUCCESS)
        compare_stored(w, st, &next);
    find_missing(w, &next, last + 1);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t write_change(work_t *w, const sp_walk_t *at, const change_t *c)
{
    if (c->old_viewers == SP_VIEWERS_NONE)
        return sp_number_writer_add(w->writer, at, c->day, c->viewers, c->span, w->err);
    if (c->viewers == SP_VIEWERS_NONE)
        return sp_number_writer_clear(w->writer, at, c->day, w->err);
    return sp_number_writer_change(w->writer, at, c->day, c->viewers, c->span, w->err);
}

static void report(work_t *w, const change_t *c)
{
    const sp_plan_cell_t cell = {.day = c->day, .span = c->span, .old_span = c->old_span, .old_viewers = c->old_viewers, .viewers = c->viewers};

    sp_plan_note(w->how->plan, &cell);
}

static apr_status_t apply_changes(work_t *w, const sp_walk_t *at)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    for (i = 0; rv == APR_SUCCESS && i < w->changes->nelts; i++) {
        const change_t *c = &APR_ARRAY_IDX(w->changes, i, change_t);

        if (c->old_viewers == SP_VIEWERS_NONE)
            w->counts->added++;
        else if (c->viewers == SP_VIEWERS_NONE)
            w->counts->cleared++;
        else
            w->counts->changed++;
        report(w, c);
        if (w->writer)
            rv = write_change(w, at, c);
    }
    return rv == APR_SUCCESS && w->writer ? sp_number_writer_end_series(w->writer, w->err) : rv;
}

static void report_unchanged(work_t *w, sp_day_t day)
{
    const sp_replay_t *r = w->replay;
    int has = day >= r->lo && day <= r->hi && r->viewers[day] != SP_VIEWERS_NONE;
    apr_int64_t viewers = has ? r->viewers[day] : SP_VIEWERS_NONE;
    const change_t same = {day, has ? r->span[day] : 0, has ? r->span[day] : 0, viewers, viewers};

    w->counts->unchanged++;
    report(w, &same);
}

/* Days that the entry spoke about and that stay as they are, because others say so. */
static apr_status_t count_unchanged(work_t *w, const sp_walk_t *at)
{
    sp_stmt_t *st = sp_db_stmt(w->how->db, SP_Q_WORDS_OF_ENTRY, w->err);
    apr_status_t rv;
    int i = 0;

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    sp_stmt_bind_int(st, 4, w->how->spoke);
    sp_stmt_bind_int(st, 5, 0);
    while ((rv = sp_stmt_step(st, w->err)) == APR_SUCCESS) {
        sp_words_reader_t reader;
        apr_size_t len;
        const void *blob = sp_stmt_blob(st, 0, &len);

        if (sp_words_open(&reader, blob, len) != APR_SUCCESS)
            continue; /* told by the replay where it matters */
        while (sp_words_next(&reader) == APR_SUCCESS) {
            sp_day_t day = SP_KEY_DAY(reader.cell.key);

            while (i < w->changes->nelts && APR_ARRAY_IDX(w->changes, i, change_t).day < day)
                i++;
            if (i == w->changes->nelts || APR_ARRAY_IDX(w->changes, i, change_t).day != day)
                report_unchanged(w, day);
        }
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t settle_series(work_t *w, const sp_walk_t *at, sp_day_t first, sp_day_t last)
{
    apr_status_t rv;

    if (!(w->counts = sp_tally_of(w->how->tally, at)))
        return sp_error_set(w->err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    if ((rv = sp_plan_enter(w->how->plan, at, w->err)) != APR_SUCCESS)
        return rv;
    if ((rv = find_changes(w, at, first, last)) != APR_SUCCESS)
        return rv;
    rv = apply_changes(w, at);
    return rv == APR_SUCCESS ? count_unchanged(w, at) : rv;
}

apr_status_t sp_resettle_numbers(const sp_resettle_t *how, sp_error_t *err)
{
    work_t w = {.how = how, .replay = sp_replay_create(how->p), .changes = apr_array_make(how->p, 64, sizeof(change_t)), .err = err};
    const sp_walk_t start = SP_WALK_START;
    sp_spoken_t *spoken;
    sp_day_t first, last;
    sp_walk_t at;
    apr_status_t rv = sp_spoken_open(how->db, how->p, how->spoke, &start, &spoken, err);

    if (!is_dry(how))
        w.writer = sp_number_writer_create(how->db, how->p, how->by);
    while (rv == APR_SUCCESS && (rv = sp_spoken_next(spoken, &at, &first, &last, err)) == APR_SUCCESS)
        rv = settle_series(&w, &at, first, last);
    if (rv != APR_EOF)
        return rv;
    return w.writer ? sp_number_writer_flush(w.writer, err) : APR_SUCCESS;
}

typedef struct {
    int event;
    sp_day_t day;
} label_t;

static apr_status_t list_labels(const sp_resettle_t *how, apr_array_header_t *list, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(how->db, SP_Q_LABEL_WORDS_OF_ENTRY, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, how->spoke);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        APR_ARRAY_PUSH(list, label_t) = (label_t){(int)sp_stmt_int(st, 0), (sp_day_t)sp_stmt_int(st, 1)};
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* *label: what the latest entry in effect says; NULL: that there is none, or nobody says anything. */
static apr_status_t read_said(const sp_resettle_t *how, const label_t *of, apr_pool_t *p, const char **label, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(how->db, SP_Q_LABEL_WORDS_OF_DAY, err);
    apr_status_t rv;

    *label = NULL;
    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, of->event);
    sp_stmt_bind_int(st, 2, of->day);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        if (!sp_replay_view_has(how->view, sp_stmt_int(st, 0), sp_stmt_int(st, 2) != 0))
            continue;
        *label = sp_stmt_text(st, 1, p);
        sp_stmt_reset(st);
        return APR_SUCCESS;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t read_stored(const sp_resettle_t *how, const label_t *of, apr_pool_t *p, const char **label, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(how->db, SP_Q_LABEL_GET, err);
    apr_status_t rv;

    *label = NULL;
    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, of->event);
    sp_stmt_bind_int(st, 2, of->day);
    if ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        *label = sp_stmt_text(st, 0, p);
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t write_label(const sp_resettle_t *how, const label_t *of, const char *label, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(how->db, label ? SP_Q_LABEL_SET : SP_Q_LABEL_CLEAR, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, of->event);
    sp_stmt_bind_int(st, 2, of->day);
    if (label)
        sp_stmt_bind_text(st, 3, label);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t settle_label(const sp_resettle_t *how, const label_t *of, apr_pool_t *p, sp_error_t *err)
{
    const char *said = NULL, *stored = NULL;
    apr_status_t rv = read_said(how, of, p, &said, err);

    if (rv == APR_SUCCESS)
        rv = read_stored(how, of, p, &stored, err);
    if (rv != APR_SUCCESS || (!said && !stored) || (said && stored && strcmp(said, stored) == 0))
        return rv;
    rv = sp_plan_note_label(how->plan, of->event, of->day, stored, said, err);
    return rv == APR_SUCCESS && !is_dry(how) ? write_label(how, of, said, err) : rv;
}

apr_status_t sp_resettle_labels(const sp_resettle_t *how, sp_error_t *err)
{
    apr_array_header_t *list = apr_array_make(how->p, 8, sizeof(label_t));
    apr_status_t rv = list_labels(how, list, err);
    apr_pool_t *ptemp;
    int i;

    apr_pool_create(&ptemp, how->p);
    for (i = 0; rv == APR_SUCCESS && i < list->nelts; i++) {
        apr_pool_clear(ptemp);
        rv = settle_label(how, &APR_ARRAY_IDX(list, i, label_t), ptemp, err);
    }
    apr_pool_destroy(ptemp);
    return rv;
}
