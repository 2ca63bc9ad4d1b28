/* Tests of import_words.c. */
#include "support.h"

#include "import_words.h"

static void delimiters_have_names_and_stand_for_themselves(void **state)
{
    static const struct {
        const char *word;
        char delimiter;
    } cases[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}, {",", ','}, {";", ';'}, {"|", '|'}};
    char delimiter = 'x';

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(sp_import_words_delimiter(cases[i].word, &delimiter), APR_SUCCESS);
        assert_int_equal(delimiter, cases[i].delimiter);
    }
    delimiter = 'x';
    assert_int_equal(sp_import_words_delimiter("", &delimiter), APR_NOTFOUND);
    assert_int_equal(sp_import_words_delimiter("Comma", &delimiter), APR_NOTFOUND);
    assert_int_equal(sp_import_words_delimiter(",,", &delimiter), APR_NOTFOUND);
    assert_int_equal(delimiter, 'x');
}

static void on_error_is_abort_or_skip(void **state)
{
    int skip = 7;

    assert_int_equal(sp_import_words_on_error("ignore", &skip), APR_NOTFOUND);
    assert_int_equal(skip, 7);
    assert_int_equal(sp_import_words_on_error("skip", &skip), APR_SUCCESS);
    assert_int_equal(skip, 1);
    assert_int_equal(sp_import_words_on_error("abort", &skip), APR_SUCCESS);
    assert_int_equal(skip, 0);
}

static void date_orders_round_trip(void **state)
{
    sp_date_order_e order = SP_DATE_ORDER_UNKNOWN;

    assert_int_equal(sp_import_words_date_order("ymd", &order), APR_NOTFOUND);
    assert_int_equal(sp_import_words_date_order("mdy", &order), APR_SUCCESS);
    assert_int_equal(order, SP_DATE_ORDER_MDY);
    assert_int_equal(sp_import_words_date_order("dmy", &order), APR_SUCCESS);
    assert_int_equal(order, SP_DATE_ORDER_DMY);
    assert_string_equal(sp_import_words_date_order_name(SP_DATE_ORDER_MDY), "mdy");
    assert_string_equal(sp_import_words_date_order_name(SP_DATE_ORDER_DMY), "dmy");
    assert_null(sp_import_words_date_order_name(SP_DATE_ORDER_UNKNOWN));
}

static void event_year_is_four_digits_in_range(void **state)
{
    static const char *const wrong[] = {"", "25", "1969", "2200", "20x5", "02025", "-2025", " 2025", "2025 "};
    int year = 0;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(sp_import_words_event_year(wrong[i], &year), APR_NOTFOUND);
    assert_int_equal(year, 0);
    assert_int_equal(sp_import_words_event_year("1970", &year), APR_SUCCESS);
    assert_int_equal(year, 1970);
    assert_int_equal(sp_import_words_event_year("2199", &year), APR_SUCCESS);
    assert_int_equal(year, 2199);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(delimiters_have_names_and_stand_for_themselves),
        SP_UNIT_TEST(on_error_is_abort_or_skip),
        SP_UNIT_TEST(date_orders_round_trip),
        SP_UNIT_TEST(event_year_is_four_digits_in_range),
    };
    return cmocka_run_group_tests_name("import_words", tests, NULL, NULL);
}
