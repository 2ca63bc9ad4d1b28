/* Editing services, platforms and events: what is shown, what files match afterwards, and that undo brings everything back. */
#include "store_support.h"

#include <apr_strings.h>

#include "edit.h"
#include "identities.h"
#include "undo.h"

#define SUNDAY 20093 /* 2025-01-05 */

static int service_id(sp_db_t *db, const char *name)
{
    sp_ident_t ident;

    sp_assert_ok(sp_series_find_service(db, sp_test_pool(), name, &ident, sp_test_err()), sp_test_err());
    return ident.id;
}

static int platform_id(sp_db_t *db, const char *name)
{
    sp_ident_t ident;

    sp_assert_ok(sp_series_find_platform(db, sp_test_pool(), name, &ident, sp_test_err()), sp_test_err());
    return ident.id;
}

static sp_entry_t new_entry(void)
{
    sp_entry_t entry = {.actor = "tester"};

    return entry;
}

static sp_entry_t edit(sp_db_t *db, sp_name_kind_e kind, int id, sp_edit_ident_t what)
{
    sp_entry_t entry = new_entry();

    sp_assert_ok(sp_edit_ident(db, sp_test_pool(), kind, id, &what, &entry, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    return entry;
}

static sp_entry_t merge(sp_db_t *db, sp_name_kind_e kind, int id, int into)
{
    sp_entry_t entry = new_entry();

    sp_assert_ok(sp_edit_merge(db, sp_test_pool(), kind, id, into, NULL, &entry, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    return entry;
}

static apr_int64_t undo(sp_db_t *db, apr_int64_t target)
{
    sp_entry_t entry = new_entry();

    sp_assert_ok(sp_undo_commit(db, sp_test_pool(), target, "tester", &entry, NULL, NULL, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    return entry.id;
}

static apr_array_header_t *names(const char *first, const char *second)
{
    apr_array_header_t *list = apr_array_make(sp_test_pool(), 2, sizeof(const char *));

    if (first)
        APR_ARRAY_PUSH(list, const char *) = first;
    if (second)
        APR_ARRAY_PUSH(list, const char *) = second;
    return list;
}

static sp_identities_item_t item(sp_db_t *db, sp_name_kind_e kind, int id)
{
    sp_identities_item_t found;

    sp_assert_ok(sp_identities_get(db, sp_test_pool(), kind, id, &found, sp_test_err()), sp_test_err());
    return found;
}

static sp_entry_t say(sp_db_t *db, const char *service, const char *platform, sp_day_t day, apr_int64_t viewers)
{
    sp_said_t *said = sp_test_said();

    sp_test_say(said, service, platform, day, viewers);
    return sp_test_commit(db, said, SP_MODE_MERGE);
}

static void a_renamed_service_matches_both_names(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_entry_t first = say(db, "Sunday", "YouTube", SUNDAY, 10), rename;
    int id = service_id(db, "Sunday");

    rename = edit(db, SP_NAME_SERVICE, id, (sp_edit_ident_t){.name = "Morning Worship"});
    assert_int_equal(rename.kind, SP_ENTRY_EDIT);
    assert_true(rename.id > first.id);
    say(db, "sunday", "YouTube", SUNDAY + 7, 11);
    say(db, "MORNING  worship", "YouTube", SUNDAY + 14, 12);
    assert_int_equal(sp_test_number(db, NULL, "Morning Worship", "YouTube", SUNDAY + 7), 11);
    assert_int_equal(sp_test_number(db, NULL, "Morning Worship", "YouTube", SUNDAY + 14), 12);
    assert_string_equal(item(db, SP_NAME_SERVICE, id).original_name, "Sunday");
    assert_int_equal(item(db, SP_NAME_SERVICE, id).numbers, 3);
    assert_int_equal(item(db, SP_NAME_SERVICE, id).aliases->nelts, 0);
}

static void undo_and_redo_of_a_rename(void **state)
{
    sp_db_t *db = sp_test_db();
    apr_int64_t rename, undone;
    int id;

    say(db, "Sunday", "YouTube", SUNDAY, 10);
    id = service_id(db, "Sunday");
    rename = edit(db, SP_NAME_SERVICE, id, (sp_edit_ident_t){.name = "Worship", .color = "#123456", .position = 9}).id;
    edit(db, SP_NAME_SERVICE, id, (sp_edit_ident_t){.color = "#abcdef"});
    undone = undo(db, rename);
    assert_string_equal(item(db, SP_NAME_SERVICE, id).ident.name, "Sunday");
    assert_string_equal(item(db, SP_NAME_SERVICE, id).ident.color, "#abcdef");
    assert_int_equal(item(db, SP_NAME_SERVICE, id).position, 1);
    say(db, "Worship", "YouTube", SUNDAY, 20);
    assert_int_not_equal(service_id(db, "Worship"), id);
    undo(db, undone);
    assert_string_equal(item(db, SP_NAME_SERVICE, id).ident.name, "Worship");
    assert_int_equal(service_id(db, "Worship"), id);
}

static void nothing_different_makes_no_entry(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_identities_item_t now;
    sp_entry_t entry;
    int id;

    say(db, "Sunday", "YouTube", SUNDAY, 10);
    id = service_id(db, "Sunday");
    now = item(db, SP_NAME_SERVICE, id);
    entry = edit(db, SP_NAME_SERVICE, id,
                 (sp_edit_ident_t){.name = now.ident.name, .color = now.ident.color, .position = (int)now.position, .aliases = names(NULL, NULL)});
    assert_int_equal(entry.id, 0);
}

static void aliases_are_added_and_taken_away(void **state)
{
    sp_db_t *db = sp_test_db();
    int id;

    say(db, "Sunday", "YouTube", SUNDAY, 10);
    id = platform_id(db, "YouTube");
    edit(db, SP_NAME_PLATFORM, id, (sp_edit_ident_t){.aliases = names("The Tube", "YouTube")});
    assert_int_equal(item(db, SP_NAME_PLATFORM, id).aliases->nelts, 1);
    say(db, "Sunday", "the tube", SUNDAY + 7, 11);
    assert_int_equal(sp_test_number(db, NULL, "Sunday", "YouTube", SUNDAY + 7), 11);
    edit(db, SP_NAME_PLATFORM, id, (sp_edit_ident_t){.aliases = names(NULL, NULL)});
    assert_int_equal(item(db, SP_NAME_PLATFORM, id).aliases->nelts, 0);
    say(db, "Sunday", "the tube", SUNDAY + 14, 12);
    assert_int_not_equal(platform_id(db, "the tube"), id);
}

static void a_name_in_use_is_refused(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_edit_ident_t what = {.name = "wednesday"};
    sp_entry_t entry = new_entry();
    int id;

    say(db, "Sunday", "YouTube", SUNDAY, 10);
    say(db, "Wednesday", "YouTube", SUNDAY + 3, 10);
    id = service_id(db, "Sunday");
    sp_assert_error(sp_edit_ident(db, sp_test_pool(), SP_NAME_SERVICE, id, &what, &entry, sp_test_err()), sp_test_err(), SP_E_NAME_TAKEN);
    assert_string_equal(APR_ARRAY_IDX(sp_test_err()->details, 0, sp_error_detail_t).field, "name");
    assert_non_null(strstr(sp_test_err()->message, "merge"));
    sp_error_clear(sp_test_err());
    what = (sp_edit_ident_t){.aliases = names("Midweek", "WEDNESDAY")};
    sp_assert_error(sp_edit_ident(db, sp_test_pool(), SP_NAME_SERVICE, id, &what, &entry, sp_test_err()), sp_test_err(), SP_E_NAME_TAKEN);
    assert_string_equal(APR_ARRAY_IDX(sp_test_err()->details, 0, sp_error_detail_t).field, "aliases[1]");
    assert_int_equal(entry.id, 0);
    sp_test_assert_ledger(db);
}

static void merging_moves_numbers_and_names(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    int from, into, event;
    apr_int64_t entry;

    sp_test_say(said, "Sunday", "Facebook Live", SUNDAY, 5);
    sp_test_say(said, "Sunday", "Facebook Live", SUNDAY + 7, 6);
    sp_test_say(said, "Sunday", "Facebook", SUNDAY + 7, 6);
    sp_test_say(said, "Sunday", "Facebook", SUNDAY + 14, 7);
    event = sp_test_say_event(said, "Easter", SUNDAY + 100, SUNDAY + 101);
    sp_test_say_day(said, event, NULL, "Facebook Live", SUNDAY + 100, 50);
    sp_test_say_day(said, event, "Sunday", "Facebook Live", SUNDAY + 101, 51);
    sp_test_commit(db, said, SP_MODE_MERGE);
    from = platform_id(db, "Facebook Live");
    into = platform_id(db, "Facebook");
    edit(db, SP_NAME_PLATFORM, from, (sp_edit_ident_t){.aliases = names("FBL", NULL)});
    entry = merge(db, SP_NAME_PLATFORM, from, into).id;
    assert_int_equal(sp_test_count(db), 5);
    assert_int_equal(sp_test_number(db, NULL, "Sunday", "Facebook", SUNDAY), 5);
    assert_int_equal(sp_test_number(db, "Easter", NULL, "Facebook", SUNDAY + 100), 50);
    assert_int_equal(sp_test_number(db, "Easter", "Sunday", "Facebook", SUNDAY + 101), 51);
    assert_int_equal(platform_id(db, "facebook-live"), into); /* the public id, as a name */
    say(db, "Sunday", "FBL", SUNDAY + 21, 8);
    say(db, "Sunday", "facebook live", SUNDAY + 28, 9);
    assert_int_equal(sp_test_number(db, NULL, "Sunday", "Facebook", SUNDAY + 21), 8);
    assert_int_equal(sp_test_number(db, NULL, "Sunday", "Facebook", SUNDAY + 28), 9);
    undo(db, entry);
    assert_int_equal(platform_id(db, "Facebook Live"), from);
    assert_int_equal(platform_id(db, "FBL"), from);
    assert_int_equal(sp_test_number(db, NULL, "Sunday", "Facebook Live", SUNDAY), 5);
    assert_int_equal(sp_test_number(db, NULL, "Sunday", "Facebook", SUNDAY), SP_VIEWERS_NONE);
    assert_int_equal(sp_test_number(db, NULL, "Sunday", "Facebook", SUNDAY + 7), 6);
}

static void merging_services_and_back(void **state)
{
    sp_db_t *db = sp_test_db();
    int a, b;

    say(db, "Sunday", "YouTube", SUNDAY, 10);
    say(db, "Sonntag", "YouTube", SUNDAY + 7, 11);
    a = service_id(db, "Sunday");
    b = service_id(db, "Sonntag");
    merge(db, SP_NAME_SERVICE, b, a);
    assert_int_equal(service_id(db, "Sonntag"), a);
    say(db, "Sonntag", "YouTube", SUNDAY + 14, 12);
    assert_int_equal(sp_test_number(db, NULL, "Sunday", "YouTube", SUNDAY + 14), 12);
    merge(db, SP_NAME_SERVICE, a, b);
    assert_int_equal(service_id(db, "Sunday"), b);
    assert_int_equal(service_id(db, "Sonntag"), b);
    assert_int_equal(item(db, SP_NAME_SERVICE, b).numbers, 3);
}

static void merging_different_numbers_is_refused(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_entry_t entry = new_entry();
    int i;

    for (i = 0; i < SP_EDIT_MAX_CONFLICTS + 5; i++) {
        sp_test_say(said, "Sunday", "Zoom", SUNDAY + 7 * i, 1);
        sp_test_say(said, "Sunday", "Zoom 2", SUNDAY + 7 * i, 2);
    }
    sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_error(sp_edit_merge(db, sp_test_pool(), SP_NAME_PLATFORM, platform_id(db, "Zoom 2"), platform_id(db, "Zoom"), NULL, &entry, sp_test_err()),
                    sp_test_err(), SP_E_MERGE_CONFLICT);
    assert_int_equal(sp_test_err()->details->nelts, SP_EDIT_MAX_CONFLICTS);
    assert_int_equal(sp_test_err()->details_total, SP_EDIT_MAX_CONFLICTS + 5);
    assert_non_null(strstr(APR_ARRAY_IDX(sp_test_err()->details, 0, sp_error_detail_t).message, "2025-01-05, Sunday: \"Zoom 2\" has 2 and \"Zoom\" 1"));
    sp_error_clear(sp_test_err());
    sp_assert_error(sp_edit_merge(db, sp_test_pool(), SP_NAME_PLATFORM, platform_id(db, "Zoom"), platform_id(db, "Zoom"), NULL, &entry, sp_test_err()),
                    sp_test_err(), SP_E_BAD_ENTRY);
    assert_int_equal(sp_test_count(db), 2 * (SP_EDIT_MAX_CONFLICTS + 5));
    sp_test_assert_ledger(db);
}

static sp_table_t *event_table(sp_db_t *db, int event)
{
    sp_table_t *table = NULL;
    apr_status_t rv = sp_series_event(db, sp_test_pool(), event, &table, sp_test_err());

    return APR_STATUS_IS_NOTFOUND(rv) ? NULL : table;
}

static sp_entry_t edit_event(sp_db_t *db, int event, sp_edit_event_t what)
{
    sp_entry_t entry = new_entry();

    sp_assert_ok(sp_edit_event(db, sp_test_pool(), event, &what, &entry, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    return entry;
}

/* Three days from 2025-03-24, two of them labelled. */
static int say_march(sp_db_t *db)
{
    sp_said_t *said = sp_test_said();
    sp_day_t day = sp_calendar_day(2025, 3, 24);
    int local = sp_test_say_event(said, "Fast", day, day + 2), event;

    sp_test_say_day(said, local, NULL, "Zoom", day, 1);
    sp_test_say_day(said, local, NULL, "Zoom", day + 1, 2);
    sp_test_say_day(said, local, "Sunday", "YouTube", day + 2, 3);
    sp_test_say_label(said, local, day, "March 24");
    sp_test_say_label(said, local, day + 1, "Day two");
    sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_ok(sp_edit_find_event(db, "fast-2025", &event, sp_test_err()), sp_test_err());
    return event;
}

static void an_event_moves_with_all_it_has(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_day_t day = sp_calendar_day(2025, 3, 24);
    int event = say_march(db);
    sp_table_t *table;
    sp_entry_t entry = edit_event(db, event, (sp_edit_event_t){.start = day + 1, .end = SP_DAY_NONE});

    assert_int_equal(entry.rows_imported, 5); /* two of the old days are new days too; the cells are those of the words */
    table = event_table(db, event);
    assert_int_equal(table->start, day + 1);
    assert_int_equal(table->end, day + 3);
    assert_int_equal(table->rows, 3);
    assert_null(table->label[0]);
    assert_string_equal(table->label[1], "Day two");
    assert_int_equal(sp_test_number(db, "Fast", NULL, "Zoom", day + 1), 1);
    assert_int_equal(sp_test_number(db, "Fast", NULL, "Zoom", day), SP_VIEWERS_NONE);
    edit_event(db, event, (sp_edit_event_t){.start = sp_calendar_day(2026, 3, 24), .end = SP_DAY_NONE});
    undo(db, entry.id + 1);
    undo(db, entry.id);
    table = event_table(db, event);
    assert_int_equal(table->start, day);
    assert_string_equal(table->label[0], "March 24");
    assert_string_equal(table->label[1], "Day two");
    edit_event(db, event, (sp_edit_event_t){.start = sp_calendar_day(2026, 3, 24), .end = SP_DAY_NONE});
    assert_string_equal(event_table(db, event)->label[0], "March 24");
}

static void an_events_name_description_and_last_day(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_day_t day = sp_calendar_day(2025, 3, 24);
    sp_edit_event_t what = {.start = SP_DAY_NONE, .end = day + 1};
    sp_entry_t entry = new_entry();
    int event = say_march(db);
    apr_int64_t edited = edit_event(db, event, (sp_edit_event_t){.name = "Lent Fast", .description = "Three days", .start = SP_DAY_NONE, .end = day + 4}).id;
    sp_said_t *said = sp_test_said();
    int local = sp_test_say_event(said, "lent fast", day + 1, day + 1);

    assert_string_equal(event_table(db, event)->ident.name, "Lent Fast");
    assert_string_equal(event_table(db, event)->description, "Three days");
    assert_int_equal(event_table(db, event)->end, day + 4);
    sp_assert_error(sp_edit_event(db, sp_test_pool(), event, &what, &entry, sp_test_err()), sp_test_err(), SP_E_BAD_ENTRY);
    assert_string_equal(APR_ARRAY_IDX(sp_test_err()->details, 0, sp_error_detail_t).field, "end_date");
    sp_error_clear(sp_test_err());
    sp_test_say_day(said, local, NULL, "Zoom", day + 1, 22);
    sp_test_commit(db, said, SP_MODE_MERGE);
    assert_int_equal(sp_test_number(db, "Lent Fast", NULL, "Zoom", day + 1), 22);
    undo(db, edited);
    assert_string_equal(event_table(db, event)->ident.name, "Fast");
    assert_null(event_table(db, event)->description);
    assert_int_equal(event_table(db, event)->end, day + 2);
    assert_int_equal(edit_event(db, event, (sp_edit_event_t){.name = "Fast", .description = "", .start = day, .end = day + 2}).id, 0);
}

static int create(sp_db_t *db, const char *name, sp_day_t start, sp_day_t end, apr_int64_t *id)
{
    sp_edit_event_t what = {.name = name, .description = "By hand", .start = start, .end = end};
    sp_entry_t entry = new_entry();
    int event = 0;

    sp_assert_ok(sp_edit_event_create(db, sp_test_pool(), &what, &entry, &event, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    *id = entry.id;
    return event;
}

static void an_event_made_by_hand_is_shown_and_found_by_files(void **state)
{
    sp_db_t *db = sp_test_db();
    apr_int64_t made, undone;
    int event = create(db, "Revival", SUNDAY, SUNDAY + 4, &made), local;
    sp_edit_event_t again = {.name = "revival", .start = SUNDAY + 2, .end = SUNDAY + 3};
    sp_filter_t before = {.from = SP_DAY_NONE, .to = SUNDAY - 1};
    sp_entry_t entry = new_entry();
    apr_array_header_t *tables;
    sp_said_t *said = sp_test_said();

    assert_int_equal(event_table(db, event)->rows, 0);
    assert_int_equal(event_table(db, event)->start, SUNDAY);
    assert_string_equal(event_table(db, event)->description, "By hand");
    sp_assert_ok(sp_series_events(db, sp_test_pool(), &before, &tables, sp_test_err()), sp_test_err());
    assert_int_equal(tables->nelts, 0);
    sp_assert_error(sp_edit_event_create(db, sp_test_pool(), &again, &entry, &local, sp_test_err()), sp_test_err(), SP_E_NAME_TAKEN);
    sp_error_clear(sp_test_err());
    edit_event(db, event, (sp_edit_event_t){.start = SUNDAY + 1, .end = SP_DAY_NONE});
    assert_int_equal(event_table(db, event)->end, SUNDAY + 5);
    undone = undo(db, made);
    assert_null(event_table(db, event));
    undo(db, undone);
    local = sp_test_say_event(said, "Revival", SUNDAY + 4, SUNDAY + 4);
    sp_test_say_day(said, local, NULL, "Zoom", SUNDAY + 4, 5);
    sp_test_commit(db, said, SP_MODE_MERGE);
    assert_int_equal(event_table(db, event)->rows, 1);
    assert_int_equal(event_table(db, event)->start, SUNDAY + 1);
    undo(db, made);
    assert_int_equal(event_table(db, event)->rows, 1);
}

static void a_deleted_event_comes_back_by_undo_or_anew(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_entry_t entry = new_entry();
    apr_int64_t made, undone;
    int event = say_march(db), by_hand = create(db, "Revival", SUNDAY, SUNDAY + 4, &made), again;

    sp_assert_ok(sp_edit_event_delete(db, sp_test_pool(), event, &entry, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    assert_int_equal(entry.kind, SP_ENTRY_DELETE);
    assert_int_equal(entry.cleared, 3);
    assert_null(event_table(db, event));
    sp_assert_error(sp_edit_event_delete(db, sp_test_pool(), event, &entry, sp_test_err()), sp_test_err(), SP_E_EVENT_UNKNOWN);
    sp_error_clear(sp_test_err());
    undone = undo(db, made + 1);
    assert_int_equal(event_table(db, event)->rows, 3);
    assert_string_equal(event_table(db, event)->label[0], "March 24");
    undo(db, undone);
    assert_null(event_table(db, event));
    sp_assert_ok(sp_edit_event_delete(db, sp_test_pool(), by_hand, &entry, sp_test_err()), sp_test_err());
    assert_null(event_table(db, by_hand));
    again = create(db, "Revival", SUNDAY + 1, SUNDAY + 1, &made);
    assert_int_equal(event_table(db, again)->end, SUNDAY + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(a_renamed_service_matches_both_names),
        SP_UNIT_TEST(undo_and_redo_of_a_rename),
        SP_UNIT_TEST(nothing_different_makes_no_entry),
        SP_UNIT_TEST(aliases_are_added_and_taken_away),
        SP_UNIT_TEST(a_name_in_use_is_refused),
        SP_UNIT_TEST(merging_moves_numbers_and_names),
        SP_UNIT_TEST(merging_services_and_back),
        SP_UNIT_TEST(merging_different_numbers_is_refused),
        SP_UNIT_TEST(an_event_moves_with_all_it_has),
        SP_UNIT_TEST(an_events_name_description_and_last_day),
        SP_UNIT_TEST(an_event_made_by_hand_is_shown_and_found_by_files),
        SP_UNIT_TEST(a_deleted_event_comes_back_by_undo_or_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
