/* Random histories of long, dense series against the rule: numbers, spans, who changed them, counts, previews, undo, and every moment of the past. */
#include "store_support.h"

#include <stdlib.h>

#include <sqlite3.h>

#include "past.h"
#include "undo.h"

#define SERIES    6
#define LENGTH    2600 /* positions of a series: more than two batches of rows; SP_LONG_LENGTH=n, beyond 4,096 for more than one chunk of words */
#define STEPS     9
#define HISTORIES 3 /* SP_LONG_HISTORIES=n runs another number of them */
#define FIRST_DAY 1000

typedef struct {
    int event;
    const char *service, *platform; /* service NULL: none */
} series_t;

static const series_t series[SERIES] = {{0, "Alpha", "X"}, {0, "Alpha", "Y"}, {0, "Beta", "X"}, {0, "Beta", "Z"}, {1, NULL, "X"}, {1, "Alpha", "Y"}};

typedef struct {
    apr_int64_t viewers;
    int span, says;
    apr_int64_t by; /* of the state only */
} cell_t;

typedef struct {
    apr_int64_t undoes;
    int covers[SERIES];
    cell_t *cell; /* [SERIES * length] */
} entry_t;

static entry_t history[STEPS + 1];        /* by id */
static int length, entries, days_between; /* of the history that is run */
static sp_test_random_t random_state;

static int draw(int below)
{
    return (int)sp_test_random(&random_state, (uint32_t)below);
}

static sp_day_t day_of(int position)
{
    return FIRST_DAY + position * days_between;
}

static cell_t *make_cells(void)
{
    cell_t *cells = apr_pcalloc(sp_test_pool(), sizeof(cell_t) * SERIES * (apr_size_t)length);

    for (int i = 0; i < SERIES * length; i++)
        cells[i].viewers = SP_VIEWERS_NONE;
    return cells;
}

static int is_in_effect(int id, int until)
{
    for (int u = id + 1; u <= until; u++)
        if (history[u].undoes == id && is_in_effect(u, until))
            return 0;
    return 1;
}

static void state_after(int until, cell_t *state)
{
    for (int i = 0; i < SERIES * length; i++)
        state[i].viewers = SP_VIEWERS_NONE;
    for (int id = 1; id <= until; id++) {
        const entry_t *e = &history[id];
        for (int i = 0; is_in_effect(id, until) && i < SERIES * length; i++) {
            if (e->cell && e->cell[i].says) {
                state[i].viewers = e->cell[i].viewers;
                state[i].span = e->cell[i].span;
            } else if (e->covers[i / length]) {
                state[i].viewers = SP_VIEWERS_NONE;
            }
        }
    }
}

static int is_changed(const cell_t *before, const cell_t *after)
{
    return before->viewers != after->viewers || (after->viewers != SP_VIEWERS_NONE && before->span != after->span);
}

static void say_cell(cell_t *said, const cell_t *stored, int weekly, int what)
{
    static const apr_int64_t values[] = {0, 1, 1000000000000};

    said->says = 1;
    if (what == 0 || (what == 3 && draw(3) == 0)) {
        said->viewers = SP_VIEWERS_NONE;
        said->span = weekly ? 6 : 0;
        return;
    }
    said->viewers = what == 1 && stored->viewers != SP_VIEWERS_NONE ? stored->viewers : values[draw(3)];
    said->span = !weekly ? 0 : what == 1 && stored->viewers != SP_VIEWERS_NONE ? stored->span : draw(9) ? 6 : 5;
}

/* A few runs of positions, each dense or sparse, of numbers, of none, of what is stored already, or of all of that. 0: none came of it. */
static int say_runs(cell_t *said, const cell_t *stored, int weekly)
{
    static const int densities[] = {100, 100, 55, 5};
    int said_any = 0;

    for (int runs = 1 + draw(4); runs > 0; runs--) {
        int from = draw(length), to = from + 1 + draw(draw(2) ? length : 1100), of_hundred = densities[draw(4)], what = draw(5);
        for (int i = from; i < to && i < length; i++)
            if (draw(100) < of_hundred) {
                say_cell(&said[i], &stored[i], weekly, what);
                said_any = 1;
            }
    }
    return said_any;
}

static int is_covered(int i, sp_mode_e mode, const int *says)
{
    if (mode == SP_MODE_MERGE)
        return 0;
    for (int k = 0; k < SERIES; k++)
        if (says[k] && (mode == SP_MODE_REPLACE_ALL || (series[k].event == series[i].event && (series[i].event || series[k].service == series[i].service))))
            return 1;
    return mode == SP_MODE_REPLACE_ALL;
}

static void choose_words(entry_t *e, const cell_t *stored, sp_mode_e mode)
{
    int says[SERIES] = {0}, sure = draw(SERIES);

    e->cell = make_cells();
    for (int i = 0; i < SERIES; i++)
        if (i == sure || draw(2))
            says[i] = say_runs(&e->cell[i * length], &stored[i * length], !series[i].event);
    for (int i = 0; i < SERIES; i++)
        e->covers[i] = is_covered(i, mode, says);
}

static void say_words(const entry_t *e, sp_said_t *said, int i, int *event)
{
    for (int k = length - 1; k >= 0; k--) { /* the store sorts */
        const cell_t *cell = &e->cell[i * length + k];
        if (!cell->says)
            continue;
        if (series[i].event && !*event)
            *event = sp_test_say_event(said, "Camp", day_of(0), day_of(length - 1));
        if (series[i].event)
            sp_test_say_day(said, *event, series[i].service, series[i].platform, day_of(k), cell->viewers);
        else
            sp_test_say_span(said, series[i].service, series[i].platform, day_of(k), cell->viewers, cell->span);
    }
}

static sp_said_t *words_of(const entry_t *e)
{
    sp_said_t *said = sp_test_said();
    int event = 0;

    for (int i = 0; i < SERIES; i++)
        say_words(e, said, i, &event);
    return said;
}

static int service_id(sp_db_t *db, const char *name)
{
    sp_ident_t ident;
    apr_status_t rv = sp_series_find_service(db, sp_test_pool(), name, &ident, sp_test_err());

    sp_error_clear(sp_test_err());
    return rv == APR_SUCCESS ? ident.id : 0;
}

typedef struct {
    sp_entry_kind_e kind;
    sp_mode_e mode;
    apr_int64_t target;
    int service;
} act_t;

static apr_status_t perform(sp_db_t *db, const act_t *act, const entry_t *next, sp_entry_t *entry, sp_plan_t *plan)
{
    *entry = (sp_entry_t){.kind = act->kind, .mode = act->mode, .actor = "tester"};
    if (act->kind == SP_ENTRY_UNDO)
        return sp_undo_commit(db, sp_test_pool(), act->target, "tester", entry, plan, NULL, sp_test_err());
    if (act->kind == SP_ENTRY_DELETE)
        return sp_ledger_delete_service(db, sp_test_pool(), act->service, entry, plan, NULL, sp_test_err());
    return sp_ledger_commit(db, sp_test_pool(), words_of(next), entry, plan, NULL, sp_test_err());
}

/* 0: there is nothing to do it to. */
static int choose(sp_db_t *db, const cell_t *stored, entry_t *next, act_t *act)
{
    int what = draw(16);

    memset(next, 0, sizeof(*next));
    *act = (act_t){.kind = SP_ENTRY_UPLOAD, .mode = what < 11 ? SP_MODE_MERGE : what < 14 ? SP_MODE_REPLACE : SP_MODE_REPLACE_ALL};
    if (what < 5 && entries) {
        act->kind = SP_ENTRY_UNDO;
        act->target = next->undoes = 1 + draw(entries);
        return is_in_effect((int)act->target, entries);
    }
    if (what == 5) {
        act->kind = SP_ENTRY_DELETE;
        act->service = service_id(db, "Alpha");
        next->covers[0] = next->covers[1] = next->covers[5] = 1;
        return act->service != 0;
    }
    choose_words(next, stored, act->mode);
    return 1;
}

static int series_by_names(int event, const char *service, const char *platform)
{
    for (int i = 0; i < SERIES; i++) {
        const char *name = series[i].service ? series[i].service : "";
        if (series[i].event == !!event && !strcmp(name, service ? service : "") && !strcmp(series[i].platform, platform))
            return i;
    }
    fail_msg("a series that nobody said");
    return -1;
}

/* Every row with all that it holds, by a connection that knows nothing of ours. */
static void assert_stored(sp_db_t *db, const cell_t *state)
{
    sqlite3 *shell;
    sqlite3_stmt *st;
    int expected = 0, rows = 0;

    for (int i = 0; i < SERIES * length; i++)
        expected += state[i].viewers != SP_VIEWERS_NONE;
    assert_int_equal(sqlite3_open(sp_db_name(db), &shell), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(shell,
                                        "SELECT n.event, s.name, p.name, n.day, n.viewers, n.span, n.changed_by FROM number n "
                                        "LEFT JOIN service s ON s.id = n.service JOIN platform p ON p.id = n.platform",
                                        -1, &st, NULL),
                     SQLITE_OK);
    for (; sqlite3_step(st) == SQLITE_ROW; rows++) {
        int i = series_by_names(sqlite3_column_int(st, 0), (const char *)sqlite3_column_text(st, 1), (const char *)sqlite3_column_text(st, 2));
        const cell_t *cell = &state[i * length + (sqlite3_column_int(st, 3) - FIRST_DAY) / days_between];
        assert_int_equal(sqlite3_column_int64(st, 4), cell->viewers);
        assert_int_equal(sqlite3_column_int(st, 5), cell->span);
        assert_int_equal(sqlite3_column_int64(st, 6), cell->by);
    }
    sqlite3_finalize(st);
    sqlite3_close(shell);
    assert_int_equal(rows, expected);
}

static void assert_counted(const sp_entry_t *entry, const cell_t *before, const cell_t *after, const entry_t *next)
{
    apr_int64_t added = 0, changed = 0, cleared = 0, unchanged = 0;

    for (int i = 0; i < SERIES * length; i++) {
        int was = before[i].viewers != SP_VIEWERS_NONE, is = after[i].viewers != SP_VIEWERS_NONE, differs = is_changed(&before[i], &after[i]);
        added += !was && is;
        cleared += was && !is;
        changed += was && is && differs;
        unchanged += next->cell && next->cell[i].says && !differs;
    }
    assert_int_equal(entry->added, added);
    assert_int_equal(entry->changed, changed);
    assert_int_equal(entry->cleared, cleared);
    if (next->cell)
        assert_int_equal(entry->unchanged, unchanged);
}

static void make_step(sp_db_t *db, cell_t *state, cell_t *after)
{
    sp_plan_t dry = {.dry_run = 1}, plan = {.dry_run = 0};
    entry_t *next = &history[entries + 1];
    sp_entry_t entry;
    act_t act;

    if (!choose(db, state, next, &act))
        return;
    memcpy(after, state, sizeof(cell_t) * SERIES * (apr_size_t)length);
    state_after(entries + 1, after);
    sp_assert_ok(perform(db, &act, next, &entry, &dry), sp_test_err());
    assert_counted(&entry, state, after, next);
    plan.expect = dry.digest;
    sp_assert_ok(perform(db, &act, next, &entry, draw(2) ? &plan : NULL), sp_test_err());
    assert_counted(&entry, state, after, next);
    if (entry.id)
        assert_int_equal(entry.id, ++entries);
    for (int i = 0; i < SERIES * length; i++) {
        after[i].by = is_changed(&state[i], &after[i]) ? entry.id : state[i].by;
        state[i] = after[i];
    }
    assert_stored(db, state);
}

typedef struct {
    const cell_t *state;
    int rows;
} compare_t;

static apr_status_t compare_row(void *ctx, const sp_series_row_t *row)
{
    compare_t *c = ctx;
    const cell_t *cell = &c->state[series_by_names(row->event != NULL, row->service, row->platform) * length + (row->first - FIRST_DAY) / days_between];

    c->rows++;
    assert_int_equal(row->viewers, cell->viewers);
    assert_int_equal(row->last - row->first, cell->span);
    return APR_SUCCESS;
}

static int is_in_scope(int i, const char *service, const char *platform)
{
    if (series[i].event || (!service && !platform))
        return 1;
    return (service && !strcmp(series[i].service, service)) || (platform && !strcmp(series[i].platform, platform));
}

static void assert_past(sp_db_t *db, int id, const char *service, const char *platform, cell_t *then)
{
    sp_filter_t scope = {.from = SP_DAY_NONE, .to = SP_DAY_NONE};
    compare_t compare = {then, 0};
    int expected = 0;

    state_after(id, then);
    for (int i = 0; i < SERIES * length; i++)
        expected += then[i].viewers != SP_VIEWERS_NONE && is_in_scope(i / length, service, platform);
    sp_assert_ok(sp_db_begin_read(db, sp_test_err()), sp_test_err());
    if (service) {
        scope.services = apr_array_make(sp_test_pool(), 1, sizeof(int));
        sp_assert_ok(sp_series_may_be_service(db, sp_test_pool(), service, scope.services, sp_test_err()), sp_test_err());
    }
    if (platform) {
        scope.platforms = apr_array_make(sp_test_pool(), 1, sizeof(int));
        sp_assert_ok(sp_series_may_be_platform(db, sp_test_pool(), platform, scope.platforms, sp_test_err()), sp_test_err());
    }
    sp_assert_ok(sp_past_enter(db, sp_test_pool(), id, &scope, NULL, NULL, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_series_each(db, sp_test_pool(), NULL, compare_row, &compare, sp_test_err()), sp_test_err());
    assert_int_equal(compare.rows, expected);
    sp_db_rollback(db);
}

static void run_history(uint64_t seed)
{
    static const char *const scopes[][2] = {{NULL, NULL}, {"Alpha", NULL}, {NULL, "X"}, {"Beta", "Y"}, {"Beta", "Z"}};
    static const int steps_of_days[] = {1, 7, 27, 29};
    sp_db_t *db = sp_test_db();
    cell_t *state = make_cells(), *after = make_cells();

    sp_test_random_seed(&random_state, seed);
    days_between = steps_of_days[draw(4)];
    if (day_of(length) > SP_DAY_MAX)
        days_between = 1;
    entries = 0;
    for (int step = 0; step < STEPS; step++)
        make_step(db, state, after);
    for (int id = 1; id <= entries; id++) {
        const char *const *scope = scopes[draw(5)];
        assert_past(db, id, scope[0], scope[1], after);
    }
    assert_stored(db, state);
    sp_test_assert_ledger(db);
}

static int asked_or(const char *name, int otherwise)
{
    const char *asked = getenv(name);

    return asked ? (int)strtol(asked, NULL, 10) : otherwise;
}

static void long_histories_are_as_the_rule_says(void **state)
{
    int count = asked_or("SP_LONG_HISTORIES", HISTORIES);

    length = asked_or("SP_LONG_LENGTH", LENGTH);
    for (int i = 0; i < count; i++) {
        if (i) {
            sp_test_teardown(state);
            sp_test_setup(state);
        }
        run_history((uint64_t)i + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {SP_UNIT_TEST(long_histories_are_as_the_rule_says)};

    return cmocka_run_group_tests_name("long_history", tests, NULL, NULL);
}
