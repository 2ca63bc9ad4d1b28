/* Tests of query.c. */
#include "support.h"

#include <apr_strings.h>

#include "query.h"

static apr_table_t *parse_ok(const char *s)
{
    apr_table_t *pairs;
    sp_assert_ok(sp_query_parse(sp_test_pool(), s, s ? strlen(s) : 0, &pairs, sp_test_err()), sp_test_err());
    return pairs;
}

static void check_pair(const apr_table_t *pairs, int i, const char *name, const char *value)
{
    const apr_table_entry_t *entry = &APR_ARRAY_IDX(apr_table_elts(pairs), i, apr_table_entry_t);
    assert_string_equal(entry->key, name);
    assert_string_equal(entry->val, value);
}

static void parse_decodes_in_order_and_keeps_repeats(void **state)
{
    apr_table_t *pairs = parse_ok("service=a+b&service=%C3%A9%20c&from=2025-01-05&&flag&empty=&eq=a=b&");
    assert_int_equal(apr_table_elts(pairs)->nelts, 6);
    check_pair(pairs, 0, "service", "a b");
    check_pair(pairs, 1, "service", "\xc3\xa9 c");
    check_pair(pairs, 2, "from", "2025-01-05");
    check_pair(pairs, 3, "flag", "");
    check_pair(pairs, 4, "empty", "");
    check_pair(pairs, 5, "eq", "a=b");
}

static void parse_takes_nothing_for_no_pairs(void **state)
{
    assert_int_equal(apr_table_elts(parse_ok(NULL))->nelts, 0);
    assert_int_equal(apr_table_elts(parse_ok(""))->nelts, 0);
    assert_int_equal(apr_table_elts(parse_ok("&&&"))->nelts, 0);
}

static void parse_rejects_broken_input(void **state)
{
    static const char *const bad[] = {"a=%",   "a=%4",  "a=%4g",       "a=%00",    "a=%0a",    "a=%0D", "a=%09", "%01=a", "a=\x7f",
                                      "a=%FF", "a=%C3", "a=%ED%A0%80", "a=%C2%85", "a=%C0%80", "=x",    "=",     "%C3=a", "a=%u0041"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        apr_table_t *pairs;
        sp_error_clear(sp_test_err());
        sp_assert_error(sp_query_parse(sp_test_pool(), bad[i], strlen(bad[i]), &pairs, sp_test_err()), sp_test_err(), SP_E_BAD_PARAMETER);
    }
}

static void parse_limits_the_number_of_pairs(void **state)
{
    const char *s = "a=1";
    apr_table_t *pairs;
    for (int i = 1; i < SP_QUERY_MAX_PAIRS; i++) {
        s = apr_pstrcat(sp_test_pool(), s, "&a=1", NULL);
    }
    assert_int_equal(apr_table_elts(parse_ok(s))->nelts, SP_QUERY_MAX_PAIRS);
    s = apr_pstrcat(sp_test_pool(), s, "&a=1", NULL);
    sp_assert_error(sp_query_parse(sp_test_pool(), s, strlen(s), &pairs, sp_test_err()), sp_test_err(), SP_E_BAD_PARAMETER);
}

static void check_names_what_is_unknown(void **state)
{
    static const char *const allowed[] = {"from", "to", NULL};
    sp_error_t *err = sp_test_err();
    sp_assert_ok(sp_query_check(parse_ok("to=1&from=2"), allowed, NULL, err), err);
    sp_assert_error(sp_query_check(parse_ok("form=2"), allowed, NULL, err), err, SP_E_UNKNOWN_PARAMETER);
    assert_string_equal(err->message, "the parameter \"form\" is unknown; known are: from, to");
    assert_string_equal(APR_ARRAY_IDX(err->details, 0, sp_error_detail_t).field, "form");
    sp_error_clear(err);
    sp_assert_error(sp_query_check(parse_ok("FROM=2"), allowed, NULL, err), err, SP_E_UNKNOWN_PARAMETER);
}

static void check_rejects_a_repeat_unless_it_is_allowed(void **state)
{
    static const char *const allowed[] = {"service", "to", NULL};
    static const char *const repeatable[] = {"service", NULL};
    sp_error_t *err = sp_test_err();
    sp_assert_ok(sp_query_check(parse_ok("service=1&service=2&to=1"), allowed, repeatable, err), err);
    sp_assert_error(sp_query_check(parse_ok("to=1&service=1&to=1"), allowed, repeatable, err), err, SP_E_BAD_PARAMETER);
    assert_string_equal(err->message, "the parameter \"to\" is there twice; known are: service, to");
    assert_int_equal(sp_query_check(parse_ok("to=1&to=1"), allowed, NULL, NULL), APR_EINVAL);
}

static void check_copes_with_nothing_allowed(void **state)
{
    static const char *const allowed[] = {NULL};
    sp_error_t *err = sp_test_err();
    sp_assert_ok(sp_query_check(parse_ok(""), allowed, NULL, err), err);
    sp_assert_error(sp_query_check(parse_ok("x"), allowed, NULL, err), err, SP_E_UNKNOWN_PARAMETER);
    assert_string_equal(err->message, "the parameter \"x\" is unknown; known are: none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(parse_decodes_in_order_and_keeps_repeats),
        SP_UNIT_TEST(parse_takes_nothing_for_no_pairs),
        SP_UNIT_TEST(parse_rejects_broken_input),
        SP_UNIT_TEST(parse_limits_the_number_of_pairs),
        SP_UNIT_TEST(check_names_what_is_unknown),
        SP_UNIT_TEST(check_rejects_a_repeat_unless_it_is_allowed),
        SP_UNIT_TEST(check_copes_with_nothing_allowed),
    };
    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
