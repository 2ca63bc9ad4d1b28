/* Tests of files with one number, or one week, a row; and of which layout a file has. */
#include "import_support.h"

#include <apr_strings.h>

typedef struct {
    const char *name;
    const char *file;
    sp_error_code_e code;           /* SP_E_NONE: it comes in */
    const char *out;                /* the numbers, or the problems */
    const char *assumed, *warnings; /* NULL: not looked at */
} case_t;

static const case_t cases[] = {
    {"long", "service,platform,week_start,week_end,viewers\nJHB,Youtube,2025-01-05,2025-01-11,\"1,234\"\nJHB,Facebook,2025-01-05,2025-01-11,0\n", SP_E_NONE,
     "JHB | Facebook | 2025-01-05+6 | 0\nJHB | Youtube | 2025-01-05+6 | 1234\n", "", ""},
    {"any order, synonyms, case", "Views;Week of;PROGRAM;Source\n12;1/31/2025;A;b\n", SP_E_NONE, "A | b | 2025-01-31+6 | 12\n", "", ""},
    {"the end of a week", "service,platform,date,week-ending,count\nA,b,2025-01-05,2025-01-08,3\nA,b,2025-01-12,,4\n", SP_E_NONE,
     "A | b | 2025-01-05+3 | 3\nA | b | 2025-01-12+6 | 4\n", "", ""},
    {"blank and N/A are no number, 0 is", "service,platform,date,viewers\nA,b,2025-01-05,\nA,b,2025-01-12,N/A\nA,b,2025-01-19,0\n,,,\n", SP_E_NONE,
     "A | b | 2025-01-19+6 | 0\n", "", ""},
    {"a byte order mark before a quoted header", "\xef\xbb\xbf\"service\",\"platform\",\"date\",\"viewers\"\r\nA,b,2025-01-05,1\r\n", SP_E_NONE,
     "A | b | 2025-01-05+6 | 1\n", "", ""},
    {"a sep= line", "sep=;\nservice;platform;date;viewers\nA;b;2025-01-05;1\n", SP_E_NONE, "A | b | 2025-01-05+6 | 1\n", "", ""},
    {"a title above the header", "Our viewers\n\nservice,platform,date,viewers\nA,b,2025-01-05,1\n", SP_E_NONE, "A | b | 2025-01-05+6 | 1\n", "", ""},
    {"names that match", "service,platform,date,viewers\nA,Youtube,2025-01-05,1\nA,YouTube,2025-01-12,2\na,YOUTUBE,2025-01-19,3\nA,YouTube,2025-01-26,4\n",
     SP_E_NONE, "A | Youtube | 2025-01-05+6 | 1\nA | Youtube | 2025-01-12+6 | 2\nA | Youtube | 2025-01-19+6 | 3\nA | Youtube | 2025-01-26+6 | 4\n",
     "name_matched name_matched name_matched ", ""},
    {"a column that is not read", "service,platform,date,viewers,notes\nA,b,2025-01-05,1,nice\n", SP_E_NONE, "A | b | 2025-01-05+6 | 1\n", "",
     "column_ignored "},
    {"total rows", "service,platform,date,viewers\nA,b,2025-01-05,1\nA,Total,2025-01-05,1\n", SP_E_NONE, "A | b | 2025-01-05+6 | 1\n", "", "total_ignored "},
    {"wide", "service,week_start,Youtube,Facebook,Total\nA,2025-01-05,1,2,3\nA,2025-01-12,,4,9\n", SP_E_NONE,
     "A | Facebook | 2025-01-05+6 | 2\nA | Facebook | 2025-01-12+6 | 4\nA | Youtube | 2025-01-05+6 | 1\n", "", "total_differs "},
    {"wide with total_viewers", "service,date,Youtube,total_viewers\nA,2025-01-05,1,1\n", SP_E_NONE, "A | Youtube | 2025-01-05+6 | 1\n", "", ""},
    {"events", "event,service,platform,date,viewers\nPENIEL,JHB,Youtube,2025-07-31,5\nPENIEL,JHB,Youtube,2025-08-01,6\nPENIEL,,Youtube,2026-07-31,7\n",
     SP_E_NONE,
     "PENIEL@2025-07-31 | JHB | Youtube | 2025-07-31 | 5\nPENIEL@2025-07-31 | JHB | Youtube | 2025-08-01 | 6\nPENIEL@2026-07-31 |  | Youtube | 2026-07-31 | "
     "7\n",
     "editions ", ""},
    {"events by other headings", "id,Event Name,event_id,platform,date,viewers\n1,Gala,7,b,2025-03-25,5\n", SP_E_NONE,
     "Gala@2025-03-25 |  | b | 2025-03-25 | 5\n", "", "column_ignored "},
    {"days of events are no weeks", "id,event_id,service,platform,date,viewers\n1,2,A,b,2025-01-05,1\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"nor those of special ones", "special_event,service,platform,date,viewers\nG,A,b,2025-01-05,1\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"nor in a wide file", "eventID,service,date,Youtube\n1,A,2025-01-05,1\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"a platform whose name begins like an event's", "service,date,Eventbrite\nA,2025-01-05,1\n", SP_E_NONE, "A | Eventbrite | 2025-01-05+6 | 1\n", "", ""},
    {"a wide file with columns that are no platforms",
     "id,year,month,week_number,service,week_start,Youtube,created_at,Date added,Notes,comments\n7,2025,1,2,A,2025-01-05,5,2025,2026,3,4\n", SP_E_NONE,
     "A | Youtube | 2025-01-05+6 | 5\n", "", "column_ignored "},
    {"a wide file with no platform", "service,date,notes,year\nA,2025-01-05,1,2025\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"a week with a mistyped year", "service,platform,date,viewers\nA,b,2025-01-05,1\nA,b,2015-01-12,2\nA,b,2025-01-19,3\nB,b,2015-01-12,4\n", SP_E_NONE,
     "A | b | 2015-01-12+6 | 2\nA | b | 2025-01-05+6 | 1\nA | b | 2025-01-19+6 | 3\nB | b | 2015-01-12+6 | 4\n", "", "far_date "},
    {"events without platforms", "event,date,viewers\nGala,3/25/2025,5\n", SP_E_NONE, "Gala@2025-03-25 |  | All platforms | 2025-03-25 | 5\n", "", ""},
    {"our export",
     "service,platform,week_start,week_end,viewers,event,event_start,date,label\r\n"
     "JHB,Youtube,2025-01-05,2025-01-11,1,,,,\r\n"
     "'=A1,'+b,2025-01-05,2025-01-08,2,,,,\r\n"
     ",Youtube,,,3,''quoted',2025-02-01,2025-02-01,Feb\r\n"
     "JHB,Youtube,,,4,Glory,2025-01-19,2025-01-19,'=1\r\n"
     "JHB,Youtube,,,5,Glory,2025-01-20,2025-01-20,\r\n",
     SP_E_NONE,
     "'quoted'@2025-02-01 |  | Youtube | 2025-02-01 [Feb] | 3\n=A1 | +b | 2025-01-05+3 | 2\nGlory@2025-01-19 | JHB | Youtube | 2025-01-19 [=1] | 4\n"
     "Glory@2025-01-20 | JHB | Youtube | 2025-01-20 | 5\nJHB | Youtube | 2025-01-05+6 | 1\n",
     "", ""},
    {"our export with a total platform", "service,platform,week_start,week_end,viewers,event,event_start,date,label\nA,Total,2025-01-05,2025-01-11,1,,,,\n",
     SP_E_NONE, "A | Total | 2025-01-05+6 | 1\n", "", ""},
    {"what is wrong, all of it",
     "service,platform,date,viewers\nA,b,13/45/2025,1\nA,b,2025-01-05,1.2K\nA,b,2025-01-05,12.9\nA,,2025-01-05,5\nA,b,,5\n,b,Jan 5,-5\nA,b,2025-01-05,#REF!\n"
     "A,b,2025-01-05,1,234\nA\xe2\x80\xaeZ,b,2025-01-05,5\n",
     SP_E_CSV_BAD_DATE,
     "csv_bad_date 2:3 13/45/2025\ncsv_bad_count 3:4 1.2K\ncsv_bad_count 4:4 12.9\ncsv_missing_value 5:2 \ncsv_missing_value 6:3 \ncsv_missing_value 7:1 \n"
     "csv_bad_date 7:3 Jan 5\ncsv_bad_count 7:4 -5\ncsv_bad_count 8:4 #REF!\ncsv_unplaced_number 9:5 234\ncsv_bad_name 10:1 A\xe2\x80\xaeZ\n",
     NULL, NULL},
    {"a week that ends before it begins", "service,platform,date,week_end,viewers\nA,b,2025-01-05,2025-01-04,1\nA,b,2025-01-05,2026-03-01,1\n",
     SP_E_CSV_BAD_DATE, "csv_bad_date 2:4 2025-01-04\ncsv_bad_date 3:4 2026-03-01\n", NULL, NULL},
    {"a number without a platform in a wide file", "service,date,Youtube,,\nA,2025-01-05,1,7,\n", SP_E_CSV_UNPLACED_NUMBER, "csv_unplaced_number 2:4 7\n", NULL,
     NULL},
    {"a wide file with a bad date and a bad count", "service,date,Youtube\nA,2025-02-30,1\n,2025-01-05,1\nA,2025-01-05,x\n", SP_E_CSV_BAD_DATE,
     "csv_bad_date 2:2 2025-02-30\ncsv_missing_value 3:1 \ncsv_bad_count 4:3 x\n", NULL, NULL},
    {"one column twice", "service,platform,date,week,viewers\nA,b,2025-01-05,2025-01-05,1\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"no number", "service,platform,date,viewers\nA,b,2025-01-05,\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"empty", "", SP_E_CSV_EMPTY, "", NULL, NULL},
    {"blank", ",,,\n,,\n\n", SP_E_CSV_EMPTY, "", NULL, NULL},
    {"YouTube, by date", "Date,Views,Watch time (hours),Average view duration\n2025-01-05,12,3.4,0:01:02\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"YouTube, content", "Content,Video title,Video publish time,Duration,Views\nTotal,,,,120\nabc,Sunday,\"Jan 5, 2025\",3600,120\n", SP_E_LAYOUT_UNKNOWN, "",
     NULL, NULL},
    {"Meta", "sep=,\n\"Facebook views\"\n\"Date\",\"Primary\"\n\"2025-01-05T00:00:00\",\"12\"\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"X", "Date,Impressions,Likes,Video views\n\"Tue, Mar 10, 2026\",12,3,4\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"TikTok", "Date,Video Views,Profile Views\nJanuary 5,12,3\nJanuary 6,12,3\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"Twitch", "Date,Average Viewers,Max Viewers\nSun Jan 05 2025,12,30\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"Zoom", "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\nJo,,01/05/2025 09:00:01 AM,01/05/2025 10:00:01 AM,60,Yes\n",
     SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"a tidy file without its service", "platform,date,viewers\nYoutube,2025-01-05,12\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
    {"text", "Dear all,\nplease find the numbers attached.\n", SP_E_LAYOUT_UNKNOWN, "", NULL, NULL},
};

static void check_case(const case_t *c, int step)
{
    sp_test_import_t t = sp_test_import(c->file, strlen(c->file), step, NULL);

    if ((c->code == SP_E_NONE) != (t.rv == APR_SUCCESS)) {
        fail_msg("%s: %s\n%s", c->name, t.err->message, t.problems);
    }
    if (strcmp(c->code == SP_E_NONE ? t.numbers : *c->out ? t.problems : "", c->out) != 0) {
        print_message("case: %s\n", c->name);
    }
    if (c->code == SP_E_NONE) {
        assert_string_equal(t.numbers, c->out);
        assert_string_equal(t.assumed, c->assumed);
        assert_string_equal(t.warnings, c->warnings);
        return;
    }
    if (t.err->code != c->code) {
        print_message("case: %s: %s\n", c->name, t.err->message);
    }
    sp_assert_error(t.rv, t.err, c->code);
    if (*c->out) {
        assert_string_equal(t.problems, c->out);
        assert_int_equal(t.err->details_total, t.result->problems_total);
    }
}

static void every_file_gives_what_it_says(void **state)
{
    static const int steps[] = {0, 1, -1};

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        for (size_t s = 0; s < 3; s++) {
            check_case(&cases[i], steps[s]);
        }
    }
}

static void a_problem_is_a_whole_sentence(void **state)
{
    sp_test_import_t t = sp_import_text("service,platform,date,viewers\nA,b,13/45/2025,1\n");

    assert_string_equal(t.err->message, "\"13/45/2025\" in line 2, column 3 is not a date; expected a date such as 1/31/2025 or 2025-01-31");
}

static void skipping_leaves_out_only_bad_rows(void **state)
{
    const char *file = "service,platform,date,viewers\nA,b,2025-01-05,x\nA,c,2025-13-05,7\nA,d,2025-01-05,8\n";
    sp_import_options_t options = {.skip_bad = 1};
    sp_test_import_t t = sp_test_import(file, strlen(file), 0, &options);

    sp_assert_ok(t.rv, t.err);
    assert_string_equal(t.numbers, "A | d | 2025-01-05+6 | 8\n");
    assert_string_equal(t.problems, "csv_bad_count 2:4 x\ncsv_bad_date 3:3 2025-13-05\n");
    assert_string_equal(t.warnings, "skipped ");
}

typedef struct {
    const char *dates[4]; /* weeks of service A */
    sp_date_order_e asked;
    sp_date_order_e order; /* UNKNOWN: it must ask, or none depends on it */
    const char *first;     /* the first date as read; NULL: it asks */
    const char *assumed;
} order_case_t;

static const order_case_t orders[] = {
    {{"1/5/2025", "1/12/2025", "1/19/2025"}, SP_DATE_ORDER_UNKNOWN, SP_DATE_ORDER_MDY, "2025-01-05", ""},
    {{"5/1/2025", "12/1/2025", "19/1/2025"}, SP_DATE_ORDER_UNKNOWN, SP_DATE_ORDER_DMY, "2025-01-05", ""},
    {{"5/1/25", "12/1/25"}, SP_DATE_ORDER_UNKNOWN, SP_DATE_ORDER_DMY, "2025-01-05", "date_order "},
    {{"1/5/2025", "1/12/2025"}, SP_DATE_ORDER_UNKNOWN, SP_DATE_ORDER_MDY, "2025-01-05", "date_order "},
    {{"2/1/2025"}, SP_DATE_ORDER_UNKNOWN, SP_DATE_ORDER_UNKNOWN, NULL, ""},
    {{"2/1/2025"}, SP_DATE_ORDER_MDY, SP_DATE_ORDER_MDY, "2025-02-01", ""},
    {{"2/1/2025"}, SP_DATE_ORDER_DMY, SP_DATE_ORDER_DMY, "2025-01-02", ""},
    {{"3/3/2025", "4/4/2025"}, SP_DATE_ORDER_UNKNOWN, SP_DATE_ORDER_UNKNOWN, "2025-03-03", ""},
    {{"2025-01-05"}, SP_DATE_ORDER_UNKNOWN, SP_DATE_ORDER_UNKNOWN, "2025-01-05", ""},
};

static void the_order_of_day_and_month_is_decided_by_the_file(void **state)
{
    for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
        const order_case_t *c = &orders[i];
        const char *file = "service,platform,date,viewers\n";
        sp_import_options_t options = {.date_order = c->asked};
        for (int d = 0; d < 4 && c->dates[d]; d++) {
            file = apr_pstrcat(sp_test_pool(), file, "A,b,", c->dates[d], ",1\n", NULL);
        }
        sp_test_import_t t = sp_test_import(file, strlen(file), 0, &options);
        assert_int_equal(t.result->date_order, c->order);
        assert_string_equal(t.assumed, c->assumed);
        if (!c->first) {
            sp_assert_error(t.rv, t.err, SP_E_CSV_DATE_ORDER);
            continue;
        }
        sp_assert_ok(t.rv, t.err);
        assert_non_null(strstr(t.numbers, c->first));
    }
}

static void evidence_of_both_orders_makes_the_few_a_problem(void **state)
{
    sp_test_import_t t = sp_import_text("service,platform,date,viewers\nA,b,1/19/2025,1\nA,b,1/26/2025,1\nA,b,27/1/2025,1\nA,b,2/3/2025,1\n");

    sp_assert_error(t.rv, t.err, SP_E_CSV_BAD_DATE);
    assert_string_equal(t.problems, "csv_bad_date 4:3 27/1/2025\n");
    t = sp_import_text("service,platform,date,viewers\nA,b,1/19/2025,1\nA,b,27/1/2025,1\n");
    assert_string_equal(t.problems, "csv_bad_date 3:3 27/1/2025\n");
    assert_int_equal(t.result->date_order, SP_DATE_ORDER_MDY);
}

static void asking_for_the_order_is_not_skipped(void **state)
{
    const char *file = "service,platform,date,viewers\nA,b,2/1/2025,1\nA,b,2025-01-05,1\n";
    sp_import_options_t options = {.skip_bad = 1};

    sp_test_import_t t = sp_test_import(file, strlen(file), 0, &options);
    sp_assert_error(t.rv, t.err, SP_E_CSV_DATE_ORDER);
}

static void ends_of_weeks_follow_the_order_too(void **state)
{
    sp_test_import_t t = sp_import_text("service,platform,date,week_end,viewers\nA,b,5/1/2025,11/1/2025,1\nA,b,19/1/2025,25/1/2025,1\n");

    sp_assert_ok(t.rv, t.err);
    assert_string_equal(t.numbers, "A | b | 2025-01-05+6 | 1\nA | b | 2025-01-19+6 | 1\n");
}

static void a_layout_asked_for_is_not_guessed(void **state)
{
    const char *wide = "service,date,Youtube\nA,2025-01-05,1\n";
    sp_import_options_t options = {.layout = SP_LAYOUT_TIDY};
    sp_test_import_t t = sp_test_import(wide, strlen(wide), 0, &options);
    sp_layout_e layout;

    sp_assert_error(t.rv, t.err, SP_E_LAYOUT_UNKNOWN);
    options.layout = SP_LAYOUT_WIDE;
    t = sp_test_import(wide, strlen(wide), 0, &options);
    sp_assert_ok(t.rv, t.err);
    assert_int_equal(sp_import_layout_by_name("WIDE", &layout), APR_SUCCESS);
    assert_int_equal(layout, SP_LAYOUT_WIDE);
    assert_int_equal(sp_import_layout_by_name("deep", &layout), APR_NOTFOUND);
    assert_string_equal(sp_import_layout_name(SP_LAYOUT_EXPORT), "export");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(every_file_gives_what_it_says),
        SP_UNIT_TEST(a_problem_is_a_whole_sentence),
        SP_UNIT_TEST(skipping_leaves_out_only_bad_rows),
        SP_UNIT_TEST(the_order_of_day_and_month_is_decided_by_the_file),
        SP_UNIT_TEST(evidence_of_both_orders_makes_the_few_a_problem),
        SP_UNIT_TEST(asking_for_the_order_is_not_skipped),
        SP_UNIT_TEST(ends_of_weeks_follow_the_order_too),
        SP_UNIT_TEST(a_layout_asked_for_is_not_guessed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
