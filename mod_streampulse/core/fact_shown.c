/* Values of facts as people read them, in English, exact or rounded once. */
#include "fact_shown.h"

#include <stdlib.h>

#include <apr_strings.h>

static const char *const month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};

sp_int128_t sp_fact_shown_round(sp_int128_t numerator, sp_int128_t denominator)
{
    int negative = (numerator < 0) != (denominator < 0);
    sp_int128_t n = numerator < 0 ? -numerator : numerator, d = denominator < 0 ? -denominator : denominator;
    sp_int128_t rounded = (2 * n + d) / (2 * d);

    return negative ? -rounded : rounded;
}

const char *sp_fact_shown_count(apr_pool_t *p, apr_int64_t n)
{
    char buf[32], *at = buf + sizeof(buf);
    int digits = 0;

    *--at = '\0';
    do {
        if (digits && digits % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + llabs(n % 10));
        n /= 10;
        digits++;
    } while (n);
    return apr_pstrdup(p, at);
}

const char *sp_fact_shown_tenths(apr_pool_t *p, apr_int64_t tenths)
{
    const char *whole = sp_fact_shown_count(p, tenths / 10);
    int tenth = (int)llabs(tenths % 10);

    return tenth ? apr_psprintf(p, "%s.%d", whole, tenth) : whole;
}

const char *sp_fact_shown_things(apr_pool_t *p, apr_int64_t n, const char *singular)
{
    return apr_pstrcat(p, sp_fact_shown_count(p, n), " ", singular, n == 1 ? NULL : "s", NULL);
}

const char *sp_fact_shown_day(apr_pool_t *p, sp_day_t day)
{
    int year, month, mday;

    sp_calendar_date(day, &year, &month, &mday);
    return apr_psprintf(p, "%d %s %d", mday, month_names[month - 1], year);
}
