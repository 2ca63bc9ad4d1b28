/* The name of an uploaded file, as a client sent it, to one that can be kept and shown. */
#include "filename.h"

#include <string.h>

#include <apr_strings.h>
#include <unistr.h>

static int is_wanted(ucs4_t c)
{
    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xFEFF)
        return 0;
    if (c == 0x200B || (c >= 0x2060 && c <= 0x2064))
        return 0;
    return !(c >= 0x200E && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069);
}

static const char *base_name(const char *path)
{
    const char *base = path;

    for (; *path; path++)
        if (*path == '/' || *path == '\\')
            base = path + 1;
    return base;
}

const char *sp_filename_clean(apr_pool_t *p, const char *sent)
{
    char clean[SP_FILENAME_MAX_BYTES + 1];
    apr_size_t len = 0, left;
    const char *s;

    if (!sent)
        return NULL;
    s = base_name(sent);
    left = strlen(s);
    while (left) {
        ucs4_t c;
        int n = u8_mbtoucr(&c, (const uint8_t *)s, left);
        apr_size_t step = n > 0 ? (apr_size_t)n : 1;
        if (n > 0 && is_wanted(c)) {
            if (len + step > SP_FILENAME_MAX_BYTES)
                break;
            memcpy(clean + len, s, step);
            len += step;
        }
        s += step;
        left -= step;
    }
    return len ? apr_pstrmemdup(p, clean, len) : NULL;
}
