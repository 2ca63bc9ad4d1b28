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

static int count_of(const sp_insight_t *insight, const char *words)
{
    int count = 0;

    for (const char *at = strstr(sp_test_insight_text(insight), words); at; at = strstr(at + 1, words)) {
        count++;
    }
    return count;
}

static void says_nothing_of(const sp_insight_t *insight, const char *words)
{
    if (count_of(insight, words) > 0) {
        fail_msg("something says \"%s\" in\n%s", words, sp_test_insight_text(insight));
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
    says(&insight, "3,362 viewers, 3.5 times its usual number, in the week of 23 March 2025, when Facebook brought 2,365");
    says(&insight, "Jesus House Charlotte has grown by 58.9 % from its first weeks, to 58 viewers a week in its latest weeks.");
    says(&insight, "The trend of Insights with PT over its latest weeks is up, by 5.9 viewers a week.");
    says(&insight, "Insights with PT has a gap of 14 days");
    says(&insight, "Jesus House Baltimore started on BoxCast in the week of 2 November 2025, with 39 viewers.");
    says_nothing_of(&insight, " is new at "); /* three months later */
    says(&insight, "Bible Study has a gap of 49 days");
    says(&insight, " has 3 gaps in its numbers.");
    says(&insight, "Since the week of 11 May 2025, the usual week of Jesus House Baltimore has been an estimated 20.9 % lower");
    says(&insight, "For the week of 15 February 2026, about 1,056 viewers are expected for ");
    says(&insight, " (80 % likely to be between 664 and 1,679); over the past 26 weeks, such forecasts would have been off by 19.3 % on average.");
    says(&insight, "From 17 February 2026 to 10 March 2026, about 412 viewers a week are expected for ");
    says(&insight, " usually has 15.3 % more viewers in the first week of a month than in the weeks around it.");
}

/* Facts of weekly numbers of one or two services, from 5 January 2025 on. */
static apr_array_header_t *facts_of_weeks(int services, int weeks, apr_int64_t (*viewers)(int service, int platform, int week))
{
    sp_said_t *said = sp_test_said();
    sp_day_t first = sp_calendar_day(2025, 1, 5);

    for (int s = 0; s < services; s++) {
        for (int w = 0; w < weeks; w++) {
            for (int platform = 0; platform < 3; platform++) {
                sp_test_say(said, apr_psprintf(sp_test_pool(), "Vespers %s%c", s < 26 ? "" : "A", 'A' + s % 26),
                            apr_psprintf(sp_test_pool(), "Channel %c", 'A' + platform), first + 7 * w, viewers(s, platform, w));
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
    says(&insight, "Vespers A has numbers for 1 week.");
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

/* Weeks that go up and down a little, so that forecasts have something to be off by. */
static apr_int64_t lively(int service, int platform, int week)
{
    return 300 + 40 * platform - 20 * (service % 7) + week * 37 % 23 + (platform == 0 && week % 9 == 4 ? 60 : 0);
}

static void two_weeks_are_told(void **state)
{
    sp_insight_t insight = write_checked(facts_of_weeks(2, 2, lively));

    says(&insight, "All services together had");
    says_nothing_of(&insight, "expected");
    says_nothing_of(&insight, "usually");
}

static void one_service_is_told_by_its_name(void **state)
{
    sp_insight_t insight = write_checked(facts_of_weeks(1, 60, lively));

    says_nothing_of(&insight, "ll services");
    says(&insight, "viewers are expected for Vespers A (80 % likely to be between ");
}

static void fifty_services_are_told(void **state)
{
    sp_insight_t insight = write_checked(facts_of_weeks(50, 60, lively));

    assert_int_equal(count_of(&insight, "expected for"), 2);
}

/* The larger service ends with its lowest week. */
static apr_int64_t paused(int service, int platform, int week)
{
    return service == 0 && week >= 52 ? SP_VIEWERS_NONE : service == 0 && week == 51 ? 9 : lively(service, platform, week);
}

static void what_has_paused_has_no_forecast(void **state)
{
    sp_insight_t insight = write_checked(facts_of_weeks(2, 60, paused));

    says_nothing_of(&insight, "expected for Vespers A");
    says_nothing_of(&insight, "summary: Vespers A");
    says_nothing_of(&insight, "highlights: Vespers A");
    says_nothing_of(&insight, "Watch Vespers A");
    says(&insight, "The numbers of Vespers A are 56 days behind: its latest week with numbers is that of 28 December 2025.");
    says(&insight, "expected for Vespers B");
}

static apr_int64_t wild(int service, int platform, int week)
{
    return week % 5 ? 20 + week * 41 % 37 : 3000 + week * 977 % 1301;
}

/* The third platform begins with 10 of 60 weeks gone, and the second with 5 left; the first has none in the last 12. */
static apr_int64_t platforms_come_and_go(int service, int platform, int week)
{
    return (platform == 0 && week >= 48) || (platform == 1 && week < 55) || (platform == 2 && week < 10) ? SP_VIEWERS_NONE : lively(service, platform, week);
}

static void only_what_began_of_late_is_new(void **state)
{
    sp_insight_t insight = write_checked(facts_of_weeks(1, 60, platforms_come_and_go));

    says(&insight, "Channel B is new at Vespers A: it started in the week of 25 January 2026, with ");
    says(&insight, "Vespers A started on Channel C in the week of 16 March 2025, with ");
    says(&insight, "Vespers A stopped on Channel A in the week of 30 November 2025.");
    assert_int_equal(count_of(&insight, " is new at "), 1);
}

static void what_cannot_be_foreseen_has_no_forecast(void **state)
{
    sp_insight_t insight = write_checked(facts_of_weeks(2, 60, wild));

    says_nothing_of(&insight, "expected");
}

/* Two years, with an August that is quiet each time. */
static apr_int64_t quiet_august(int service, int platform, int week)
{
    int year, month, mday;

    sp_calendar_date(sp_calendar_day(2025, 1, 5) + 7 * week, &year, &month, &mday);
    return month == 8 ? lively(service, platform, week) * 6 / 10 : lively(service, platform, week);
}

static void months_are_told_after_two_years(void **state)
{
    sp_insight_t insight = write_checked(facts_of_weeks(1, 110, quiet_august));

    says(&insight, "below its trend in August.");
    insight = write_checked(facts_of_weeks(1, 60, quiet_august));
    says_nothing_of(&insight, "its trend in");
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
        SP_UNIT_TEST(two_weeks_are_told),
        SP_UNIT_TEST(one_service_is_told_by_its_name),
        SP_UNIT_TEST(fifty_services_are_told),
        SP_UNIT_TEST(what_has_paused_has_no_forecast),
        SP_UNIT_TEST(only_what_began_of_late_is_new),
        SP_UNIT_TEST(what_cannot_be_foreseen_has_no_forecast),
        SP_UNIT_TEST(months_are_told_after_two_years),
        SP_UNIT_TEST(random_tables_are_told),
        SP_UNIT_TEST(same_facts_give_the_same_text),
    };
    return cmocka_run_group_tests_name("insight_writer", tests, NULL, NULL);
}
