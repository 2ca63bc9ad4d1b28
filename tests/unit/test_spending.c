/* What asking Claude costs: counted before and after each call, per job and per day. */
#include "store_support.h"

#include "spending.h"

#define DAY_MS   (24 * 60 * 60 * 1000)
#define START_MS (APR_INT64_C(20000) * DAY_MS + 1000)

static const sp_spending_limits_t limits = {.calls_per_job = 3, .jobs_per_day = 2, .microdollars_per_day = 1000};

static sp_db_t *database(void)
{
    const char *path = sp_test_new_path();
    int from, to;

    sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, &from, &to, sp_test_err()), sp_test_err());
    return sp_test_open(path, 1000);
}

static void begin(sp_db_t *db, apr_int64_t job, apr_int64_t cost, apr_int64_t now_ms)
{
    sp_assert_ok(sp_spending_begin_call(db, job, &limits, cost, now_ms, sp_test_err()), sp_test_err());
}

static void refused(sp_db_t *db, apr_int64_t job, apr_int64_t cost, apr_int64_t now_ms, const char *why)
{
    sp_error_t *err = sp_test_err();

    sp_error_clear(err);
    assert_int_equal(sp_spending_begin_call(db, job, &limits, cost, now_ms, err), APR_EACCES);
    assert_non_null(strstr(err->message, why));
    sp_error_clear(err);
}

static sp_spending_t now(sp_db_t *db, apr_int64_t now_ms)
{
    sp_spending_t spending;

    sp_assert_ok(sp_spending_get(db, now_ms, &spending, sp_test_err()), sp_test_err());
    return spending;
}

static void calls_of_a_job_are_limited_whatever_process_makes_them(void **state)
{
    sp_db_t *db = database();

    for (int i = 0; i < 3; i++) {
        begin(db, 1, 10, START_MS);
    }
    refused(db, 1, 10, START_MS, "as often as it may be asked");
    assert_int_equal(now(db, START_MS).calls, 3);
    assert_int_equal(now(db, START_MS).jobs, 1);
}

static void jobs_of_a_day_are_limited(void **state)
{
    sp_db_t *db = database();

    begin(db, 1, 10, START_MS);
    begin(db, 2, 10, START_MS);
    refused(db, 3, 10, START_MS, "StreamPulseInsightDailyMax");
    begin(db, 3, 10, START_MS + DAY_MS);
    assert_int_equal(now(db, START_MS + DAY_MS).jobs, 1);
}

static void cost_is_held_until_it_is_known(void **state)
{
    sp_db_t *db = database();

    begin(db, 1, 900, START_MS);
    assert_int_equal(now(db, START_MS).cost_microdollars, 900);
    refused(db, 1, 101, START_MS, "StreamPulseInsightDailyCost");
    sp_assert_ok(sp_spending_end_call(db, 900, 300, START_MS, sp_test_err()), sp_test_err());
    assert_int_equal(now(db, START_MS).cost_microdollars, 300);
    begin(db, 1, 700, START_MS);
}

static void call_over_midnight_counts_on_the_new_day(void **state)
{
    sp_db_t *db = database();

    begin(db, 1, 900, START_MS);
    sp_assert_ok(sp_spending_end_call(db, 900, 300, START_MS + DAY_MS, sp_test_err()), sp_test_err());
    assert_int_equal(now(db, START_MS + DAY_MS).cost_microdollars, 300);
    assert_int_equal(now(db, START_MS + 2 * (apr_int64_t)DAY_MS).cost_microdollars, 0);
}

static void failures_are_kept_with_their_time(void **state)
{
    sp_db_t *db = database();

    sp_assert_ok(sp_spending_set_failures(db, 5, START_MS, sp_test_err()), sp_test_err());
    begin(db, 1, 1, START_MS);
    assert_int_equal(now(db, START_MS).failures, 5);
    assert_int_equal(now(db, START_MS).open_ms, START_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(calls_of_a_job_are_limited_whatever_process_makes_them),
        SP_UNIT_TEST(jobs_of_a_day_are_limited),
        SP_UNIT_TEST(cost_is_held_until_it_is_known),
        SP_UNIT_TEST(call_over_midnight_counts_on_the_new_day),
        SP_UNIT_TEST(failures_are_kept_with_their_time),
    };
    return cmocka_run_group_tests_name("spending", tests, NULL, NULL);
}
