/* Tests of calendar.c and calendar_parse.c. */
#include "support.h"

#include <stdlib.h>

#include "calendar.h"

static void day_and_date_agree_for_every_day(void **state)
{
    int year = 1970, month = 1, mday = 1;
    for (sp_day_t day = 0; day <= SP_DAY_MAX; day++) {
        int y, m, d;
        assert_int_equal(sp_calendar_day(year, month, mday), day);
        sp_calendar_date(day, &y, &m, &d);
        assert_true(y == year && m == month && d == mday);
        assert_int_equal(sp_calendar_weekday(day), (day + 3) % 7);
        if (sp_calendar_day(year, month, ++mday) == SP_DAY_NONE) {
            mday = 1;
            if (++month > 12) {
                month = 1;
                year++;
            }
        }
    }
    assert_int_equal(year, 2200);
}

static void day_rejects_what_is_no_day(void **state)
{
    assert_int_equal(sp_calendar_day(1969, 12, 31), SP_DAY_NONE);
    assert_int_equal(sp_calendar_day(2200, 1, 1), SP_DAY_NONE);
    assert_int_equal(sp_calendar_day(2025, 2, 29), SP_DAY_NONE);
    assert_int_equal(sp_calendar_day(2100, 2, 29), SP_DAY_NONE);
    assert_int_equal(sp_calendar_day(2025, 13, 1), SP_DAY_NONE);
    assert_int_equal(sp_calendar_day(2025, 0, 1), SP_DAY_NONE);
    assert_int_equal(sp_calendar_day(2025, 1, 0), SP_DAY_NONE);
    assert_int_equal(sp_calendar_day(2000, 2, 29), 11016);
    assert_int_equal(sp_calendar_weekday(sp_calendar_day(2025, 1, 5)), 6);
}

static void iso_round_trips(void **state)
{
    char buf[SP_ISO_SIZE];
    assert_string_equal(sp_calendar_iso(buf, 0), "1970-01-01");
    assert_string_equal(sp_calendar_iso(buf, SP_DAY_MAX), "2199-12-31");
    for (sp_day_t day = 0; day <= SP_DAY_MAX; day += 13) {
        assert_int_equal(sp_calendar_parse_iso(sp_calendar_iso(buf, day), 10), day);
    }
    static const char *const bad[] = {"",         "2025-1-5",   "2025-01-05 ", "2025/01/05", "2025-02-30",
                                      "20250105", "2025-0a-05", "-025-01-05",  "1969-12-31", "2200-01-01"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(sp_calendar_parse_iso(bad[i], strlen(bad[i])), SP_DAY_NONE);
    }
}

static void check_period(const char *day, sp_interval_e interval, const char *first, const char *last)
{
    char buf[SP_ISO_SIZE];
    sp_day_t a, b;
    sp_calendar_period(sp_calendar_parse_iso(day, 10), interval, &a, &b);
    assert_string_equal(sp_calendar_iso(buf, a), first);
    assert_string_equal(sp_calendar_iso(buf, b), last);
}

static void period_knows_its_ends(void **state)
{
    check_period("2025-01-05", SP_INTERVAL_WEEK, "2025-01-05", "2025-01-11");
    check_period("2024-02-11", SP_INTERVAL_MONTH, "2024-02-01", "2024-02-29");
    check_period("2025-05-31", SP_INTERVAL_QUARTER, "2025-04-01", "2025-06-30");
    check_period("2025-12-31", SP_INTERVAL_QUARTER, "2025-10-01", "2025-12-31");
    check_period("2025-12-31", SP_INTERVAL_YEAR, "2025-01-01", "2025-12-31");
    check_period("2199-12-31", SP_INTERVAL_YEAR, "2199-01-01", "2199-12-31");
}

/* mdy and dmy: ISO days for FULL, "month/day" for YEARLESS and MONTH, NULL for no such reading. */
typedef struct {
    const char *cell;
    sp_date_kind_e kind;
    sp_date_order_e shows;
    const char *mdy;
    const char *dmy;
} date_case_t;

#define UNKNOWN SP_DATE_ORDER_UNKNOWN
#define MDY     SP_DATE_ORDER_MDY
#define DMY     SP_DATE_ORDER_DMY

static const date_case_t cases[] = {
    {"2025-01-05", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"2025/1/5", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"1/5/2025", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-05-01"},
    {"1/5/25", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-05-01"},
    {"01-05-2025", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-05-01"},
    {"05.01.2025", SP_DATE_FULL, UNKNOWN, "2025-05-01", "2025-01-05"},
    {"5/5/2025", SP_DATE_FULL, UNKNOWN, "2025-05-05", "2025-05-05"},
    {"1/19/2025", SP_DATE_FULL, MDY, "2025-01-19", NULL},
    {"25/1/2025", SP_DATE_FULL, DMY, NULL, "2025-01-25"},
    {"2/29/2024", SP_DATE_FULL, MDY, "2024-02-29", NULL},
    {" 1/19/2025\xc2\xa0", SP_DATE_FULL, MDY, "2025-01-19", NULL},
    {"1/5/2025 0:00", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-05-01"},
    {"2025-01-05T00:00:00", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"2025-01-05 00:00:00.000Z", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"2025-01-05T00:00:00+02:00", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"1/19/2025, 12:00:00 AM", SP_DATE_FULL, MDY, "2025-01-19", NULL},
    {"January 5, 2025", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"jan 5 2025", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"24 March 2025", SP_DATE_FULL, UNKNOWN, "2025-03-24", "2025-03-24"},
    {"24th of March, 2025", SP_DATE_FULL, UNKNOWN, "2025-03-24", "2025-03-24"},
    {"Mar. 24th, 2025", SP_DATE_FULL, UNKNOWN, "2025-03-24", "2025-03-24"},
    {"5-Jan-25", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"5-Jan-2025", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"Sun, Jan 5, 2025", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"Sunday January 5 2025", SP_DATE_FULL, UNKNOWN, "2025-01-05", "2025-01-05"},
    {"Tue, Mar 10, 2026", SP_DATE_FULL, UNKNOWN, "2026-03-10", "2026-03-10"},
    {"Thurs. 6/12/2025", SP_DATE_FULL, MDY, "2025-06-12", NULL},
    {"01-19", SP_DATE_YEARLESS, MDY, "1/19", NULL},
    {"12-31", SP_DATE_YEARLESS, MDY, "12/31", NULL},
    {"31-12", SP_DATE_YEARLESS, DMY, NULL, "12/31"},
    {"1/19", SP_DATE_YEARLESS, MDY, "1/19", NULL},
    {"3-4", SP_DATE_YEARLESS, UNKNOWN, "3/4", "4/3"},
    {"2/29", SP_DATE_YEARLESS, MDY, "2/29", NULL},
    {"March 24", SP_DATE_YEARLESS, UNKNOWN, "3/24", "3/24"},
    {"Mar 24th", SP_DATE_YEARLESS, UNKNOWN, "3/24", "3/24"},
    {"MAR 1ST", SP_DATE_YEARLESS, UNKNOWN, "3/1", "3/1"},
    {"24 March", SP_DATE_YEARLESS, UNKNOWN, "3/24", "3/24"},
    {"24 Mar", SP_DATE_YEARLESS, UNKNOWN, "3/24", "3/24"},
    {"22nd Sept.", SP_DATE_YEARLESS, UNKNOWN, "9/22", "9/22"},
    {"July 31", SP_DATE_YEARLESS, UNKNOWN, "7/31", "7/31"},
    {"Feb 29", SP_DATE_YEARLESS, UNKNOWN, "2/29", "2/29"},
    {"5-Jan", SP_DATE_YEARLESS, UNKNOWN, "1/5", "1/5"},
    {"Jan-5", SP_DATE_YEARLESS, UNKNOWN, "1/5", "1/5"},
    {"Sunday, March 23", SP_DATE_YEARLESS, UNKNOWN, "3/23", "3/23"},
    {"Feb", SP_DATE_MONTH, UNKNOWN, "2/1", "2/1"},
    {"April", SP_DATE_MONTH, UNKNOWN, "4/1", "4/1"},
    {"May", SP_DATE_MONTH, UNKNOWN, "5/1", "5/1"},
    {"Sept", SP_DATE_MONTH, UNKNOWN, "9/1", "9/1"},
    {"DEC.", SP_DATE_MONTH, UNKNOWN, "12/1", "12/1"},
    {"13/45/2025", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"2025-02-30", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"2/29/2025", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"1/5/1969", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"1/5/2200", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"1/5/202", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"0/0/2025", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"02-30", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"13-45", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"Feb 30", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"March 24, 1900", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"1/5/2025 9:30", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"1/5/2025 12:00 PM", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"2025-01-05T00:00:01", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"Mon, Jan 5, 2025", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"Jan-25", SP_DATE_BAD, UNKNOWN, NULL, NULL},
    {"", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"   ", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"1234", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"2025", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"12.9", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"1,234", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"-5", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"1.2.3", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"555-123-4567", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"2025-01", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"Jan 2025", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"Week of 1/5", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"Date", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"Maya", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"March Madness", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"March 24-25", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"March 24, 25", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"March 24 gala", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"1/5/2025 gala", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"14 Days of Glory", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"1/5 - 1/11", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"Sun", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"Sunday", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"Sunday March", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"1/5/2025/7", SP_DATE_NOT, UNKNOWN, NULL, NULL},
    {"99999999999999999999/1/1", SP_DATE_NOT, UNKNOWN, NULL, NULL},
};

static int is_full(const char *iso, sp_day_t day)
{
    return day == (iso ? sp_calendar_parse_iso(iso, strlen(iso)) : SP_DAY_NONE);
}

static int is_month_day(const char *text, int month, int mday)
{
    char *end;
    if (!text) {
        return month == 0;
    }
    return strtol(text, &end, 10) == month && strtol(end + 1, NULL, 10) == mday;
}

static int agrees(const date_case_t *c, const sp_date_t *d)
{
    if (d->kind != c->kind || d->shows != c->shows) {
        return 0;
    }
    if (d->kind == SP_DATE_YEARLESS || d->kind == SP_DATE_MONTH) {
        return is_month_day(c->mdy, d->month_mdy, d->mday_mdy) && is_month_day(c->dmy, d->month_dmy, d->mday_dmy);
    }
    return is_full(c->mdy, d->day_mdy) && is_full(c->dmy, d->day_dmy);
}

static void parse_reads_every_form(void **state)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_date_t d;
        size_t len = strlen(cases[i].cell);
        char *exact = malloc(len ? len : 1);
        memcpy(exact, cases[i].cell, len);
        sp_calendar_parse(exact, len, &d);
        free(exact);
        if (!agrees(&cases[i], &d)) {
            fail_msg("\"%s\": kind %d shows %d days %d %d, %d/%d, %d/%d", cases[i].cell, d.kind, d.shows, d.day_mdy, d.day_dmy, d.month_mdy, d.mday_mdy,
                     d.month_dmy, d.mday_dmy);
        }
    }
}

static void parse_uses_the_weekday_to_choose_a_reading(void **state)
{
    sp_date_t d;
    sp_calendar_parse("Sun 1/5/2025", 12, &d);
    assert_int_equal(d.kind, SP_DATE_FULL);
    assert_int_equal(d.shows, MDY);
    assert_int_equal(d.day_mdy, sp_calendar_day(2025, 1, 5));
    assert_int_equal(d.day_dmy, SP_DAY_NONE);
    sp_calendar_parse("Thu 1/5/2025", 12, &d);
    assert_int_equal(d.shows, DMY);
    assert_int_equal(d.day_dmy, sp_calendar_day(2025, 5, 1));
}

static void parse_never_reads_beyond_a_cut_cell(void **state)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        for (size_t n = 0; n < strlen(cases[i].cell); n++) {
            sp_date_t d;
            char *exact = malloc(n ? n : 1);
            memcpy(exact, cases[i].cell, n);
            sp_calendar_parse(exact, n, &d);
            sp_calendar_is_period_title(exact, n);
            free(exact);
        }
    }
}

static void period_title_is_a_period_and_no_thing(void **state)
{
    static const char *const yes[] = {"January", "Jan 2025",   "2025",          "January 2025", "2025-01", "2025/1",
                                      " MAY ",   "Sept. 2025", "January, 2025", "Jan-25",       "Jan '25", "Dec."};
    static const char *const no[] = {"",     "Sunday Service", "March 24", "March 24 2025", "2025-13",    "1969", "20255",
                                     "1234", "May Day",        "Maya",     "Jan-",          "2025-01-05", "Q1",   "1/5/2025"};
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
        if (!sp_calendar_is_period_title(yes[i], strlen(yes[i]))) {
            fail_msg("\"%s\" is a period", yes[i]);
        }
    }
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
        if (sp_calendar_is_period_title(no[i], strlen(no[i]))) {
            fail_msg("\"%s\" is no period", no[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(day_and_date_agree_for_every_day),
        SP_UNIT_TEST(day_rejects_what_is_no_day),
        SP_UNIT_TEST(iso_round_trips),
        SP_UNIT_TEST(period_knows_its_ends),
        SP_UNIT_TEST(parse_reads_every_form),
        SP_UNIT_TEST(parse_uses_the_weekday_to_choose_a_reading),
        SP_UNIT_TEST(parse_never_reads_beyond_a_cut_cell),
        SP_UNIT_TEST(period_title_is_a_period_and_no_thing),
    };
    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
