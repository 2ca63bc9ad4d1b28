/* Form-encoded names and values: query strings and application/x-www-form-urlencoded bodies. */
#include "query.h"

#include <string.h>

#include <apr_strings.h>

#include <unistr.h>

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* *out: the decoded bytes with a NUL behind them. APR_EINVAL for a broken %-escape. */
static apr_status_t unescape(apr_pool_t *p, const char *s, apr_size_t len, char **out, apr_size_t *out_len)
{
    char *to = *out = apr_palloc(p, len + 1);
    for (apr_size_t i = 0; i < len; i++) {
        if (s[i] != '%') {
            *to++ = s[i] == '+' ? ' ' : s[i];
            continue;
        }
        if (len - i < 3 || hex_value(s[i + 1]) < 0 || hex_value(s[i + 2]) < 0) {
            return APR_EINVAL;
        }
        *to++ = (char)(hex_value(s[i + 1]) * 16 + hex_value(s[i + 2]));
        i += 2;
    }
    *to = '\0';
    *out_len = (apr_size_t)(to - *out);
    return APR_SUCCESS;
}

/* C0, DEL and C1 (U+0080 to U+009F are C2 80 to C2 9F). */
static int has_control(const char *s, apr_size_t len)
{
    for (apr_size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0x20 || c == 0x7F || (c == 0xC2 && i + 1 < len && (unsigned char)s[i + 1] < 0xA0)) {
            return 1;
        }
    }
    return 0;
}

static apr_status_t decode(apr_pool_t *p, const char *s, apr_size_t len, const char **text, sp_error_t *err)
{
    char *bytes;
    apr_size_t n;
    if (unescape(p, s, len, &bytes, &n) != APR_SUCCESS) {
        return sp_error_set(err, SP_E_BAD_PARAMETER, APR_EINVAL, "a parameter holds a \"%%\" that two hexadecimal digits do not follow");
    }
    if (u8_check((const uint8_t *)bytes, n)) {
        return sp_error_set(err, SP_E_BAD_PARAMETER, APR_EINVAL, "a parameter is not valid UTF-8");
    }
    if (has_control(bytes, n)) {
        return sp_error_set(err, SP_E_BAD_PARAMETER, APR_EINVAL, "a parameter holds a control character");
    }
    *text = bytes;
    return APR_SUCCESS;
}

static apr_status_t parse_pair(apr_table_t *pairs, apr_pool_t *p, const char *s, apr_size_t len, sp_error_t *err)
{
    const char *name, *value = "";
    const char *equals = memchr(s, '=', len);
    apr_size_t name_len = equals ? (apr_size_t)(equals - s) : len;
    if (name_len == 0) {
        return sp_error_set(err, SP_E_BAD_PARAMETER, APR_EINVAL, "a parameter has no name");
    }
    if (apr_table_elts(pairs)->nelts >= SP_QUERY_MAX_PAIRS) {
        return sp_error_set(err, SP_E_BAD_PARAMETER, APR_EINVAL, "there are more than %d parameters", SP_QUERY_MAX_PAIRS);
    }
    apr_status_t rv = decode(p, s, name_len, &name, err);
    if (rv == APR_SUCCESS && equals) {
        rv = decode(p, equals + 1, len - name_len - 1, &value, err);
    }
    if (rv == APR_SUCCESS) {
        apr_table_addn(pairs, name, value);
    }
    return rv;
}

apr_status_t sp_query_parse(apr_pool_t *p, const char *s, apr_size_t len, apr_table_t **pairs, sp_error_t *err)
{
    *pairs = apr_table_make(p, 8);
    while (s && len > 0) {
        const char *amp = memchr(s, '&', len);
        apr_size_t n = amp ? (apr_size_t)(amp - s) : len;
        apr_status_t rv = n > 0 ? parse_pair(*pairs, p, s, n, err) : APR_SUCCESS;
        if (rv != APR_SUCCESS) {
            return rv;
        }
        n += amp != NULL;
        s += n;
        len -= n;
    }
    return APR_SUCCESS;
}

static int is_one_of(const char *name, const char *const *names)
{
    for (; names && *names; names++) {
        if (strcmp(name, *names) == 0) {
            return 1;
        }
    }
    return 0;
}

static const char *listed(apr_pool_t *p, const char *const *names)
{
    const char *list = *names ? *names : "none";
    while (*names && *++names) {
        list = apr_pstrcat(p, list, ", ", *names, NULL);
    }
    return list;
}

static apr_status_t refuse(sp_error_t *err, sp_error_code_e code, const char *name, const char *what, const char *const *allowed)
{
    if (!err) {
        return APR_EINVAL;
    }
    const char *shown = sp_error_found(err->pool, name, strlen(name));
    sp_error_detail_t detail = {.code = code, .field = shown};
    apr_status_t rv = sp_error_set(err, code, APR_EINVAL, "the parameter \"%s\" is %s; known are: %s", shown, what, listed(err->pool, allowed));
    detail.message = err->message;
    sp_error_add_detail(err, &detail);
    return rv;
}

apr_status_t sp_query_check(const apr_table_t *pairs, const char *const *allowed, const char *const *repeatable, sp_error_t *err)
{
    const apr_array_header_t *elts = apr_table_elts(pairs);
    for (int i = 0; i < elts->nelts; i++) {
        const char *name = APR_ARRAY_IDX(elts, i, apr_table_entry_t).key;
        if (!is_one_of(name, allowed)) {
            return refuse(err, SP_E_UNKNOWN_PARAMETER, name, "unknown", allowed);
        }
        for (int k = 0; k < i && !is_one_of(name, repeatable); k++) {
            if (strcmp(name, APR_ARRAY_IDX(elts, k, apr_table_entry_t).key) == 0) {
                return refuse(err, SP_E_BAD_PARAMETER, name, "there twice", allowed);
            }
        }
    }
    return APR_SUCCESS;
}
