/* Tests of table.c. */
#include "support.h"

#include "table.h"

#define NONE SP_VIEWERS_NONE

/* Weeks from 2025-01-26 on, two platforms. */
static sp_table_t *five_weeks(void)
{
    sp_table_t *t = sp_table_create(sp_test_pool(), 5, 2, 0);
    static const apr_int64_t viewers[2][5] = {{1, 2, NONE, 8, NONE}, {NONE, 10, NONE, 0, NONE}};

    for (int r = 0; r < 5; r++) {
        t->first[r] = sp_calendar_day(2025, 1, 26) + 7 * r;
        t->last[r] = t->first[r] + 6;
        for (int c = 0; c < 2; c++)
            t->viewers[c][r] = viewers[c][r];
    }
    t->ident.slug = "sunday";
    t->platform[1].slug = "zoom";
    sp_table_sum(t);
    return t;
}

static void create_fills_with_no_number(void **state)
{
    sp_table_t *t = sp_table_create(sp_test_pool(), 3, 2, 1);

    for (int r = 0; r < 3; r++) {
        assert_int_equal(t->viewers[0][r], NONE);
        assert_int_equal(t->total[r], NONE);
        assert_null(t->label[r]);
    }
    assert_null(sp_table_create(sp_test_pool(), 0, 0, 0)->label);
}

static void add_tells_nothing_from_zero_and_never_overflows(void **state)
{
    assert_int_equal(sp_table_add(NONE, NONE), NONE);
    assert_int_equal(sp_table_add(NONE, 0), 0);
    assert_int_equal(sp_table_add(5, NONE), 5);
    assert_int_equal(sp_table_add(5, 6), 11);
    assert_int_equal(sp_table_add(INT64_MAX - 1, 2), INT64_MAX);
}

static void sum_has_no_total_without_a_number(void **state)
{
    static const apr_int64_t expected[5] = {1, 12, NONE, 8, NONE};
    sp_table_t *t = five_weeks();

    for (int r = 0; r < 5; r++)
        assert_int_equal(t->total[r], expected[r]);
}

static void by_interval_puts_a_week_where_it_starts(void **state)
{
    sp_table_t *t = sp_table_by_interval(sp_test_pool(), five_weeks(), SP_INTERVAL_MONTH);

    assert_int_equal(t->rows, 2);
    assert_int_equal(t->columns, 2);
    assert_int_equal(t->first[0], sp_calendar_day(2025, 1, 1));
    assert_int_equal(t->last[0], sp_calendar_day(2025, 1, 31));
    assert_int_equal(t->first[1], sp_calendar_day(2025, 2, 1));
    assert_int_equal(t->last[1], sp_calendar_day(2025, 2, 28));
    assert_int_equal(t->viewers[0][0], 1);
    assert_int_equal(t->viewers[1][0], NONE);
    assert_int_equal(t->viewers[0][1], 10);
    assert_int_equal(t->viewers[1][1], 10);
    assert_int_equal(t->total[0], 1);
    assert_int_equal(t->total[1], 20);
    assert_string_equal(t->ident.slug, "sunday");
    assert_string_equal(t->platform[1].slug, "zoom");
}

static void by_interval_knows_quarters_years_and_nothing(void **state)
{
    sp_table_t *quarter = sp_table_by_interval(sp_test_pool(), five_weeks(), SP_INTERVAL_QUARTER);
    sp_table_t *year = sp_table_by_interval(sp_test_pool(), five_weeks(), SP_INTERVAL_YEAR);
    sp_table_t *empty = sp_table_by_interval(sp_test_pool(), sp_table_create(sp_test_pool(), 0, 0, 0), SP_INTERVAL_YEAR);

    assert_int_equal(quarter->rows, 1);
    assert_int_equal(quarter->last[0], sp_calendar_day(2025, 3, 31));
    assert_int_equal(quarter->total[0], 21);
    assert_int_equal(year->rows, 1);
    assert_int_equal(year->last[0], sp_calendar_day(2025, 12, 31));
    assert_int_equal(empty->rows, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(create_fills_with_no_number),
        SP_UNIT_TEST(add_tells_nothing_from_zero_and_never_overflows),
        SP_UNIT_TEST(sum_has_no_total_without_a_number),
        SP_UNIT_TEST(by_interval_puts_a_week_where_it_starts),
        SP_UNIT_TEST(by_interval_knows_quarters_years_and_nothing),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
