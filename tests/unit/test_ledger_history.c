/* Random histories against a model in memory, and a check that finds what was planted. */
#include "store_support.h"

#include <apr_file_io.h>
#include <apr_strings.h>

#define EVENTS    3 /* 0: weekly */
#define SERVICES  4 /* 0: none */
#define PLATFORMS 3
#define DAYS      8
#define HISTORIES 200
#define STEPS     15

typedef struct {
    apr_int64_t viewers[EVENTS][SERVICES][PLATFORMS][DAYS];
    int span[EVENTS][SERVICES][PLATFORMS][DAYS];
} model_t;

static const char *const event_names[EVENTS] = {NULL, "Retreat", "Retreat"};
static const char *const service_names[SERVICES] = {NULL, "Alpha", "Beta", "Gamma"};
static const char *const platform_names[PLATFORMS] = {"YouTube", "Zoom", "Kiosk"};

static sp_day_t day_of(int event, int index)
{
    return event ? event * 1000 + index : 100 + index * 7;
}

static void clear_model(model_t *m, int event, int service)
{
    int e, s, p, d;

    for (e = 0; e < EVENTS; e++)
        for (s = 0; s < SERVICES; s++)
            for (p = 0; p < PLATFORMS; p++)
                for (d = 0; d < DAYS; d++)
                    if ((event < 0 || e == event) && (service < 0 || s == service))
                        m->viewers[e][s][p][d] = SP_VIEWERS_NONE;
}

static void say(model_t *said, unsigned char *mask, int e, int s, int p, int d, apr_int64_t viewers, int span)
{
    said->viewers[e][s][p][d] = viewers;
    said->span[e][s][p][d] = span;
    mask[((e * SERVICES + s) * PLATFORMS + p) * DAYS + d] = 1;
}

/* An edition is matched by its days, so its first and last day are always said. */
static void say_event(model_t *said, unsigned char *mask, sp_test_random_t *r, int e)
{
    int i, n = (int)sp_test_random(r, 10);

    say(said, mask, e, 0, 0, 0, sp_test_random(r, 3), 0);
    say(said, mask, e, 0, 0, DAYS - 1, SP_VIEWERS_NONE, 0);
    for (i = 0; i < n; i++)
        say(said, mask, e, (int)sp_test_random(r, SERVICES), (int)sp_test_random(r, PLATFORMS), (int)sp_test_random(r, DAYS),
            (apr_int64_t)sp_test_random(r, 4) - 1, 0);
}

static void say_weeks(model_t *said, unsigned char *mask, sp_test_random_t *r)
{
    int i, n = (int)sp_test_random(r, 25);

    for (i = 0; i < n; i++)
        say(said, mask, 0, 1 + (int)sp_test_random(r, SERVICES - 1), (int)sp_test_random(r, PLATFORMS), (int)sp_test_random(r, DAYS),
            (apr_int64_t)sp_test_random(r, 4) - 1, sp_test_random(r, 8) ? 6 : 5);
}

static void cover(model_t *m, const unsigned char *mask, sp_mode_e mode)
{
    int i;

    if (mode == SP_MODE_REPLACE_ALL)
        clear_model(m, -1, -1);
    if (mode != SP_MODE_REPLACE)
        return;
    for (i = 0; i < EVENTS * SERVICES * PLATFORMS * DAYS; i++)
        if (mask[i]) {
            int e = i / (SERVICES * PLATFORMS * DAYS), s = i / (PLATFORMS * DAYS) % SERVICES;

            clear_model(m, e, e ? -1 : s);
        }
}

/* Applies the mask's words to the model and puts them, in a random order, into a statement. */
static sp_said_t *state_words(model_t *m, const model_t *words, const unsigned char *mask, sp_test_random_t *r)
{
    sp_said_t *said = sp_test_said();
    int local[EVENTS] = {0}, n = EVENTS * SERVICES * PLATFORMS * DAYS, start = (int)sp_test_random(r, (uint32_t)n), k;

    for (k = 0; k < n; k++) {
        int i = (start + k * 5) % n; /* 5 and n have no divisor in common */
        int e = i / (SERVICES * PLATFORMS * DAYS), s = i / (PLATFORMS * DAYS) % SERVICES, p = i / DAYS % PLATFORMS, d = i % DAYS;

        if (!mask[i])
            continue;
        m->viewers[e][s][p][d] = words->viewers[e][s][p][d];
        m->span[e][s][p][d] = words->span[e][s][p][d];
        if (e && !local[e])
            local[e] = sp_test_say_event(said, event_names[e], day_of(e, 0), day_of(e, DAYS - 1));
        if (e)
            sp_test_say_day(said, local[e], service_names[s], platform_names[p], day_of(e, d), words->viewers[e][s][p][d]);
        else
            sp_test_say_span(said, service_names[s], platform_names[p], day_of(0, d), words->viewers[e][s][p][d], words->span[e][s][p][d]);
    }
    return said;
}

static void assert_entry_counts(const sp_entry_t *entry, const model_t *before, const model_t *after)
{
    int added = 0, changed = 0, cleared = 0, i, n = EVENTS * SERVICES * PLATFORMS * DAYS;
    const apr_int64_t *b = &before->viewers[0][0][0][0], *a = &after->viewers[0][0][0][0];
    const int *bs = &before->span[0][0][0][0], *as = &after->span[0][0][0][0];

    for (i = 0; i < n; i++) {
        added += b[i] == SP_VIEWERS_NONE && a[i] != SP_VIEWERS_NONE;
        cleared += b[i] != SP_VIEWERS_NONE && a[i] == SP_VIEWERS_NONE;
        changed += b[i] != SP_VIEWERS_NONE && a[i] != SP_VIEWERS_NONE && (a[i] != b[i] || as[i] != bs[i]);
    }
    assert_int_equal(entry->added, added);
    assert_int_equal(entry->changed, changed);
    assert_int_equal(entry->cleared, cleared);
    assert_int_equal(entry->id != 0, added + changed + cleared > 0);
}

static int index_of(const char *const *names, int first, int count, const char *name)
{
    int i;

    for (i = first; i < count; i++)
        if (name && strcmp(names[i], name) == 0)
            return i;
    return 0;
}

typedef struct {
    const model_t *model;
    int count;
} compare_t;

static apr_status_t compare_row(void *ctx, const sp_series_row_t *row)
{
    compare_t *c = ctx;
    int e = row->event ? (row->first >= 2000 ? 2 : 1) : 0;
    int s = index_of(service_names, 1, SERVICES, row->service), p = index_of(platform_names, 0, PLATFORMS, row->platform);
    int d = e ? row->first - day_of(e, 0) : (row->first - 100) / 7;

    c->count++;
    assert_int_equal(row->viewers, c->model->viewers[e][s][p][d]);
    assert_int_equal(row->last - row->first, e ? 0 : c->model->span[e][s][p][d]);
    return APR_SUCCESS;
}

static void assert_stored(sp_db_t *db, const model_t *m)
{
    compare_t c = {m, 0};
    const apr_int64_t *v = &m->viewers[0][0][0][0];
    int i, count = 0;

    for (i = 0; i < EVENTS * SERVICES * PLATFORMS * DAYS; i++)
        count += v[i] != SP_VIEWERS_NONE;
    sp_assert_ok(sp_series_each(db, sp_test_pool(), NULL, compare_row, &c, sp_test_err()), sp_test_err());
    assert_int_equal(c.count, count);
}

static void delete_one(sp_db_t *db, model_t *m, sp_test_random_t *r, sp_entry_t *entry)
{
    int s = 1 + (int)sp_test_random(r, SERVICES - 1);
    sp_ident_t ident;
    apr_status_t rv = sp_series_find_service(db, sp_test_pool(), service_names[s], &ident, sp_test_err());

    if (rv == APR_SUCCESS) {
        sp_assert_ok(sp_ledger_delete_service(db, sp_test_pool(), ident.id, entry, NULL, NULL, sp_test_err()), sp_test_err());
        clear_model(m, -1, s);
    }
    sp_error_clear(sp_test_err());
}

static void make_step(sp_db_t *db, model_t *m, sp_test_random_t *r)
{
    unsigned char mask[EVENTS * SERVICES * PLATFORMS * DAYS] = {0};
    static model_t words, before;
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .actor = "tester"};
    uint32_t what = sp_test_random(r, 10);

    before = *m;
    if (what == 0) {
        delete_one(db, m, r, &entry);
    } else {
        entry.mode = what < 6 ? SP_MODE_MERGE : what < 9 ? SP_MODE_REPLACE : SP_MODE_REPLACE_ALL;
        say_weeks(&words, mask, r);
        if (sp_test_random(r, 3) == 0)
            say_event(&words, mask, r, 1);
        if (sp_test_random(r, 3) == 0)
            say_event(&words, mask, r, 2);
        cover(m, mask, entry.mode);
        sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), state_words(m, &words, mask, r), &entry, NULL, NULL, sp_test_err()), sp_test_err());
    }
    assert_entry_counts(&entry, &before, m);
}

static void run_history(const char *empty, const char *path, uint64_t seed)
{
    static model_t model;
    sp_test_random_t random;
    sp_db_t *db;
    int step;

    assert_int_equal(apr_file_copy(empty, path, APR_FPROT_FILE_SOURCE_PERMS, sp_test_pool()), APR_SUCCESS);
    db = sp_test_open(path, 1000);
    sp_assert_ok(sp_db_script(db, "PRAGMA synchronous=OFF", sp_test_err()), sp_test_err());
    sp_test_random_seed(&random, seed);
    clear_model(&model, -1, -1);
    for (step = 0; step < STEPS; step++) {
        make_step(db, &model, &random);
        assert_stored(db, &model);
    }
    sp_test_assert_ledger(db);
}

static void random_histories_end_as_the_model_says(void **state)
{
    static const char empty_name[] = "empty.db";
    const char *empty;
    int i;

    for (i = 0; i < HISTORIES; i++) {
        if (i) {
            sp_test_teardown(state);
            sp_test_setup(state);
        }
        empty = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/", empty_name, NULL);
        sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, empty, NULL, NULL, sp_test_err()), sp_test_err());
        run_history(empty, apr_pstrcat(sp_test_pool(), empty, ".copy", NULL), (uint64_t)i + 1);
    }
}

static sp_db_t *db_to_damage(void)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    int event = sp_test_say_event(said, "Easter", 300, 301);

    sp_test_say(said, "A", "YouTube", 100, 5);
    sp_test_say(said, "A", "YouTube", 107, 6);
    sp_test_say_day(said, event, NULL, "Zoom", 300, 7);
    sp_test_say_day(said, event, NULL, "Zoom", 301, 7);
    sp_test_say_label(said, event, 300, "Friday");
    sp_test_commit(db, said, SP_MODE_MERGE);
    return db;
}

static void check_finds_planted_damage(void **state)
{
    static const struct {
        const char *sql;
        const char *says;
    } rows[] = {
        {"UPDATE number SET viewers = 9 WHERE day = 100", "\"A\" on \"YouTube\", 1970-04-11: the ledger says 5 over 7 days, stored is 9 over 7 days"},
        {"UPDATE number SET span = 5 WHERE day = 100", "\"A\" on \"YouTube\", 1970-04-11: the ledger says 5 over 7 days, stored is 5 over 6 days"},
        {"DELETE FROM number WHERE day = 107", "\"A\" on \"YouTube\", 1970-04-18: the ledger says 6 over 7 days, stored is no number"},
        {"INSERT INTO number VALUES (0, 1, 1, 103, 1, 6, 1)", "\"A\" on \"YouTube\", 1970-04-14: the ledger says no number, stored is 1 over 7 days"},
        {"INSERT INTO number VALUES (0, 1, 2, -3, 1, 6, 1)", "\"A\" on \"Zoom\", day -3: the ledger says no number, stored is 1 over 7 days"},
        {"UPDATE number SET changed_by = 77 WHERE day = 100", "\"A\" on \"YouTube\", 1970-04-11: comes from entry 77, which does not exist"},
        {"DELETE FROM service", "service 1 on \"YouTube\": there is no service 1"},
        {"DELETE FROM platform WHERE id = 2", "event \"Easter\" on platform 2: there is no platform 2"},
        {"DELETE FROM event", "event 1 on \"Zoom\": there is no event 1"},
        {"UPDATE words SET cells = x'0105' WHERE event = 1", "event \"Easter\" on \"Zoom\": the words of entry 1 are damaged"},
        {"UPDATE day_label SET label = 'x'", "event \"Easter\", 1970-10-28: the ledger has the label Friday, stored is x"},
        {"DELETE FROM day_label", "event \"Easter\", 1970-10-28: the ledger has the label Friday, stored is none"},
        {"INSERT INTO day_label VALUES (1, 301, 'y')", "event \"Easter\", 1970-10-29: the ledger has the label none, stored is y"},
        {"UPDATE entry SET in_effect = 0", "\"A\" on \"YouTube\", 1970-04-11: the ledger says no number, stored is 5 over 7 days"},
        {"INSERT INTO scope VALUES (-1, -1, 1)", NULL},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        sp_db_t *db = db_to_damage();
        apr_array_header_t *differences;
        apr_int64_t total;

        sp_test_assert_ledger(db);
        sp_assert_ok(sp_db_script(db, rows[i].sql, sp_test_err()), sp_test_err());
        sp_assert_ok(sp_ledger_check(db, sp_test_pool(), NULL, NULL, &differences, &total, sp_test_err()), sp_test_err());
        assert_int_equal(total > 0, rows[i].says != NULL);
        assert_int_equal(total, differences->nelts);
        if (rows[i].says)
            assert_string_equal(APR_ARRAY_IDX(differences, 0, const char *), rows[i].says);
    }
}

static void check_counts_all_and_tells_a_hundred(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    apr_array_header_t *differences;
    apr_int64_t total;
    int i;

    for (i = 0; i < 5000; i++)
        sp_test_say(said, "A", "YouTube", i, i);
    sp_test_commit(db, said, SP_MODE_MERGE);
    sp_test_assert_ledger(db);
    sp_assert_ok(sp_db_script(db, "DELETE FROM number WHERE day % 2", sp_test_err()), sp_test_err());
    sp_assert_ok(sp_ledger_check(db, sp_test_pool(), NULL, NULL, &differences, &total, sp_test_err()), sp_test_err());
    assert_int_equal(total, 2500);
    assert_int_equal(differences->nelts, 100);
}

/* Longer than a chunk of words, with gaps that the second statement fills and cuts. */
static void commit_joins_across_chunks(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *first = sp_test_said(), *second = sp_test_said();
    sp_entry_t entry;
    int i;

    for (i = 0; i < 20000; i += 2)
        sp_test_say(first, "A", "YouTube", i, i);
    entry = sp_test_commit(db, first, SP_MODE_MERGE);
    sp_assert_counts(entry, 10000, 0, 0, 0);
    for (i = 3000; i < 30000; i += 3)
        sp_test_say(second, "A", "YouTube", i, i);
    entry = sp_test_commit(db, second, SP_MODE_REPLACE);
    sp_assert_counts(entry, 6166, 0, 7166, 2834);
    assert_int_equal(sp_test_count(db), 9000);
    sp_test_assert_ledger(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(random_histories_end_as_the_model_says),
        SP_UNIT_TEST(check_finds_planted_damage),
        SP_UNIT_TEST(check_counts_all_and_tells_a_hundred),
        SP_UNIT_TEST(commit_joins_across_chunks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
