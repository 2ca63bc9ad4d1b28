/* Names of services, platforms and events: cleaned, folded to the key they match under, and turned into public ids. */
#include "name.h"

#include <stdlib.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "name_alias.h"

#define MAX_NAME_BYTES 4000 /* NFC of more cannot come down to SP_NAME_MAX_CHARS: normalising is only for what may be a name */
#define MAX_SLUG_BYTES 60

#define ZWNJ 0x200C
#define ZWJ  0x200D

static int is_ascii(const char *s, apr_size_t len)
{
    for (apr_size_t i = 0; i < len; i++) {
        if ((unsigned char)s[i] >= 0x80) {
            return 0;
        }
    }
    return 1;
}

/* libunistring answers with malloc'ed memory: moved to p. NULL, which only want of memory gives, becomes "". */
static const char *take_result(apr_pool_t *p, uint8_t *result, size_t len)
{
    const char *s = result ? apr_pstrmemdup(p, (const char *)result, len) : "";
    free(result);
    return s;
}

static const char *normalize(apr_pool_t *p, uninorm_t form, const char *s, apr_size_t len)
{
    size_t n;
    uint8_t *result = u8_normalize(form, (const uint8_t *)s, len, NULL, &n);
    return take_result(p, result, n);
}

static const char *casefold(apr_pool_t *p, uninorm_t form, const char *s)
{
    size_t n;
    uint8_t *result = u8_casefold((const uint8_t *)s, strlen(s), NULL, form, NULL, &n);
    return take_result(p, result, n);
}

static int is_joiner(ucs4_t c)
{
    return c == ZWJ || c == ZWNJ || uc_is_property_variation_selector(c);
}

/* Characters that nobody sees, or that change how what stands around them is shown. */
static int is_hidden(ucs4_t c)
{
    return uc_is_property_bidi_control(c) || (uc_is_property_default_ignorable_code_point(c) && !is_joiner(c));
}

const char *sp_name_why_forbidden(apr_pool_t *p, apr_uint32_t c)
{
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cc)) {
        return apr_psprintf(p, "holds the control character U+%04X", (unsigned)c);
    }
    return is_hidden(c) ? apr_psprintf(p, "holds the invisible character U+%04X", (unsigned)c) : NULL;
}

typedef struct {
    char *out;
    apr_size_t len;
    int chars;
    int visible;
    int space_due;
} cleaner_t;

static void put_char(cleaner_t *c, const uint8_t *s, int bytes, ucs4_t ch)
{
    if (c->space_due && c->len > 0) {
        c->out[c->len++] = ' ';
        c->chars++;
    }
    c->space_due = 0;
    memcpy(c->out + c->len, s, (size_t)bytes);
    c->len += (apr_size_t)bytes;
    c->chars++;
    c->visible |= !is_joiner(ch);
}

/* NULL, or why nfc is no name. */
static const char *fold_spaces(apr_pool_t *p, cleaner_t *c, const char *nfc)
{
    const uint8_t *s = (const uint8_t *)nfc;
    const uint8_t *end = s + strlen(nfc);
    ucs4_t ch;
    int bytes;
    for (; s < end; s += bytes) {
        bytes = u8_mbtouc(&ch, s, (size_t)(end - s));
        if (uc_is_property_white_space(ch)) {
            c->space_due = 1;
            continue;
        }
        const char *why = sp_name_why_forbidden(p, ch);
        if (why) {
            return why;
        }
        put_char(c, s, bytes, ch);
        if (c->chars > SP_NAME_MAX_CHARS) {
            return "is longer than 200 characters";
        }
    }
    return c->visible ? NULL : "is empty";
}

apr_status_t sp_name_clean(apr_pool_t *p, const char *s, apr_size_t len, const char **clean, const char **why)
{
    cleaner_t c = {0};
    *why = NULL;
    if (memchr(s, '\0', len)) {
        *why = "holds the control character U+0000";
    } else if (u8_check((const uint8_t *)s, len)) {
        *why = "is not valid UTF-8";
    } else if (len > MAX_NAME_BYTES) {
        *why = "is longer than 200 characters";
    }
    if (*why) {
        return APR_EINVAL;
    }
    const char *nfc = is_ascii(s, len) ? apr_pstrmemdup(p, s, len) : normalize(p, UNINORM_NFC, s, len);
    c.out = apr_palloc(p, strlen(nfc) + 1);
    *why = fold_spaces(p, &c, nfc);
    if (*why) {
        return APR_EINVAL;
    }
    c.out[c.len] = '\0';
    *clean = c.out;
    return APR_SUCCESS;
}

/* Accents of any script, Hebrew and Arabic points, enclosing marks; but not the marks that make another letter: vowel signs, virama and nukta of Indic
 * scripts, voicing marks of kana, tone marks of Thai. */
static int is_accent(ucs4_t c)
{
    if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M)) {
        return 0;
    }
    int ccc = uc_combining_class(c);
    return ccc >= 200 || (ccc >= 10 && ccc <= 36) || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Me);
}

static int is_left_out(ucs4_t c)
{
    return is_accent(c) || is_joiner(c) || is_hidden(c) || uc_is_property_white_space(c) ||
           uc_is_general_category_withtable(c, UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_S | UC_CATEGORY_MASK_Cc);
}

static const char *fold_ascii(apr_pool_t *p, const char *clean)
{
    char *out = apr_palloc(p, strlen(clean) + 1), *to = out;
    for (; *clean; clean++) {
        if (apr_isalnum(*clean)) {
            *to++ = apr_tolower(*clean);
        }
    }
    *to = '\0';
    return out;
}

static const char *fold_unicode(apr_pool_t *p, const char *clean)
{
    const char *s = casefold(p, UNINORM_NFKD, normalize(p, UNINORM_NFKD, clean, strlen(clean)));
    const uint8_t *from = (const uint8_t *)s, *end = from + strlen(s);
    char *out = apr_palloc(p, strlen(s) + 1), *to = out;
    ucs4_t ch;
    int bytes;
    for (; from < end; from += bytes) {
        bytes = u8_mbtouc(&ch, from, (size_t)(end - from));
        if (!is_left_out(ch)) {
            memcpy(to, from, (size_t)bytes);
            to += bytes;
        }
    }
    *to = '\0';
    return out;
}

const char *sp_name_fold(apr_pool_t *p, const char *clean, sp_name_kind_e kind)
{
    const char *fold = is_ascii(clean, strlen(clean)) ? fold_ascii(p, clean) : fold_unicode(p, clean);
    if (*fold == '\0') {
        fold = casefold(p, UNINORM_NFC, clean);
    }
    return kind == SP_NAME_PLATFORM ? sp_name_alias_platform(fold) : fold;
}

/* Letters that have no decomposition, and how people write them without the accent. NULL: none of them. */
static const char *plain_letters(ucs4_t c)
{
    switch (c) {
    case 0x00E6:
        return "ae";
    case 0x0153:
        return "oe";
    case 0x00F8:
        return "o";
    case 0x0142:
        return "l";
    case 0x0111:
    case 0x00F0:
        return "d";
    case 0x00FE:
        return "th";
    case 0x0131:
        return "i";
    default:
        return NULL;
    }
}

/* "House's" is one word. */
static int is_apostrophe(ucs4_t c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC;
}

typedef struct {
    char bytes[MAX_SLUG_BYTES + 1];
    apr_size_t len;
    int dash_due;
} slug_t;

static void put_slug(slug_t *slug, const char *letters)
{
    apr_size_t dash = slug->dash_due && slug->len > 0, n = strlen(letters);
    if (slug->len + dash + n > MAX_SLUG_BYTES) {
        return;
    }
    if (dash) {
        slug->bytes[slug->len++] = '-';
    }
    slug->dash_due = 0;
    memcpy(slug->bytes + slug->len, letters, n);
    slug->len += n;
}

static void put_slug_char(slug_t *slug, ucs4_t c)
{
    const char *letters = plain_letters(c);
    char one[2] = {(char)c, '\0'};
    if (letters || (c < 0x80 && apr_isalnum((unsigned char)c))) {
        put_slug(slug, letters ? letters : one);
    } else if (!is_accent(c) && !is_joiner(c) && !is_apostrophe(c)) {
        slug->dash_due = 1;
    }
}

const char *sp_name_slug(apr_pool_t *p, const char *clean, sp_name_kind_e kind)
{
    static const char *const kinds[] = {"service", "platform", "event"};
    slug_t slug = {.len = 0};
    const char *s = casefold(p, UNINORM_NFKD, normalize(p, UNINORM_NFKD, clean, strlen(clean)));
    const uint8_t *from = (const uint8_t *)s, *end = from + strlen(s);
    ucs4_t c;
    while (from < end && slug.len < MAX_SLUG_BYTES) {
        from += u8_mbtouc(&c, from, (size_t)(end - from));
        put_slug_char(&slug, c);
    }
    return slug.len > 0 ? apr_pstrmemdup(p, slug.bytes, slug.len) : kinds[kind];
}
