/* Tests of the statistical writer: all that it says passes the check, and says what matters. */
#include "insight_support.h"

#include <apr_strings.h>

#include "import_support.h"
#include "store_support.h"
#include "insight_writer.h"

/* Line by line: a message has a limit. */
static void print_text(const char *text)
{
    char *last = NULL, *copy = apr_pstrdup(sp_test_pool(), text);

    for (char *line = apr_strtok(copy, "\n", &last); line; line = apr_strtok(NULL, "\n", &last)) {
        print_message("  %s\n", line);
    }
}

/* Writes, checks, and fails where anything is left out. */
static sp_insight_t write_checked(const apr_array_header_t *facts)
{
    sp_draft_t draft;
    sp_insight_t insight;
    apr_array_header_t *drops;

    sp_insight_write(sp_test_pool(), facts, &draft);
    sp_insight_check(sp_test_pool(), facts, &draft, &insight, &drops);
    for (int i = 0; i < drops->nelts; i++) {
        const sp_check_drop_t *drop = &APR_ARRAY_IDX(drops, i, sp_check_drop_t);
        print_message("dropped: %s\n  %s\n", drop->text, drop->reason);
    }
    print_text(sp_test_insight_text(&insight));
    assert_int_equal(drops->nelts, 0);
    assert_false(sp_insight_check_is_poor(&insight, &draft));
    return insight;
}

static void says(const sp_insight_t *insight, const char *words)
{
    if (!strstr(sp_test_insight_text(insight), words)) {
        fail_msg("nothing says \"%s\" in\n%s", words, sp_test_insight_text(insight));
    }
}

static void sample_year_is_told(void **state)
{
    sp_insight_t insight = write_checked(sp_test_facts_of_sheet("tests/data/sample-year.csv"));
    says(&insight, "3,077");
}

static void real_year_is_told(void **state)
{
    const char *dir = sp_test_shared_data();

    if (!dir) {
        skip();
    }
    sp_insight_t insight = write_checked(sp_test_facts_of_sheet(apr_pstrcat(sp_test_pool(), dir, "/jhb-2025-sheet.csv", NULL)));
    says(&insight, "Jesus House Baltimore fell from 1,031 to 779 viewers in its latest week");
    says(&insight, "Youtube, where Jesus House Baltimore lost 189 viewers");
    says(&insight, "3,362 viewers, in the week of 23 March 2025, when Facebook brought 2,365");
    says(&insight, "Jesus House Charlotte has grown by 58.9 % from its first weeks, to 58 viewers a week in its latest weeks.");
    says(&insight, "The trend of Insights with PT over its latest weeks is up, by 5.9 viewers a week.");
    says(&insight, "Insights with PT has a gap of 14 days");
    says(&insight, "BoxCast is new at Jesus House Baltimore: it started in the week of 2 November 2025");
    says(&insight, "Bible Study has a gap of 49 days");
    says(&insight, "Since the week of 11 May 2025, the usual week of Jesus House Baltimore has been an estimated 20.9 % lower");
}

/* Facts of weekly numbers of one or two services, from 5 January 2025 on. */
static apr_array_header_t *facts_of_weeks(int services, int weeks, apr_int64_t (*viewers)(int service, int platform, int week))
{
    sp_said_t *said = sp_test_said();
    sp_day_t first = sp_calendar_day(2025, 1, 5);

    for (int s = 0; s < services; s++) {
        for (int w = 0; w < weeks; w++) {
            for (int platform = 0; platform < 3; platform++) {
                sp_test_say(said, apr_psprintf(sp_test_pool(), "Vespers %c", 'A' + s), apr_psprintf(sp_test_pool(), "Channel %c", 'A' + platform),
                            first + 7 * w, viewers(s, platform, w));
            }
        }
    }
    return sp_test_facts_of_said(said);
}

static apr_int64_t steady(int service, int platform, int week)
{
    return 100 + 10 * service + platform;
}

static void one_week_is_told(void **state)
{
    sp_insight_t insight = write_checked(facts_of_weeks(1, 1, steady));

    says(&insight, "Vespers A had 303 viewers in the week of 5 January 2025");
    says(&insight, "There is 1 week of Vespers A with numbers");
}

static void weeks_that_are_all_alike_are_told(void **state)
{
    write_checked(facts_of_weeks(2, 30, steady));
}

static void only_events_are_told(void **state)
{
    sp_said_t *said = sp_test_said();
    int event = sp_test_say_event(said, "Harvest Nights", 20000, 20001);

    sp_test_say_day(said, event, NULL, "Channel A", 20000, 120);
    sp_test_say_day(said, event, NULL, "Channel A", 20001, 80);
    sp_insight_t insight = write_checked(sp_test_facts_of_said(said));
    says(&insight, "Harvest Nights had 200 viewers from 4 October 2024 to 5 October 2024.");
}

static sp_test_random_t random_stream;

static apr_int64_t random_viewers(int service, int platform, int week)
{
    apr_int64_t viewers = sp_test_random(&random_stream, 400);

    return sp_test_random(&random_stream, 12) == 0   ? SP_VIEWERS_NONE
           : sp_test_random(&random_stream, 30) == 0 ? viewers * 9
           : platform == 2 && week < 12              ? 0
                                                     : viewers;
}

static void random_tables_are_told(void **state)
{
    for (unsigned seed = 1; seed <= 12; seed++) {
        sp_test_random_seed(&random_stream, seed);
        write_checked(facts_of_weeks(1 + (int)(seed % 3), 2 + (int)seed * 6, random_viewers));
    }
}

static void same_facts_give_the_same_text(void **state)
{
    apr_array_header_t *facts = sp_test_facts_of_sheet("tests/data/sample-year.csv");
    sp_insight_t a = write_checked(facts), b = write_checked(facts);

    assert_string_equal(sp_test_insight_text(&a), sp_test_insight_text(&b));
}

static void nothing_is_told_as_such(void **state)
{
    sp_insight_t insight = write_checked(apr_array_make(sp_test_pool(), 0, sizeof(sp_fact_t)));
    says(&insight, "There are no numbers to write about.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(sample_year_is_told),
        SP_UNIT_TEST(real_year_is_told),
        SP_UNIT_TEST(nothing_is_told_as_such),
        SP_UNIT_TEST(one_week_is_told),
        SP_UNIT_TEST(weeks_that_are_all_alike_are_told),
        SP_UNIT_TEST(only_events_are_told),
        SP_UNIT_TEST(random_tables_are_told),
        SP_UNIT_TEST(same_facts_give_the_same_text),
    };
    return cmocka_run_group_tests_name("insight_writer", tests, NULL, NULL);
}
