/* Tests of what the importer refuses for its size or its bytes. */
#include "import_support.h"

#include <apr_strings.h>

#define HEADER "service,platform,date,viewers\n"

static const char *repeat(const char *text, int times)
{
    apr_size_t len = strlen(text);
    char *all = apr_palloc(sp_test_pool(), len * (apr_size_t)times + 1);

    for (int i = 0; i < times; i++) {
        memcpy(all + len * (apr_size_t)i, text, len);
    }
    all[len * (apr_size_t)times] = '\0';
    return all;
}

static sp_test_import_t import_with(const char *file, const sp_import_options_t *options)
{
    return sp_test_import(file, strlen(file), 0, options);
}

static void too_many_bytes_are_refused(void **state)
{
    sp_import_options_t options = {.limits.max_bytes = 50};
    const char *file = HEADER "A,b,2025-01-05,1\n";

    assert_int_equal(strlen(file), 47);
    sp_assert_ok(import_with(file, &options).rv, sp_test_err());
    sp_test_import_t t = import_with(apr_pstrcat(sp_test_pool(), file, "A,b", NULL), &options);
    sp_assert_ok(t.rv, t.err);
    t = import_with(apr_pstrcat(sp_test_pool(), file, "A,b,", NULL), &options);
    sp_assert_error(t.rv, t.err, SP_E_BODY_TOO_LARGE);
    t = sp_test_import(file, 47, 1, &options);
    sp_assert_ok(t.rv, t.err);
}

static void too_many_rows_columns_and_long_cells_are_refused(void **state)
{
    sp_import_options_t rows = {.limits.max_rows = 3}, columns = {.limits.max_columns = 5}, cells = {.limits.max_cell_bytes = 40};
    sp_test_import_t t;

    t = import_with(HEADER "A,b,2025-01-05,1\nA,b,2025-01-12,1\n", &rows);
    sp_assert_ok(t.rv, t.err);
    t = import_with(HEADER "A,b,2025-01-05,1\nA,b,2025-01-12,1\nA,b,2025-01-19,1\n", &rows);
    sp_assert_error(t.rv, t.err, SP_E_TOO_MANY_ROWS);
    t = import_with(HEADER ",,,,,\n", &columns);
    sp_assert_error(t.rv, t.err, SP_E_TOO_MANY_COLUMNS);
    t = import_with(apr_pstrcat(sp_test_pool(), HEADER, repeat("x", 41), NULL), &cells);
    sp_assert_error(t.rv, t.err, SP_E_CELL_TOO_LONG);
}

static void too_many_names_are_refused(void **state)
{
    sp_import_options_t options = {.limits.max_names = 2};
    sp_test_import_t t;

    t = import_with(HEADER "A,b,2025-01-05,1\nB,b,2025-01-05,1\na,B,2025-01-12,1\n", &options);
    sp_assert_ok(t.rv, t.err);
    t = import_with(HEADER "A,b,2025-01-05,1\nB,b,2025-01-05,1\nC,b,2025-01-05,1\n", &options);
    sp_assert_error(t.rv, t.err, SP_E_TOO_MANY_NAMES);
    t = import_with("event,date,viewers\nA,2025-01-05,1\nB,2025-01-05,1\nC,2025-01-05,1\n", &options);
    sp_assert_error(t.rv, t.err, SP_E_TOO_MANY_NAMES);
    t = import_with("Special Programs\nA,1/19/2025\nx,1\n\nB,1/19/2025\nx,1\n\nC,1/19/2025\nx,1\n", &options);
    sp_assert_error(t.rv, t.err, SP_E_TOO_MANY_NAMES);
}

static void problems_are_capped_but_all_counted(void **state)
{
    sp_import_options_t options = {.limits.max_problems = 3};
    sp_test_import_t t = import_with(apr_pstrcat(sp_test_pool(), HEADER, repeat("A,b,2025-01-05,x\n", 10), NULL), &options);

    sp_assert_error(t.rv, t.err, SP_E_CSV_BAD_COUNT);
    assert_int_equal(t.result->problems->nelts, 3);
    assert_int_equal(t.result->problems_total, 10);
    assert_int_equal(t.err->details->nelts, 3);
    assert_int_equal(t.err->details_total, 10);
}

static void notes_are_capped_but_all_counted(void **state)
{
    const char *file = "service,date,b,total\n";
    sp_test_import_t t = import_with(apr_pstrcat(sp_test_pool(), file, repeat("A,2025-01-05,1,2\n", 300), NULL), NULL);

    sp_assert_ok(t.rv, t.err);
    assert_int_equal(t.result->warnings->nelts, SP_IMPORT_MAX_NOTES);
    assert_int_equal(t.result->warnings_total, 300);
}

static void too_many_days_are_refused(void **state)
{
    const char *header = apr_pstrcat(sp_test_pool(), "E", repeat(",Feb", 1999), "\nYoutube,1\n\n", NULL);
    sp_test_import_t t = import_with(apr_pstrcat(sp_test_pool(), "Special Programs\n", repeat(header, 40), NULL), NULL);

    sp_assert_error(t.rv, t.err, SP_E_TOO_MANY_DAYS);
}

static void commas_and_newlines_are_refused_as_nothing(void **state)
{
    sp_test_import_t t = import_with(repeat(",,,\n", 15000), NULL);

    sp_assert_error(t.rv, t.err, SP_E_CSV_EMPTY);
    t = import_with(apr_pstrcat(sp_test_pool(), "x", repeat(",", 1999), repeat("\n", 58000), NULL), NULL);
    sp_assert_error(t.rv, t.err, SP_E_LAYOUT_UNKNOWN);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    sp_test_import_t t = sp_test_import(HEADER "A\0b", sizeof(HEADER "A\0b") - 1, 0, NULL);

    sp_assert_error(t.rv, t.err, SP_E_CSV_BAD_ENCODING);
    t = import_with(HEADER "A,\"b\"x,2025-01-05,1\n", NULL);
    sp_assert_error(t.rv, t.err, SP_E_CSV_BAD_QUOTE);
    assert_non_null(t.err->details);
    t = import_with(HEADER "A,\"b", NULL);
    sp_assert_error(t.rv, t.err, SP_E_CSV_BAD_QUOTE);
}

static void windows_1252_is_read(void **state)
{
    sp_test_import_t t = sp_import_text(HEADER "A,PT\x92s YouTube,2025-01-05,1\n");

    sp_assert_ok(t.rv, t.err);
    assert_int_equal(t.result->encoding, SP_ENCODING_WINDOWS1252);
    assert_string_equal(t.numbers, "A | PT\xe2\x80\x99s YouTube | 2025-01-05+6 | 1\n");
}

static void the_checksum_is_that_of_the_bytes(void **state)
{
    sp_test_import_t t = sp_import_text(HEADER "A,b,2025-01-05,1\n");

    sp_assert_ok(t.rv, t.err);
    assert_string_equal(t.result->sha256, "0cc7181201b5c485e5b5e301860e0184513954eded930701ac7b73f81c6182e3");
    assert_int_equal(t.result->rows, 2);
    assert_int_equal(t.result->cells, 1);
    assert_int_equal(t.result->delimiter, ',');
}

static void a_sample_longer_than_its_buffer_loses_nothing(void **state)
{
    sp_test_import_t t = import_with(apr_pstrcat(sp_test_pool(), "service;platform;date;viewers\n", repeat("A;b;2025-01-05;1\n", 10000), NULL), NULL);

    sp_assert_ok(t.rv, t.err);
    assert_int_equal(t.result->cells, 10000);
    assert_int_equal(t.result->delimiter, ';');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(too_many_bytes_are_refused),
        SP_UNIT_TEST(too_many_rows_columns_and_long_cells_are_refused),
        SP_UNIT_TEST(too_many_names_are_refused),
        SP_UNIT_TEST(problems_are_capped_but_all_counted),
        SP_UNIT_TEST(notes_are_capped_but_all_counted),
        SP_UNIT_TEST(too_many_days_are_refused),
        SP_UNIT_TEST(commas_and_newlines_are_refused_as_nothing),
        SP_UNIT_TEST(bytes_that_are_no_text_are_refused),
        SP_UNIT_TEST(windows_1252_is_read),
        SP_UNIT_TEST(the_checksum_is_that_of_the_bytes),
        SP_UNIT_TEST(a_sample_longer_than_its_buffer_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
