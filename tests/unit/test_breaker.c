/* Tests of breaker.c. */
#include "support.h"

#include "breaker.h"

#define NOW 1000000000000

static sp_breaker_t after(int failures)
{
    sp_breaker_t breaker = {0};

    for (int i = 0; i < failures; i++) {
        sp_breaker_failed(&breaker, NOW);
    }
    return breaker;
}

static void opens_after_the_last_failure_that_is_allowed(void **state)
{
    sp_breaker_t few = after(SP_BREAKER_FAILURES - 1), enough = after(SP_BREAKER_FAILURES);

    assert_int_equal(sp_breaker_state(&few, NOW), SP_BREAKER_CLOSED);
    assert_int_equal(sp_breaker_until_ms(&few, NOW), 0);
    assert_int_equal(sp_breaker_state(&enough, NOW), SP_BREAKER_OPEN);
    assert_int_equal(sp_breaker_until_ms(&enough, NOW + 1), NOW + SP_BREAKER_PAUSE_MS);
}

static void is_half_open_after_its_pause(void **state)
{
    sp_breaker_t breaker = after(SP_BREAKER_FAILURES);

    assert_int_equal(sp_breaker_state(&breaker, NOW + SP_BREAKER_PAUSE_MS - 1), SP_BREAKER_OPEN);
    assert_int_equal(sp_breaker_state(&breaker, NOW + SP_BREAKER_PAUSE_MS), SP_BREAKER_HALF_OPEN);
    assert_int_equal(sp_breaker_until_ms(&breaker, NOW + SP_BREAKER_PAUSE_MS), 0);
}

static void pause_grows_up_to_its_limit(void **state)
{
    apr_int64_t pause = SP_BREAKER_PAUSE_MS;

    for (int failures = SP_BREAKER_FAILURES; failures < 2000; failures += failures < 20 ? 1 : 700) {
        sp_breaker_t breaker = after(failures);
        assert_int_equal(sp_breaker_until_ms(&breaker, NOW), NOW + pause);
        pause = pause * 2 < SP_BREAKER_PAUSE_MAX_MS ? pause * 2 : SP_BREAKER_PAUSE_MAX_MS;
    }
}

static void closes_with_a_success_and_counts_anew(void **state)
{
    sp_breaker_t breaker = after(SP_BREAKER_FAILURES + 3);

    sp_breaker_succeeded(&breaker);
    assert_int_equal(sp_breaker_state(&breaker, NOW), SP_BREAKER_CLOSED);
    sp_breaker_failed(&breaker, NOW);
    assert_int_equal(sp_breaker_state(&breaker, NOW), SP_BREAKER_CLOSED);
}

static void clock_set_back_keeps_nothing_shut(void **state)
{
    sp_breaker_t breaker = after(SP_BREAKER_FAILURES);

    assert_int_equal(sp_breaker_state(&breaker, NOW - 1), SP_BREAKER_HALF_OPEN);
}

static void names_its_states(void **state)
{
    assert_string_equal(sp_breaker_state_name(SP_BREAKER_CLOSED), "closed");
    assert_string_equal(sp_breaker_state_name(SP_BREAKER_OPEN), "open");
    assert_string_equal(sp_breaker_state_name(SP_BREAKER_HALF_OPEN), "half_open");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(opens_after_the_last_failure_that_is_allowed), SP_UNIT_TEST(is_half_open_after_its_pause),      SP_UNIT_TEST(pause_grows_up_to_its_limit),
        SP_UNIT_TEST(closes_with_a_success_and_counts_anew),        SP_UNIT_TEST(clock_set_back_keeps_nothing_shut), SP_UNIT_TEST(names_its_states),
    };
    return cmocka_run_group_tests_name("breaker", tests, NULL, NULL);
}
