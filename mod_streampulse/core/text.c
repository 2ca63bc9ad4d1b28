/* Texts in UTF-8: white space as people leave it in cells, and where they can be cut. */
#include "text.h"

#include <string.h>

static int is_ascii_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000. */
static int is_three_byte_space(const unsigned char *u)
{
    unsigned c = (unsigned)(u[0] & 0x0F) << 12 | (unsigned)(u[1] & 0x3F) << 6 | (u[2] & 0x3F);
    return (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x1680;
}

apr_size_t sp_text_space(const char *s, apr_size_t len)
{
    const unsigned char *u = (const unsigned char *)s;
    if (len == 0) {
        return 0;
    }
    if (u[0] < 0x80) {
        return is_ascii_space(u[0]);
    }
    if (u[0] == 0xC2 && len >= 2) {
        return u[1] == 0x85 || u[1] == 0xA0 ? 2 : 0;
    }
    return u[0] >= 0xE1 && u[0] <= 0xE3 && len >= 3 && is_three_byte_space(u) ? 3 : 0;
}

static apr_size_t space_before(const char *s, apr_size_t len)
{
    for (apr_size_t n = 1; n <= 3 && n <= len; n++) {
        if (sp_text_space(s + len - n, n) == n) {
            return n;
        }
    }
    return 0;
}

void sp_text_trim(const char **s, apr_size_t *len)
{
    apr_size_t n;
    while ((n = sp_text_space(*s, *len)) > 0) {
        *s += n;
        *len -= n;
    }
    while ((n = space_before(*s, *len)) > 0) {
        *len -= n;
    }
}

apr_size_t sp_text_cut(const char *s, apr_size_t max)
{
    apr_size_t len = strlen(s);

    if (len <= max)
        return len;
    for (len = max; len > 0 && ((unsigned char)s[len] & 0xC0) == 0x80; len--)
        ;
    return len;
}

int sp_text_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}
