/* Random histories of uploads, deletions, undos and redos against a model that only knows the rule; previews against what the commits then do. */
#include "store_support.h"

#include <stdio.h>
#include <stdlib.h>

#include <apr_strings.h>

#include "detail.h"
#include "meta.h"
#include "past.h"
#include "undo.h"

#define EVENTS    3 /* 0: weekly */
#define SERVICES  4 /* 0: none */
#define PLATFORMS 3
#define DAYS      6
#define CELLS     (EVENTS * SERVICES * PLATFORMS * DAYS)
#define LABELS    (EVENTS * DAYS)
#define STEPS     14
#define HISTORIES 150 /* SP_HISTORIES=n runs another number of them */

/* What one entry said. The model is a list of these, and the rule. */
typedef struct {
    apr_int64_t undoes;
    unsigned char says[CELLS];
    unsigned char covers[CELLS];    /* says "none" unless it says something else */
    unsigned char unlabels[EVENTS]; /* says "no label" about the days that it does not label */
    apr_int64_t viewers[CELLS];
    int span[CELLS];
    const char *label[LABELS]; /* NULL: says nothing */
} entry_t;

typedef struct {
    entry_t entry[STEPS * 2 + 1]; /* by id */
    int count;
} model_t;

typedef struct {
    apr_int64_t viewers[CELLS];
    int span[CELLS];
    const char *label[LABELS];
} state_t;

static const char *const event_names[EVENTS] = {NULL, "Retreat", "Retreat"};
static const char *const service_names[SERVICES] = {NULL, "Alpha", "Beta", "Gamma"};
static const char *const platform_names[PLATFORMS] = {"YouTube", "Zoom", "Kiosk"};
static const char *const label_names[] = {"Friday", "Feb", "Mar 3rd"};

static int event_of(int i)
{
    return i / (SERVICES * PLATFORMS * DAYS);
}

static int service_of(int i)
{
    return i / (PLATFORMS * DAYS) % SERVICES;
}

static int cell_of(int e, int s, int p, int d)
{
    return ((e * SERVICES + s) * PLATFORMS + p) * DAYS + d;
}

static sp_day_t day_of(int event, int index)
{
    return event ? event * 1000 + index : 100 + index * 7;
}

/* An entry is in effect unless an undo that is itself in effect targets it. */
static int is_in_effect(const model_t *m, int id, int until)
{
    int u;

    for (u = id + 1; u <= until; u++)
        if (m->entry[u].undoes == id && is_in_effect(m, u, until))
            return 0;
    return 1;
}

/* Each cell is what the latest entry in effect says that says anything about it. */
static void state_after(const model_t *m, int until, state_t *state)
{
    int id, i;

    for (i = 0; i < CELLS; i++)
        state->viewers[i] = SP_VIEWERS_NONE;
    memset(state->span, 0, sizeof(state->span));
    memset(state->label, 0, sizeof(state->label));
    for (id = 1; id <= until; id++) {
        const entry_t *e = &m->entry[id];

        if (!is_in_effect(m, id, until))
            continue;
        for (i = 0; i < CELLS; i++) {
            if (e->says[i] || e->covers[i])
                state->viewers[i] = e->says[i] ? e->viewers[i] : SP_VIEWERS_NONE;
            if (e->says[i])
                state->span[i] = e->span[i];
        }
        for (i = 0; i < LABELS; i++)
            if (e->label[i] || e->unlabels[i / DAYS])
                state->label[i] = e->label[i];
    }
}

static void say(entry_t *e, int cell, apr_int64_t viewers, int span)
{
    e->says[cell] = 1;
    e->viewers[cell] = viewers;
    e->span[cell] = span;
}

/* An edition is matched by its days, so its first and last day are always said. */
static void say_event(entry_t *entry, sp_test_random_t *r, int e)
{
    int i, n = (int)sp_test_random(r, 8);

    say(entry, cell_of(e, 0, 0, 0), sp_test_random(r, 3), 0);
    say(entry, cell_of(e, 0, 0, DAYS - 1), SP_VIEWERS_NONE, 0);
    for (i = 0; i < n; i++)
        say(entry, cell_of(e, (int)sp_test_random(r, SERVICES), (int)sp_test_random(r, PLATFORMS), (int)sp_test_random(r, DAYS)),
            (apr_int64_t)sp_test_random(r, 4) - 1, 0);
    if (sp_test_random(r, 2))
        entry->label[e * DAYS + (int)sp_test_random(r, DAYS)] = label_names[sp_test_random(r, 3)];
}

static void say_something(entry_t *entry, sp_test_random_t *r)
{
    int i, n = (int)sp_test_random(r, 16);

    for (i = 0; i < n; i++)
        say(entry, cell_of(0, 1 + (int)sp_test_random(r, SERVICES - 1), (int)sp_test_random(r, PLATFORMS), (int)sp_test_random(r, DAYS)),
            (apr_int64_t)sp_test_random(r, 4) - 1, sp_test_random(r, 8) ? 6 : 5);
    if (sp_test_random(r, 3) == 0)
        say_event(entry, r, 1);
    if (sp_test_random(r, 3) == 0)
        say_event(entry, r, 2);
}

static void cover(entry_t *e, int event, int service)
{
    int i;

    for (i = 0; i < CELLS; i++)
        if ((event < 0 || event_of(i) == event) && (service < 0 || service_of(i) == service))
            e->covers[i] = 1;
    for (i = 0; i < EVENTS && service < 0; i++)
        if (event < 0 || event == i)
            e->unlabels[i] = 1;
}

static void cover_by_mode(entry_t *e, sp_mode_e mode)
{
    int i;

    if (mode == SP_MODE_REPLACE_ALL)
        cover(e, -1, -1);
    for (i = 0; mode == SP_MODE_REPLACE && i < CELLS; i++)
        if (e->says[i])
            cover(e, event_of(i), event_of(i) ? -1 : service_of(i));
}

static sp_said_t *state_words(const entry_t *entry, sp_test_random_t *r)
{
    sp_said_t *said = sp_test_said();
    int local[EVENTS] = {0}, start = (int)sp_test_random(r, CELLS), k;

    for (k = 0; k < CELLS; k++) {
        int i = (start + k * 5) % CELLS; /* 5 and the number of cells have no divisor in common */
        int e = event_of(i), s = service_of(i), p = i / DAYS % PLATFORMS, d = i % DAYS;

        if (!entry->says[i])
            continue;
        if (e && !local[e])
            local[e] = sp_test_say_event(said, event_names[e], day_of(e, 0), day_of(e, DAYS - 1));
        if (e)
            sp_test_say_day(said, local[e], service_names[s], platform_names[p], day_of(e, d), entry->viewers[i]);
        else
            sp_test_say_span(said, service_names[s], platform_names[p], day_of(0, d), entry->viewers[i], entry->span[i]);
    }
    for (k = 0; k < LABELS; k++)
        if (entry->label[k])
            sp_test_say_label(said, local[k / DAYS], day_of(k / DAYS, k % DAYS), entry->label[k]);
    return said;
}

static int index_of(const char *const *names, int first, int count, const char *name)
{
    int i;

    for (i = first; i < count; i++)
        if (name && strcmp(names[i], name) == 0)
            return i;
    return 0;
}

static int row_cell(const char *event, const char *service, const char *platform, sp_day_t day)
{
    int e = event ? (day >= 2000 ? 2 : 1) : 0;

    return cell_of(e, index_of(service_names, 1, SERVICES, service), index_of(platform_names, 0, PLATFORMS, platform),
                   e ? day - day_of(e, 0) : (day - 100) / 7);
}

typedef struct {
    const state_t *state;
    int count;
} compare_t;

static apr_status_t compare_row(void *ctx, const sp_series_row_t *row)
{
    compare_t *c = ctx;
    int i = row_cell(row->event, row->service, row->platform, row->first);
    const char *label = row->event ? c->state->label[event_of(i) * DAYS + i % DAYS] : NULL;

    c->count++;
    assert_int_equal(row->viewers, c->state->viewers[i]);
    assert_int_equal(row->last - row->first, c->state->span[i]);
    assert_string_equal(row->label ? row->label : "(none)", label ? label : "(none)");
    return APR_SUCCESS;
}

/* Reads what the connection shows: now, or inside a transaction that has entered the past. */
static void assert_shows(sp_db_t *db, const state_t *state)
{
    compare_t c = {state, 0};
    int i, count = 0;

    for (i = 0; i < CELLS; i++)
        count += state->viewers[i] != SP_VIEWERS_NONE;
    sp_assert_ok(sp_series_each(db, sp_test_pool(), NULL, compare_row, &c, sp_test_err()), sp_test_err());
    assert_int_equal(c.count, count);
}

/* What one step does: the same call as a dry run, and as a commit. */
typedef struct {
    sp_entry_kind_e kind;
    sp_mode_e mode;
    sp_said_t *said; /* uploads */
    int service;     /* deletions: the stored id */
    apr_int64_t target;
} act_t;

static apr_status_t perform(sp_db_t *db, const act_t *act, sp_entry_t *entry, sp_plan_t *plan)
{
    *entry = (sp_entry_t){.kind = act->kind, .mode = act->mode, .actor = "tester"};
    if (act->kind == SP_ENTRY_UNDO)
        return sp_undo_commit(db, sp_test_pool(), act->target, "tester", entry, plan, NULL, sp_test_err());
    if (act->kind == SP_ENTRY_DELETE)
        return sp_ledger_delete_service(db, sp_test_pool(), act->service, entry, plan, NULL, sp_test_err());
    return sp_ledger_commit(db, sp_test_pool(), act->said, entry, plan, NULL, sp_test_err());
}

static sp_revision_t revision_of(sp_db_t *db)
{
    sp_revision_t revision;

    sp_assert_ok(sp_meta_revision(db, &revision, sp_test_err()), sp_test_err());
    return revision;
}

static void assert_listed(const apr_array_header_t *cells, const state_t *before, const state_t *after, apr_int64_t total)
{
    int i;

    assert_int_equal(cells->nelts, total < SP_PLAN_LISTED_MAX ? total : SP_PLAN_LISTED_MAX);
    for (i = 0; i < cells->nelts; i++) {
        const sp_plan_cell_t *c = &APR_ARRAY_IDX(cells, i, sp_plan_cell_t);
        int cell = row_cell(c->event, c->service, c->platform, c->day);

        assert_int_equal(c->old_viewers, before->viewers[cell]);
        assert_int_equal(c->viewers, after->viewers[cell]);
    }
}

static void assert_plan(const sp_plan_t *plan, const state_t *before, const state_t *after)
{
    int added = 0, changed = 0, cleared = 0, i;

    for (i = 0; i < CELLS; i++) {
        apr_int64_t b = before->viewers[i], a = after->viewers[i];

        added += b == SP_VIEWERS_NONE && a != SP_VIEWERS_NONE;
        cleared += b != SP_VIEWERS_NONE && a == SP_VIEWERS_NONE;
        changed += b != SP_VIEWERS_NONE && a != SP_VIEWERS_NONE && (a != b || before->span[i] != after->span[i]);
    }
    assert_int_equal(plan->added, added);
    assert_int_equal(plan->changed, changed);
    assert_int_equal(plan->cleared, cleared);
    assert_listed(plan->added_cells, before, after, added);
    assert_listed(plan->changed_cells, before, after, changed);
    assert_listed(plan->cleared_cells, before, after, cleared);
    assert_listed(plan->unchanged_cells, before, after, plan->unchanged);
}

static void assert_same_plan(const sp_plan_t *a, const sp_plan_t *b)
{
    assert_string_equal(a->digest, b->digest);
    assert_int_equal(a->added, b->added);
    assert_int_equal(a->changed, b->changed);
    assert_int_equal(a->cleared, b->cleared);
    assert_int_equal(a->unchanged, b->unchanged);
    assert_int_equal(a->labels_changed, b->labels_changed);
}

/* The step as a preview, which must leave no trace, and then as that very commit. */
static void commit_as_previewed(sp_db_t *db, const act_t *act, const state_t *before, const state_t *after, sp_entry_t *entry)
{
    sp_plan_t dry = {.dry_run = 1}, plan = {.dry_run = 0};
    sp_revision_t seen = revision_of(db), now;

    sp_assert_ok(perform(db, act, entry, &dry), sp_test_err());
    assert_int_equal(entry->id, 0);
    assert_false(sp_db_in_transaction(db));
    now = revision_of(db);
    assert_string_equal(seen.tag, now.tag);
    assert_plan(&dry, before, after);
    plan.expect = apr_pstrdup(sp_test_pool(), dry.digest);
    sp_assert_ok(perform(db, act, entry, &plan), sp_test_err());
    assert_same_plan(&dry, &plan);
    assert_int_equal(entry->added, dry.added);
    assert_int_equal(entry->changed, dry.changed);
    assert_int_equal(entry->cleared, dry.cleared);
    assert_int_equal(entry->unchanged, dry.unchanged);
    now = revision_of(db);
    assert_int_equal(entry->id != 0, strcmp(seen.tag, now.tag) != 0);
}

/* Chooses the step and writes what it says as the entry after the last. 0: there is nothing to do it to. */
static int choose(sp_db_t *db, model_t *m, sp_test_random_t *r, act_t *act)
{
    entry_t *next = &m->entry[m->count + 1];
    uint32_t what = sp_test_random(r, 20);
    sp_ident_t ident;

    memset(next, 0, sizeof(*next));
    memset(act, 0, sizeof(*act));
    if (what < 9 && m->count) {
        act->kind = SP_ENTRY_UNDO;
        act->target = next->undoes = 1 + (apr_int64_t)sp_test_random(r, (uint32_t)m->count);
        return 1;
    }
    if (what == 9) {
        int s = 1 + (int)sp_test_random(r, SERVICES - 1);

        act->kind = SP_ENTRY_DELETE;
        cover(next, -1, s);
        if (sp_series_find_service(db, sp_test_pool(), service_names[s], &ident, sp_test_err()) == APR_SUCCESS) {
            act->service = ident.id;
            return 1;
        }
        sp_error_clear(sp_test_err());
        return 0;
    }
    act->kind = what % 2 ? SP_ENTRY_UPLOAD : SP_ENTRY_ENTRY;
    act->mode = what < 15 ? SP_MODE_MERGE : what < 18 ? SP_MODE_REPLACE : SP_MODE_REPLACE_ALL;
    say_something(next, r);
    cover_by_mode(next, act->mode);
    act->said = state_words(next, r);
    return 1;
}

static void assert_refuses_second_undo(sp_db_t *db, const act_t *act)
{
    sp_entry_t entry;

    sp_assert_error(perform(db, act, &entry, NULL), sp_test_err(), SP_E_ALREADY_UNDONE);
    assert_int_equal(entry.id, 0);
    sp_error_clear(sp_test_err());
}

static void make_step(sp_db_t *db, model_t *m, sp_test_random_t *r)
{
    static state_t before, after;
    sp_entry_t entry;
    act_t act;

    if (!choose(db, m, r, &act))
        return;
    if (act.kind == SP_ENTRY_UNDO && !is_in_effect(m, (int)act.target, m->count)) {
        assert_refuses_second_undo(db, &act);
        return;
    }
    state_after(m, m->count, &before);
    state_after(m, m->count + 1, &after);
    commit_as_previewed(db, &act, &before, &after, &entry);
    if (entry.id) {
        assert_int_equal(entry.id, ++m->count);
        assert_int_equal(entry.undoes, m->entry[m->count].undoes);
    } else {
        assert_memory_equal(before.viewers, after.viewers, sizeof(before.viewers));
    }
    state_after(m, m->count, &after);
    assert_shows(db, &after);
}

/* What an entry changed, by replay, is what it counted when it was committed. */
static void assert_detail(sp_db_t *db, const sp_entry_t *entry)
{
    apr_array_header_t *cells;
    apr_uint64_t next = 0;
    apr_int64_t added = 0, cleared = 0, all = 0;
    int i;

    do {
        sp_assert_ok(sp_detail_changed(db, sp_test_pool(), entry, next, 7, &cells, &next, sp_test_err()), sp_test_err());
        for (i = 0; i < cells->nelts; i++) {
            added += APR_ARRAY_IDX(cells, i, sp_detail_cell_t).cell.old_viewers == SP_VIEWERS_NONE;
            cleared += APR_ARRAY_IDX(cells, i, sp_detail_cell_t).cell.viewers == SP_VIEWERS_NONE;
        }
        all += cells->nelts;
    } while (next);
    assert_int_equal(added, entry->added);
    assert_int_equal(cleared, entry->cleared);
    assert_int_equal(all, entry->added + entry->changed + entry->cleared);
}

static void assert_entries(sp_db_t *db, const model_t *m)
{
    int id;

    for (id = 1; id <= m->count; id++) {
        sp_entry_t entry;

        sp_assert_ok(sp_ledger_get(db, sp_test_pool(), id, &entry, sp_test_err()), sp_test_err());
        assert_int_equal(entry.in_effect, is_in_effect(m, id, m->count));
        assert_int_equal(entry.undone_by == 0, entry.in_effect);
        if (id % 4 == 0)
            assert_detail(db, &entry);
        if (entry.undone_by) {
            assert_int_equal(m->entry[entry.undone_by].undoes, id);
            assert_true(is_in_effect(m, (int)entry.undone_by, m->count));
        }
    }
}

/* Every moment of the history, on the same connection, and in between the present. */
static void assert_past(sp_db_t *db, const model_t *m)
{
    static state_t then, now;
    int id;

    state_after(m, m->count, &now);
    for (id = 1; id <= m->count; id++) {
        state_after(m, id, &then);
        sp_assert_ok(sp_db_begin_read(db, sp_test_err()), sp_test_err());
        sp_assert_ok(sp_past_enter(db, sp_test_pool(), id, NULL, NULL, NULL, sp_test_err()), sp_test_err());
        assert_shows(db, &then);
        sp_db_rollback(db);
        assert_shows(db, &now);
    }
}

/* A migrated database's bytes, made once: each history starts with a copy. */
static sp_db_t *fresh_db(void)
{
    static char *bytes;
    static apr_size_t len;
    const char *path = sp_test_new_path();
    sp_db_t *db;
    FILE *file;

    if (!bytes) {
        const char *made;

        sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, NULL, NULL, sp_test_err()), sp_test_err());
        made = sp_test_read_file(path, &len);
        assert_non_null(bytes = malloc(len));
        memcpy(bytes, made, len);
        path = sp_test_new_path();
    }
    assert_non_null(file = fopen(path, "wb"));
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    db = sp_test_open(path, 1000);
    sp_assert_ok(sp_db_script(db, "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY", sp_test_err()), sp_test_err());
    return db;
}

static void run_history(uint64_t seed)
{
    static model_t model;
    sp_test_random_t random;
    sp_db_t *db = fresh_db();
    int step;

    sp_test_random_seed(&random, seed);
    model.count = 0;
    for (step = 0; step < STEPS; step++)
        make_step(db, &model, &random);
    assert_entries(db, &model);
    assert_past(db, &model);
    sp_test_assert_ledger(db);
}

static int histories(void)
{
    const char *asked = getenv("SP_HISTORIES");

    return asked ? (int)strtol(asked, NULL, 10) : HISTORIES;
}

static void random_histories_are_as_the_rule_says(void **state)
{
    int i, count = histories();

    for (i = 0; i < count; i++) {
        if (i) {
            sp_test_teardown(state);
            sp_test_setup(state);
        }
        run_history((uint64_t)i + 1);
    }
}

/* Somebody else commits between the preview and the commit: either the plan still holds, or nothing is stored and the new plan is told. */
static void expected_plan_holds_or_nothing_is_stored(void **state)
{
    static model_t model;
    int i, held = 0, refused = 0;

    for (i = 0; i < 400; i++) {
        sp_plan_t dry = {.dry_run = 1}, now = {.dry_run = 1}, plan = {.dry_run = 0};
        sp_test_random_t random;
        sp_entry_t entry;
        sp_revision_t seen, after;
        sp_db_t *db;
        act_t act = {.kind = SP_ENTRY_UPLOAD}, other;
        int step;

        if (i) {
            sp_test_teardown(state);
            sp_test_setup(state);
        }
        db = fresh_db();
        sp_test_random_seed(&random, 5000 + (uint64_t)i);
        model.count = 0;
        for (step = 0; step < 4; step++)
            make_step(db, &model, &random);
        do {
            while (!choose(db, &model, &random, &act))
                continue;
        } while (act.kind == SP_ENTRY_UNDO && !is_in_effect(&model, (int)act.target, model.count));
        sp_assert_ok(perform(db, &act, &entry, &dry), sp_test_err());
        while (!choose(db, &model, &random, &other) ||
               (other.kind == SP_ENTRY_UNDO && (other.target == act.target || !is_in_effect(&model, (int)other.target, model.count))))
            continue;
        sp_assert_ok(perform(db, &other, &entry, NULL), sp_test_err());
        seen = revision_of(db);
        if (perform(db, &act, &entry, &now) != APR_SUCCESS) {
            assert_int_equal(sp_test_err()->code, SP_E_ALREADY_UNDONE);
            continue;
        }
        plan.expect = apr_pstrdup(sp_test_pool(), dry.digest);
        if (strcmp(dry.digest, now.digest) == 0) {
            sp_assert_ok(perform(db, &act, &entry, &plan), sp_test_err());
            assert_same_plan(&plan, &now);
            held++;
            continue;
        }
        sp_assert_error(perform(db, &act, &entry, &plan), sp_test_err(), SP_E_PLAN_CHANGED);
        assert_same_plan(&plan, &now);
        assert_int_equal(entry.id, 0);
        after = revision_of(db);
        assert_string_equal(seen.tag, after.tag);
        sp_test_assert_ledger(db);
        refused++;
    }
    assert_in_range(held, 20, 400);
    assert_in_range(refused, 20, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(expected_plan_holds_or_nothing_is_stored),
        SP_UNIT_TEST(random_histories_are_as_the_rule_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
