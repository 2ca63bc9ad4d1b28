/* Tests of count.c. */
#include "support.h"

#include <stdlib.h>

#include "count.h"

typedef struct {
    const char *cell;
    sp_count_e kind;
    apr_int64_t viewers;
} count_case_t;

static const count_case_t cases[] = {
    {"0", SP_COUNT_VALUE, 0},
    {"7", SP_COUNT_VALUE, 7},
    {"007", SP_COUNT_VALUE, 7},
    {"1234", SP_COUNT_VALUE, 1234},
    {"1,234", SP_COUNT_VALUE, 1234},
    {"12,345,678", SP_COUNT_VALUE, 12345678},
    {"1'234'567", SP_COUNT_VALUE, 1234567},
    {"1\xc2\xa0"
     "234",
     SP_COUNT_VALUE, 1234},
    {"1\xe2\x80\xaf"
     "234",
     SP_COUNT_VALUE, 1234},
    {"  42\t", SP_COUNT_VALUE, 42},
    {"\xc2\xa0"
     "42\xc2\xa0",
     SP_COUNT_VALUE, 42},
    {"1000000000000", SP_COUNT_VALUE, SP_VIEWERS_MAX},
    {"1,000,000,000,000", SP_COUNT_VALUE, SP_VIEWERS_MAX},
    {"00000000000000000000000000000005", SP_COUNT_VALUE, 5},
    {"", SP_COUNT_BLANK, 0},
    {"  \t ", SP_COUNT_BLANK, 0},
    {"\xc2\xa0", SP_COUNT_BLANK, 0},
    {"N/A", SP_COUNT_BLANK, 0},
    {" n/a ", SP_COUNT_BLANK, 0},
    {"-5", SP_COUNT_NEGATIVE, 0},
    {"-1,234", SP_COUNT_NEGATIVE, 0},
    {"-5.5", SP_COUNT_NEGATIVE, 0},
    {"\xe2\x88\x92"
     "5",
     SP_COUNT_NEGATIVE, 0},
    {"12.9", SP_COUNT_FRACTION, 0},
    {"12,5", SP_COUNT_FRACTION, 0},
    {".5", SP_COUNT_FRACTION, 0},
    {"12.0", SP_COUNT_FRACTION, 0},
    {"1,234.5", SP_COUNT_FRACTION, 0},
    {"1.234", SP_COUNT_FRACTION, 0},
    {"1000000000001", SP_COUNT_TOO_LARGE, 0},
    {"99999999999999999999999999999999999999999", SP_COUNT_TOO_LARGE, 0},
    {"9,999,999,999,999", SP_COUNT_TOO_LARGE, 0},
    {"1.2K", SP_COUNT_TEXT, 0},
    {"350 est", SP_COUNT_TEXT, 0},
    {"#REF!", SP_COUNT_TEXT, 0},
    {"1,23", SP_COUNT_TEXT, 0},
    {"1,2345", SP_COUNT_TEXT, 0},
    {"1234,567", SP_COUNT_TEXT, 0},
    {"0,123", SP_COUNT_TEXT, 0},
    {"1,234'567", SP_COUNT_TEXT, 0},
    {"1,234,", SP_COUNT_TEXT, 0},
    {",234", SP_COUNT_TEXT, 0},
    {"1 234", SP_COUNT_TEXT, 0},
    {"1.234.567", SP_COUNT_TEXT, 0},
    {"12.", SP_COUNT_TEXT, 0},
    {".", SP_COUNT_TEXT, 0},
    {"-", SP_COUNT_TEXT, 0},
    {"--5", SP_COUNT_TEXT, 0},
    {"+5", SP_COUNT_TEXT, 0},
    {"1e5", SP_COUNT_TEXT, 0},
    {"0x10", SP_COUNT_TEXT, 0},
    {"N/A N/A", SP_COUNT_TEXT, 0},
    {"\xd9\xa1\xd9\xa2\xd9\xa3", SP_COUNT_TEXT, 0},
};

static void parse_reads_every_form(void **state)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        apr_int64_t viewers = -77;
        sp_count_e kind = sp_count_parse(cases[i].cell, strlen(cases[i].cell), &viewers);
        if (kind != cases[i].kind || viewers != (kind == SP_COUNT_VALUE ? cases[i].viewers : -77)) {
            fail_msg("\"%s\" is %d (%ld), not %d (%ld)", cases[i].cell, kind, (long)viewers, cases[i].kind, (long)cases[i].viewers);
        }
    }
}

static void parse_heeds_the_length(void **state)
{
    apr_int64_t viewers;
    assert_int_equal(sp_count_parse("123456", 3, &viewers), SP_COUNT_VALUE);
    assert_int_equal(viewers, 123);
    assert_int_equal(sp_count_parse("1\0002", 3, &viewers), SP_COUNT_TEXT);
}

static void parse_never_reads_beyond_a_cut_cell(void **state)
{
    static const char cell[] = "\xe2\x88\x92"
                               "1\xe2\x80\xaf"
                               "234,567\xc2\xa0";
    for (size_t n = 0; n <= sizeof(cell) - 1; n++) {
        char *exact = malloc(n ? n : 1);
        memcpy(exact, cell, n);
        apr_int64_t viewers;
        sp_count_parse(exact, n, &viewers);
        free(exact);
    }
}

static void expected_names_the_limits(void **state)
{
    assert_non_null(strstr(sp_count_expected(), "1,000,000,000,000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(parse_reads_every_form),
        SP_UNIT_TEST(parse_heeds_the_length),
        SP_UNIT_TEST(parse_never_reads_beyond_a_cut_cell),
        SP_UNIT_TEST(expected_names_the_limits),
    };
    return cmocka_run_group_tests_name("count", tests, NULL, NULL);
}
