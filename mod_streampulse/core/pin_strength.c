/* Telling PINs that anybody would try first: short ones, patterns, days, and the most common ones. */
#include "pin_strength.h"

#include <string.h>

#include <apr_lib.h>
#include <unistr.h>

#include "pin.h"

#define MIN_CHARS    6
#define MIN_DISTINCT 3 /* of 100000 and 121212 each guesser thinks early */
#define FIRST_YEAR   1900
#define LAST_YEAR    2099

/* What lists of leaked passwords begin with, as far as no rule below finds it: from 6 characters, in lower case, without what is not a letter at the end. */
static const char *const common_words[] = {
    "abcabc",      "access",   "admin",      "administrator", "andrew",   "apache",   "asdfgh",   "asdfghjkl", "ashley",    "azerty",  "bailey",   "baseball",
    "batman",      "changeme", "charlie",    "chelsea",       "church",   "computer", "cookie",   "correct",   "dashboard", "default", "donald",   "dragon",
    "facebook",    "flower",   "football",   "freedom",       "george",   "google",   "guest",    "hannah",    "harley",    "hello",   "hunter",   "iloveyou",
    "jennifer",    "jessica",  "jesus",      "jordan",        "letmein",  "login",    "london",   "maggie",    "master",    "matrix",  "media",    "michael",
    "michelle",    "monkey",   "mustang",    "nicole",        "pass",     "passw",    "password", "passwort",  "pepper",    "pokemon", "princess", "qazwsx",
    "qwert",       "qwerty",   "qwertyuiop", "qwertz",        "ranger",   "robert",   "root",     "samsung",   "secret",    "shadow",  "soccer",   "stream",
    "streampulse", "summer",   "sunday",     "sunshine",      "superman", "system",   "taylor",   "test",      "tester",    "thomas",  "tigger",   "trustno",
    "user",        "viewer",   "viewers",    "welcome",       "whatever", "winter",   "youtube",  "zxcvbn",    "zxcvbnm",
};

/* Of digits and of keys that lie side by side. */
static const char *const common_whole[] = {
    "100200",   "101112", "102030",   "112233",   "112358", "121314",    "123321", "123654",   "123789",     "1234qwer", "123abc",   "123qwe",
    "142536",   "147258", "147852",   "147896",   "159357", "159753",    "1q2w3e", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "201314",   "223344",
    "258369",   "258456", "314159",   "31415926", "332211", "334455",    "357159", "369258",   "456123",     "456852",   "520131",   "5201314",
    "654123",   "741852", "741963",   "753159",   "789456", "789456123", "852456", "951753",   "963852",     "987456",   "99887766", "a1b2c3",
    "a1b2c3d4", "abc123", "abcd1234", "asd123",   "q1w2e3", "q1w2e3r4",  "qwe123", "qweasd",   "qweasdzxc",  "zaq12wsx", "zaq1xsw2",
};

/* Whether each byte lies step after the one before, digits in a circle: 123456, fedcba, 246802, 890123. */
static int is_run(const char *pin, int step)
{
    for (; pin[1]; pin++) {
        const int is_digits = apr_isdigit(pin[0]) && apr_isdigit(pin[1]);
        if (is_digits ? (pin[1] - pin[0] - step + 20) % 10 : pin[1] - pin[0] != step)
            return 0;
    }
    return 1;
}

static int is_any_run(const char *pin)
{
    for (int step = -9; step <= 9; step++)
        if (is_run(pin, step))
            return 1;
    return 0;
}

/* The same few characters over and over: 121212, abcabc, 20252025. */
static int is_repeated(const char *pin, size_t len)
{
    for (size_t part = 1; part <= len / 2; part++)
        if (len % part == 0 && !memcmp(pin, pin + part, len - part))
            return 1;
    return 0;
}

static int count_distinct(const char *pin)
{
    char seen[256] = "";
    int count = 0;

    for (const unsigned char *c = (const unsigned char *)pin; *c; c++) {
        count += !seen[*c];
        seen[*c] = 1;
    }
    return count;
}

static int digits(const char *from, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++)
        value = value * 10 + from[i] - '0';
    return value;
}

static int is_day(int day, int month)
{
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* Two digits each, in any of the usual orders: 240391, 910324. */
static int is_short_date(const char *pin)
{
    const int a = digits(pin, 2), b = digits(pin + 2, 2), c = digits(pin + 4, 2);

    return is_day(a, b) || is_day(b, a) || is_day(c, b);
}

static int is_year(int year)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR;
}

static int is_long_date(const char *pin)
{
    const int first = digits(pin, 2), second = digits(pin + 2, 2), third = digits(pin + 4, 2), fourth = digits(pin + 6, 2);

    if (is_year(digits(pin, 4)) && (is_day(fourth, third) || is_day(third, fourth)))
        return 1;
    return is_year(digits(pin + 4, 4)) && (is_day(first, second) || is_day(second, first));
}

static int is_date(const char *pin, size_t len)
{
    if (strspn(pin, "0123456789") != len)
        return 0;
    return len == 6 ? is_short_date(pin) : len == 8 && is_long_date(pin);
}

static int is_in(const char *const *list, size_t count, const char *text, size_t len)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == len && !memcmp(list[i], text, len))
            return 1;
    return 0;
}

/* "Password1!" is "password". */
static int is_common(const char *pin, size_t len)
{
    char lower[SP_PIN_MAX_BYTES];
    size_t letters = len;

    for (size_t i = 0; i < len; i++)
        lower[i] = (char)apr_tolower(pin[i]);
    if (is_in(common_whole, sizeof(common_whole) / sizeof(*common_whole), lower, len))
        return 1;
    while (letters && !apr_isalpha(lower[letters - 1]))
        letters--;
    return is_in(common_words, sizeof(common_words) / sizeof(*common_words), lower, letters);
}

static int has_control(const char *pin)
{
    for (; *pin; pin++)
        if (apr_iscntrl(*pin))
            return 1;
    return 0;
}

const char *sp_pin_strength_fault(const char *pin)
{
    const size_t len = strlen(pin);

    if (u8_check((const uint8_t *)pin, len))
        return "it is not UTF-8";
    if (u8_mbsnlen((const uint8_t *)pin, len) < MIN_CHARS)
        return "it has fewer than 6 characters";
    if (len > SP_PIN_MAX_BYTES)
        return "it is longer than 72 bytes";
    if (has_control(pin))
        return "it holds a control character";
    if (count_distinct(pin) < MIN_DISTINCT || is_any_run(pin) || is_repeated(pin, len) || is_common(pin, len))
        return "it is among the first that anybody would try";
    return is_date(pin, len) ? "it is a date" : NULL;
}
