/* Text and numbers into HTML, so that they stay text. */
#include "html.h"

#include <string.h>

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

void sp_html_text(sp_out_t *out, const char *text)
{
    while (text && *text) {
        apr_size_t run = strcspn(text, "&<>\"'");
        sp_out_write(out, text, run);
        text += run;
        if (*text)
            sp_out_puts(out, entity(*text++));
    }
}

void sp_html_count(sp_out_t *out, apr_int64_t count)
{
    char buf[32], *at = buf + sizeof(buf);
    apr_uint64_t rest = count < 0 ? 0 - (apr_uint64_t)count : (apr_uint64_t)count;
    int digits = 0;

    do {
        if (digits && digits % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + rest % 10);
        digits++;
    } while (rest /= 10);
    if (count < 0)
        *--at = '-';
    sp_out_write(out, at, (apr_size_t)(buf + sizeof(buf) - at));
}
