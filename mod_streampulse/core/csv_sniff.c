/* The delimiter of a CSV file, from its first bytes. */
#include "csv.h"

#include <string.h>
#include <strings.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "sep=;", perhaps in quotes, on a line of its own; 0 where the sample does not begin so. */
static char declared(const char *s, apr_size_t len)
{
    apr_size_t quoted = len > 0 && *s == '"';
    s += quoted;
    len -= quoted;
    if (len < 5 || strncasecmp(s, "sep=", 4) != 0 || !strchr(",;\t|", s[4]) || s[4] == '\0') {
        return 0;
    }
    apr_size_t end = 5 + quoted;
    return len <= end || s[end] == '\n' || s[end] == '\r' ? s[4] : 0;
}

/* The comma at i stands between digits and exactly three more: "1,234". */
static int is_thousands_comma(const char *s, apr_size_t len, apr_size_t i)
{
    if (i == 0 || !is_digit(s[i - 1]) || len - i < 4) {
        return 0;
    }
    return is_digit(s[i + 1]) && is_digit(s[i + 2]) && is_digit(s[i + 3]) && (len - i == 4 || !is_digit(s[i + 4]));
}

static int opens_field(const char *s, apr_size_t i)
{
    return i == 0 || strchr(",;\t|\n\r", s[i - 1]) != NULL;
}

char sp_csv_sniff_delimiter(const char *sample, apr_size_t len)
{
    char delimiter = declared(sample, len);
    apr_size_t commas = 0, semicolons = 0, tabs = 0;
    int quoted = 0;
    for (apr_size_t i = 0; i < len && !delimiter; i++) {
        char c = sample[i];
        if (c == '"' && (quoted || opens_field(sample, i))) {
            quoted = !quoted;
        } else if (!quoted) {
            commas += c == ',' && !is_thousands_comma(sample, len, i);
            semicolons += c == ';';
            tabs += c == '\t';
        }
    }
    if (delimiter) {
        return delimiter;
    }
    if (semicolons > commas && semicolons >= tabs) {
        return ';';
    }
    return tabs > commas ? '\t' : ',';
}
