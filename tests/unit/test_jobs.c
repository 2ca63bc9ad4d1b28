/* The jobs that write insights: coalesced, claimed by one, taken up again, given up in the end. */
#include "store_support.h"

#include <apr_strings.h>

#include "jobs.h"

#define START_MS APR_INT64_C(1790000000000)
#define DELAY_MS 60000
#define QUIET_MS 10000
#define DAY_MS   86400000

typedef struct {
    sp_db_t *one, *other; /* two processes on one database */
} two_t;

static two_t two(void)
{
    const char *path = sp_test_new_path();
    two_t t;
    int from, to;

    sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, &from, &to, sp_test_err()), sp_test_err());
    t.one = sp_test_open(path, 1000);
    t.other = sp_test_open(path, 1000);
    return t;
}

static void change(sp_db_t *db, apr_int64_t now_ms)
{
    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_jobs_note_change(db, now_ms, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_db_commit(db, sp_test_err()), sp_test_err());
}

static apr_status_t claim(sp_db_t *db, apr_int64_t now_ms, sp_job_t *job)
{
    return sp_jobs_claim(db, sp_test_pool(), "holder", DELAY_MS, now_ms, job, sp_test_err());
}

static sp_job_t claimed(sp_db_t *db, apr_int64_t now_ms)
{
    sp_job_t job;

    sp_assert_ok(claim(db, now_ms, &job), sp_test_err());
    return job;
}

static sp_job_t request(sp_db_t *db, apr_int64_t now_ms)
{
    sp_job_t job;

    sp_assert_ok(sp_jobs_request(db, sp_test_pool(), now_ms, &job, sp_test_err()), sp_test_err());
    return job;
}

static sp_job_t current(sp_db_t *db)
{
    sp_job_t job;

    sp_assert_ok(sp_jobs_current(db, sp_test_pool(), &job, sp_test_err()), sp_test_err());
    return job;
}

static apr_int64_t next_ms(sp_db_t *db, apr_int64_t now_ms)
{
    apr_int64_t wait_ms;

    sp_assert_ok(sp_jobs_next_ms(db, sp_test_pool(), DELAY_MS, now_ms, &wait_ms, sp_test_err()), sp_test_err());
    return wait_ms;
}

static void finish(sp_db_t *db, const sp_job_t *job, apr_int64_t now_ms)
{
    sp_assert_ok(sp_jobs_finish_empty(db, job, NULL, 0, now_ms, sp_test_err()), sp_test_err());
}

static void fail_at(sp_db_t *db, const sp_job_t *job, const char *message, apr_int64_t now_ms)
{
    sp_assert_ok(sp_jobs_fail(db, sp_test_pool(), job, message, now_ms, sp_test_err()), sp_test_err());
}

static void changes_are_one_job(void **state)
{
    two_t t = two();
    sp_job_t job;
    int i;

    assert_int_equal(current(t.one).id, 0);
    assert_int_equal(next_ms(t.one, START_MS), SP_JOB_NEVER);
    for (i = 0; i < 100; i++)
        change(i % 2 ? t.one : t.other, START_MS + i * 500);
    job = current(t.one);
    assert_int_equal(job.id, 1);
    assert_int_equal(job.state, SP_JOB_QUEUED);
    assert_int_equal(job.reason, SP_JOB_CHANGE);
    assert_int_equal(job.queued_ms, START_MS);
    assert_int_equal(job.changed_ms, START_MS + 49500);
}

static void a_change_alone_waits_for_quiet(void **state)
{
    two_t t = two();
    sp_job_t job;

    change(t.one, START_MS);
    assert_int_equal(next_ms(t.one, START_MS), QUIET_MS);
    assert_int_equal(claim(t.one, START_MS + QUIET_MS - 1, &job), APR_EOF);
    assert_int_equal(claimed(t.one, START_MS + QUIET_MS).attempts, 1);
}

static void changes_without_end_do_not_put_it_off(void **state)
{
    two_t t = two();
    sp_job_t job;
    int s;

    for (s = 0; s < 60; s++) {
        change(t.one, START_MS + s * 1000);
        assert_int_equal(claim(t.one, START_MS + s * 1000, &job), APR_EOF);
    }
    claimed(t.one, START_MS + DELAY_MS);
}

static void a_request_is_due_at_once(void **state)
{
    two_t t = two();
    sp_job_t asked;

    change(t.one, START_MS);
    asked = request(t.other, START_MS + 5);
    assert_int_equal(asked.id, 1);
    assert_int_equal(asked.reason, SP_JOB_REQUEST);
    assert_string_equal(asked.requested_by, "system");
    assert_int_equal(next_ms(t.one, START_MS + 5), 0);
    assert_int_equal(request(t.one, START_MS + 6).id, 1);
    assert_int_equal(claimed(t.one, START_MS + 7).id, 1);
}

static void only_one_claims(void **state)
{
    two_t t = two();
    sp_job_t job, other;

    request(t.one, START_MS);
    job = claimed(t.one, START_MS);
    assert_int_equal(claim(t.other, START_MS, &other), APR_EOF);
    assert_int_equal(next_ms(t.other, START_MS), SP_JOB_LEASE_MS);
    assert_int_equal(current(t.other).state, SP_JOB_RUNNING);
    finish(t.one, &job, START_MS + 1);
    assert_int_equal(current(t.other).state, SP_JOB_DONE);
    assert_int_equal(claim(t.other, START_MS + 2, &other), APR_EOF);
}

static void a_change_during_a_job_is_another_one(void **state)
{
    two_t t = two();
    sp_job_t job;

    request(t.one, START_MS);
    job = claimed(t.one, START_MS);
    change(t.other, START_MS + 1);
    finish(t.one, &job, START_MS + 2);
    assert_int_equal(current(t.one).id, 2);
    assert_int_equal(claimed(t.other, START_MS + QUIET_MS + 1).id, 2);
}

static void a_lease_that_ran_out_is_taken_up_again(void **state)
{
    two_t t = two();
    sp_job_t lost, job;

    request(t.one, START_MS);
    lost = claimed(t.one, START_MS);
    sp_assert_ok(sp_jobs_renew(t.one, &lost, START_MS + 50000, sp_test_err()), sp_test_err());
    assert_int_equal(claim(t.other, START_MS + 50000 + SP_JOB_LEASE_MS - 1, &job), APR_EOF);
    assert_int_equal(claim(t.other, START_MS + 50000 + SP_JOB_LEASE_MS, &job), APR_EOF); /* it backs off first */
    assert_int_equal(current(t.other).state, SP_JOB_QUEUED);
    assert_non_null(current(t.other).message);
    job = claimed(t.other, START_MS + 50000 + SP_JOB_LEASE_MS + 2000);
    assert_int_equal(job.id, lost.id);
    assert_int_equal(job.attempts, 2);
    /* The first one is not dead, only late: nothing that it does counts any more. */
    assert_int_equal(sp_jobs_renew(t.one, &lost, START_MS + 120000, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(sp_jobs_finish_empty(t.one, &lost, NULL, 0, START_MS + 120000, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(sp_jobs_fail(t.one, sp_test_pool(), &lost, "late", START_MS + 120000, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(sp_jobs_hand_back(t.one, sp_test_pool(), &lost, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(current(t.one).state, SP_JOB_RUNNING);
    finish(t.other, &job, START_MS + 120001);
}

static void a_holder_that_is_back_takes_up_its_own(void **state)
{
    two_t t = two();
    sp_job_t job;

    request(t.one, START_MS);
    claimed(t.one, START_MS);
    sp_assert_ok(sp_jobs_abandon(t.other, "another", "other", sp_test_err()), sp_test_err());
    assert_int_equal(next_ms(t.other, START_MS), SP_JOB_LEASE_MS);
    sp_assert_ok(sp_jobs_abandon(t.other, "holder", "it took too long", sp_test_err()), sp_test_err());
    assert_int_equal(next_ms(t.other, START_MS), 0);
    assert_int_equal(claim(t.other, START_MS, &job), APR_EOF);
    assert_int_equal(next_ms(t.other, START_MS), 2000);
    assert_string_equal(current(t.one).message, "it took too long");
    assert_int_equal(claimed(t.other, START_MS + 2000).attempts, 2);
}

static void attempts_are_bounded(void **state)
{
    two_t t = two();
    sp_job_t job;
    apr_int64_t now_ms = START_MS;
    int attempt;

    request(t.one, now_ms);
    for (attempt = 1; attempt <= SP_JOB_ATTEMPTS_MAX; attempt++) {
        assert_int_equal(claimed(t.one, now_ms).attempts, attempt);
        now_ms += SP_JOB_LEASE_MS;
        assert_int_equal(claim(t.one, now_ms, &job), APR_EOF);
        now_ms += 60000;
    }
    job = current(t.one);
    assert_int_equal(job.state, SP_JOB_FAILED);
    assert_int_equal(job.attempts, SP_JOB_ATTEMPTS_MAX);
    assert_non_null(strstr(job.message, "error log"));
    assert_int_equal(next_ms(t.one, now_ms), SP_JOB_NEVER);
}

static void a_failure_backs_off_until_it_is_the_last(void **state)
{
    two_t t = two();
    sp_job_t job;

    request(t.one, START_MS);
    job = claimed(t.one, START_MS);
    fail_at(t.one, &job, "the disk is full", START_MS);
    assert_int_equal(next_ms(t.one, START_MS), 2000);
    assert_string_equal(current(t.one).message, "the disk is full");
    change(t.one, START_MS + 1);
    assert_int_equal(next_ms(t.one, START_MS + 1), 1999);
    /* A person does not wait for that. */
    request(t.one, START_MS + 2);
    job = claimed(t.one, START_MS + 2);
    assert_int_equal(job.attempts, 1);
    fail_at(t.one, &job, "no", START_MS + 2);
    job = claimed(t.one, START_MS + 2002);
    fail_at(t.one, &job, "no", START_MS + 2002);
    assert_int_equal(next_ms(t.one, START_MS + 2002), 10000);
    job = claimed(t.one, START_MS + 12002);
    fail_at(t.one, &job, "still no", START_MS + 12002);
    job = current(t.one);
    assert_int_equal(job.state, SP_JOB_FAILED);
    assert_int_equal(job.attempts, SP_JOB_ATTEMPTS_MAX);
    assert_string_equal(job.message, "still no");
}

static void what_waits_goes_into_what_is_tried_again(void **state)
{
    two_t t = two();
    sp_job_t job;

    change(t.one, START_MS);
    job = claimed(t.one, START_MS + QUIET_MS);
    request(t.other, START_MS + 20000);
    fail_at(t.one, &job, "no", START_MS + 20001);
    job = claimed(t.one, START_MS + 20002);
    assert_int_equal(job.id, 1);
    assert_int_equal(job.reason, SP_JOB_REQUEST);
    assert_int_equal(job.attempts, 1);
    finish(t.one, &job, START_MS + 20003);
    assert_int_equal(next_ms(t.one, START_MS + 20003), SP_JOB_NEVER);
}

static void what_is_handed_back_is_due_and_not_counted(void **state)
{
    two_t t = two();
    sp_job_t job;

    change(t.one, START_MS);
    job = claimed(t.one, START_MS + QUIET_MS);
    sp_assert_ok(sp_jobs_hand_back(t.one, sp_test_pool(), &job, sp_test_err()), sp_test_err());
    assert_int_equal(claimed(t.other, START_MS + QUIET_MS).attempts, 1);
}

static void a_clock_that_jumps_holds_nothing_up(void **state)
{
    const apr_int64_t hour = 3600000;
    two_t t = two();
    sp_job_t job;

    change(t.one, START_MS);
    assert_int_equal(next_ms(t.one, START_MS - hour), 0);
    job = claimed(t.one, START_MS - hour);
    sp_assert_ok(sp_jobs_renew(t.one, &job, START_MS, sp_test_err()), sp_test_err());
    /* Back: the lease is in the future, by more than a neighbour's clock may be. */
    assert_int_equal(next_ms(t.other, START_MS - hour), 0);
    assert_int_equal(next_ms(t.other, START_MS - 1000), SP_JOB_LEASE_MS + 1000);
    fail_at(t.one, &job, "no", START_MS);
    assert_int_equal(next_ms(t.one, START_MS - hour), 0);
    /* Forward: it looks as if the process were gone, and the job is done again, but counts once. */
    job = claimed(t.one, START_MS + 5000);
    assert_int_equal(next_ms(t.other, START_MS + hour), 0);
}

static void numbers_without_a_job_get_one(void **state)
{
    two_t t = two();
    sp_said_t *said = sp_test_said();
    sp_job_t job;
    int made;

    sp_assert_ok(sp_jobs_add_missing(t.one, START_MS, &made, sp_test_err()), sp_test_err());
    assert_false(made);
    sp_test_say(said, "Hall", "Zoom", 20000, 5);
    sp_test_commit(t.one, said, SP_MODE_MERGE);
    assert_int_equal(current(t.one).state, SP_JOB_QUEUED); /* in the same transaction */
    sp_assert_ok(sp_jobs_add_missing(t.one, START_MS, &made, sp_test_err()), sp_test_err());
    assert_false(made);
    sp_assert_ok(sp_db_script(t.one, "DELETE FROM insight_job", sp_test_err()), sp_test_err());
    sp_assert_ok(sp_jobs_add_missing(t.one, START_MS, &made, sp_test_err()), sp_test_err());
    assert_true(made);
    for (int day = 1; day <= SP_JOB_ATTEMPTS_MAX; day++) {
        job = claimed(t.one, START_MS + day * DAY_MS);
        fail_at(t.one, &job, "no", START_MS + day * DAY_MS);
    }
    assert_int_equal(current(t.one).state, SP_JOB_FAILED);
    sp_assert_ok(sp_jobs_add_missing(t.one, START_MS, &made, sp_test_err()), sp_test_err());
    assert_false(made);
}

static void finished_ones_are_swept(void **state)
{
    two_t t = two();
    int i;

    for (i = 0; i < 130; i++) {
        sp_job_t job;
        request(t.one, START_MS + i);
        job = claimed(t.one, START_MS + i);
        finish(t.one, &job, START_MS + i);
    }
    assert_int_equal(current(t.one).id, 130);
    assert_int_equal(current(t.one).state, SP_JOB_DONE);
    sp_assert_ok(sp_db_script(t.one, "CREATE TABLE proof (n CHECK (n = 100)); INSERT INTO proof SELECT count(*) FROM insight_job", sp_test_err()),
                 sp_test_err());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(changes_are_one_job),
        SP_UNIT_TEST(a_change_alone_waits_for_quiet),
        SP_UNIT_TEST(changes_without_end_do_not_put_it_off),
        SP_UNIT_TEST(a_request_is_due_at_once),
        SP_UNIT_TEST(only_one_claims),
        SP_UNIT_TEST(a_change_during_a_job_is_another_one),
        SP_UNIT_TEST(a_lease_that_ran_out_is_taken_up_again),
        SP_UNIT_TEST(a_holder_that_is_back_takes_up_its_own),
        SP_UNIT_TEST(attempts_are_bounded),
        SP_UNIT_TEST(a_failure_backs_off_until_it_is_the_last),
        SP_UNIT_TEST(what_waits_goes_into_what_is_tried_again),
        SP_UNIT_TEST(what_is_handed_back_is_due_and_not_counted),
        SP_UNIT_TEST(a_clock_that_jumps_holds_nothing_up),
        SP_UNIT_TEST(numbers_without_a_job_get_one),
        SP_UNIT_TEST(finished_ones_are_swept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
