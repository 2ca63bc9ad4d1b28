/* Tests of stats.c. */
#include "support.h"

#include <math.h>

#include "stats.h"

#define NONE SP_VIEWERS_NONE

typedef struct {
    int week; /* weeks after 2025-01-05 */
    apr_int64_t youtube, zoom;
} row_t;

static sp_stats_t *stats_of(const row_t *rows, int count)
{
    sp_table_t *t = sp_table_create(sp_test_pool(), count, 2, 0);

    for (int r = 0; r < count; r++) {
        t->first[r] = sp_calendar_day(2025, 1, 5) + 7 * rows[r].week;
        t->last[r] = t->first[r] + 6;
        t->viewers[0][r] = rows[r].youtube;
        t->viewers[1][r] = rows[r].zoom;
    }
    sp_table_sum(t);
    return sp_stats_of(sp_test_pool(), t);
}

static void stats_of_nothing_are_nothing(void **state)
{
    static const row_t rows[] = {{0, NONE, NONE}};

    for (int count = 0; count < 2; count++) {
        sp_stats_t *s = stats_of(rows, count);
        assert_int_equal(s->weeks, 0);
        assert_int_equal(s->viewers, 0);
        assert_int_equal(s->first_week, SP_DAY_NONE);
        assert_int_equal(s->last_week, SP_DAY_NONE);
        assert_int_equal(s->latest, NONE);
        assert_int_equal(s->previous, NONE);
        assert_int_equal(s->peak, NONE);
        assert_int_equal(s->peak_week, SP_DAY_NONE);
        assert_int_equal(s->top_platform, -1);
        assert_int_equal(s->gap_count, 0);
        assert_true(isnan(s->change));
        assert_true(isnan(s->mean));
    }
}

static void stats_give_sums_mean_peak_and_change(void **state)
{
    static const row_t rows[] = {{0, 100, 50}, {1, 200, NONE}, {2, NONE, 200}, {3, 90, 60}, {4, 10, 110}};
    sp_stats_t *s = stats_of(rows, 5);

    assert_int_equal(s->weeks, 5);
    assert_int_equal(s->viewers, 820);
    assert_int_equal(s->latest, 120);
    assert_int_equal(s->previous, 150);
    assert_float_equal(s->change, -0.2, 1e-12);
    assert_float_equal(s->mean, 164, 1e-12);
    assert_int_equal(s->peak, 200);
    assert_int_equal(s->peak_week, sp_calendar_day(2025, 1, 12));
    assert_int_equal(s->platform_viewers[0], 400);
    assert_int_equal(s->platform_viewers[1], 420);
    assert_int_equal(s->top_platform, 1);
    assert_int_equal(s->gap_count, 0);
}

static void stats_top_platform_is_the_first_of_equals(void **state)
{
    static const row_t rows[] = {{0, 7, 7}};

    assert_int_equal(stats_of(rows, 1)->top_platform, 0);
}

static void stats_top_platform_may_have_only_zeros(void **state)
{
    static const row_t rows[] = {{0, NONE, 0}};

    assert_int_equal(stats_of(rows, 1)->top_platform, 1);
    assert_int_equal(stats_of(rows, 1)->peak, 0);
}

static void stats_previous_is_exactly_seven_days_earlier(void **state)
{
    static const row_t gap[] = {{0, 5, NONE}, {2, 10, NONE}};
    static const row_t zero[] = {{0, 0, NONE}, {1, 10, NONE}};
    static const row_t no_number[] = {{0, NONE, NONE}, {1, 10, NONE}};

    assert_int_equal(stats_of(gap, 2)->previous, NONE);
    assert_true(isnan(stats_of(gap, 2)->change));
    assert_int_equal(stats_of(zero, 2)->previous, 0);
    assert_true(isnan(stats_of(zero, 2)->change));
    assert_int_equal(stats_of(no_number, 2)->previous, NONE);
}

static void stats_gaps_lie_between_weeks_with_numbers(void **state)
{
    static const row_t rows[] = {{0, 1, NONE}, {1, 1, NONE}, {2, NONE, NONE}, {4, 1, NONE}, {5, 1, NONE}, {7, 1, NONE}};
    sp_stats_t *s = stats_of(rows, 6);

    assert_int_equal(s->gap_count, 2);
    assert_int_equal(s->gaps[0].after, sp_calendar_day(2025, 1, 12));
    assert_int_equal(s->gaps[0].before, sp_calendar_day(2025, 2, 2));
    assert_int_equal(s->gaps[0].days, 21);
    assert_int_equal(s->gaps[1].days, 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(stats_of_nothing_are_nothing),
        SP_UNIT_TEST(stats_give_sums_mean_peak_and_change),
        SP_UNIT_TEST(stats_top_platform_is_the_first_of_equals),
        SP_UNIT_TEST(stats_top_platform_may_have_only_zeros),
        SP_UNIT_TEST(stats_previous_is_exactly_seven_days_earlier),
        SP_UNIT_TEST(stats_gaps_lie_between_weeks_with_numbers),
    };
    return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
