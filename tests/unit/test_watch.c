/* Tests of watch.c. */
#include "store_support.h"

#include <sqlite3.h>

#include "db_sqlite.h"
#include "watch.h"

static sp_watch_t *open_watch(const char *path)
{
    sp_watch_t *watch;

    sp_assert_ok(sp_watch_open(&watch, sp_test_pool(), SP_TEST_DRIVER, path, sp_test_err()), sp_test_err());
    return watch;
}

static int is_as_before(const sp_watch_t *watch, sp_watch_state_t *state)
{
    sp_watch_state_t now;
    int same;

    assert_true(sp_watch_state(watch, &now));
    same = !memcmp(&now, state, sizeof(now));
    *state = now;
    return same;
}

static void say(sp_db_t *db, apr_int64_t viewers)
{
    sp_said_t *said = sp_test_said();

    sp_test_say(said, "A", "B", 20090, viewers);
    sp_test_commit(db, said, SP_MODE_MERGE);
}

static void state_stays_while_nothing_is_committed(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_watch_t *watch;
    sp_watch_state_t before;

    say(db, 1);
    watch = open_watch(sp_db_name(db));
    assert_true(sp_watch_state(watch, &before));
    assert_int_equal(sp_test_count(db), 1);
    assert_true(is_as_before(watch, &before));
    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    sp_db_rollback(db);
    assert_true(is_as_before(watch, &before));
}

static void state_changes_with_every_commit_of_anybody(void **state)
{
    sp_db_t *db = sp_test_db(), *other = sp_test_open(sp_db_name(db), 1000);
    sp_watch_t *watch = open_watch(sp_db_name(db));
    sp_watch_state_t before;

    assert_true(sp_watch_state(watch, &before));
    for (int i = 0; i < 20; i++) {
        say(i % 2 ? db : other, 100 + i);
        assert_false(is_as_before(watch, &before));
        assert_true(is_as_before(watch, &before));
    }
}

static void state_changes_when_the_log_starts_anew(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_watch_t *watch = open_watch(sp_db_name(db));
    sp_watch_state_t before;

    say(db, 1);
    assert_true(sp_watch_state(watch, &before));
    sp_assert_ok(sp_db_sqlite_checkpoint(db, sp_test_err()), sp_test_err());
    is_as_before(watch, &before);
    say(db, 2);
    assert_false(is_as_before(watch, &before));
}

static void watch_keeps_the_database_in_its_mode(void **state)
{
    sp_db_t *db = sp_test_db();
    sqlite3 *shell;

    open_watch(sp_db_name(db));
    assert_int_equal(sqlite3_open(sp_db_name(db), &shell), SQLITE_OK);
    assert_int_equal(sqlite3_exec(shell, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL), SQLITE_BUSY);
    sqlite3_close(shell);
}

static void open_refuses_a_database_without_a_log(void **state)
{
    const char *path = sp_test_new_path();
    sqlite3 *shell;
    sp_watch_t *watch;

    assert_int_equal(sqlite3_open(path, &shell), SQLITE_OK);
    assert_int_equal(sqlite3_exec(shell, "CREATE TABLE meta (key TEXT PRIMARY KEY, value); INSERT INTO meta VALUES ('revision', 1), ('revision_tag', 'x')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(shell);
    assert_int_equal(sp_watch_open(&watch, sp_test_pool(), SP_TEST_DRIVER, path, sp_test_err()), APR_ENOTIMPL);
}

static void open_tells_what_is_missing(void **state)
{
    sp_watch_t *watch;

    sp_assert_error(sp_watch_open(&watch, sp_test_pool(), SP_TEST_DRIVER, sp_test_new_path(), sp_test_err()), sp_test_err(), SP_E_DATABASE_UNAVAILABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(state_stays_while_nothing_is_committed), SP_UNIT_TEST(state_changes_with_every_commit_of_anybody),
        SP_UNIT_TEST(state_changes_when_the_log_starts_anew), SP_UNIT_TEST(watch_keeps_the_database_in_its_mode),
        SP_UNIT_TEST(open_refuses_a_database_without_a_log),  SP_UNIT_TEST(open_tells_what_is_missing),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
