/* Header fields with parameters, as multipart/form-data has them. */
#include "multipart_header.h"

#include <string.h>
#include <strings.h>

#include <apr_strings.h>

static const char *skip_blanks(const char *s)
{
    return s + strspn(s, " \t");
}

/* Laxer than RFC 9110: file names come unquoted, with bytes beyond ASCII. */
static apr_size_t token_length(const char *s)
{
    return strcspn(s, " \t;=\"");
}

int sp_multipart_header_is(const char *value, const char *wanted)
{
    value = skip_blanks(value);
    apr_size_t n = token_length(value);
    return n == strlen(wanted) && strncasecmp(value, wanted, n) == 0;
}

/* *s stands behind the opening quote; NULL where no quote closes it. */
static const char *take_quoted(apr_pool_t *p, const char **s)
{
    char *text = apr_palloc(p, strlen(*s) + 1), *to = text;
    const char *from = *s;
    for (; *from && *from != '"'; from++) {
        if (*from == '\\' && (from[1] == '"' || from[1] == '\\')) {
            from++;
        }
        *to++ = *from;
    }
    if (*from != '"') {
        return NULL;
    }
    *to = '\0';
    *s = from + 1;
    return text;
}

static const char *take_value(apr_pool_t *p, const char **s)
{
    if (**s == '"') {
        ++*s;
        return take_quoted(p, s);
    }
    apr_size_t n = token_length(*s);
    const char *text = n > 0 ? apr_pstrmemdup(p, *s, n) : NULL;
    *s += n;
    return text;
}

/* One "; name=value"; *s stands at the semicolon. */
static apr_status_t take_parameter(apr_pool_t *p, const char **s, const char *wanted, const char **found)
{
    const char *name = *s = skip_blanks(*s + 1);
    apr_size_t n = token_length(name);
    if (n == 0) {
        return **s == '\0' || **s == ';' ? APR_SUCCESS : APR_EINVAL;
    }
    *s = skip_blanks(name + n);
    if (**s != '=') {
        return APR_EINVAL;
    }
    *s = skip_blanks(*s + 1);
    const char *value = take_value(p, s);
    *s = skip_blanks(*s);
    if (!value) {
        return APR_EINVAL;
    }
    if (n == strlen(wanted) && strncasecmp(name, wanted, n) == 0) {
        if (*found) {
            return APR_EINVAL;
        }
        *found = value;
    }
    return APR_SUCCESS;
}

apr_status_t sp_multipart_header_parameter(apr_pool_t *p, const char *value, const char *name, const char **found)
{
    *found = NULL;
    value = skip_blanks(value);
    value = skip_blanks(value + token_length(value));
    while (*value == ';') {
        apr_status_t rv = take_parameter(p, &value, name, found);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    return *value ? APR_EINVAL : APR_SUCCESS;
}
