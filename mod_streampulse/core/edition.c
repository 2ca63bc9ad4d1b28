/* Editions of an event: which events are the same one of another year, and which days of theirs match. Pure. */
#include "edition.h"

#include <string.h>
#include <strings.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "name.h"

#define WEEK_DAYS  7
#define MONTH_DAYS 28

static const char *const ordinals[] = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"};
static const char *const endings[] = {"st", "nd", "rd", "th"};

/* General punctuation of Unicode in UTF-8: dashes and curly apostrophes. */
static int is_punctuation(const char *s)
{
    return (unsigned char)s[0] == 0xE2 && (unsigned char)s[1] == 0x80;
}

static int is_word(const char *s)
{
    return (unsigned char)*s >= 0x80 ? !is_punctuation(s) : apr_isalnum(*s);
}

static apr_size_t char_length(const char *s)
{
    apr_size_t n = 1;

    while (((unsigned char)s[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static apr_size_t word_length(const char *s)
{
    apr_size_t n = 0;

    while (s[n] && is_word(s + n))
        n += char_length(s + n);
    return n;
}

static apr_size_t digits_of(const char *s)
{
    return strspn(s, "0123456789");
}

static int is_year(const char *s, apr_size_t len)
{
    return len == 4 && digits_of(s) >= 4 && (strncmp(s, "19", 2) == 0 || strncmp(s, "20", 2) == 0);
}

static int is_ordinal(const char *s, apr_size_t len)
{
    apr_size_t digits = digits_of(s);

    for (size_t i = 0; i < sizeof(ordinals) / sizeof(*ordinals); i++)
        if (strlen(ordinals[i]) == len && strncasecmp(s, ordinals[i], len) == 0)
            return 1;
    for (size_t i = 0; digits && len == digits + 2 && i < sizeof(endings) / sizeof(*endings); i++)
        if (strncasecmp(s + digits, endings[i], 2) == 0)
            return 1;
    return 0;
}

static int ends_with_apostrophe(const char *from, const char *s)
{
    return (s > from && s[-1] == '\'') || (s - from >= 3 && memcmp(s - 3, "\xE2\x80\x99", 3) == 0);
}

/* How much of "/25", " - 2026" follows a year; 0: nothing of the kind. */
static apr_size_t rest_of_range(const char *s)
{
    const char *at = s + strspn(s, " ");
    apr_size_t len;

    if (*at == '-' || *at == '/')
        at++;
    else if (strncmp(at, "\xE2\x80\x93", 3) == 0)
        at += 3;
    else
        return 0;
    at += strspn(at, " ");
    len = word_length(at);
    return (len == 2 && digits_of(at) >= 2) || is_year(at, len) ? (apr_size_t)(at - s) + len : 0;
}

/* How many bytes of the word at s, and of what belongs to it, are a year or an ordinal. */
static apr_size_t edition_length(const char *name, const char *s, apr_size_t len)
{
    if (is_year(s, len))
        return len + rest_of_range(s + len);
    if (len == 2 && digits_of(s) >= 2 && ends_with_apostrophe(name, s))
        return len;
    return is_ordinal(s, len) ? len : 0;
}

const char *sp_edition_key(apr_pool_t *p, const char *name)
{
    char *rest = apr_palloc(p, strlen(name) + 1);
    apr_size_t n = 0, words = 0;

    for (const char *s = name; *s;) {
        apr_size_t len = word_length(s), drop = len ? edition_length(name, s, len) : 0;
        apr_size_t step = drop ? drop : len ? len : char_length(s);
        words += len && !drop;
        if (!drop) {
            memcpy(rest + n, s, step);
            n += step;
        }
        s += step;
    }
    rest[n] = '\0';
    return sp_name_fold(p, words ? rest : name, SP_NAME_EVENT);
}

static int month_of(sp_day_t day)
{
    int year, month, mday;

    sp_calendar_date(day, &year, &month, &mday);
    return 12 * year + month;
}

/* The least step between two days, 0 where there is only one. */
static int least_step(const sp_table_t *event, int by_month)
{
    int least = 0;

    for (int r = 1; r < event->rows; r++) {
        int step = by_month ? month_of(event->first[r]) - month_of(event->first[r - 1]) : event->first[r] - event->first[r - 1];
        if (step > 0 && (!least || step < least))
            least = step;
    }
    return least;
}

void sp_edition_number_days(const sp_table_t *event, int *number)
{
    int days = least_step(event, 0), by_month = days >= MONTH_DAYS, size = by_month ? least_step(event, 1) : days >= WEEK_DAYS ? days : 1;
    sp_day_t first = event->start;

    if (event->rows && (first == SP_DAY_NONE || event->first[0] < first))
        first = event->first[0];
    for (int r = 0; r < event->rows; r++)
        number[r] = (by_month ? month_of(event->first[r]) - month_of(first) : event->first[r] - first) / (size ? size : 1) + 1;
}
