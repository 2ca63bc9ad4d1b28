/* Undo, redo and previews, case by case. */
#include "store_support.h"

#include <apr_strings.h>

#include "past.h"
#include "undo.h"

static sp_entry_t undo(sp_db_t *db, apr_int64_t target)
{
    sp_entry_t entry;

    sp_assert_ok(sp_undo_commit(db, sp_test_pool(), target, "tester", &entry, NULL, NULL, sp_test_err()), sp_test_err());
    return entry;
}

static void undo_takes_an_entry_back_and_redo_puts_it_in_again(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_entry_t first, back, again;
    int event = sp_test_say_event(said, "Easter", 300, 301);

    sp_test_say(said, "A", "YouTube", 100, 5);
    sp_test_say_day(said, event, NULL, "Zoom", 300, 7);
    sp_test_say_day(said, event, NULL, "Zoom", 301, 7);
    sp_test_say_label(said, event, 300, "Friday");
    first = sp_test_commit(db, said, SP_MODE_MERGE);
    back = undo(db, first.id);
    assert_int_equal(back.kind, SP_ENTRY_UNDO);
    assert_int_equal(back.undoes, first.id);
    sp_assert_counts(back, 0, 0, 3, 0);
    assert_int_equal(sp_test_count(db), 0);
    again = undo(db, back.id);
    sp_assert_counts(again, 3, 0, 0, 0);
    assert_int_equal(sp_test_number(db, "Easter", NULL, "Zoom", 300), 7);
    sp_test_assert_ledger(db);
}

/* A team uploads the whole growing sheet each week. */
static void undo_leaves_what_later_entries_repeat(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *first = sp_test_said(), *second = sp_test_said();
    sp_entry_t entry;

    sp_test_say(first, "A", "YouTube", 100, 5);
    sp_test_say(second, "A", "YouTube", 100, 5);
    sp_test_say(second, "A", "YouTube", 107, 6);
    entry = sp_test_commit(db, first, SP_MODE_MERGE);
    sp_test_commit(db, second, SP_MODE_MERGE);
    entry = undo(db, entry.id);
    sp_assert_counts(entry, 0, 0, 0, 1);
    assert_int_not_equal(entry.id, 0);
    assert_int_equal(sp_test_number(db, NULL, "A", "YouTube", 100), 5);
    sp_test_assert_ledger(db);
}

/* An entry undone twice over: by an undo that was itself undone and came back, and by a later one. */
static void undo_of_one_of_two_undos_leaves_the_other_in_force(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_entry_t entry, u1, u2, u3, now;

    sp_test_say(said, "A", "YouTube", 100, 5);
    entry = sp_test_commit(db, said, SP_MODE_MERGE);
    u1 = undo(db, entry.id);
    u2 = undo(db, u1.id);
    u3 = undo(db, entry.id);
    undo(db, u2.id);
    sp_assert_ok(sp_ledger_get(db, sp_test_pool(), entry.id, &now, sp_test_err()), sp_test_err());
    assert_int_equal(now.undone_by, u3.id);
    undo(db, u3.id);
    sp_assert_ok(sp_ledger_get(db, sp_test_pool(), entry.id, &now, sp_test_err()), sp_test_err());
    assert_int_equal(now.in_effect, 0);
    assert_int_equal(now.undone_by, u1.id);
    assert_int_equal(sp_test_count(db), 0);
    undo(db, u1.id);
    assert_int_equal(sp_test_number(db, NULL, "A", "YouTube", 100), 5);
    sp_test_assert_ledger(db);
}

static void undo_and_past_refuse_unknown_entries(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_plan_t dry = {.dry_run = 1};
    sp_entry_t entry;

    sp_assert_error(sp_undo_commit(db, sp_test_pool(), 7, "tester", &entry, NULL, NULL, sp_test_err()), sp_test_err(), SP_E_ENTRY_UNKNOWN);
    sp_error_clear(sp_test_err());
    sp_assert_error(sp_undo_commit(db, sp_test_pool(), 7, "tester", &entry, &dry, NULL, sp_test_err()), sp_test_err(), SP_E_ENTRY_UNKNOWN);
    sp_error_clear(sp_test_err());
    sp_assert_ok(sp_db_begin_read(db, sp_test_err()), sp_test_err());
    sp_assert_error(sp_past_enter(db, sp_test_pool(), 1, NULL, NULL, NULL, sp_test_err()), sp_test_err(), SP_E_ENTRY_UNKNOWN);
    sp_db_rollback(db);
}

/* The digest of a plan does not depend on ids that a dry run only guesses. */
static void plan_holds_when_unrelated_names_come_in_between(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said(), *other = sp_test_said();
    sp_plan_t dry = {.dry_run = 1}, plan = {.dry_run = 0};
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .actor = "tester"};
    apr_array_header_t *touched;

    sp_test_say(said, "Mine", "YouTube", 100, 5);
    sp_test_say(other, "Theirs", "Zoom", 100, 5);
    sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, &dry, &touched, sp_test_err()), sp_test_err());
    assert_null(APR_ARRAY_IDX(touched, 0, sp_ledger_touched_t).slug);
    assert_string_equal(APR_ARRAY_IDX(touched, 0, sp_ledger_touched_t).name, "Mine");
    sp_test_commit(db, other, SP_MODE_MERGE);
    plan.expect = dry.digest;
    sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, &plan, &touched, sp_test_err()), sp_test_err());
    assert_string_equal(APR_ARRAY_IDX(touched, 0, sp_ledger_touched_t).slug, "mine");
    assert_int_equal(entry.added, 1);
}

/* What the numbers were is part of the plan, and so are spans and labels. */
static void plan_changes_with_what_it_would_replace(void **state)
{
    static const struct {
        int before, span_before, between, span_between;
        const char *label_before, *label_between;
    } rows[] = {{4, 6, 3, 6, "Friday", "Friday"}, {4, 6, 4, 5, "Friday", "Friday"}, {4, 6, 4, 6, "Friday", "Fri"}};
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        sp_db_t *db = sp_test_db();
        sp_said_t *before = sp_test_said(), *between = sp_test_said(), *said = sp_test_said();
        sp_plan_t dry = {.dry_run = 1}, plan = {.dry_run = 0};
        sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .actor = "tester"};

        sp_test_say_span(before, "A", "Zoom", 100, rows[i].before, rows[i].span_before);
        sp_test_say_day(before, sp_test_say_event(before, "Easter", 300, 300), NULL, "Zoom", 300, 1);
        sp_test_say_label(before, 1, 300, rows[i].label_before);
        sp_test_say_span(between, "A", "Zoom", 100, rows[i].between, rows[i].span_between);
        sp_test_say_day(between, sp_test_say_event(between, "Easter", 300, 300), NULL, "Zoom", 300, 1);
        sp_test_say_label(between, 1, 300, rows[i].label_between);
        sp_test_say_span(said, "A", "Zoom", 100, 5, 6);
        sp_test_say_day(said, sp_test_say_event(said, "Easter", 300, 300), NULL, "Zoom", 300, 1);
        sp_test_say_label(said, 1, 300, "Good Friday");
        sp_test_commit(db, before, SP_MODE_MERGE);
        sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, &dry, NULL, sp_test_err()), sp_test_err());
        assert_int_equal(dry.labels_changed, 1);
        sp_test_commit(db, between, SP_MODE_MERGE);
        plan.expect = dry.digest;
        sp_assert_error(sp_ledger_commit(db, sp_test_pool(), said, &entry, &plan, NULL, sp_test_err()), sp_test_err(), SP_E_PLAN_CHANGED);
        sp_error_clear(sp_test_err());
        assert_int_equal(sp_test_number(db, NULL, "A", "Zoom", 100), rows[i].between);
        plan.expect = apr_pstrdup(sp_test_pool(), plan.digest);
        sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, &plan, NULL, sp_test_err()), sp_test_err());
    }
}

static void plan_lists_a_hundred_and_counts_all(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    sp_plan_t dry = {.dry_run = 1};
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .actor = "tester"};
    int i;

    for (i = 0; i < 9000; i++)
        sp_test_say(said, "A", "YouTube", i, i);
    sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, &dry, NULL, sp_test_err()), sp_test_err());
    assert_int_equal(dry.added, 9000);
    assert_int_equal(dry.added_cells->nelts, SP_PLAN_LISTED_MAX);
    assert_int_equal(entry.added, 9000);
    assert_int_equal(entry.rows_imported, 9000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(undo_takes_an_entry_back_and_redo_puts_it_in_again),
        SP_UNIT_TEST(undo_leaves_what_later_entries_repeat),
        SP_UNIT_TEST(undo_of_one_of_two_undos_leaves_the_other_in_force),
        SP_UNIT_TEST(undo_and_past_refuse_unknown_entries),
        SP_UNIT_TEST(plan_holds_when_unrelated_names_come_in_between),
        SP_UNIT_TEST(plan_changes_with_what_it_would_replace),
        SP_UNIT_TEST(plan_lists_a_hundred_and_counts_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
