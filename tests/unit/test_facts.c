/* Facts: each kind where it is, with the number that a person gets by hand, and nowhere else. */
#include "facts_support.h"

#include <apr_strings.h>

#define NONE SP_VIEWERS_NONE

static apr_array_header_t *facts_of(const apr_int64_t *viewers, int weeks)
{
    sp_test_facts_t f = sp_test_facts();

    sp_test_facts_line(&f, "s", SP_TEST_SUNDAY, viewers, weeks);
    return sp_test_facts_compute(&f);
}

static void assert_shown(const apr_array_header_t *facts, const char *id, const char *shown, int sign)
{
    const sp_fact_t *f = sp_test_fact(facts, id);

    assert_string_equal(f->shown, shown);
    assert_int_equal(f->sign, sign);
}

#define assert_no_fact(facts, id) assert_null(sp_test_facts_find((facts), (id)))

static void nothing_has_no_facts_but_counts(void **state)
{
    sp_test_facts_t f = sp_test_facts();
    apr_array_header_t *facts = sp_test_facts_compute(&f);

    assert_int_equal(facts->nelts, 1);
    assert_shown(facts, "services._all", "0", 0);
}

static void totals_and_shares(void **state)
{
    static const apr_int64_t big[] = {700, 1300}, small[] = {0, 1000};
    sp_test_facts_t f = sp_test_facts();
    apr_array_header_t *facts;

    sp_test_facts_line(&f, "big", SP_TEST_SUNDAY, big, 2);
    sp_test_facts_line(&f, "small", SP_TEST_SUNDAY + 2, small, 2);
    facts = sp_test_facts_compute(&f);
    assert_shown(facts, "total._all", "3,000", 0);
    assert_shown(facts, "total.big", "2,000", 0);
    assert_shown(facts, "service_share.big", "66.7 %", 0);
    assert_shown(facts, "service_share.small", "33.3 %", 0);
    assert_shown(facts, "mean.big", "1,000", 0);
    assert_shown(facts, "weeks.small", "2 weeks", 0);
    assert_shown(facts, "services._all", "2", 0);
    assert_shown(facts, "platforms._all", "1", 0);
    assert_string_equal(sp_test_fact(facts, "total.big")->rows, "data?service=big&from=2025-01-05&to=2025-01-12");
    assert_string_equal(sp_test_fact(facts, "platform_total._all.p0")->rows, "data?platform=p0");
    assert_null(sp_test_fact(facts, "total._all")->service);
}

static void the_latest_week_and_where_it_came_from(void **state)
{
    static const apr_int64_t numbers[3][3] = {{500, 1000, 700}, {NONE, 30, 79}, {1, 1, NONE}};
    sp_test_facts_t f = sp_test_facts();
    sp_table_t *t = sp_test_facts_service(&f, "s", SP_TEST_SUNDAY, 3, 3);
    apr_array_header_t *facts;

    for (int c = 0; c < 3; c++) {
        memcpy(t->viewers[c], numbers[c], sizeof(numbers[c]));
    }
    facts = sp_test_facts_compute(&f);
    assert_shown(facts, "week_total.s", "779", 0);
    assert_shown(facts, "week_before.s", "1,031", 0);
    assert_shown(facts, "week_difference.s", "252", -1);
    assert_shown(facts, "week_change.s", "24.4 %", -1);
    assert_true(sp_test_fact(facts, "week_change.s")->value == -24.4);
    assert_shown(facts, "week_difference_platform.s.p0", "300", -1);
    assert_shown(facts, "week_difference_platform.s.p1", "49", 1);
    assert_shown(facts, "week_difference_platform.s.p2", "1", -1); /* a number and none: the sum lost it */
    assert_string_equal(sp_test_fact(facts, "week_change.s")->rows, "data?service=s&from=2025-01-12&to=2025-01-19");
    assert_no_fact(facts, "week_total._all"); /* of one service it would say everything twice */
}

static void a_change_needs_a_base(void **state)
{
    static const apr_int64_t from_zero[] = {5, 0, 10}, after_gap[] = {5, NONE, 10}, to_zero[] = {5, 10, 0};
    apr_array_header_t *facts = facts_of(from_zero, 3);

    assert_shown(facts, "week_difference.s", "10", 1);
    assert_no_fact(facts, "week_change.s");
    facts = facts_of(after_gap, 3);
    assert_no_fact(facts, "week_difference.s");
    assert_no_fact(facts, "week_before.s");
    facts = facts_of(to_zero, 3);
    assert_shown(facts, "week_change.s", "100 %", -1);
    assert_int_equal(sp_test_fact(facts, "week_change.s")->marks, SP_FACT_HALVED);
}

static void percents_are_rounded_once_halves_away_from_zero(void **state)
{
    static const struct {
        apr_int64_t before, now;
        const char *shown;
        int sign;
    } cases[] = {
        {2000, 2001, "0.1 %", 1},  /* 0.05 */
        {2000, 1999, "0.1 %", -1}, /* -0.05 */
        {2001, 2002, "0 %", 0},    /* 0.04998 */
        {1000, 1125, "12.5 %", 1},
        {3, 4, "33.3 %", 1},
        {3, 5, "66.7 %", 1},
        {1, APR_INT64_C(1000000000000), "99,999,999,999,900 %", 1},
        {APR_INT64_C(1000000000000), APR_INT64_C(999500000000), "0.1 %", -1}, /* -0.05 exactly */
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const apr_int64_t viewers[] = {cases[i].before, cases[i].now};
        assert_shown(facts_of(viewers, 2), "week_change.s", cases[i].shown, cases[i].sign);
    }
}

static void all_services_share_calendar_weeks(void **state)
{
    static const apr_int64_t friday[] = {10, 20, 30}, sunday[] = {100, 200, 300}, tuesday[] = {1000, 2000, 3000, 4000};
    sp_test_facts_t f = sp_test_facts();
    apr_array_header_t *facts;

    sp_test_facts_line(&f, "friday", SP_TEST_SUNDAY - 2, friday, 3);
    sp_test_facts_line(&f, "sunday", SP_TEST_SUNDAY, sunday, 3);
    sp_test_facts_line(&f, "tuesday", SP_TEST_SUNDAY - 5, tuesday, 4); /* its fourth week is in the next calendar week */
    facts = sp_test_facts_compute(&f);
    assert_shown(facts, "week_total._all", "3,330", 0);
    assert_shown(facts, "week_change._all", "50 %", 1);
    assert_string_equal(sp_test_fact(facts, "week_total._all")->rows, "data?from=2025-01-13&to=2025-01-19");
    assert_shown(facts, "week_total.tuesday", "4,000", 0);
    assert_shown(facts, "total._all", "10,660", 0);
}

static void all_services_compare_like_with_like(void **state)
{
    static const apr_int64_t steady[] = {10, 20, 30}, pausing[] = {5, NONE, 5};
    sp_test_facts_t f = sp_test_facts();
    apr_array_header_t *facts;

    sp_test_facts_line(&f, "steady", SP_TEST_SUNDAY, steady, 3);
    sp_test_facts_line(&f, "pausing", SP_TEST_SUNDAY, pausing, 3);
    facts = sp_test_facts_compute(&f);
    assert_shown(facts, "week_total._all", "35", 0);
    assert_no_fact(facts, "week_change._all");
    assert_no_fact(facts, "week_difference._all");
}

static void months_are_means_per_week(void **state)
{
    /* From 2025-01-05 on: 4 Sundays in January, 4 in February, 5 in March, and the first of April. */
    static const apr_int64_t viewers[] = {10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30, 30, 99};
    apr_array_header_t *facts = facts_of(viewers, 14);

    assert_shown(facts, "month_mean.s", "30", 0);
    assert_shown(facts, "month_change.s", "50 %", 1);
    assert_string_equal(sp_test_fact(facts, "month_change.s")->rows, "data?service=s&from=2025-02-01&to=2025-03-31");
    assert_shown(facts, "quarter_mean.s", "21", 0); /* 270 / 13 */
    assert_no_fact(facts, "quarter_change.s");
    assert_no_fact(facts, "year_mean.s");
    facts = facts_of(viewers, 12); /* one more Sunday is in March: it is not whole */
    assert_shown(facts, "month_mean.s", "20", 0);
    assert_shown(facts, "month_change.s", "100 %", 1);
    assert_int_equal(sp_test_fact(facts, "month_change.s")->marks, SP_FACT_DOUBLED);
}

static void a_year_before_has_the_same_weekday(void **state)
{
    apr_int64_t viewers[53];
    sp_test_facts_t f = sp_test_facts();
    sp_table_t *t;

    for (int i = 0; i < 53; i++) {
        viewers[i] = 100 + i;
    }
    assert_shown(facts_of(viewers, 53), "week_change_year.s", "52 %", 1);
    t = sp_test_facts_line(&f, "s", SP_TEST_SUNDAY, viewers, 53);
    t->first[52] += 1; /* a Monday */
    assert_no_fact(sp_test_facts_compute(&f), "week_change_year.s");
}

static void records_and_the_platform_that_made_them(void **state)
{
    sp_test_facts_t f = sp_test_facts();
    sp_table_t *t = sp_test_facts_service(&f, "s", SP_TEST_SUNDAY, 9, 2);
    apr_array_header_t *facts;

    for (int r = 0; r < 9; r++) {
        t->viewers[0][r] = 1000 + r;
        t->viewers[1][r] = 10;
    }
    t->viewers[1][3] = 500; /* p0 is larger, p1 is farther above its own */
    t->viewers[0][7] = 900;
    facts = sp_test_facts_compute(&f);
    assert_shown(facts, "record_high.s", "1,503", 0);
    assert_int_equal(sp_test_fact(facts, "record_high.s")->marks, SP_FACT_RECORD_HIGH);
    assert_int_equal(sp_test_fact(facts, "record_high.s")->from, SP_TEST_SUNDAY + 21);
    assert_shown(facts, "record_platform.s.p1", "500", 1);
    assert_shown(facts, "record_platform_usual.s.p1", "10", 0);
    assert_shown(facts, "record_low.s", "910", 0);
    assert_no_fact(facts, "record_platform.s.p0");
    for (int r = 0; r < 9; r++) {
        t->viewers[0][r] = t->viewers[1][r] = 7;
    }
    facts = sp_test_facts_compute(&f);
    assert_no_fact(facts, "record_high.s");
    assert_no_fact(facts, "record_low.s");
}

static void the_latest_week_may_be_the_record(void **state)
{
    static const apr_int64_t up[] = {5, 9, 7, 10}, tie[] = {5, 10, 7, 10}, down[] = {5, 9, 7, 4}, few[] = {1, 2, 3};

    assert_int_equal(sp_test_fact(facts_of(up, 4), "week_total.s")->marks, SP_FACT_RECORD_HIGH);
    assert_int_equal(sp_test_fact(facts_of(tie, 4), "week_total.s")->marks, 0);
    assert_int_equal(sp_test_fact(facts_of(down, 4), "week_total.s")->marks, SP_FACT_RECORD_LOW);
    assert_int_equal(sp_test_fact(facts_of(few, 3), "week_total.s")->marks, 0);
}

static void gaps_are_days_between_weeks(void **state)
{
    static const apr_int64_t viewers[] = {5, NONE, 6, 7, NONE, NONE, 8};
    apr_array_header_t *facts = facts_of(viewers, 7);

    assert_shown(facts, "gaps.s", "2", 0);
    assert_shown(facts, "gap.s.2025-01-05", "14 days", 0);
    assert_shown(facts, "gap.s.2025-01-26", "21 days", 0);
    assert_string_equal(sp_test_fact(facts, "gap.s.2025-01-05")->rows, "data?service=s&from=2025-01-05&to=2025-01-19");
}

static void streaks_need_three_steps_without_gap(void **state)
{
    static const apr_int64_t rising[] = {9, 1, 2, 3, 4}, falling[] = {1, 9, 8, 7, 6, 5}, level[] = {1, 2, 3, 3}, broken[] = {1, 2, NONE, 3, 4, 5};

    assert_shown(facts_of(rising, 5), "streak.s", "3 weeks", 1);
    assert_shown(facts_of(falling, 6), "streak.s", "4 weeks", -1);
    assert_no_fact(facts_of(level, 4), "streak.s");
    assert_no_fact(facts_of(broken, 6), "streak.s");
}

static void platforms_begin_and_end(void **state)
{
    sp_test_facts_t f = sp_test_facts();
    sp_table_t *t = sp_test_facts_service(&f, "s", SP_TEST_SUNDAY, 20, 4);
    apr_array_header_t *facts;

    for (int r = 0; r < 20; r++) {
        t->viewers[0][r] = 100;
        t->viewers[1][r] = r < 4 ? 0 : 20 + r;           /* begins */
        t->viewers[2][r] = r < 16 ? 30 : NONE;           /* ends */
        t->viewers[3][r] = r % 7 == 0 && r < 16 ? 5 : 0; /* was away for as long before */
    }
    facts = sp_test_facts_compute(&f);
    assert_shown(facts, "platform_started.s.p1", "2 February 2025", 0);
    assert_int_equal(sp_test_fact(facts, "platform_started.s.p1")->marks, SP_FACT_STARTED);
    assert_shown(facts, "platform_first.s.p1", "24", 0);
    assert_shown(facts, "platform_ended.s.p2", "20 April 2025", 0);
    assert_shown(facts, "platform_last.s.p2", "30", 0);
    assert_no_fact(facts, "platform_started.s.p0");
    assert_no_fact(facts, "platform_ended.s.p0");
    assert_no_fact(facts, "platform_ended.s.p1");
    assert_no_fact(facts, "platform_ended.s.p3");
    assert_non_null(sp_test_facts_find(facts, "platform_share_now.s.p1"));
    assert_no_fact(facts, "platform_change.s.p1");
    assert_shown(facts, "platform_change.s.p2", "50 %", -1);      /* 4 of 8 weeks */
    assert_shown(facts, "platform_share_before.s.p0", "67 %", 0); /* in the first 12 weeks 1200 of 1200 + 220 + 360 + 10 */
}

static void shares_move(void **state)
{
    sp_test_facts_t f = sp_test_facts();
    sp_table_t *t = sp_test_facts_service(&f, "s", SP_TEST_SUNDAY, 16, 2);
    apr_array_header_t *facts;

    for (int r = 0; r < 16; r++) {
        t->viewers[0][r] = r < 8 ? 75 : 50;
        t->viewers[1][r] = r < 8 ? 25 : 50;
    }
    facts = sp_test_facts_compute(&f);
    assert_shown(facts, "platform_share_now.s.p0", "50 %", -1);
    assert_shown(facts, "platform_share_before.s.p0", "75 %", 0);
    assert_shown(facts, "platform_change.s.p0", "33.3 %", -1);
    assert_shown(facts, "platform_share_now.s.p1", "50 %", 1);
    assert_shown(facts, "platform_change.s.p1", "100 %", 1);
}

static void outliers_of_weeks_and_of_numbers(void **state)
{
    apr_int64_t viewers[20];
    apr_array_header_t *facts;

    for (int i = 0; i < 20; i++) {
        viewers[i] = 300 + 10 * (i % 7);
    }
    viewers[11] = 700; /* more than twice, less than three times */
    facts = facts_of(viewers, 20);
    assert_shown(facts, "outlier.s.2025-03-23", "700", 1);
    assert_no_fact(facts, "platform_outlier.s.p0.2025-03-23");
    viewers[11] = 30;
    facts = facts_of(viewers, 20);
    assert_shown(facts, "outlier.s.2025-03-23", "30", -1);
    assert_shown(facts, "platform_outlier.s.p0.2025-03-23", "30", -1);
    assert_shown(facts, "usual.s", "325", 0);
    assert_shown(facts, "odd_numbers.s", "1", 0);
}

static void a_level_that_changes_is_no_trend(void **state)
{
    apr_int64_t level[40], line[40];
    apr_array_header_t *facts;

    for (int i = 0; i < 40; i++) {
        level[i] = (i < 20 ? 100 : 160) + i * 7 % 5;
        line[i] = 100 + 4 * i + i * 7 % 5;
    }
    facts = facts_of(level, 40);
    assert_shown(facts, "change_point.s.2025-05-25", "58.8 %", 1); /* 102 to 162 */
    facts = facts_of(line, 40);
    for (int i = 0; i < facts->nelts; i++) {
        assert_string_not_equal(APR_ARRAY_IDX(facts, i, sp_fact_t).kind, "change_point");
    }
    assert_shown(facts, "trend.s", "4", 1);
}

static void no_trend_has_no_direction(void **state)
{
    static const apr_int64_t lively[] = {80, 120, 95, 210, 60, 100, 140, 75, 90, 260, 110, 100};

    assert_int_equal(sp_test_fact(facts_of(lively, 12), "trend.s")->sign, 0);
}

static void seasons_need_a_year(void **state)
{
    apr_int64_t viewers[110];
    apr_array_header_t *facts;

    for (int i = 0; i < 110; i++) {
        int year, month, mday;
        sp_calendar_date(SP_TEST_SUNDAY + 7 * i, &year, &month, &mday);
        viewers[i] = 1000 + (mday <= 7 ? 300 : 0) + (month == 8 ? -200 : 0) + i * 37 % 41;
    }
    facts = facts_of(viewers, 52);
    assert_no_fact(facts, "season_week_high.s");
    facts = facts_of(viewers, 58);
    assert_in_range((int)sp_test_fact(facts, "season_week_high.s")->value, 27, 32);
    assert_non_null(strstr(sp_test_fact(facts, "season_week_high.s")->label, "the first week of a month"));
    assert_string_equal(sp_test_fact(facts, "season_week_high.s")->season, "the first week of a month");
    assert_no_fact(facts, "season_month_low.s"); /* of one August nobody knows */
    facts = facts_of(viewers, 110);
    assert_non_null(strstr(sp_test_fact(facts, "season_month_low.s")->label, "August"));
    assert_string_equal(sp_test_fact(facts, "season_month_low.s")->season, "August");
    assert_int_equal(sp_test_fact(facts, "season_month_low.s")->sign, -1);
}

static void events_against_weeks_and_editions(void **state)
{
    static const apr_int64_t weeks[] = {100, 100, 100, 100, 100, 100, 100, 100}, before[] = {150, 50, 70, 30}, now[] = {300, NONE, 35};
    sp_test_facts_t f = sp_test_facts();
    apr_array_header_t *facts;

    sp_test_facts_line(&f, "s", SP_TEST_SUNDAY, weeks, 8);
    sp_test_facts_event(&f, "e-2025", "Big Days 2025", SP_TEST_SUNDAY, before, 4);
    sp_test_facts_event(&f, "other", "Big Nights", SP_TEST_SUNDAY + 100, before, 4);
    sp_test_facts_event(&f, "e-2026", "BIG days 2026", SP_TEST_SUNDAY + 365, now, 3);
    facts = sp_test_facts_compute(&f);
    assert_shown(facts, "event_total.e-2025", "300", 0);
    assert_shown(facts, "event_days.e-2026", "2 days", 0);
    assert_shown(facts, "event_mean.e-2026", "168", 0); /* 167.5 */
    assert_shown(facts, "event_peak.e-2025", "150", 0);
    assert_shown(facts, "event_usual_week.e-2025", "100", 0);
    assert_shown(facts, "event_against_week.e-2025", "25 %", -1);
    assert_shown(facts, "event_against_week.e-2026", "67.5 %", 1);
    assert_shown(facts, "event_edition_change.e-2026", "52.3 %", 1); /* days 1 and 3: 335 against 220 */
    assert_shown(facts, "event_edition_before.e-2026", "220", 0);
    assert_string_equal(sp_test_fact(facts, "event_edition_change.e-2026")->rows, "events?event=e-2026&with=e-2025");
    assert_no_fact(facts, "event_edition_change.e-2025");
    assert_no_fact(facts, "event_edition_change.other");
    assert_shown(facts, "event_record._all", "335", 0);
    assert_string_equal(sp_test_fact(facts, "event_record._all")->event, "BIG days 2026");
    assert_shown(facts, "events._all", "3", 0);
}

static void forecasts_have_an_interval_and_an_error(void **state)
{
    apr_int64_t viewers[40];
    apr_array_header_t *facts;
    const sp_fact_t *f;

    for (int i = 0; i < 40; i++) {
        viewers[i] = 200 + i * 37 % 23;
    }
    assert_no_fact(facts_of(viewers, 25), "forecast_error.s");
    facts = facts_of(viewers, 40);
    f = sp_test_fact(facts, "forecast.s.2025-10-12");
    assert_in_range((int)f->value, 200, 223);
    assert_true(f->low >= 180 && f->high <= 240);
    assert_true(f->marks & SP_FACT_ESTIMATE);
    assert_non_null(sp_test_facts_find(facts, "forecast.s.2025-11-02"));
    assert_no_fact(facts, "forecast.s.2025-11-09");
    assert_true(sp_test_fact(facts, "forecast_error.s")->value <= sp_test_fact(facts, "forecast_error_naive.s")->value);
    assert_true(sp_test_fact(facts, "forecast_coverage.s")->value <= 100);
    assert_shown(facts, "forecast_tried.s", "26 weeks", 0);
    assert_int_equal(sp_test_fact(facts, "forecast_error.s")->from, SP_DAY_NONE);
    f = sp_test_fact(facts, "forecast_mean.s.2025-10-12");
    assert_int_equal(f->unit, SP_UNIT_VIEWERS_PER_WEEK);
    assert_int_equal(f->to - f->from, 21);
    assert_true(f->low <= f->value && f->value <= f->high);
}

/* Weeks that go on, with another service that is ahead by so many weeks; kept of each five have a number. */
static apr_array_header_t *late_by(int weeks, int kept)
{
    apr_int64_t viewers[60], other[60];
    sp_test_facts_t f = sp_test_facts();

    for (int i = 0; i < 60; i++) {
        viewers[i] = i < 60 - weeks && i % 5 < kept ? 200 + i * 37 % 23 : NONE;
        other[i] = 300 + i * 41 % 29;
    }
    sp_test_facts_line(&f, "s", SP_TEST_SUNDAY, viewers, 60);
    sp_test_facts_line(&f, "other", SP_TEST_SUNDAY, other, 60);
    return sp_test_facts_compute(&f);
}

static void nothing_is_forecast_of_what_has_paused_or_is_past(void **state)
{
    apr_array_header_t *facts = late_by(0, 5);

    assert_non_null(sp_test_facts_find(facts, "forecast.s.2026-03-01"));
    assert_no_fact(facts, "behind.s");
    facts = late_by(2, 5); /* its next two weeks are those that the other has a number of */
    assert_no_fact(facts, "forecast.s.2026-02-15");
    assert_no_fact(facts, "forecast.s.2026-02-22");
    assert_no_fact(facts, "forecast_mean.s.2026-02-15");
    assert_non_null(sp_test_facts_find(facts, "forecast.s.2026-03-01"));
    assert_no_fact(facts, "behind.s");
    facts = late_by(3, 5);
    assert_no_fact(facts, "forecast.s.2026-03-01");
    assert_shown(facts, "behind.s", "21 days", -1);
    assert_non_null(sp_test_facts_find(facts, "forecast.other.2026-03-01"));
    assert_no_fact(late_by(27, 5), "behind.s"); /* that is known by now */
    facts = late_by(0, 3);                      /* now and then */
    assert_non_null(sp_test_facts_find(facts, "forecast_error.s"));
    assert_no_fact(facts, "forecast.s.2026-03-01");
}

static void nothing_is_forecast_where_it_was_too_far_off(void **state)
{
    apr_int64_t viewers[60];
    apr_array_header_t *facts;

    for (int i = 0; i < 60; i++) {
        viewers[i] = i % 5 ? 20 + i * 41 % 37 : 3000 + i * 977 % 1301;
    }
    facts = facts_of(viewers, 60);
    assert_true(sp_test_fact(facts, "forecast_error.s")->value > 40);
    assert_no_fact(facts, "forecast.s.2026-03-01");
    for (int i = 0; i < 60; i++) {
        viewers[i] = i < 20 ? 200 + i : 0;
    }
    assert_no_fact(facts_of(viewers, 60), "forecast.s.2026-03-01");
}

static void long_names_have_short_ids(void **state)
{
    const char *slug = "a-name-of-sixty-characters-that-the-store-cuts-and-then-counts-12",
               *other = "a-name-of-sixty-characters-that-the-store-cuts-and-then-counts-13";
    sp_test_facts_t f = sp_test_facts();
    sp_table_t *t = sp_test_facts_service(&f, slug, SP_TEST_SUNDAY, 2, 2);
    apr_array_header_t *facts;
    int named = 0;

    t->platform[0].slug = slug;
    t->platform[1].slug = other;
    t->platform[0].name = "<b>\xE2\x80\xAE \"&\\ %s %n";
    for (int r = 0; r < 2; r++) {
        t->viewers[0][r] = 5 + r;
        t->viewers[1][r] = 7 + r;
    }
    facts = sp_test_facts_compute(&f); /* ids differ and are short enough: checked there */
    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *fact = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        named += fact->platform && strcmp(fact->platform, t->platform[0].name) == 0 && strstr(fact->label, t->platform[0].name);
    }
    assert_true(named > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(nothing_has_no_facts_but_counts),
        SP_UNIT_TEST(totals_and_shares),
        SP_UNIT_TEST(the_latest_week_and_where_it_came_from),
        SP_UNIT_TEST(a_change_needs_a_base),
        SP_UNIT_TEST(percents_are_rounded_once_halves_away_from_zero),
        SP_UNIT_TEST(all_services_share_calendar_weeks),
        SP_UNIT_TEST(all_services_compare_like_with_like),
        SP_UNIT_TEST(months_are_means_per_week),
        SP_UNIT_TEST(a_year_before_has_the_same_weekday),
        SP_UNIT_TEST(records_and_the_platform_that_made_them),
        SP_UNIT_TEST(the_latest_week_may_be_the_record),
        SP_UNIT_TEST(gaps_are_days_between_weeks),
        SP_UNIT_TEST(streaks_need_three_steps_without_gap),
        SP_UNIT_TEST(platforms_begin_and_end),
        SP_UNIT_TEST(shares_move),
        SP_UNIT_TEST(outliers_of_weeks_and_of_numbers),
        SP_UNIT_TEST(a_level_that_changes_is_no_trend),
        SP_UNIT_TEST(no_trend_has_no_direction),
        SP_UNIT_TEST(seasons_need_a_year),
        SP_UNIT_TEST(events_against_weeks_and_editions),
        SP_UNIT_TEST(forecasts_have_an_interval_and_an_error),
        SP_UNIT_TEST(nothing_is_forecast_of_what_has_paused_or_is_past),
        SP_UNIT_TEST(nothing_is_forecast_where_it_was_too_far_off),
        SP_UNIT_TEST(long_names_have_short_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
