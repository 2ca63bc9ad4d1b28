/* Which stored services, platforms and events a statement's names are, and what new ones get. */
#include "store_support.h"

#include <apr_strings.h>
#include <apr_time.h>

#include "names.h"
#include "palette.h"

static void commit_event(sp_db_t *db, const char *name, sp_day_t first, sp_day_t last)
{
    sp_said_t *said = sp_test_said();
    int event = sp_test_say_event(said, name, first, last);

    sp_test_say_day(said, event, NULL, "Zoom", first, 1);
    sp_test_say_day(said, event, NULL, "Zoom", last, 1);
    sp_test_commit(db, said, SP_MODE_MERGE);
}

static int match_event(sp_db_t *db, const char *name, sp_day_t first, sp_day_t last)
{
    sp_said_t *said = sp_test_said();
    sp_names_t names;

    sp_test_say_event(said, name, first, last);
    sp_assert_ok(sp_names_match(db, sp_test_pool(), said, &names, sp_test_err()), sp_test_err());
    return names.event.id[1];
}

static void event_matches_when_the_days_touch(void **state)
{
    sp_db_t *db = sp_test_db();
    static const struct {
        const char *name;
        sp_day_t first, last;
        int id;
    } rows[] = {
        {"Easter", 100, 102, 1}, {"EASTER", 102, 110, 1}, {"easter", 103, 103, 1}, {"Easter", 104, 104, 0}, {"Easter", 90, 99, 1},
        {"Easter", 90, 98, 0},   {"Other", 100, 102, 0},  {"Easter", 198, 210, 2}, {"Easter", 0, 1000, 2},
    };
    size_t i;

    commit_event(db, "Easter", 100, 102);
    commit_event(db, "Easter", 200, 205);
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(match_event(db, rows[i].name, rows[i].first, rows[i].last), rows[i].id);
}

static void event_keeps_its_identity_without_numbers(void **state)
{
    sp_db_t *db = sp_test_db();

    commit_event(db, "Easter", 100, 102);
    sp_test_commit(db, sp_test_said(), SP_MODE_REPLACE_ALL);
    assert_int_equal(sp_test_count(db), 0);
    assert_int_equal(match_event(db, "Easter", 101, 101), 1);
}

/* A list of days does not say where an edition ends: repeating what is stored must not store it twice. */
static void event_over_several_stored_editions_is_spread_over_them(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    int event = sp_test_say_event(said, "Revival", 100, 205);
    sp_entry_t entry;

    commit_event(db, "Revival", 100, 102);
    commit_event(db, "Revival", 200, 205);
    sp_test_say_day(said, event, NULL, "Zoom", 100, 1);
    sp_test_say_day(said, event, NULL, "Zoom", 103, 7);
    sp_test_say_day(said, event, NULL, "Zoom", 205, 2);
    entry = sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_counts(entry, 1, 1, 0, 1);
    assert_int_equal(sp_test_count(db), 5);
    sp_test_assert_ledger(db);
}

static void whole_edition_is_one_stored_one(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    int event = sp_test_say_event(said, "Revival", 100, 205);
    sp_entry_t entry;

    APR_ARRAY_IDX(said->events, event - 1, sp_said_event_t).whole = 1;
    commit_event(db, "Revival", 100, 102);
    commit_event(db, "Revival", 200, 205);
    sp_test_say_day(said, event, NULL, "Zoom", 100, 1);
    sp_test_say_day(said, event, NULL, "Zoom", 205, 1);
    entry = sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_counts(entry, 1, 0, 0, 1);
}

static void names_in_order_get_ids_in_that_order(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    apr_array_header_t *idents;

    said->in_order = 1;
    sp_said_platform(said, "First", 100);
    sp_said_platform(said, "Second", 100);
    sp_test_say(said, "S", "Second", 70, 1);
    sp_test_say(said, "S", "First", 70, 1);
    sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_ok(sp_series_platforms(db, sp_test_pool(), &idents, sp_test_err()), sp_test_err());
    assert_string_equal(APR_ARRAY_IDX(idents, 0, sp_ident_t).name, "First");
}

static void each_edition_is_taken_once(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_names_t names;

    commit_event(db, "Easter", 100, 110);
    sp_test_say_event(said, "Easter", 100, 101);
    sp_test_say_event(said, "Easter", 104, 110);
    sp_test_say_event(said, "Easter", SP_DAY_NONE, SP_DAY_NONE);
    sp_assert_ok(sp_names_match(db, sp_test_pool(), said, &names, sp_test_err()), sp_test_err());
    assert_int_equal(names.event.id[1], 0);
    assert_int_equal(names.event.id[2], 1);
    assert_int_equal(names.event.id[3], 0);
}

static void match_holds_until_another_brings_a_name(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said(), *other = sp_test_said();
    sp_names_t used, now;

    sp_said_service(said, "A", SP_KEY_ID_MAX);
    sp_said_service(said, "Unused", SP_KEY_ID_MAX);
    sp_assert_ok(sp_names_match(db, sp_test_pool(), said, &used, sp_test_err()), sp_test_err());
    assert_int_equal(sp_names_use(&used.service, 1), 1);
    assert_int_equal(sp_names_use(&used.service, 1), 1);
    sp_assert_ok(sp_names_match(db, sp_test_pool(), said, &now, sp_test_err()), sp_test_err());
    assert_true(sp_names_hold(&used, &now));
    sp_test_say(other, "B", "Zoom", 100, 1);
    sp_test_commit(db, other, SP_MODE_MERGE);
    sp_assert_ok(sp_names_match(db, sp_test_pool(), said, &now, sp_test_err()), sp_test_err());
    assert_false(sp_names_hold(&used, &now));
}

static const char *slugs(sp_db_t *db)
{
    apr_array_header_t *idents;
    char *text = apr_pstrdup(sp_test_pool(), "");
    int i;

    sp_assert_ok(sp_series_services(db, sp_test_pool(), &idents, sp_test_err()), sp_test_err());
    for (i = 0; i < idents->nelts; i++)
        text = apr_pstrcat(sp_test_pool(), text, i ? " " : "", APR_ARRAY_IDX(idents, i, sp_ident_t).slug, NULL);
    return text;
}

static void slugs_are_distinct(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();

    sp_test_say(said, "礼拝", "Zoom", 100, 1);
    sp_test_say(said, "祈祷会", "Zoom", 100, 1);
    sp_test_say(said, "!!!", "Zoom", 100, 1);
    sp_test_say(said, "Service", "Zoom", 100, 1);
    sp_test_say(said, "Service 2", "Zoom", 100, 1);
    sp_test_commit(db, said, SP_MODE_MERGE);
    assert_string_equal(slugs(db), "service service-2 service-3 service-4 service-2-2");
}

static void event_slug_has_its_year_once(void **state)
{
    sp_db_t *db = sp_test_db();
    apr_array_header_t *tables;

    commit_event(db, "Easter", sp_calendar_day(2025, 4, 18), sp_calendar_day(2025, 4, 20));
    commit_event(db, "Easter 2026", sp_calendar_day(2026, 4, 3), sp_calendar_day(2026, 4, 5));
    sp_assert_ok(sp_series_events(db, sp_test_pool(), NULL, &tables, sp_test_err()), sp_test_err());
    assert_string_equal(APR_ARRAY_IDX(tables, 0, sp_table_t *)->ident.slug, "easter-2025");
    assert_string_equal(APR_ARRAY_IDX(tables, 1, sp_table_t *)->ident.slug, "easter-2026");
}

static void colors_are_distinct_and_brands_their_own(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    apr_array_header_t *idents;
    int i, k;

    for (i = 0; i < SP_PALETTE_SIZE; i++)
        sp_test_say(said, apr_psprintf(sp_test_pool(), "S%d", i), i ? "Kiosk" : "YouTube", 100, 1);
    sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_ok(sp_series_services(db, sp_test_pool(), &idents, sp_test_err()), sp_test_err());
    assert_int_equal(idents->nelts, SP_PALETTE_SIZE);
    for (i = 0; i < idents->nelts; i++)
        for (k = 0; k < i; k++)
            assert_string_not_equal(APR_ARRAY_IDX(idents, i, sp_ident_t).color, APR_ARRAY_IDX(idents, k, sp_ident_t).color);
    sp_assert_ok(sp_series_platforms(db, sp_test_pool(), &idents, sp_test_err()), sp_test_err());
    assert_string_equal(APR_ARRAY_IDX(idents, 0, sp_ident_t).color, sp_palette_brand("youtube"));
    assert_string_equal(APR_ARRAY_IDX(idents, 1, sp_ident_t).color, "#0072b2");
}

static void too_many_names_are_refused(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_entry_t entry = {.actor = "tester"};
    sp_said_t *said = sp_test_said();
    int i;

    for (i = 0; i < 9000; i++)
        sp_test_say(said, apr_psprintf(sp_test_pool(), "first %d", i), "Zoom", 100, 1);
    sp_test_commit(db, said, SP_MODE_MERGE);
    said = sp_test_said();
    for (i = 0; i < 9000; i++)
        sp_test_say(said, apr_psprintf(sp_test_pool(), "second %d", i), "Zoom", 100, 1);
    sp_assert_error(sp_ledger_commit(db, sp_test_pool(), said, &entry, NULL, NULL, sp_test_err()), sp_test_err(), SP_E_TOO_MANY_NAMES);
    assert_false(sp_db_in_transaction(db));
}

/* All of one slug: quadratic work would take minutes. */
static void many_names_of_one_slug_are_stored_in_linear_time(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    int i;

    for (i = 0; i < 8000; i++) {
        char name[] = {(char)0xe4, (char)(0xb8 + i / 4096), (char)(0x80 + i / 64 % 64), (char)0xe4, (char)0xb8, (char)(0x80 + i % 64), '\0'};

        sp_test_say(said, apr_pstrdup(sp_test_pool(), name), "Zoom", 100, 1);
    }
    assert_int_equal(sp_test_commit(db, said, SP_MODE_MERGE).added, 8000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(event_matches_when_the_days_touch),
        SP_UNIT_TEST(event_keeps_its_identity_without_numbers),
        SP_UNIT_TEST(event_over_several_stored_editions_is_spread_over_them),
        SP_UNIT_TEST(whole_edition_is_one_stored_one),
        SP_UNIT_TEST(names_in_order_get_ids_in_that_order),
        SP_UNIT_TEST(each_edition_is_taken_once),
        SP_UNIT_TEST(match_holds_until_another_brings_a_name),
        SP_UNIT_TEST(slugs_are_distinct),
        SP_UNIT_TEST(event_slug_has_its_year_once),
        SP_UNIT_TEST(colors_are_distinct_and_brands_their_own),
        SP_UNIT_TEST(too_many_names_are_refused),
        SP_UNIT_TEST(many_names_of_one_slug_are_stored_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
