/* Committing statements: what each mode adds, changes, clears and leaves. */
#include "store_support.h"

#include <sys/wait.h>
#include <unistd.h>

#include "meta.h"

#define NONE SP_VIEWERS_NONE

static sp_revision_t revision_of(sp_db_t *db)
{
    sp_revision_t revision;

    sp_assert_ok(sp_meta_revision(db, &revision, sp_test_err()), sp_test_err());
    return revision;
}

static void commit_stores_zero_and_not_none(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_entry_t entry;

    sp_test_say(said, "A", "YouTube", 100, 0);
    sp_test_say(said, "A", "YouTube", 107, NONE);
    sp_test_say(said, "A", "YouTube", 114, SP_VIEWERS_MAX);
    entry = sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_counts(entry, 2, 0, 0, 1);
    assert_int_equal(entry.id, 1);
    assert_int_equal(entry.rows_imported, 3);
    assert_true(entry.at_ms > 0);
    assert_int_equal(sp_test_number(db, NULL, "A", "YouTube", 100), 0);
    assert_int_equal(sp_test_number(db, NULL, "A", "YouTube", 107), NONE);
    assert_int_equal(sp_test_number(db, NULL, "A", "YouTube", 114), SP_VIEWERS_MAX);
    sp_test_assert_ledger(db);
}

static void commit_of_the_same_twice_makes_no_entry(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_revision_t before;
    sp_entry_t entry;
    int event = sp_test_say_event(said, "Easter", 300, 301), mode;

    sp_test_say(said, "A", "YouTube", 100, 5);
    sp_test_say_day(said, event, NULL, "Zoom", 300, 7);
    sp_test_say_day(said, event, NULL, "Zoom", 301, 8);
    sp_test_say_label(said, event, 300, "Good Friday");
    sp_test_commit(db, said, SP_MODE_MERGE);
    before = revision_of(db);
    assert_int_equal(before.revision, 1);
    for (mode = SP_MODE_MERGE; mode <= SP_MODE_REPLACE_ALL; mode++) {
        entry = sp_test_commit(db, said, (sp_mode_e)mode);
        assert_int_equal(entry.id, 0);
        sp_assert_counts(entry, 0, 0, 0, 3);
    }
    assert_string_equal(revision_of(db).tag, before.tag);
    assert_int_equal(revision_of(db).revision, 1);
}

static void commit_of_nothing_new_creates_no_names(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    apr_array_header_t *touched;
    sp_entry_t entry = {.mode = SP_MODE_MERGE, .actor = "tester"};
    sp_stmt_t *st;

    sp_test_say(said, "Never", "Nowhere", 100, NONE);
    sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, NULL, &touched, sp_test_err()), sp_test_err());
    assert_int_equal(entry.id, 0);
    assert_int_equal(entry.unchanged, 1);
    st = sp_db_stmt(db, SP_Q_SERVICE_LAST_ID, sp_test_err());
    assert_int_equal(sp_stmt_step(st, sp_test_err()), APR_SUCCESS);
    assert_int_equal(sp_stmt_int(st, 0), 0);
    sp_stmt_reset(st);
}

static sp_db_t *db_with_two_services(void)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    int event = sp_test_say_event(said, "Easter", 300, 301);

    sp_test_say(said, "A", "YouTube", 100, 1);
    sp_test_say(said, "A", "YouTube", 107, 2);
    sp_test_say(said, "A", "Facebook", 100, 3);
    sp_test_say(said, "B", "YouTube", 100, 4);
    sp_test_say(said, "C", "Zoom", 100, 5);
    sp_test_say_day(said, event, NULL, "YouTube", 300, 6);
    sp_test_say_day(said, event, "A", "YouTube", 301, 7);
    sp_test_commit(db, said, SP_MODE_MERGE);
    return db;
}

static void merge_adds_changes_clears_and_keeps_the_rest(void **state)
{
    sp_db_t *db = db_with_two_services();
    sp_said_t *said = sp_test_said();
    sp_entry_t entry;

    sp_test_say(said, "a", "you tube", 100, 1);
    sp_test_say(said, "a", "you tube", 107, 20);
    sp_test_say(said, "a", "you tube", 114, 30);
    sp_test_say(said, "B", "YouTube", 100, NONE);
    entry = sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_counts(entry, 1, 1, 1, 1);
    assert_int_equal(sp_test_number(db, NULL, "A", "YouTube", 107), 20);
    assert_int_equal(sp_test_number(db, NULL, "A", "YouTube", 114), 30);
    assert_int_equal(sp_test_number(db, NULL, "B", "YouTube", 100), NONE);
    assert_int_equal(sp_test_number(db, NULL, "A", "Facebook", 100), 3);
    assert_int_equal(sp_test_count(db), 7);
    sp_test_assert_ledger(db);
}

static void commit_of_another_week_end_is_a_change(void **state)
{
    sp_db_t *db = db_with_two_services();
    sp_said_t *said = sp_test_said();
    sp_entry_t entry;

    sp_test_say_span(said, "A", "YouTube", 100, 1, 4);
    entry = sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_counts(entry, 0, 1, 0, 0);
    sp_test_assert_ledger(db);
}

static void replace_is_the_truth_for_what_it_names(void **state)
{
    sp_db_t *db = db_with_two_services();
    sp_said_t *said = sp_test_said();
    sp_entry_t entry;
    int event = sp_test_say_event(said, "EASTER", 301, 301);

    sp_test_say(said, "A", "Instagram", 93, 9);
    sp_test_say(said, "A", "YouTube", 107, 2);
    sp_test_say_day(said, event, NULL, "Zoom", 301, 8);
    entry = sp_test_commit(db, said, SP_MODE_REPLACE);
    sp_assert_counts(entry, 2, 0, 4, 1);
    assert_int_equal(sp_test_number(db, NULL, "A", "Instagram", 93), 9);
    assert_int_equal(sp_test_number(db, NULL, "A", "YouTube", 100), NONE);
    assert_int_equal(sp_test_number(db, NULL, "A", "Facebook", 100), NONE);
    assert_int_equal(sp_test_number(db, NULL, "B", "YouTube", 100), 4);
    assert_int_equal(sp_test_number(db, "Easter", NULL, "YouTube", 300), NONE);
    assert_int_equal(sp_test_number(db, "Easter", "A", "YouTube", 301), NONE);
    assert_int_equal(sp_test_number(db, "Easter", NULL, "Zoom", 301), 8);
    sp_test_assert_ledger(db);
}

static void replace_of_an_event_by_one_service_clears_the_others(void **state)
{
    sp_db_t *db = db_with_two_services();
    sp_said_t *said = sp_test_said();
    int event = sp_test_say_event(said, "Easter", 300, 301);
    sp_entry_t entry;

    sp_test_say_day(said, event, "A", "YouTube", 301, 7);
    entry = sp_test_commit(db, said, SP_MODE_REPLACE);
    sp_assert_counts(entry, 0, 0, 1, 1);
    assert_int_equal(sp_test_number(db, "Easter", NULL, "YouTube", 300), NONE);
    assert_int_equal(sp_test_count(db), 6);
    sp_test_assert_ledger(db);
}

static void replace_all_is_the_truth(void **state)
{
    sp_db_t *db = db_with_two_services();
    sp_said_t *said = sp_test_said();
    apr_array_header_t *touched;
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .mode = SP_MODE_REPLACE_ALL, .actor = "tester"};
    const sp_ledger_touched_t *t;

    sp_test_say(said, "B", "YouTube", 100, 4);
    sp_test_say(said, "New", "YouTube", 100, 1);
    sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, NULL, &touched, sp_test_err()), sp_test_err());
    sp_assert_counts(entry, 1, 0, 6, 1);
    assert_int_equal(sp_test_count(db), 2);
    assert_int_equal(touched->nelts, 5);
    t = (const sp_ledger_touched_t *)touched->elts;
    assert_string_equal(t[0].name, "B");
    assert_int_equal(t[0].unchanged, 1);
    assert_string_equal(t[1].slug, "new");
    assert_int_equal(t[1].added, 1);
    assert_string_equal(t[2].name, "A");
    assert_int_equal(t[2].cleared, 3);
    assert_string_equal(t[3].name, "C");
    assert_true(t[4].is_event);
    assert_int_equal(t[4].cleared, 2);
    sp_test_assert_ledger(db);
}

static void delete_service_clears_its_weeks_and_event_days(void **state)
{
    sp_db_t *db = db_with_two_services();
    sp_entry_t entry = {.kind = SP_ENTRY_DELETE, .actor = "admin"};
    sp_ident_t ident;

    sp_assert_ok(sp_series_find_service(db, sp_test_pool(), "a", &ident, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_ledger_delete_service(db, sp_test_pool(), ident.id, &entry, NULL, NULL, sp_test_err()), sp_test_err());
    sp_assert_counts(entry, 0, 0, 4, 0);
    assert_int_equal(sp_test_count(db), 3);
    assert_int_equal(sp_test_number(db, "Easter", NULL, "YouTube", 300), 6);
    sp_test_assert_ledger(db);
    sp_assert_ok(sp_ledger_delete_service(db, sp_test_pool(), ident.id, &entry, NULL, NULL, sp_test_err()), sp_test_err());
    assert_int_equal(entry.id, 0);
    assert_int_equal(revision_of(db).revision, 2);
    sp_assert_error(sp_series_find_service(db, sp_test_pool(), "a", &ident, sp_test_err()), sp_test_err(), SP_E_SERVICE_UNKNOWN);
}

static void commit_takes_equal_duplicates_once(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_entry_t entry;

    sp_test_say(said, "A", "YouTube", 100, 5);
    sp_test_say(said, "a", "youtube", 100, 5);
    entry = sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_counts(entry, 1, 0, 0, 0);
    sp_test_assert_ledger(db);
}

static void commit_refuses_contradictions_with_both_places(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_entry_t entry = {.actor = "tester"};
    const sp_error_detail_t *detail;
    int i;

    for (i = 0; i < 150; i++)
        sp_test_say(said, "A", "YouTube", 100 + i, 5);
    for (i = 0; i < 150; i++)
        sp_test_say(said, "A", "YouTube", 100 + i, 6);
    sp_assert_error(sp_ledger_commit(db, sp_test_pool(), said, &entry, NULL, NULL, sp_test_err()), sp_test_err(), SP_E_CSV_DUPLICATE);
    assert_string_equal(sp_test_err()->message, "150 numbers are given twice");
    assert_int_equal(sp_test_err()->details_total, 150);
    assert_int_equal(sp_test_err()->details->nelts, 100);
    detail = &APR_ARRAY_IDX(sp_test_err()->details, 0, sp_error_detail_t);
    assert_int_equal(detail->line, 152);
    assert_string_equal(detail->message, "\"A\" on \"YouTube\", 1970-04-11 is both 5 (line 2, column 3) and 6 (line 152, column 3)");
    sp_error_clear(sp_test_err());
    assert_int_equal(sp_test_count(db), 0);
    assert_false(sp_db_in_transaction(db));
}

static void label_alone_makes_an_entry(void **state)
{
    sp_db_t *db = sp_test_db();
    const char *labels[] = {"Feb", "Feb", "February"};
    apr_array_header_t *tables;
    int i;

    for (i = 0; i < 3; i++) {
        sp_said_t *said = sp_test_said();
        int event = sp_test_say_event(said, "Retreat", 31, 31);
        sp_entry_t entry;

        sp_test_say_day(said, event, NULL, "Zoom", 31, 5);
        sp_test_say_label(said, event, 31, labels[i]);
        entry = sp_test_commit(db, said, SP_MODE_MERGE);
        assert_int_equal(entry.id != 0, i != 1);
        sp_test_assert_ledger(db);
    }
    sp_assert_ok(sp_series_events(db, sp_test_pool(), NULL, &tables, sp_test_err()), sp_test_err());
    assert_string_equal(APR_ARRAY_IDX(tables, 0, sp_table_t *)->label[0], "February");
}

static void replacement_takes_labels_that_it_does_not_give(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_mode_e mode;

    for (mode = SP_MODE_MERGE; mode <= SP_MODE_REPLACE_ALL; mode++) {
        sp_said_t *labelled = sp_test_said(), *plain = sp_test_said();
        int event = sp_test_say_event(labelled, "Night", 100, 100);
        apr_array_header_t *tables;

        sp_test_say_day(labelled, event, NULL, "Zoom", 100, 5);
        sp_test_say_label(labelled, event, 100, "Feb");
        sp_test_commit(db, labelled, SP_MODE_MERGE);
        event = sp_test_say_event(plain, "Night", 100, 100);
        sp_test_say_day(plain, event, NULL, "Zoom", 100, 6 + (int)mode);
        sp_test_commit(db, plain, mode);
        sp_assert_ok(sp_series_events(db, sp_test_pool(), NULL, &tables, sp_test_err()), sp_test_err());
        if (mode == SP_MODE_MERGE)
            assert_string_equal(APR_ARRAY_IDX(tables, 0, sp_table_t *)->label[0], "Feb");
        else
            assert_null(APR_ARRAY_IDX(tables, 0, sp_table_t *)->label[0]);
        sp_test_assert_ledger(db);
    }
}

static void list_pages_from_the_newest(void **state)
{
    sp_db_t *db = sp_test_db();
    apr_array_header_t *entries;
    apr_int64_t next = 0;
    sp_entry_t entry;
    int i;

    sp_assert_ok(sp_ledger_last_upload(db, sp_test_pool(), &entry, sp_test_err()), sp_test_err());
    assert_int_equal(entry.id, 0);
    for (i = 0; i < 5; i++) {
        sp_said_t *said = sp_test_said();

        sp_test_say(said, "A", "YouTube", 100, i);
        sp_test_commit(db, said, i == 4 ? SP_MODE_REPLACE : SP_MODE_MERGE);
    }
    sp_assert_ok(sp_ledger_list(db, sp_test_pool(), 0, 2, &entries, &next, sp_test_err()), sp_test_err());
    assert_int_equal(entries->nelts, 2);
    assert_int_equal(APR_ARRAY_IDX(entries, 0, sp_entry_t).id, 5);
    assert_int_equal(APR_ARRAY_IDX(entries, 0, sp_entry_t).mode, SP_MODE_REPLACE);
    assert_int_equal(next, 4);
    sp_assert_ok(sp_ledger_list(db, sp_test_pool(), next, 3, &entries, &next, sp_test_err()), sp_test_err());
    assert_int_equal(entries->nelts, 3);
    assert_int_equal(next, 0);
    sp_assert_ok(sp_ledger_last_upload(db, sp_test_pool(), &entry, sp_test_err()), sp_test_err());
    assert_int_equal(entry.id, 5);
    sp_assert_ok(sp_ledger_get(db, sp_test_pool(), 2, &entry, sp_test_err()), sp_test_err());
    assert_string_equal(entry.filename, "test.csv");
    assert_null(entry.sha256);
    assert_int_equal(entry.changed, 1);
    assert_true(entry.in_effect);
    assert_int_equal(sp_ledger_get(db, sp_test_pool(), 9, &entry, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(sp_test_err()->code, SP_E_ENTRY_UNKNOWN);
}

static void names_of_modes_and_kinds(void **state)
{
    sp_mode_e mode;

    assert_string_equal(sp_ledger_kind_name(SP_ENTRY_UNDO), "undo");
    assert_string_equal(sp_ledger_mode_name(SP_MODE_REPLACE_ALL), "replace_all");
    assert_int_equal(sp_ledger_mode_by_name("replace", &mode), APR_SUCCESS);
    assert_int_equal(mode, SP_MODE_REPLACE);
    assert_int_equal(sp_ledger_mode_by_name("Merge", &mode), APR_NOTFOUND);
    assert_int_equal(sp_ledger_mode_by_name(NULL, &mode), APR_NOTFOUND);
}

static void commit_waits_no_longer_than_the_timeout(void **state)
{
    sp_db_t *db = sp_test_db(), *other = sp_test_open(sp_db_name(db), 50);
    sp_entry_t entry = {.actor = "tester"};
    sp_said_t *said = sp_test_said();

    sp_test_say(said, "A", "YouTube", 100, 5);
    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    sp_assert_error(sp_ledger_commit(other, sp_test_pool(), said, &entry, NULL, NULL, sp_test_err()), sp_test_err(), SP_E_DATABASE_BUSY);
    sp_db_rollback(db);
    sp_error_clear(sp_test_err());
    sp_assert_ok(sp_ledger_commit(other, sp_test_pool(), said, &entry, NULL, NULL, sp_test_err()), sp_test_err());
    assert_int_equal(entry.id, 1);
}

/* Every process brings names that no other has and one that all have. */
static int commit_many(const char *path, int process)
{
    int i;

    for (i = 0; i < 10; i++) {
        char own[] = {'P', (char)('0' + process), (char)('a' + i), '\0'};
        sp_db_t *db = sp_test_open(path, 20000);
        sp_said_t *said = sp_test_said();

        sp_test_say(said, "Shared", own, 100 + i, process);
        sp_test_say(said, own, "YouTube", 100, process);
        if (sp_test_commit(db, said, SP_MODE_MERGE).id == 0)
            return 1;
    }
    return 0;
}

static void commits_of_many_processes_all_count(void **state)
{
    sp_db_t *db;
    const char *path = sp_test_new_path();
    int i, status, failed = 0;

    sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, NULL, NULL, sp_test_err()), sp_test_err());
    for (i = 0; i < 4; i++)
        if (fork() == 0)
            _exit(commit_many(path, i));
    for (i = 0; i < 4; i++) {
        wait(&status);
        failed += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    assert_int_equal(failed, 0);
    db = sp_test_open(path, 100);
    assert_int_equal(sp_test_count(db), 80);
    assert_int_equal(revision_of(db).revision, 40);
    sp_test_assert_ledger(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(commit_stores_zero_and_not_none),
        SP_UNIT_TEST(commit_of_the_same_twice_makes_no_entry),
        SP_UNIT_TEST(commit_of_nothing_new_creates_no_names),
        SP_UNIT_TEST(merge_adds_changes_clears_and_keeps_the_rest),
        SP_UNIT_TEST(commit_of_another_week_end_is_a_change),
        SP_UNIT_TEST(replace_is_the_truth_for_what_it_names),
        SP_UNIT_TEST(replace_of_an_event_by_one_service_clears_the_others),
        SP_UNIT_TEST(replace_all_is_the_truth),
        SP_UNIT_TEST(delete_service_clears_its_weeks_and_event_days),
        SP_UNIT_TEST(commit_takes_equal_duplicates_once),
        SP_UNIT_TEST(commit_refuses_contradictions_with_both_places),
        SP_UNIT_TEST(label_alone_makes_an_entry),
        SP_UNIT_TEST(replacement_takes_labels_that_it_does_not_give),
        SP_UNIT_TEST(list_pages_from_the_newest),
        SP_UNIT_TEST(names_of_modes_and_kinds),
        SP_UNIT_TEST(commit_waits_no_longer_than_the_timeout),
        SP_UNIT_TEST(commits_of_many_processes_all_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
