/* Days as people write them. */
#include "calendar.h"

#include <string.h>
#include <strings.h>

#include "text.h"

#define LONGEST_DATE 64 /* bytes; anything longer is text */

typedef struct {
    const char *s;
    const char *end;
} cursor_t;

typedef struct {
    const char *word;
    int value;
} word_t;

static const word_t months[] = {
    {"jan", 1},  {"january", 1},  {"feb", 2},  {"february", 2},  {"mar", 3},  {"march", 3},     {"apr", 4}, {"april", 4}, {"may", 5},
    {"jun", 6},  {"june", 6},     {"jul", 7},  {"july", 7},      {"aug", 8},  {"august", 8},    {"sep", 9}, {"sept", 9},  {"september", 9},
    {"oct", 10}, {"october", 10}, {"nov", 11}, {"november", 11}, {"dec", 12}, {"december", 12}, {NULL, 0},
};
static const word_t weekdays[] = {
    {"mon", 1},   {"monday", 1},   {"tue", 2}, {"tues", 2},   {"tuesday", 2}, {"wed", 3},      {"weds", 3}, {"wednesday", 3}, {"thu", 4}, {"thur", 4},
    {"thurs", 4}, {"thursday", 4}, {"fri", 5}, {"friday", 5}, {"sat", 6},     {"saturday", 6}, {"sun", 7},  {"sunday", 7},    {NULL, 0},
};

static apr_size_t left(const cursor_t *c)
{
    return (apr_size_t)(c->end - c->s);
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int take_char(cursor_t *c, char wanted)
{
    if (c->s == c->end || *c->s != wanted) {
        return 0;
    }
    c->s++;
    return 1;
}

static int take_spaces(cursor_t *c)
{
    const char *from = c->s;
    apr_size_t n;
    while ((n = sp_text_space(c->s, left(c))) > 0) {
        c->s += n;
    }
    return c->s != from;
}

/* Returns how many digits there were; *n is right up to 9 of them. */
static int take_number(cursor_t *c, int *n)
{
    int digits = 0;
    *n = 0;
    for (; c->s < c->end && is_digit(*c->s); c->s++) {
        if (++digits <= 9) {
            *n = *n * 10 + (*c->s - '0');
        }
    }
    return digits;
}

static apr_size_t letters_at(const cursor_t *c)
{
    apr_size_t n = 0;
    while (c->s + n < c->end && is_letter(c->s[n])) {
        n++;
    }
    return n;
}

static int take_word(cursor_t *c, const char *word)
{
    apr_size_t n = letters_at(c);
    if (n == 0 || n != strlen(word) || strncasecmp(c->s, word, n) != 0) {
        return 0;
    }
    c->s += n;
    return 1;
}

/* The value of the word at c; 0, and c stays, where it is none of words. */
static int take_one_of(cursor_t *c, const word_t *words)
{
    for (; words->word; words++) {
        if (take_word(c, words->word)) {
            return words->value;
        }
    }
    return 0;
}

/* "Sun, ", "Sunday ", "Tues. ": only in front of something. 0: none; else 1 = Monday to 7. */
static int take_weekday(cursor_t *c)
{
    cursor_t at = *c;
    int weekday = take_one_of(&at, weekdays);
    if (weekday == 0) {
        return 0;
    }
    int apart = take_char(&at, '.');
    apart |= take_char(&at, ',');
    apart |= take_spaces(&at);
    if (!apart || at.s == at.end) {
        return 0;
    }
    *c = at;
    return weekday;
}

/* What stands between the words of a date: '-' or '/' alone, ' ' for any mix of spaces, commas and a full stop, 0 for nothing. */
static char take_gap(cursor_t *c)
{
    if (take_char(c, '-')) {
        return '-';
    }
    if (take_char(c, '/')) {
        return '/';
    }
    int any = take_char(c, '.');
    any |= take_spaces(c);
    any |= take_char(c, ',');
    any |= take_spaces(c);
    return any ? ' ' : 0;
}

static void take_ordinal(cursor_t *c)
{
    if (!take_word(c, "st") && !take_word(c, "nd") && !take_word(c, "rd")) {
        take_word(c, "th");
    }
}

/* H:MM[:SS[.fff]] [AM|PM] [Z|+hh:mm]; *midnight says whether the day begins with it. */
static int take_time(cursor_t *c, int *midnight)
{
    int hour, minute, second = 0, n, fraction = 0;
    int digits = take_number(c, &hour);
    if (digits < 1 || digits > 2 || !take_char(c, ':') || take_number(c, &minute) != 2) {
        return 0;
    }
    if (take_char(c, ':') && take_number(c, &second) != 2) {
        return 0;
    }
    if (take_char(c, '.') && take_number(c, &fraction) == 0) {
        return 0;
    }
    take_spaces(c);
    int am = take_word(c, "am"), pm = !am && take_word(c, "pm");
    hour = am && hour == 12 ? 0 : pm ? 12 : hour;
    if (!take_word(c, "z") && (take_char(c, '+') || take_char(c, '-'))) {
        if (take_number(c, &n) < 2 || (take_char(c, ':') && take_number(c, &n) != 2)) {
            return 0;
        }
    }
    *midnight = hour == 0 && minute == 0 && second == 0 && fraction == 0;
    return 1;
}

/* What follows a whole date: nothing or midnight keeps it, another time of day makes it none, other text makes it text. */
static sp_date_kind_e kind_by_tail(cursor_t *c)
{
    int midnight = 0;
    if (c->s == c->end) {
        return SP_DATE_FULL;
    }
    int apart = take_char(c, ',');
    apart |= take_spaces(c);
    if (!apart && !take_char(c, 'T') && !take_char(c, 't')) {
        return SP_DATE_NOT;
    }
    if (!take_time(c, &midnight) || c->s != c->end) {
        return SP_DATE_NOT;
    }
    return midnight ? SP_DATE_FULL : SP_DATE_BAD;
}

static int full_year(int year, int digits)
{
    return digits == 2 ? 2000 + year : year;
}

static void set_full(sp_date_t *out, int year, int month, int mday)
{
    out->day_mdy = out->day_dmy = sp_calendar_day(year, month, mday);
    out->kind = out->day_mdy == SP_DAY_NONE ? SP_DATE_BAD : SP_DATE_FULL;
}

/* 29 February counts: the year decides later. */
static int is_month_day(int month, int mday)
{
    return sp_calendar_day(2000, month, mday) != SP_DAY_NONE;
}

static void set_yearless(sp_date_t *out, int month, int mday)
{
    if (!is_month_day(month, mday)) {
        out->kind = SP_DATE_BAD;
        return;
    }
    out->kind = SP_DATE_YEARLESS;
    out->month_mdy = out->month_dmy = month;
    out->mday_mdy = out->mday_dmy = mday;
}

static sp_date_order_e order_shown(int mdy, int dmy)
{
    return mdy == dmy ? SP_DATE_ORDER_UNKNOWN : mdy ? SP_DATE_ORDER_MDY : SP_DATE_ORDER_DMY;
}

/* 1/19: both readings are kept, a reading that is no day has month 0. */
static void set_two_numbers(sp_date_t *out, int first, int second)
{
    int mdy = is_month_day(first, second), dmy = is_month_day(second, first);
    if (!mdy && !dmy) {
        out->kind = SP_DATE_BAD;
        return;
    }
    out->kind = SP_DATE_YEARLESS;
    out->shows = order_shown(mdy, dmy);
    if (mdy) {
        out->month_mdy = first;
        out->mday_mdy = second;
    }
    if (dmy) {
        out->month_dmy = second;
        out->mday_dmy = first;
    }
}

static void set_three_numbers(sp_date_t *out, int first, int second, int year)
{
    out->day_mdy = sp_calendar_day(year, first, second);
    out->day_dmy = sp_calendar_day(year, second, first);
    int mdy = out->day_mdy != SP_DAY_NONE, dmy = out->day_dmy != SP_DAY_NONE;
    out->kind = mdy || dmy ? SP_DATE_FULL : SP_DATE_BAD;
    out->shows = order_shown(mdy, dmy);
}

/* Three numbers with the year first or last; out->kind stays SP_DATE_NOT for what only resembles them (telephone and version numbers). */
static void read_three_numbers(sp_date_t *out, const int *n, const int *digits, char sep)
{
    if (digits[1] > 2) {
        return;
    }
    if (digits[0] == 4 && digits[2] <= 2) {
        set_full(out, n[0], n[1], n[2]);
    } else if (digits[0] <= 2 && (digits[2] == 2 || digits[2] == 4)) {
        set_three_numbers(out, n[0], n[1], full_year(n[2], digits[2]));
    } else if (digits[0] <= 2 && digits[2] <= 3 && sep != '.') {
        out->kind = SP_DATE_BAD;
    }
}

/* M/D, M/D/Y, Y-M-D and the like, c standing at the first digit. */
static void read_numbers(cursor_t *c, sp_date_t *out)
{
    int n[3], digits[3];
    digits[0] = take_number(c, &n[0]);
    char sep = *c->s++;
    digits[1] = take_number(c, &n[1]);
    if (c->s == c->end) {
        if (sep != '.' && digits[0] <= 2 && digits[1] <= 2) {
            set_two_numbers(out, n[0], n[1]);
        }
        return;
    }
    if (!take_char(c, sep) || (digits[2] = take_number(c, &n[2])) == 0) {
        return;
    }
    read_three_numbers(out, n, digits, sep);
    sp_date_kind_e tail = kind_by_tail(c);
    if (out->kind == SP_DATE_FULL || tail == SP_DATE_NOT) {
        out->kind = tail;
    }
}

/* What may follow a day and a month in words: nothing, or a year after the same kind of gap. Two digits are a year only after "24 March": "March 24-25"
 * is a span of days. */
static void read_year(cursor_t *c, sp_date_t *out, int month, int mday, char gap, int day_first)
{
    int year;
    if (c->s == c->end) {
        set_yearless(out, month, mday);
        return;
    }
    if (take_gap(c) != gap) {
        return;
    }
    int digits = take_number(c, &year);
    if (digits != 4 && !(digits == 2 && day_first)) {
        return;
    }
    sp_date_kind_e tail = kind_by_tail(c);
    if (tail == SP_DATE_FULL) {
        set_full(out, full_year(year, digits), month, mday);
        return;
    }
    out->kind = tail;
}

/* 24 March, 24th of March 2025, 5-Jan-25; c standing at the first digit. */
static void read_day_first(cursor_t *c, sp_date_t *out)
{
    int mday, digits = take_number(c, &mday);
    take_ordinal(c);
    char gap = take_gap(c);
    if (digits > 2 || gap == 0) {
        return;
    }
    if (gap == ' ' && take_word(c, "of")) {
        take_spaces(c);
    }
    int month = take_one_of(c, months);
    if (month > 0) {
        take_char(c, '.');
        read_year(c, out, month, mday, gap, 1);
    }
}

/* March 24, Mar 24th 2025, Jan-5; c standing at the name. "Jan-25" is a month to a spreadsheet and a day to people, so it is neither. */
static void read_month_first(cursor_t *c, sp_date_t *out)
{
    int month = take_one_of(c, months), mday;
    if (month == 0) {
        return;
    }
    cursor_t after = *c;
    take_char(&after, '.');
    if (after.s == after.end) {
        out->kind = SP_DATE_MONTH;
        out->month_mdy = out->month_dmy = month;
        out->mday_mdy = out->mday_dmy = 1;
        return;
    }
    char gap = take_gap(c);
    int digits = take_number(c, &mday);
    if (gap == 0 || digits < 1 || digits > 2) {
        return;
    }
    if (gap == '-' && digits == 2 && c->s == c->end) {
        out->kind = SP_DATE_BAD;
        return;
    }
    take_ordinal(c);
    read_year(c, out, month, mday, gap, 0);
}

/* A weekday in front takes away the readings that fall on another one. */
static void heed_weekday(sp_date_t *out, int weekday)
{
    int mdy = out->day_mdy != SP_DAY_NONE && sp_calendar_weekday(out->day_mdy) + 1 == weekday;
    int dmy = out->day_dmy != SP_DAY_NONE && sp_calendar_weekday(out->day_dmy) + 1 == weekday;
    int same = out->day_mdy == out->day_dmy;
    if (!mdy && !dmy) {
        out->kind = SP_DATE_BAD;
        return;
    }
    out->day_mdy = mdy ? out->day_mdy : SP_DAY_NONE;
    out->day_dmy = dmy ? out->day_dmy : SP_DAY_NONE;
    out->shows = same ? out->shows : order_shown(mdy, dmy);
}

/* Whether a digit, / - or ., and a digit stand at c after its first number. */
static int is_numeric_date(const cursor_t *c)
{
    cursor_t at = *c;
    int n;
    take_number(&at, &n);
    return left(&at) >= 2 && (*at.s == '/' || *at.s == '-' || *at.s == '.') && is_digit(at.s[1]);
}

void sp_calendar_parse(const char *s, apr_size_t len, sp_date_t *out)
{
    *out = (sp_date_t){.kind = SP_DATE_NOT, .day_mdy = SP_DAY_NONE, .day_dmy = SP_DAY_NONE};
    sp_text_trim(&s, &len);
    if (len == 0 || len > LONGEST_DATE) {
        return;
    }
    out->day_mdy = out->day_dmy = sp_calendar_parse_iso(s, len);
    if (out->day_mdy != SP_DAY_NONE) {
        out->kind = SP_DATE_FULL;
        return;
    }
    cursor_t c = {s, s + len};
    int weekday = take_weekday(&c);
    if (!is_digit(*c.s)) {
        read_month_first(&c, out);
    } else if (is_numeric_date(&c)) {
        read_numbers(&c, out);
    } else {
        read_day_first(&c, out);
    }
    if (weekday && out->kind == SP_DATE_FULL) {
        heed_weekday(out, weekday);
    }
    if (weekday && out->kind == SP_DATE_MONTH) {
        out->kind = SP_DATE_NOT;
    }
    if (out->kind == SP_DATE_NOT || out->kind == SP_DATE_BAD) {
        *out = (sp_date_t){.kind = out->kind, .day_mdy = SP_DAY_NONE, .day_dmy = SP_DAY_NONE};
    }
}

static int is_year(int year, int digits)
{
    return digits == 4 && year >= SP_YEAR_MIN && year <= SP_YEAR_MAX;
}

/* "2025", "2025-01", "2025/1". */
static int is_numeric_period(cursor_t *c)
{
    int year, month, digits = take_number(c, &year);
    if (!is_year(year, digits)) {
        return 0;
    }
    if (c->s == c->end) {
        return 1;
    }
    if (!take_char(c, '-') && !take_char(c, '/')) {
        return 0;
    }
    digits = take_number(c, &month);
    return (digits == 1 || digits == 2) && month >= 1 && month <= 12 && c->s == c->end;
}

int sp_calendar_is_period_title(const char *s, apr_size_t len)
{
    int year, digits;
    sp_text_trim(&s, &len);
    cursor_t c = {s, s + len};
    if (len == 0 || len > LONGEST_DATE) {
        return 0;
    }
    if (is_digit(*s)) {
        return is_numeric_period(&c);
    }
    if (take_one_of(&c, months) == 0) {
        return 0;
    }
    char gap = take_gap(&c);
    if (c.s == c.end) {
        return gap != '-' && gap != '/';
    }
    take_char(&c, '\'');
    digits = take_number(&c, &year);
    return gap != 0 && c.s == c.end && (is_year(year, digits) || (digits == 2 && (gap == '-' || c.end[-3] == '\'')));
}
