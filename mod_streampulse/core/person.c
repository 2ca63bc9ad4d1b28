/* Whether a name that a login provider gives can stand for a person in the ledger. */
#include "person.h"

#include <string.h>
#include <strings.h>

#include <apr_strings.h>

#include <unistr.h>

#include "name.h"
#include "text.h"

static const char *const reserved_names[] = {SP_PERSON_ANONYMOUS, "system", NULL};
static const char *const reserved_suffixes[] = {" (PIN)", SP_PERSON_TOKEN_SUFFIX, " (command line)", NULL};

static const char *why_not_shown(apr_pool_t *p, const char *text, apr_size_t len)
{
    const uint8_t *s = (const uint8_t *)text, *end = s + len;
    const char *why = u8_check(s, len) ? "is not valid UTF-8" : NULL;
    ucs4_t c;

    while (s < end && !why) {
        s += u8_mbtouc(&c, s, (size_t)(end - s));
        why = sp_name_why_forbidden(p, c);
    }
    return why;
}

static const char *why_too_long(apr_pool_t *p, apr_size_t len, apr_size_t max)
{
    return len > max ? apr_psprintf(p, "is longer than %" APR_SIZE_T_FMT " bytes", max) : NULL;
}

static const char *why_surrounded(const char *name, apr_size_t len)
{
    apr_size_t trimmed = len;

    sp_text_trim(&name, &trimmed);
    return trimmed < len ? "begins or ends with white space" : NULL;
}

static int ends_with(const char *name, apr_size_t len, const char *suffix)
{
    apr_size_t n = strlen(suffix);
    return len >= n && !strcasecmp(name + len - n, suffix);
}

static const char *why_reserved(const char *name, apr_size_t len)
{
    for (const char *const *reserved = reserved_names; *reserved; reserved++) {
        if (!strcasecmp(name, *reserved))
            return "is a name that only this server gives";
    }
    for (const char *const *suffix = reserved_suffixes; *suffix; suffix++) {
        if (ends_with(name, len, *suffix))
            return "ends like a name that only this server gives";
    }
    return NULL;
}

apr_status_t sp_person_check_name(apr_pool_t *p, const char *name, const char **why)
{
    const apr_size_t len = strlen(name);

    *why = len ? why_too_long(p, len, SP_PERSON_NAME_MAX_BYTES) : "is empty";
    if (!*why)
        *why = why_not_shown(p, name, len);
    if (!*why)
        *why = why_surrounded(name, len);
    if (!*why)
        *why = why_reserved(name, len);
    return *why ? APR_EINVAL : APR_SUCCESS;
}

apr_status_t sp_person_check_shown(apr_pool_t *p, const char *text, const char **why)
{
    *why = why_not_shown(p, text, strlen(text));
    return *why ? APR_EINVAL : APR_SUCCESS;
}

apr_status_t sp_person_check_groups(apr_pool_t *p, const char *groups, const char **why)
{
    const apr_size_t len = strlen(groups);

    *why = why_too_long(p, len, SP_PERSON_GROUPS_MAX_BYTES);
    if (!*why)
        *why = why_not_shown(p, groups, len);
    return *why ? APR_EINVAL : APR_SUCCESS;
}
