/* A viewer count as people write it in a cell. */
#include "count.h"

#include <string.h>
#include <strings.h>

#include "text.h"

#define MINUS_SIGN "\xe2\x88\x92" /* U+2212 */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static apr_size_t digits_at(const char *s, apr_size_t len)
{
    apr_size_t n = 0;
    while (n < len && is_digit(s[n])) {
        n++;
    }
    return n;
}

/* The bytes of the thousands separator at s; 0 where there is none. */
static apr_size_t separator_at(const char *s, apr_size_t len)
{
    if (len >= 1 && (*s == ',' || *s == '\'')) {
        return 1;
    }
    if (len >= 2 && memcmp(s, "\xc2\xa0", 2) == 0) {
        return 2;
    }
    return len >= 3 && memcmp(s, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
}

/* The bytes of an integer at s, with or without groups. A grouped one does not begin with 0: "0,123" is somebody's fraction. */
static apr_size_t integer_at(const char *s, apr_size_t len)
{
    apr_size_t n = digits_at(s, len);
    apr_size_t sep = n >= 1 && n <= 3 && *s != '0' ? separator_at(s + n, len - n) : 0;
    if (sep == 0) {
        return n;
    }
    const char *kind = s + n;
    while (n + sep + 3 <= len && memcmp(s + n, kind, sep) == 0 && digits_at(s + n + sep, len - n - sep) == 3) {
        n += sep + 3;
    }
    return n;
}

/* What follows the integer makes it a fraction: ".9", ",5". */
static int is_fraction_tail(const char *s, apr_size_t len)
{
    if (len < 2 || digits_at(s + 1, len - 1) != len - 1) {
        return 0;
    }
    return *s == '.' || (*s == ',' && len == 2);
}

static sp_count_e value_of(const char *s, apr_size_t len, apr_int64_t *viewers)
{
    apr_int64_t v = 0;
    for (apr_size_t i = 0; i < len; i++) {
        if (!is_digit(s[i])) {
            continue;
        }
        v = v * 10 + (s[i] - '0');
        if (v > SP_VIEWERS_MAX) {
            return SP_COUNT_TOO_LARGE;
        }
    }
    *viewers = v;
    return SP_COUNT_VALUE;
}

static apr_size_t minus_at(const char *s, apr_size_t len)
{
    if (len >= 1 && *s == '-') {
        return 1;
    }
    return len >= 3 && memcmp(s, MINUS_SIGN, 3) == 0 ? 3 : 0;
}

sp_count_e sp_count_parse(const char *s, apr_size_t len, apr_int64_t *viewers)
{
    sp_text_trim(&s, &len);
    if (len == 0 || (len == 3 && strncasecmp(s, "n/a", 3) == 0)) {
        return SP_COUNT_BLANK;
    }
    apr_size_t minus = minus_at(s, len);
    s += minus;
    len -= minus;
    apr_size_t n = integer_at(s, len);
    int whole = n > 0 && n == len;
    if (!whole && !is_fraction_tail(s + n, len - n)) {
        return SP_COUNT_TEXT;
    }
    if (minus) {
        return SP_COUNT_NEGATIVE;
    }
    return whole ? value_of(s, len, viewers) : SP_COUNT_FRACTION;
}

const char *sp_count_expected(void)
{
    return "a whole number from 0 to 1,000,000,000,000 without unit";
}
