/* Tests of error.c. */
#include "support.h"

#include "error.h"

static void set_fills_an_empty_error(void **state)
{
    sp_error_t *err = sp_test_err();
    assert_int_equal(sp_error_set(err, SP_E_NOT_FOUND, APR_ENOENT, "no service \"%s\"", "x"), APR_ENOENT);
    assert_int_equal(err->code, SP_E_NOT_FOUND);
    assert_int_equal(err->rv, APR_ENOENT);
    assert_string_equal(err->message, "no service \"x\"");
}

static void set_keeps_the_first_error(void **state)
{
    sp_error_t *err = sp_test_err();
    sp_error_set(err, SP_E_CSV_EMPTY, APR_EINVAL, "first");
    assert_int_equal(sp_error_set(err, SP_E_INTERNAL, APR_ENOMEM, "second"), APR_ENOMEM);
    assert_int_equal(err->code, SP_E_CSV_EMPTY);
    assert_string_equal(err->message, "first");
}

static void set_never_returns_success(void **state)
{
    assert_int_equal(sp_error_set(sp_test_err(), SP_E_INTERNAL, APR_SUCCESS, "oh"), APR_EGENERAL);
    assert_int_equal(sp_error_set(NULL, SP_E_INTERNAL, APR_SUCCESS, "oh"), APR_EGENERAL);
    assert_int_equal(sp_error_set(NULL, SP_E_INTERNAL, APR_ENOMEM, "oh"), APR_ENOMEM);
}

static void set_log_adds_once_and_only_to_a_filled_error(void **state)
{
    sp_error_t *err = sp_test_err();
    sp_error_set_log(NULL, "nothing");
    sp_error_set_log(err, "too early");
    assert_null(err->log);
    sp_error_set(err, SP_E_INTERNAL, APR_EGENERAL, "oh");
    sp_error_set_log(err, "disk %d", 7);
    sp_error_set_log(err, "again");
    assert_string_equal(err->log, "disk 7");
}

static void clear_makes_room_for_another(void **state)
{
    sp_error_t *err = sp_test_err();
    sp_error_set(err, SP_E_INTERNAL, APR_EGENERAL, "oh");
    err->retry_after_s = 3;
    sp_error_clear(err);
    sp_error_clear(NULL);
    assert_int_equal(err->code, SP_E_NONE);
    assert_int_equal(err->retry_after_s, 0);
    assert_ptr_equal(err->pool, sp_test_pool());
    sp_error_set(err, SP_E_BAD_JSON, APR_EGENERAL, "new");
    assert_int_equal(err->code, SP_E_BAD_JSON);
}

static void add_detail_keeps_places_of_the_same_error_only(void **state)
{
    sp_error_t *err = sp_test_err();
    sp_error_detail_t detail = {.code = SP_E_CSV_BAD_DATE, .line = 3, .column = 2};
    sp_error_add_detail(NULL, &detail);
    sp_error_add_detail(err, &detail);
    assert_null(err->details);
    sp_error_set(err, SP_E_CSV_BAD_DATE, APR_EGENERAL, "bad");
    sp_error_add_detail(err, &detail);
    detail.code = SP_E_CSV_BAD_COUNT;
    sp_error_add_detail(err, &detail);
    assert_int_equal(err->details->nelts, 1);
    assert_int_equal(err->details_total, 1);
    assert_int_equal(APR_ARRAY_IDX(err->details, 0, sp_error_detail_t).line, 3);
}

static void found_is_shortened_at_a_characters_end(void **state)
{
    char s[200];
    assert_string_equal(sp_error_found(sp_test_pool(), "short", 5), "short");
    memset(s, 'x', 80);
    assert_int_equal(strlen(sp_error_found(sp_test_pool(), s, 80)), 80);
    s[0] = 'a';
    for (int i = 1; i < 199; i += 2) {
        memcpy(s + i, "\xc3\xa9", 2);
    }
    const char *found = sp_error_found(sp_test_pool(), s, 199);
    assert_int_equal(strlen(found), 80);
    assert_memory_equal(found + 75, "\xc3\xa9\xe2\x80\xa6", 5);
}

static void every_code_has_a_distinct_name_and_a_status(void **state)
{
    for (int i = 1; i < SP_E_COUNT; i++) {
        assert_non_null(sp_error_code_name((sp_error_code_e)i));
        assert_in_range(sp_error_http_status((sp_error_code_e)i), 400, 599);
        for (int k = 1; k < i; k++) {
            assert_string_not_equal(sp_error_code_name((sp_error_code_e)i), sp_error_code_name((sp_error_code_e)k));
        }
    }
    assert_string_equal(sp_error_code_name(SP_E_DATABASE_BUSY), "database_busy");
    assert_int_equal(sp_error_http_status(SP_E_DATABASE_BUSY), 503);
    assert_int_equal(sp_error_http_status((sp_error_code_e)9999), 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(set_fills_an_empty_error),
        SP_UNIT_TEST(set_keeps_the_first_error),
        SP_UNIT_TEST(set_never_returns_success),
        SP_UNIT_TEST(set_log_adds_once_and_only_to_a_filled_error),
        SP_UNIT_TEST(clear_makes_room_for_another),
        SP_UNIT_TEST(add_detail_keeps_places_of_the_same_error_only),
        SP_UNIT_TEST(found_is_shortened_at_a_characters_end),
        SP_UNIT_TEST(every_code_has_a_distinct_name_and_a_status),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
