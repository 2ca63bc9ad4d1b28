/* Wrong PINs, counted. */
#include "store_support.h"

#include <apr_strings.h>
#include <sqlite3.h>

#include "pin_attempts.h"

#define START_MS APR_INT64_C(1750000000000)
#define MINUTE   60000

static const sp_pin_limits_t limits = {.of_client = 5, .of_all = 12, .window_s = 900};

static apr_int64_t scalar(sp_db_t *db, const char *sql)
{
    apr_int64_t value;
    sqlite3 *handle;
    sqlite3_stmt *st;

    assert_int_equal(sqlite3_open(sp_db_name(db), &handle), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    value = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(handle);
    return value;
}

static apr_int64_t rows(sp_db_t *db)
{
    return scalar(db, "SELECT count(*) FROM pin_attempt");
}

/* Whether it was counted. What does not pass is refused with a wait, by the look beforehand too. */
static int guess(sp_db_t *db, const char *client, apr_int64_t now_ms)
{
    int is_last;
    apr_status_t looked, counted;

    sp_error_clear(sp_test_err());
    looked = sp_pin_attempts_check(db, client, &limits, now_ms, sp_test_err());
    sp_error_clear(sp_test_err());
    counted = sp_pin_attempts_count(db, client, &limits, now_ms, &is_last, sp_test_err());
    assert_int_equal(looked == APR_SUCCESS, counted == APR_SUCCESS);
    if (counted == APR_SUCCESS)
        return 1;
    assert_int_equal(sp_test_err()->code, SP_E_TOO_MANY_ATTEMPTS);
    assert_in_range(sp_test_err()->retry_after_s, 1, limits.window_s);
    return 0;
}

static int guesses(sp_db_t *db, const char *client, int count, apr_int64_t now_ms)
{
    int passed = 0;

    for (int i = 0; i < count; i++)
        passed += guess(db, client, now_ms);
    return passed;
}

static void count_stops_at_the_limit_of_the_client(void **state)
{
    sp_db_t *db = sp_test_db();

    assert_int_equal(guesses(db, "a", 20, START_MS), 5);
    assert_int_equal(sp_test_err()->retry_after_s, 900);
    assert_int_equal(rows(db), 5);
    assert_int_equal(guesses(db, "b", 3, START_MS), 3);
}

/* In any 15 minutes, wherever they begin. */
static void window_slides(void **state)
{
    sp_db_t *db = sp_test_db();

    for (int i = 0; i < 5; i++)
        assert_true(guess(db, "a", START_MS + i * 3 * MINUTE));
    assert_false(guess(db, "a", START_MS + 15 * MINUTE - 1));
    assert_int_equal(sp_test_err()->retry_after_s, 1);
    assert_true(guess(db, "a", START_MS + 15 * MINUTE));
    assert_false(guess(db, "a", START_MS + 15 * MINUTE));
    assert_int_equal(sp_test_err()->retry_after_s, 180);
    assert_int_equal(guesses(db, "a", 20, START_MS + 60 * MINUTE), 5);
    assert_int_equal(rows(db), 5);
}

/* Two hosts over one database, of which one forgets sooner. */
static void a_shorter_window_sweeps_out_nothing_of_a_longer_one(void **state)
{
    static const sp_pin_limits_t brief = {.of_client = 5, .of_all = 12, .window_s = 2};
    sp_db_t *db = sp_test_db();
    int is_last;

    assert_int_equal(guesses(db, "a", 5, START_MS), 5);
    for (int i = 1; i < 5; i++)
        sp_assert_ok(sp_pin_attempts_count(db, "b", &brief, START_MS + i * MINUTE, &is_last, sp_test_err()), sp_test_err());
    assert_int_equal(rows(db), 6);
    assert_false(guess(db, "a", START_MS + 5 * MINUTE));
}

static void count_stops_at_the_limit_of_all(void **state)
{
    sp_db_t *db = sp_test_db();
    int passed = 0;

    for (int client = 0; client < 50; client++)
        passed += guesses(db, apr_psprintf(sp_test_pool(), "10.0.0.%d", client), 8, START_MS);
    assert_int_equal(passed, limits.of_all);
    assert_int_equal(rows(db), limits.of_all);
    assert_int_equal(guesses(db, "late", 1, START_MS + 15 * MINUTE), 1);
}

static void a_client_that_had_the_pin_is_not_kept_out_by_others(void **state)
{
    sp_db_t *db = sp_test_db();

    sp_assert_ok(sp_pin_attempts_forgive(db, "owner", START_MS, sp_test_err()), sp_test_err());
    for (int client = 0; client < 4; client++)
        guesses(db, apr_psprintf(sp_test_pool(), "10.0.0.%d", client), 5, START_MS + 10);
    assert_false(guess(db, "new", START_MS + 20));
    assert_int_equal(guesses(db, "owner", 9, START_MS + 20), 5);
    assert_false(guess(db, "owner", START_MS + 20));
}

static void a_client_is_known_for_30_days(void **state)
{
    const apr_int64_t later = START_MS + APR_INT64_C(30) * 24 * 60 * MINUTE;
    sp_db_t *db = sp_test_db();

    sp_assert_ok(sp_pin_attempts_forgive(db, "owner", START_MS, sp_test_err()), sp_test_err());
    for (int client = 0; client < 3; client++)
        guesses(db, apr_psprintf(sp_test_pool(), "10.0.0.%d", client), 5, later - 5);
    assert_true(guess(db, "owner", later - 1));
    assert_false(guess(db, "owner", later));
}

static void known_clients_are_bounded(void **state)
{
    sp_db_t *db = sp_test_db();

    for (int i = 0; i < 300; i++)
        sp_assert_ok(sp_pin_attempts_forgive(db, apr_psprintf(sp_test_pool(), "c%d", i), START_MS + i, sp_test_err()), sp_test_err());
    assert_int_equal(scalar(db, "SELECT count(*) FROM pin_client"), 256);
    assert_int_equal(scalar(db, "SELECT count(*) FROM pin_client WHERE client = 'c0'"), 0);
}

static void forgive_takes_back_the_clients_own(void **state)
{
    sp_db_t *db = sp_test_db();

    guesses(db, "a", 4, START_MS);
    guesses(db, "b", 5, START_MS);
    sp_assert_ok(sp_pin_attempts_forgive(db, "a", START_MS + 1, sp_test_err()), sp_test_err());
    assert_int_equal(guesses(db, "a", 9, START_MS + 2), 5);
    assert_false(guess(db, "b", START_MS + 2));
}

static void forgive_all_forgives_everybody(void **state)
{
    sp_db_t *db = sp_test_db();
    apr_int64_t forgiven;

    guesses(db, "a", 5, START_MS);
    guesses(db, "b", 5, START_MS);
    sp_assert_ok(sp_pin_attempts_forgive_all(db, &forgiven, sp_test_err()), sp_test_err());
    assert_int_equal(forgiven, 10);
    assert_true(guess(db, "a", START_MS + 1));
    assert_int_equal(scalar(db, "SELECT count(*) FROM audit_log WHERE action = 'pin_unlocked'"), 1);
}

static void a_clock_that_was_set_back_keeps_nobody_out(void **state)
{
    sp_db_t *db = sp_test_db();

    guesses(db, "a", 5, START_MS + 60 * MINUTE);
    assert_int_equal(guesses(db, "a", 9, START_MS), 5);
    assert_int_equal(rows(db), 5);
    /* A few seconds are another server's clock. */
    assert_false(guess(db, "a", START_MS - 3000));
}

static void refused_guesses_write_nothing(void **state)
{
    sp_db_t *db = sp_test_db();
    const char *log = apr_pstrcat(sp_test_pool(), sp_db_name(db), "-wal", NULL);
    apr_size_t before, after;

    guesses(db, "a", 5, START_MS);
    sp_test_read_file(log, &before);
    guesses(db, "a", 50, START_MS);
    sp_test_read_file(log, &after);
    assert_int_equal(after, before);
}

static void a_database_that_cannot_be_written_is_a_refusal(void **state)
{
    sp_db_t *db = sp_test_db(), *other = sp_test_open(sp_db_name(db), 0);
    int is_last;

    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    sp_assert_error(sp_pin_attempts_count(other, "a", &limits, START_MS, &is_last, sp_test_err()), sp_test_err(), SP_E_DATABASE_BUSY);
    sp_db_rollback(db);
}

static void is_last_tells_when_none_is_left(void **state)
{
    sp_db_t *db = sp_test_db();
    int is_last;

    for (int i = 0; i < 12; i++) {
        sp_assert_ok(sp_pin_attempts_count(db, apr_psprintf(sp_test_pool(), "c%d", i / 5), &limits, START_MS, &is_last, sp_test_err()), sp_test_err());
        assert_int_equal(is_last, i == 4 || i == 9 || i == 11);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(count_stops_at_the_limit_of_the_client),
        SP_UNIT_TEST(window_slides),
        SP_UNIT_TEST(a_shorter_window_sweeps_out_nothing_of_a_longer_one),
        SP_UNIT_TEST(count_stops_at_the_limit_of_all),
        SP_UNIT_TEST(a_client_that_had_the_pin_is_not_kept_out_by_others),
        SP_UNIT_TEST(a_client_is_known_for_30_days),
        SP_UNIT_TEST(known_clients_are_bounded),
        SP_UNIT_TEST(forgive_takes_back_the_clients_own),
        SP_UNIT_TEST(forgive_all_forgives_everybody),
        SP_UNIT_TEST(a_clock_that_was_set_back_keeps_nobody_out),
        SP_UNIT_TEST(refused_guesses_write_nothing),
        SP_UNIT_TEST(a_database_that_cannot_be_written_is_a_refusal),
        SP_UNIT_TEST(is_last_tells_when_none_is_left),
    };
    return cmocka_run_group_tests_name("pin_attempts", tests, NULL, NULL);
}
