/* core/export_row.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "export_row.h"

#define SUNDAY 20093 /* 2025-01-05 */

static const char *written(apr_pool_t *p, sp_export_format_e format, const sp_export_row_t *row)
{
    sp_out_t *out = sp_out_create(p, NULL);
    const char *data;
    sp_error_t err;
    sp_error_init(&err, p);
    sp_export_row_write(out, format, row);
    assert_int_equal(sp_out_finish(out, &err), APR_SUCCESS);
    assert_null(sp_out_content(out, &data));
    return apr_pstrmemdup(p, data, (apr_size_t)sp_out_size(out));
}

static const struct {
    sp_export_row_t row;
    const char *csv, *ndjson;
} rows[] = {
    {{"Sunday", "YouTube", SUNDAY, SUNDAY + 6, 0, NULL, SP_DAY_NONE, NULL},
     "Sunday,YouTube,2025-01-05,2025-01-11,0,,,,\r\n",
     "{\"service\":\"Sunday\",\"platform\":\"YouTube\",\"week_start\":\"2025-01-05\",\"week_end\":\"2025-01-11\",\"viewers\":0}\n"},
    {{NULL, "Zoom", SUNDAY + 1, SUNDAY + 1, 1000000000000, "Nights", SUNDAY, NULL},
     ",Zoom,,,1000000000000,Nights,2025-01-05,2025-01-06,\r\n",
     "{\"platform\":\"Zoom\",\"viewers\":1000000000000,\"event\":\"Nights\",\"event_start\":\"2025-01-05\",\"date\":\"2025-01-06\"}\n"},
    {{"Sunday", "Zoom", SUNDAY, SUNDAY, 7, "Nights", SUNDAY, "Jan 5"},
     "Sunday,Zoom,,,7,Nights,2025-01-05,2025-01-05,Jan 5\r\n",
     "{\"service\":\"Sunday\",\"platform\":\"Zoom\",\"viewers\":7,\"event\":\"Nights\",\"event_start\":\"2025-01-05\",\"date\":\"2025-01-05\",\"label\":\"Jan "
     "5\"}\n"},
    {{"say \"hi\", all", "\"", SUNDAY, SUNDAY + 6, 1, NULL, SP_DAY_NONE, NULL},
     "\"say \"\"hi\"\", all\",\"\"\"\",2025-01-05,2025-01-11,1,,,,\r\n",
     "{\"service\":\"say \\\"hi\\\", all\",\"platform\":\"\\\"\",\"week_start\":\"2025-01-05\",\"week_end\":\"2025-01-11\",\"viewers\":1}\n"},
};

static void write_gives_both_forms(void **state)
{
    apr_pool_t *p = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_string_equal(written(p, SP_EXPORT_CSV, &rows[i].row), rows[i].csv);
        assert_string_equal(written(p, SP_EXPORT_NDJSON, &rows[i].row), rows[i].ndjson);
    }
}

static void write_defuses_formulas_in_csv_only(void **state)
{
    static const struct {
        const char *name, *cell;
    } cases[] = {{"=1+1", "'=1+1"},
                 {"+1", "'+1"},
                 {"-1", "'-1"},
                 {"@SUM(A1)", "'@SUM(A1)"},
                 {"'tis", "''tis"},
                 {"\tx", "\"'\tx\""},
                 {"=a,b", "\"'=a,b\""},
                 {"a=b", "a=b"},
                 {"10-12", "10-12"},
                 {"'", "''"},
                 {"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""}};
    apr_pool_t *p = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const sp_export_row_t row = {"S", cases[i].name, SUNDAY, SUNDAY + 6, 5, NULL, SP_DAY_NONE, NULL};
        const char *csv = apr_pstrcat(p, "S,", cases[i].cell, ",2025-01-05,2025-01-11,5,,,,\r\n", NULL);
        assert_string_equal(written(p, SP_EXPORT_CSV, &row), csv);
        assert_null(strstr(written(p, SP_EXPORT_NDJSON, &row), "\"'="));
    }
}

static void header_is_for_csv_only(void **state)
{
    apr_pool_t *p = *state;
    sp_out_t *csv = sp_out_create(p, NULL), *ndjson = sp_out_create(p, NULL);
    sp_error_t err;
    const char *data;
    sp_error_init(&err, p);
    sp_export_row_header(csv, SP_EXPORT_CSV);
    sp_export_row_header(ndjson, SP_EXPORT_NDJSON);
    assert_int_equal(sp_out_finish(csv, &err), APR_SUCCESS);
    assert_int_equal(sp_out_finish(ndjson, &err), APR_SUCCESS);
    assert_null(sp_out_content(csv, &data));
    assert_string_equal(apr_pstrmemdup(p, data, (apr_size_t)sp_out_size(csv)), "service,platform,week_start,week_end,viewers,event,event_start,date,label\r\n");
    assert_int_equal(sp_out_size(ndjson), 0);
}

static void format_by_name_knows_two(void **state)
{
    sp_export_format_e format = SP_EXPORT_CSV;
    assert_int_equal(sp_export_row_format_by_name("ndjson", &format), APR_SUCCESS);
    assert_int_equal(format, SP_EXPORT_NDJSON);
    assert_string_equal(sp_export_row_format_name(format), "ndjson");
    assert_int_equal(sp_export_row_format_by_name("xlsx", &format), APR_NOTFOUND);
    assert_int_equal(sp_export_row_format_by_name("", &format), APR_NOTFOUND);
}

static int setup(void **state)
{
    return apr_pool_create((apr_pool_t **)state, NULL);
}

static int teardown(void **state)
{
    apr_pool_destroy(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(write_gives_both_forms, setup, teardown),
        cmocka_unit_test_setup_teardown(write_defuses_formulas_in_csv_only, setup, teardown),
        cmocka_unit_test_setup_teardown(header_is_for_csv_only, setup, teardown),
        cmocka_unit_test_setup_teardown(format_by_name_knows_two, setup, teardown),
    };
    apr_initialize();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
