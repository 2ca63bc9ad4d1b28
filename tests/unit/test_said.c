/* Tests of said.c. */
#include "support.h"

#include "said.h"

static void names_that_fold_alike_get_one_id(void **state)
{
    sp_said_t *said = sp_said_create(sp_test_pool(), NULL);

    assert_int_equal(sp_said_platform(said, "Youtube", 10), 1);
    assert_int_equal(sp_said_platform(said, "Facebook", 10), 2);
    assert_int_equal(sp_said_platform(said, "YouTube", 10), 1);
    assert_int_equal(sp_said_platform(said, "YT", 10), 1);
    assert_string_equal(APR_ARRAY_IDX(said->platforms, 0, sp_said_name_t).name, "Youtube");
    assert_int_equal(sp_said_service(said, "Facebook", 10), 1);
    assert_int_equal(said->platforms->nelts, 2);
    assert_int_equal(said->services->nelts, 1);
}

static void too_many_names_give_0(void **state)
{
    sp_said_t *said = sp_said_create(sp_test_pool(), NULL);

    assert_int_equal(sp_said_service(said, "a", 2), 1);
    assert_int_equal(sp_said_service(said, "b", 2), 2);
    assert_int_equal(sp_said_service(said, "c", 2), 0);
    assert_int_equal(sp_said_service(said, "B", 2), 2);
    assert_int_equal(sp_said_event_add(said, "e", 1), 1);
    assert_int_equal(sp_said_event_add(said, "e", 1), 0);
}

static void events_of_one_name_stay_apart(void **state)
{
    sp_said_t *said = sp_said_create(sp_test_pool(), NULL);

    assert_int_equal(sp_said_event_add(said, "14 Days", 10), 1);
    assert_int_equal(sp_said_event_add(said, "14 days", 10), 2);
    assert_string_equal(APR_ARRAY_IDX(said->events, 0, sp_said_event_t).fold, APR_ARRAY_IDX(said->events, 1, sp_said_event_t).fold);
    assert_int_equal(APR_ARRAY_IDX(said->events, 0, sp_said_event_t).first, SP_DAY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(names_that_fold_alike_get_one_id),
        SP_UNIT_TEST(too_many_names_give_0),
        SP_UNIT_TEST(events_of_one_name_stay_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
