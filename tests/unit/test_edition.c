/* Editions of an event: names that are alike but for the year, and days that match. */
#include "support.h"

#include "edition.h"

static void names_without_year_and_ordinal_are_alike(void **state)
{
    static const struct {
        const char *a, *b;
        int alike;
    } cases[] = {
        {"PENIEL 2025 (JHB)", "Peniel 2026 (JHB)", 1},
        {"PENIEL 2025 (JHB)", "PENIEL 2025 (Charlotte)", 0},
        {"14 Days of Glory", "21 Days of Glory", 0},
        {"GLC 2024/25", "GLC 2025 - 2026", 1},
        {"GLC 2024\xE2\x80\x93"
         "25",
         "GLC", 1},
        {"Summit '25",
         "Summit \xE2\x80\x99"
         "26",
         1},
        {"Summit 25", "Summit 26", 0},
        {"3rd Night of Worship", "Fourth night of WORSHIP", 1},
        {"21st Century Talks", "22nd century talks", 1},
        {"2025", "2026", 0},
        {"First", "Second", 0},
        {"Route 20256", "Route 20257", 0},
        {"A2025", "A2026", 0},
        {"\xC3\x89t\xC3\xA9 2025", "ete 2026", 1},
        {"\xE5\xA4\x8F\xE7\xA5\xAD 2025", "\xE5\xA4\x8F\xE7\xA5\xAD 2026", 1},
        {"1999-2000 Vigil", "Vigil", 1},
        {"!!!", "!!!", 1},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const char *a = sp_edition_key(sp_test_pool(), cases[i].a), *b = sp_edition_key(sp_test_pool(), cases[i].b);
        if ((strcmp(a, b) == 0) != cases[i].alike) {
            fail_msg("\"%s\" and \"%s\" are %s", cases[i].a, cases[i].b, cases[i].alike ? "not alike" : "alike");
        }
    }
}

static void assert_numbers(const sp_day_t *days, int rows, sp_day_t start, const int *expected)
{
    sp_table_t *t = sp_table_create(sp_test_pool(), rows, 0, 1);
    int number[8];

    t->start = start;
    memcpy(t->first, days, sizeof(*days) * (apr_size_t)rows);
    sp_edition_number_days(t, number);
    for (int r = 0; r < rows; r++) {
        assert_int_equal(number[r], expected[r]);
    }
}

static void days_are_numbered_as_the_event_goes_on(void **state)
{
    static const sp_day_t daily[] = {20000, 20001, 20003}, weekly[] = {20000, 20007, 20021}, one[] = {20002}, pair[] = {20000, 20002};
    const sp_day_t monthly[] = {sp_calendar_day(2025, 2, 1), sp_calendar_day(2025, 4, 1), sp_calendar_day(2025, 8, 1)};
    static const int as_daily[] = {1, 2, 4}, as_weekly[] = {1, 2, 4}, third[] = {3}, as_pair[] = {1, 3}, as_monthly[] = {1, 2, 4};

    assert_numbers(daily, 3, 20000, as_daily);
    assert_numbers(weekly, 3, 20000, as_weekly);
    assert_numbers(one, 1, 20000, third);
    assert_numbers(one, 1, 20010, as_daily); /* its first day lies before what is said to be its start */
    assert_numbers(pair, 2, 20000, as_pair);
    assert_numbers(monthly, 3, monthly[0], as_monthly);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(names_without_year_and_ordinal_are_alike),
        SP_UNIT_TEST(days_are_numbered_as_the_event_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
