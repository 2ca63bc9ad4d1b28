/* Tests of side-by-side sheets: the months. */
#include "import_support.h"

#include <apr_strings.h>

typedef struct {
    const char *name;
    const char *file;
    sp_error_code_e code;
    const char *out;
    const char *assumed, *warnings;
} case_t;

static const case_t cases[] = {
    {"a short neighbour's total does not end the taller block",
     "A,,,,B,,\n"
     "Date,1/3/2025,1/10/2025,,Date,1/5/2025,1/12/2025\n"
     "Youtube,1,2,,Youtube,10,20\n"
     ",1,2,,Facebook,30,40\n"
     ",,,,Zoom,50,60\n"
     ",,,,,90,120\n",
     SP_E_NONE,
     "A | Youtube | 2025-01-03+6 | 1\nA | Youtube | 2025-01-10+6 | 2\nB | Facebook | 2025-01-05+6 | 30\nB | Facebook | 2025-01-12+6 | 40\n"
     "B | Youtube | 2025-01-05+6 | 10\nB | Youtube | 2025-01-12+6 | 20\nB | Zoom | 2025-01-05+6 | 50\nB | Zoom | 2025-01-12+6 | 60\n",
     "date_order ", ""},
    {"weeks with total 0 stay", "A,\nDate,1/3/2025,1/31/2025\nYoutube,0,0\nTotal,0,0\n", SP_E_NONE,
     "A | Youtube | 2025-01-03+6 | 0\nA | Youtube | 2025-01-31+6 | 0\n", "", ""},
    {"blank and N/A are no number", "A,\nDate,1/3/2025,1/31/2025\nYoutube, n/a ,\nFacebook,,4\n,,4\n", SP_E_NONE, "A | Facebook | 2025-01-31+6 | 4\n", "", ""},
    {"a total that differs", "A,\nDate,1/31/2025\nYoutube,5\nTotal,6\n", SP_E_NONE, "A | Youtube | 2025-01-31+6 | 5\n", "", "total_differs "},
    {"a total that is no number", "A,\nDate,1/31/2025\nYoutube,5\n,#REF!\n", SP_E_NONE, "A | Youtube | 2025-01-31+6 | 5\n", "", "total_unreadable "},
    {"YouTube and Youtube are one platform", "A,,B,\nDate,1/31/2025,Date,1/31/2025\nYoutube,5,YouTube,6\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nB | Youtube | 2025-01-31+6 | 6\n", "name_matched ", ""},
    {"a title above names no service", "The house,,,\nA,,B,\nDate,1/31/2025,Date,1/31/2025\nYoutube,5,Youtube,6\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nB | Youtube | 2025-01-31+6 | 6\n", "", ""},
    {"a title between names and dates neither", "A,,B,\nThe house,,,\nDate,1/31/2025,Date,1/31/2025\nYoutube,5,Youtube,6\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nB | Youtube | 2025-01-31+6 | 6\n", "", ""},
    {"one service with a title row", "A\nWeek of,1/31/2025\nYoutube,5\n", SP_E_NONE, "A | Youtube | 2025-01-31+6 | 5\n", "", ""},
    {"two services one below the other", "A\nDate,1/31/2025\nYoutube,5\n\nB\nDate,1/31/2025\nYoutube,6\n\nFebruary\nDate,2/28/2025\nYoutube,7\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nB | Youtube | 2025-01-31+6 | 6\nB | Youtube | 2025-02-28+6 | 7\n", "name_assumed ", ""},
    {"two services in turns, no blank row above a name that is known",
     "A\nDate,1/31/2025\nYoutube,5\n,5\n\nB\nDate,1/31/2025\nYoutube,6\n,6\nA\nDate,2/28/2025\nYoutube,7\nB\nDate,2/28/2025\nYoutube,8\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 7\nB | Youtube | 2025-01-31+6 | 6\nB | Youtube | 2025-02-28+6 | 8\n",
     "name_assumed name_assumed name_assumed ", ""},
    {"a text without numbers below the platforms may be one", "A\nDate,1/31/2025\nYoutube,5\nB\nDate,2/28/2025\nYoutube,6\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 6\n", "", "title_ignored "},
    {"a platform that has no numbers names no service",
     "Sunday,1/5/2025,1/12/2025,Friday,1/3/2025,1/10/2025\nYouTube,10,11,YouTube,20,21\nEmerge,,,Emerge,,\nDate,2/2/2025,2/9/2025,Date,2/7/2025,2/14/2025\n"
     "YouTube,30,31,YouTube,40,41\n",
     SP_E_NONE,
     "Friday | YouTube | 2025-01-03+6 | 20\nFriday | YouTube | 2025-01-10+6 | 21\nFriday | YouTube | 2025-02-07+6 | 40\nFriday | YouTube | 2025-02-14+6 | 41\n"
     "Sunday | YouTube | 2025-01-05+6 | 10\nSunday | YouTube | 2025-01-12+6 | 11\nSunday | YouTube | 2025-02-02+6 | 30\nSunday | YouTube | 2025-02-09+6 | 31\n",
     "", "title_ignored "},
    {"a platform that once had a row names no service, whatever stands between",
     "A,,B,\nDate,1/31/2025,Date,1/31/2025\nYoutube,5,Youtube,6\nEmerge,N/A,Emerge,\n,5,,6\n\nEmerge,,Emerge,\nDate,2/28/2025,Date,2/28/"
     "2025\nYoutube,7,Youtube,8\n",
     SP_E_NONE, "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 7\nB | Youtube | 2025-01-31+6 | 6\nB | Youtube | 2025-02-28+6 | 8\n", "",
     "title_ignored "},
    {"a remark below a total names no service",
     "Sunday,1/31/2025\nYoutube,5\nTotal,5\nChecked by,Anna\nDate,2/28/2025\nYoutube,6\nTotal,6\nChecked by,Anna\nDate,3/28/2025\nYoutube,7\n", SP_E_NONE,
     "Sunday | Youtube | 2025-01-31+6 | 5\nSunday | Youtube | 2025-02-28+6 | 6\nSunday | Youtube | 2025-03-28+6 | 7\n", "", "title_ignored "},
    {"nor one with further cells after a blank row", "Sunday\nDate,1/31/2025\nYoutube,5\nTotal,5\n\nChecked by,Anna\nDate,2/28/2025\nYoutube,6\n", SP_E_NONE,
     "Sunday | Youtube | 2025-01-31+6 | 5\nSunday | Youtube | 2025-02-28+6 | 6\n", "", "title_ignored "},
    {"nor one alone right below the total", "Sunday\nDate,1/31/2025\nYoutube,5\nTotal,5\nall good\nDate,2/28/2025\nYoutube,6\n", SP_E_NONE,
     "Sunday | Youtube | 2025-01-31+6 | 5\nSunday | Youtube | 2025-02-28+6 | 6\n", "", "title_ignored "},
    {"nor a text above a month with one of several services",
     "A,,B,\nDate,1/31/2025,Date,1/31/2025\nYoutube,5,Youtube,6\n,5,,6\n\nHolidays,,,\nDate,2/28/2025,,\nYoutube,7,,\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 7\nB | Youtube | 2025-01-31+6 | 6\n", "", "title_ignored "},
    {"nor texts above some of the services",
     "A,,B,,C,\nDate,1/31/2025,Date,1/31/2025,Date,1/31/2025\nYoutube,5,Youtube,6,Youtube,7\n\nFirst,,Second,,,\n"
     "Date,2/28/2025,Date,2/28/2025,Date,2/28/2025\nYoutube,8,Youtube,9,Youtube,10\n",
     SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 8\nB | Youtube | 2025-01-31+6 | 6\nB | Youtube | 2025-02-28+6 | 9\n"
     "C | Youtube | 2025-01-31+6 | 7\nC | Youtube | 2025-02-28+6 | 10\n",
     "", "title_ignored title_ignored "},
    {"a remark does not split a service's columns",
     "A,,,,\nDate,1/24/2025,,1/31/2025,\nYoutube,5,,6,\nTotal,5,,6,\nChecked by,,Anna,,\nDate,2/21/2025,,2/28/2025\nYoutube,7,,8\n", SP_E_NONE,
     "A | Youtube | 2025-01-24+6 | 5\nA | Youtube | 2025-01-31+6 | 6\nA | Youtube | 2025-02-21+6 | 7\nA | Youtube | 2025-02-28+6 | 8\n", "", "title_ignored "},
    {"a text above a part of a block that has neither dates nor a name",
     "A,,,\nDate,1/31/2025,Date,\nYoutube,5,Youtube,\n,5,Other,\nDate,2/28/2025,,\nYoutube,6,,\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 6\n", "", ""},
    {"a full row of other names renames",
     "A,,B,\nDate,1/31/2025,Date,1/31/2025\nYoutube,5,Youtube,6\n\nB,,A,\nDate,2/28/2025,Date,2/28/2025\nYoutube,7,Youtube,8\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 8\nB | Youtube | 2025-01-31+6 | 6\nB | Youtube | 2025-02-28+6 | 7\n",
     "name_assumed name_assumed ", ""},
    {"names in the row of dates change with it", "A,1/31/2025\nYoutube,5\n,5\nB,1/31/2025\nYoutube,6\nYoutube,2/28/2025\nYoutube,7\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nB | Youtube | 2025-01-31+6 | 6\nB | Youtube | 2025-02-28+6 | 7\n", "name_assumed ", "title_ignored "},
    {"another word in the row of dates is no name", "A\nDate,1/31/2025\nYoutube,5\n,5\nWk,2/28/2025\nYoutube,6\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 6\n", "", "title_ignored "},
    {"special programs with a heading beside", "A,\nDate,1/31/2025\nYoutube,5\n\nSpecial Programs,Notes,\nGala,2/14/2025\nYoutube,6\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nGala@2025-02-14 |  | Youtube | 2025-02-14 | 6\n", "", ""},
    {"a week with a mistyped year", "A,,,\nDate,1/17/2025,1/24/2015,1/31/2025\nYoutube,5,6,7\n\nSpecial Programs\nGala,01-20\nYoutube,1\n", SP_E_NONE,
     "A | Youtube | 2015-01-24+6 | 6\nA | Youtube | 2025-01-17+6 | 5\nA | Youtube | 2025-01-31+6 | 7\nGala@2025-01-20 |  | Youtube | 2025-01-20 [01-20] | 1\n",
     "year_assumed ", "far_date "},
    {"a mistyped year that either order reads", "A,,,\nDate,1/5/2015,1/12/2025,1/19/2025\nYoutube,5,6,7\n\nSpecial Programs\nGala,01-20\nYoutube,1\n",
     SP_E_NONE,
     "A | Youtube | 2015-01-05+6 | 5\nA | Youtube | 2025-01-12+6 | 6\nA | Youtube | 2025-01-19+6 | 7\nGala@2025-01-20 |  | Youtube | 2025-01-20 [01-20] | 1\n",
     "year_assumed ", "far_date "},
    {"one week a year is no slip", "A,,,\nDate,12/24/2023,12/29/2024,12/31/2025\nYoutube,5,6,7\n", SP_E_NONE,
     "A | Youtube | 2023-12-24+6 | 5\nA | Youtube | 2024-12-29+6 | 6\nA | Youtube | 2025-12-31+6 | 7\n", "", ""},
    {"names stay for the months below",
     "A,,B,\nDate,1/31/2025,Date,1/31/2025\nYoutube,5,Youtube,6\n,,,\nFebruary,,,\nDate,2/28/2025,,2/28/2025\nYoutube,7,Youtube,8\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 7\nB | Youtube | 2025-01-31+6 | 6\nB | Youtube | 2025-02-28+6 | 8\n", "", ""},
    {"a month of platforms without dates is no row of titles",
     "A,,B,\nDate,1/31/2025,Date,1/31/2025\nYoutube,5,Youtube,6\n,,,\nDate,,Date,\nYoutube,,Youtube,\nZoom,,Zoom,\n,0,,0\n,,,\nDate,2/28/2025,Date,2/28/2025\n"
     "Youtube,7,Youtube,8\n",
     SP_E_NONE, "A | Youtube | 2025-01-31+6 | 5\nA | Youtube | 2025-02-28+6 | 7\nB | Youtube | 2025-01-31+6 | 6\nB | Youtube | 2025-02-28+6 | 8\n", "", ""},
    {"unused date cells with spaces, totals of 0 under them", "A,,,\nDate,1/31/2025,  , \nYoutube,5,,\n,5,0,0\n", SP_E_NONE, "A | Youtube | 2025-01-31+6 | 5\n",
     "", ""},
    {"a column of totals", "A,,,\nDate,1/24/2025,1/31/2025,Total\nYoutube,5,6,11\nFacebook,1,1,3\n,6,7,13\n", SP_E_NONE,
     "A | Facebook | 2025-01-24+6 | 1\nA | Facebook | 2025-01-31+6 | 1\nA | Youtube | 2025-01-24+6 | 5\nA | Youtube | 2025-01-31+6 | 6\n", "",
     "total_differs "},
    {"no names beside the dates but names below", ",1/31/2025,,1/31/2025\nYoutube,5,Youtube,6\n", SP_E_CSV_BAD_NAME, "csv_bad_name 1:1 \ncsv_bad_name 1:3 \n",
     NULL, NULL},
    {"a first column that is blank", ",A,,B,\n,Date,1/31/2025,Date,1/31/2025\n,Youtube,5,Youtube,6\n", SP_E_NONE,
     "A | Youtube | 2025-01-31+6 | 5\nB | Youtube | 2025-01-31+6 | 6\n", "", ""},
    {"dates in the first column", "A,,\n1/24/2025,1/31/2025,\n1,2\n", SP_E_CSV_BAD_NAME,
     "csv_bad_name 2:1 1/24/2025\ncsv_unplaced_number 3:1 1\ncsv_unplaced_number 3:2 2\n", NULL, NULL},
    {"what is no number is a problem with its place",
     "A,,,,,,\nDate,1/3/2025,1/10/2025,1/17/2025,1/24/2025,1/31/2025,2/7/2025\nYoutube,1.2K,12.9,-5,#REF!,350 est,7\n,,,,,,7\n", SP_E_CSV_BAD_COUNT,
     "csv_bad_count 3:2 1.2K\ncsv_bad_count 3:3 12.9\ncsv_bad_count 3:4 -5\ncsv_bad_count 3:5 #REF!\ncsv_bad_count 3:6 350 est\n", NULL, NULL},
    {"a date that is none", "A,,\nDate,13/45/2025,1/31/2025\nYoutube,1,2\n,1,2\n", SP_E_CSV_BAD_DATE, "csv_bad_date 2:2 13/45/2025\n", NULL, NULL},
    {"dates without a year", "A,,\nDate,1/3/2025,1/31/2025\nYoutube,1,2\n\nDate,2/7,2/14\nYoutube,3,4\n", SP_E_CSV_BAD_DATE,
     "csv_bad_date 5:2 2/7\ncsv_bad_date 5:3 2/14\n", NULL, NULL},
    {"a number without a date above", "A,,,\nDate,1/31/2025,,\nYoutube,1,,9\n", SP_E_CSV_UNPLACED_NUMBER, "csv_unplaced_number 3:4 9\n", NULL, NULL},
    {"a number above all blocks", "Viewers,12\nA,\nDate,1/31/2025\nYoutube,1\n", SP_E_CSV_UNPLACED_NUMBER, "csv_unplaced_number 1:2 12\n", NULL, NULL},
    {"a platform below the total", "A,\nDate,1/31/2025\nYoutube,1\n,1\nZoom,5\n", SP_E_CSV_UNPLACED_NUMBER, "csv_unplaced_number 5:2 5\n", NULL, NULL},
    {"numbers below without any name", "A,\nDate,1/31/2025\n,5\nYoutube,1\n", SP_E_CSV_UNPLACED_NUMBER, "csv_unplaced_number 3:2 5\n", NULL, NULL},
    {"a number for a platform's name", "A,\nDate,1/31/2025\nYoutube,1\n77,5\n", SP_E_CSV_UNPLACED_NUMBER, "csv_unplaced_number 4:1 77\n", NULL, NULL},
    {"a number in the row of dates", "A,,,\nDate,1/17/2025,1/24/2025,45\nYoutube,1,2,3\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"only platforms, no numbers", "A,\nDate,1/31/2025\nYoutube,\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
};

static void every_sheet_gives_what_it_says(void **state)
{
    static const int steps[] = {0, 1, -1};

    for (size_t i = 0; i < 3 * sizeof(cases) / sizeof(*cases); i++) {
        const case_t *c = &cases[i / 3];
        sp_test_import_t t = sp_test_import(c->file, strlen(c->file), steps[i % 3], NULL);
        if ((c->code == SP_E_NONE) != (t.rv == APR_SUCCESS) || t.err->code != c->code || (c->assumed && strcmp(t.assumed, c->assumed) != 0) ||
            (c->warnings && strcmp(t.warnings, c->warnings) != 0)) {
            fail_msg("%s: %s\n%s\nassumed %s\nwarnings %s", c->name, t.err->message, t.problems, t.assumed, t.warnings);
        }
        if (strcmp(c->code == SP_E_NONE ? t.numbers : t.problems, c->out) != 0) {
            print_message("case: %s\n", c->name);
        }
        assert_string_equal(c->code == SP_E_NONE ? t.numbers : t.problems, c->out);
    }
}

static void a_total_that_differs_tells_both_numbers(void **state)
{
    sp_test_import_t t = sp_import_text("A,\nDate,1/31/2025\nYoutube,5\nZoom,\"1,000\"\nTotal,\"1,006\"\n");

    sp_assert_ok(t.rv, t.err);
    assert_string_equal(APR_ARRAY_IDX(t.result->warnings, 0, sp_import_note_t).message,
                        "the total in line 5, column 2 says 1006, the numbers of its column are 1005 together");
}

static void one_service_alone_hides_no_other(void **state)
{
    sp_test_import_t t = sp_import_text("B,\nDate,1/31/2025\nYoutube,5\n");

    sp_assert_ok(t.rv, t.err);
    assert_int_equal(t.result->said->services->nelts, 1);
    assert_string_equal(APR_ARRAY_IDX(t.result->said->services, 0, sp_said_name_t).name, "B");
}

static void skipping_leaves_out_only_bad_cells(void **state)
{
    const char *file = "A,,\nDate,1/24/2025,1/31/2025\nYoutube,1.2K,2\nZoom,3,4\n,9,6\n";
    sp_import_options_t options = {.skip_bad = 1};
    sp_test_import_t t = sp_test_import(file, strlen(file), 0, &options);

    sp_assert_ok(t.rv, t.err);
    assert_string_equal(t.numbers, "A | Youtube | 2025-01-31+6 | 2\nA | Zoom | 2025-01-24+6 | 3\nA | Zoom | 2025-01-31+6 | 4\n");
    assert_string_equal(t.warnings, "skipped ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(every_sheet_gives_what_it_says),
        SP_UNIT_TEST(a_total_that_differs_tells_both_numbers),
        SP_UNIT_TEST(one_service_alone_hides_no_other),
        SP_UNIT_TEST(skipping_leaves_out_only_bad_cells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
