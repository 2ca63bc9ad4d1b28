/* Tests of the special programs of a sheet. */
#include "import_support.h"

#include <apr_strings.h>

/* Weeks from 2025-01-03 to 2026-02-19. */
#define MONTHS "A,,\nDate,1/3/2025,2/13/2026\nYoutube,1,1\n\n"
#define WEEKS  "A | Youtube | 2025-01-03+6 | 1\nA | Youtube | 2026-02-13+6 | 1\n"

typedef struct {
    const char *name;
    const char *file;
    int event_year;
    sp_error_code_e code;
    const char *out;
    const char *assumed, *warnings;
} case_t;

static const case_t cases[] = {
    {"an earlier event keeps its numbers",
     MONTHS "Special Programs\nOne,1/19/2025\nYoutube,5\nTotal,5\n\"\"\nTwo,1/20/2025,1/21/2025\nYoutube,7,8\nTotal,7,8\n", 0, SP_E_NONE,
     WEEKS "One@2025-01-19 |  | Youtube | 2025-01-19 | 5\nTwo@2025-01-20 |  | Youtube | 2025-01-20 | 7\nTwo@2025-01-20 |  | Youtube | 2025-01-21 | 8\n", "",
     ""},
    {"nothing between the events, no totals", MONTHS "SPECIAL EVENTS,,\nOne,1/19/2025\nYoutube,5\nTwo,1/20/2025\nYoutube,7\n", 0, SP_E_NONE,
     WEEKS "One@2025-01-19 |  | Youtube | 2025-01-19 | 5\nTwo@2025-01-20 |  | Youtube | 2025-01-20 | 7\n", "", ""},
    {"the second edition lies after the first", MONTHS "Special Programs\nGlory,01-19,02-01\nYoutube,1,2\nTotal,1,2\n\nGlory,01-25,01-26\nYoutube,3,4\n", 0,
     SP_E_NONE,
     WEEKS "Glory@2025-01-19 |  | Youtube | 2025-01-19 [01-19] | 1\nGlory@2025-01-19 |  | Youtube | 2025-02-01 [02-01] | 2\n"
           "Glory@2026-01-25 |  | Youtube | 2026-01-25 [01-25] | 3\nGlory@2026-01-25 |  | Youtube | 2026-01-26 [01-26] | 4\n",
     "year_assumed year_assumed ", ""},
    {"words, months alone, the turn of a year",
     MONTHS "Special Programs\nN,12-30,12-31,01-01\nYoutube,1,2,3\n\nM,Feb,Apr\nZoom,4,0\n\nW,Mar 24th,25 March,July 31\nZoom,5,6,7\n", 0, SP_E_NONE,
     WEEKS "M@2025-02-01 |  | Zoom | 2025-02-01 [Feb] | 4\nM@2025-02-01 |  | Zoom | 2025-04-01 [Apr] | 0\nN@2025-12-30 |  | Youtube | 2025-12-30 [12-30] | 1\n"
           "N@2025-12-30 |  | Youtube | 2025-12-31 [12-31] | 2\nN@2025-12-30 |  | Youtube | 2026-01-01 [01-01] | 3\n"
           "W@2025-03-24 |  | Zoom | 2025-03-24 [Mar 24th] | 5\nW@2025-03-24 |  | Zoom | 2025-03-25 [25 March] | 6\nW@2025-03-24 |  | Zoom | 2025-07-31 [July "
           "31] | 7\n",
     "year_assumed year_assumed year_assumed ", ""},
    {"a day before the first week is in the next year", MONTHS "Special Programs\nN,01-02\nYoutube,1\n", 0, SP_E_NONE,
     WEEKS "N@2026-01-02 |  | Youtube | 2026-01-02 [01-02] | 1\n", NULL, NULL},
    {"the request's year", MONTHS "Special Programs\nN,12-31,01-01\nYoutube,1,2\n", 2023, SP_E_NONE,
     WEEKS "N@2023-12-31 |  | Youtube | 2023-12-31 [12-31] | 1\nN@2023-12-31 |  | Youtube | 2024-01-01 [01-01] | 2\n", NULL, NULL},
    {"a campus above the name", MONTHS "Special Programs\n\nBaltimore\n\nGlory,1/19/2025\nYoutube,1\n\nCharlotte\nGlory (charlotte),1/19/2025\nYoutube,1\n", 0,
     SP_E_NONE, WEEKS "Glory (Baltimore)@2025-01-19 |  | Youtube | 2025-01-19 | 1\nGlory (charlotte)@2025-01-19 |  | Youtube | 2025-01-19 | 1\n",
     "name_qualified ", ""},
    {"a session list", MONTHS "Special Programs\nLeaders' Day\nSpeakers,1/19/2025,1/20/2025\nAnna,5,6\nBen,7,\nTotal,12,6\n", 0, SP_E_NONE,
     WEEKS "Leaders' Day@2025-01-19 |  | All platforms | 2025-01-19 | 12\nLeaders' Day@2025-01-19 |  | All platforms | 2025-01-20 | 6\n", "session_list ", ""},
    {"a total that differs, a platform without numbers", MONTHS "Special Programs\nE,1/19/2025\nYoutube,5\nZoom,\nTotal,6\n", 0, SP_E_NONE,
     WEEKS "E@2025-01-19 |  | Youtube | 2025-01-19 | 5\n", "", "total_differs "},
    {"a platform without numbers below the total, then the next event",
     MONTHS "Special Programs\nOne,1/19/2025\nYoutube,5\nTotal,5\nTelegram,\nTwo,1/20/2025\nYoutube,7\nEmerge,\nTotal,7\n\nEmerge,\nThree,1/21/2025\n"
            "Youtube,8\nTotal,8\nBaltimore,N/A\nFour,1/22/2025\nYoutube,9\n",
     0, SP_E_NONE,
     WEEKS "Four@2025-01-22 |  | Youtube | 2025-01-22 | 9\nOne@2025-01-19 |  | Youtube | 2025-01-19 | 5\nThree@2025-01-21 |  | Youtube | 2025-01-21 | 8\n"
           "Two@2025-01-20 |  | Youtube | 2025-01-20 | 7\n",
     "", ""},
    {"two events of one name with the same days",
     MONTHS "Special Programs\nCrossover,12/31/2025\nYoutube,5\nTotal,5\n\nGala,1/19/2025\nYoutube,6\n\nCROSSOVER,12/30/2025,12/31/2025\nYoutube,5,7\n", 0,
     SP_E_CSV_DUPLICATE, "csv_duplicate 13:1 CROSSOVER\n", NULL, NULL},
    {"two events of one name whose days touch", MONTHS "Special Programs\nCrossover,12/31/2025\nYoutube,5\n\nCrossover,1/1/2026\nYoutube,6\n", 0, SP_E_NONE,
     WEEKS "Crossover@2025-12-31 |  | Youtube | 2025-12-31 | 5\nCrossover@2026-01-01 |  | Youtube | 2026-01-01 | 6\n", "", ""},
    {"a day that the year does not have", MONTHS "Special Programs\nE,02-28,02-29,03-01\nYoutube,1,2,3\n", 0, SP_E_CSV_BAD_DATE, "csv_bad_date 6:3 02-29\n",
     NULL, NULL},
    {"the first day", MONTHS "Special Programs\nE,02-29,03-01\nYoutube,1,2\n", 0, SP_E_CSV_BAD_DATE, "csv_bad_date 6:2 02-29\n", NULL, NULL},
    {"the request's year has no such day", MONTHS "Special Programs\nE,02-29\nYoutube,1\n", 2023, SP_E_CSV_BAD_DATE, "csv_bad_date 6:2 02-29\n", NULL, NULL},
    {"the request's year has it", MONTHS "Special Programs\nE,02-29\nYoutube,1\n", 2024, SP_E_NONE,
     WEEKS "E@2024-02-29 |  | Youtube | 2024-02-29 [02-29] | 1\n", "year_assumed ", ""},
    {"only special programs", "Special Programs\nE,1/19/2025\nYoutube,5\n", 0, SP_E_NONE, "E@2025-01-19 |  | Youtube | 2025-01-19 | 5\n", "", ""},
    {"no year to tell by", "Special Programs\nE,01-19,01-20\nYoutube,5,6\n", 0, SP_E_CSV_BAD_DATE, "csv_bad_date 2:2 01-19\n", NULL, NULL},
    {"a platform before any event", MONTHS "Special Programs\nYoutube,5\n", 0, SP_E_CSV_UNPLACED_NUMBER, "csv_unplaced_number 6:2 5\n", NULL, NULL},
    {"a number without a day above", MONTHS "Special Programs\nE,1/19/2025,,\nYoutube,5,6\n", 0, SP_E_CSV_UNPLACED_NUMBER, "csv_unplaced_number 7:3 6\n", NULL,
     NULL},
    {"a platform below the total", MONTHS "Special Programs\nE,1/19/2025\nYoutube,5\nTotal,5\nZoom,6\n", 0, SP_E_CSV_UNPLACED_NUMBER,
     "csv_unplaced_number 9:2 6\n", NULL, NULL},
    {"a bad day and a bad count", MONTHS "Special Programs\nE,1/19/2025,2/30/2025\nYoutube,5 est,6\n", 0, SP_E_CSV_BAD_DATE,
     "csv_bad_date 6:3 2/30/2025\ncsv_bad_count 7:2 5 est\n", NULL, NULL},
    {"a platform's row with a slip is no event", MONTHS "Special Programs\nE,1/19/2025\nYoutube,3/4\n", 0, SP_E_CSV_BAD_COUNT, "csv_bad_count 7:2 3/4\n", NULL,
     NULL},
};

static void every_event_gives_what_it_says(void **state)
{
    static const int steps[] = {0, 1, -1};

    for (size_t i = 0; i < 3 * sizeof(cases) / sizeof(*cases); i++) {
        const case_t *c = &cases[i / 3];
        sp_import_options_t options = {.event_year = c->event_year};
        sp_test_import_t t = sp_test_import(c->file, strlen(c->file), steps[i % 3], &options);
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

static void an_event_without_numbers_is_not_said(void **state)
{
    sp_test_import_t t = sp_import_text(MONTHS "Special Programs\nE,Feb,Mar\nYoutube,,\n\nF,Apr\nYoutube,5\n");

    sp_assert_ok(t.rv, t.err);
    assert_int_equal(t.result->said->events->nelts, 1);
    assert_string_equal(APR_ARRAY_IDX(t.result->said->events, 0, sp_said_event_t).name, "F");
}

static void the_remark_on_years_tells_where_they_change(void **state)
{
    sp_test_import_t t = sp_import_text(MONTHS "Special Programs\nM,Apr,Feb,Mar\nZoom,1,2,3\n");

    sp_assert_ok(t.rv, t.err);
    assert_string_equal(APR_ARRAY_IDX(t.result->assumed, 0, sp_import_note_t).message,
                        "the days of \"M\" have no year; they are taken to be from 2025-04-01 to 2026-03-01; the year changes at \"Feb\" in line 6, column 3, "
                        "which is taken to be 2026-02-01");
}

static void events_of_the_same_days_are_left_out(void **state)
{
    const char *file = MONTHS "Special Programs\nE,1/19/2025\nYoutube,5\n\nE,1/19/2025\nYoutube,5\n\nF,1/19/2025\nYoutube,6\n";
    sp_import_options_t options = {.skip_bad = 1};
    sp_test_import_t t = sp_test_import(file, strlen(file), 0, &options);

    sp_assert_ok(t.rv, t.err);
    assert_string_equal(t.numbers, WEEKS "F@2025-01-19 |  | Youtube | 2025-01-19 | 6\n");
    assert_string_equal(t.problems, "csv_duplicate 9:1 E\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(every_event_gives_what_it_says),
        SP_UNIT_TEST(the_remark_on_years_tells_where_they_change),
        SP_UNIT_TEST(events_of_the_same_days_are_left_out),
        SP_UNIT_TEST(an_event_without_numbers_is_not_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
