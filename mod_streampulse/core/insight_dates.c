/* Dates as a writer writes them out: "8 February 2026", "February 8, 2026", "2026-02-08", "February 2026", "2026". */
#include "insight_token.h"

#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

static const char *const month_names[] = {"january", "february", "march",     "april",   "may",      "june",
                                          "july",    "august",   "september", "october", "november", "december"};

typedef struct {
    const char *s;
    apr_size_t len, at;
} reader_t;

static int read_number(reader_t *r, int digits_min, int digits_max)
{
    int value = 0, digits = 0;

    while (r->at + (apr_size_t)digits < r->len && apr_isdigit(r->s[r->at + (apr_size_t)digits]) && digits <= digits_max) {
        value = value * 10 + (r->s[r->at + (apr_size_t)digits] - '0');
        digits++;
    }
    if (digits < digits_min || digits > digits_max) {
        return -1;
    }
    r->at += (apr_size_t)digits;
    return value;
}

static int read_text(reader_t *r, const char *text)
{
    apr_size_t len = strlen(text);

    if (r->len - r->at < len || memcmp(r->s + r->at, text, len) != 0) {
        return 0;
    }
    r->at += len;
    return 1;
}

/* A month's whole name, or its first three letters. */
static int read_month(reader_t *r)
{
    char word[12];
    apr_size_t len = 0;

    while (r->at + len < r->len && len < sizeof(word) - 1 && apr_isalpha(r->s[r->at + len])) {
        word[len] = (char)apr_tolower(r->s[r->at + len]);
        len++;
    }
    word[len] = 0;
    for (int m = 0; m < 12; m++) {
        if (len >= 3 && (len == 3 || len == strlen(month_names[m])) && strncmp(month_names[m], word, len) == 0) {
            r->at += len;
            return m + 1;
        }
    }
    return -1;
}

static int ends_whole(const reader_t *r)
{
    const char *s = r->s + r->at;
    apr_size_t left = r->len - r->at;

    if (left == 0) {
        return 1;
    }
    if (s[0] == '.' || s[0] == ',') {
        return left == 1 || s[1] == ' ';
    }
    return s[0] == ' ' || s[0] == ';' || s[0] == ':' || s[0] == ')';
}

static int read_iso(reader_t *r, sp_day_t *first, sp_day_t *last)
{
    if (r->len < 10) {
        return 0;
    }
    *first = *last = sp_calendar_parse_iso(r->s, 10);
    r->at = 10;
    return *first != SP_DAY_NONE;
}

static int read_day_month_year(reader_t *r, sp_day_t *first, sp_day_t *last)
{
    int day = read_number(r, 1, 2), month = day > 0 && read_text(r, " ") ? read_month(r) : -1;
    int year = month > 0 && read_text(r, " ") ? read_number(r, 4, 4) : -1;

    *first = *last = year > 0 ? sp_calendar_day(year, month, day) : SP_DAY_NONE;
    return *first != SP_DAY_NONE;
}

static int read_month_day_year(reader_t *r, sp_day_t *first, sp_day_t *last)
{
    int month = read_month(r), day = month > 0 && read_text(r, " ") ? read_number(r, 1, 2) : -1;
    int year = day > 0 && read_text(r, ", ") ? read_number(r, 4, 4) : -1;

    *first = *last = year > 0 ? sp_calendar_day(year, month, day) : SP_DAY_NONE;
    return *first != SP_DAY_NONE;
}

static int read_month_year(reader_t *r, sp_day_t *first, sp_day_t *last)
{
    int month = read_month(r), year = month > 0 && read_text(r, " ") ? read_number(r, 4, 4) : -1;
    sp_day_t day = year > 0 ? sp_calendar_day(year, month, 1) : SP_DAY_NONE;

    if (day == SP_DAY_NONE) {
        return 0;
    }
    sp_calendar_period(day, SP_INTERVAL_MONTH, first, last);
    return 1;
}

int sp_dates_match(const char *s, apr_size_t len, sp_day_t *first, sp_day_t *last)
{
    static int (*const forms[])(reader_t *, sp_day_t *, sp_day_t *) = {read_iso, read_day_month_year, read_month_day_year, read_month_year};

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        reader_t r = {s, len, 0};
        if (forms[i](&r, first, last) && ends_whole(&r)) {
            return (int)r.at;
        }
    }
    return 0;
}
