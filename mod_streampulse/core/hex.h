/* Bytes as lower-case hex digits. */
#ifndef SP_HEX_H
#define SP_HEX_H

#include <string.h>

#include <apr.h>

/* out holds 2 * len + 1 bytes. */
static inline void sp_hex(char *out, const unsigned char *data, apr_size_t len)
{
    static const char digits[] = "0123456789abcdef";
    apr_size_t i;

    for (i = 0; i < len; i++) {
        out[2 * i] = digits[data[i] >> 4];
        out[2 * i + 1] = digits[data[i] & 15];
    }
    out[2 * len] = '\0';
}

/* Whether text is so many of them, and nothing else. */
static inline int sp_hex_is(const char *text, apr_size_t count)
{
    return strlen(text) == count && strspn(text, "0123456789abcdef") == count;
}

#endif
