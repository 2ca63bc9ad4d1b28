/* Tests of price.c. */
#include "support.h"

#include "price.h"

static void parse_takes_dollars_with_decimals(void **state)
{
    static const struct {
        const char *text;
        apr_int64_t microdollars; /* -1: refused */
    } cases[] = {
        {"3", 3000000},   {"0", 0},         {"0.25", 250000},
        {"2.5", 2500000}, {"0.000001", 1},  {"100000", APR_INT64_C(100000000000)},
        {"", -1},         {"-1", -1},       {"+1", -1},
        {"1.", -1},       {".5", -1},       {"0.0000001", -1},
        {"1e3", -1},      {"1,5", -1},      {"3 ", -1},
        {"nan", -1},      {"0x10", -1},     {"100001", -1},
        {"1.2.3", -1},    {"100000.1", -1}, {"99999999999999999999999999", -1},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        apr_int64_t got = 0;
        const int is_one = sp_price_parse_dollars(cases[i].text, &got);
        assert_int_equal(is_one, cases[i].microdollars >= 0);
        if (is_one) {
            assert_int_equal(got, cases[i].microdollars);
        }
    }
}

static void cost_is_rounded_up(void **state)
{
    const sp_price_t price = {3000000, 15000000}, cheap = {1, 0};

    assert_int_equal(sp_price_cost(&price, 2000, 300), 10500);
    assert_int_equal(sp_price_cost(&price, 0, 0), 0);
    assert_int_equal(sp_price_cost(&cheap, 1, 0), 1);
    assert_int_equal(sp_price_cost(&cheap, 1000000, 0), 1);
    assert_int_equal(sp_price_cost(&cheap, 1000001, 0), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(parse_takes_dollars_with_decimals),
        SP_UNIT_TEST(cost_is_rounded_up),
    };
    return cmocka_run_group_tests_name("price", tests, NULL, NULL);
}
