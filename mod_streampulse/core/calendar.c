/* Days as numbers: the proleptic Gregorian calendar, without time zones. */
#include "calendar.h"

static int is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): its callers have checked the month */
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Howard Hinnant's days_from_civil: years begin in March, eras of 400 years have 146,097 days. Years here are positive. */
sp_day_t sp_calendar_day(int year, int month, int day)
{
    if (year < SP_YEAR_MIN || year > SP_YEAR_MAX || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
        return SP_DAY_NONE;
    }
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* civil_from_days, the way back. */
void sp_calendar_date(sp_day_t day, int *year, int *month, int *mday)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int m = (5 * day_of_year + 2) / 153;
    *mday = day_of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

int sp_calendar_weekday(sp_day_t day)
{
    return (int)((((apr_int64_t)day + 3) % 7 + 7) % 7);
}

static void put_digits(char *to, int n, int digits)
{
    for (int i = digits - 1; i >= 0; i--, n /= 10) {
        to[i] = (char)('0' + n % 10);
    }
}

char *sp_calendar_iso(char *buf, sp_day_t day)
{
    int year, month, mday;
    sp_calendar_date(day, &year, &month, &mday);
    put_digits(buf, year, 4);
    buf[4] = '-';
    put_digits(buf + 5, month, 2);
    buf[7] = '-';
    put_digits(buf + 8, mday, 2);
    buf[10] = '\0';
    return buf;
}

/* -1 unless all are digits. */
static int get_digits(const char *s, int digits)
{
    int n = 0;
    for (int i = 0; i < digits; i++) {
        if (s[i] < '0' || s[i] > '9') {
            return -1;
        }
        n = n * 10 + (s[i] - '0');
    }
    return n;
}

sp_day_t sp_calendar_parse_iso(const char *s, apr_size_t len)
{
    if (len != SP_ISO_SIZE - 1 || s[4] != '-' || s[7] != '-') {
        return SP_DAY_NONE;
    }
    return sp_calendar_day(get_digits(s, 4), get_digits(s + 5, 2), get_digits(s + 8, 2));
}

void sp_calendar_period(sp_day_t day, sp_interval_e interval, sp_day_t *first, sp_day_t *last)
{
    int year, month, mday;
    *first = day;
    *last = day + 6;
    if (interval == SP_INTERVAL_WEEK) {
        return;
    }
    sp_calendar_date(day, &year, &month, &mday);
    int months = interval == SP_INTERVAL_MONTH ? 1 : interval == SP_INTERVAL_QUARTER ? 3 : 12;
    int begin = (month - 1) / months * months + 1;
    int end = begin + months - 1;
    *first = sp_calendar_day(year, begin, 1);
    *last = sp_calendar_day(year, end, days_in_month(year, end));
}
