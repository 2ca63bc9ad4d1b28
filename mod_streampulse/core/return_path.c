/* Whether an address given by a client may be redirected to. */
#include "return_path.h"

#include <string.h>

#include <apr_lib.h>

static int hex_digit(char c)
{
    if (apr_isdigit(c))
        return c - '0';
    return apr_isxdigit(c) ? apr_tolower(c) - 'a' + 10 : -1;
}

/* What RFC 3986 has in paths and queries. No fragment: the server has no use for one. */
static int is_uri_char(char c)
{
    return apr_isalnum(c) || (c && strchr("-._~!$&'()*+,;=:@/?%", c));
}

static int is_written_well(const char *path)
{
    for (const char *c = path; *c; c++) {
        if (!is_uri_char(*c) || (*c == '%' && (hex_digit(c[1]) < 0 || hex_digit(c[2]) < 0)))
            return 0;
    }
    return 1;
}

/* The byte that stands at path, decoded; *len: how many it is written with. */
static unsigned char byte_at(const char *path, apr_size_t *len)
{
    *len = *path == '%' ? 3 : 1;
    return (unsigned char)(*path == '%' ? hex_digit(path[1]) * 16 + hex_digit(path[2]) : *path);
}

/* A slash, a backslash, a percent sign or a control character that is encoded means something to whoever decodes it, but not to whoever only looks. */
static int is_plain_byte(unsigned char byte, int encoded)
{
    return byte >= ' ' && byte != 0x7f && byte != '\\' && !(encoded && (byte == '/' || byte == '%' || byte == '?'));
}

/* "", "." and ".." (but for an empty last one), also where the dots are encoded. */
static int is_odd_segment(const char *path, apr_size_t len)
{
    int dots = 0;
    apr_size_t at = 0, n;

    while (at < len && byte_at(path + at, &n) == '.') {
        at += n;
        dots++;
    }
    return at == len && dots <= 2 && (dots || path[len] == '/');
}

static int has_plain_segments(const char *path, const char *end)
{
    while (path < end) {
        const apr_size_t len = strcspn(++path, "/?");
        apr_size_t n;
        if (is_odd_segment(path, len))
            return 0;
        for (apr_size_t at = 0; at < len; at += n) {
            if (!is_plain_byte(byte_at(path + at, &n), path[at] == '%'))
                return 0;
        }
        path += len;
    }
    return 1;
}

static int is_below(const char *prefix, const char *path)
{
    apr_size_t n;

    for (; *prefix; prefix++, path += n) {
        if (!*path || *path == '?' || byte_at(path, &n) != (unsigned char)*prefix)
            return 0;
    }
    return *path == '/';
}

apr_status_t sp_return_path_check_local(const char *path)
{
    if (*path != '/' || !is_written_well(path) || !has_plain_segments(path, path + strcspn(path, "?")))
        return APR_EINVAL;
    return APR_SUCCESS;
}

apr_status_t sp_return_path_check(const char *prefix, const char *path)
{
    if (strlen(path) > SP_RETURN_PATH_MAX_BYTES || sp_return_path_check_local(path) != APR_SUCCESS || !is_below(prefix, path))
        return APR_EINVAL;
    return APR_SUCCESS;
}
