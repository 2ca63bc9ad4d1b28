/* Names of services, platforms and events: how they are cleaned, matched and turned into public ids. Uses libunistring. */
#ifndef SP_NAME_H
#define SP_NAME_H

#include <apr_errno.h>
#include <apr_pools.h>

#define SP_NAME_MAX_CHARS 200 /* Unicode characters, after cleaning */

typedef enum { SP_NAME_SERVICE, SP_NAME_PLATFORM, SP_NAME_EVENT } sp_name_kind_e;

/* *clean: NFC, white space of any kind trimmed and folded to single spaces, curly apostrophes and quotes kept. Input must be valid UTF-8.
 * APR_SUCCESS; APR_EINVAL with *why (a constant clause such as "holds the control character U+0007", for a message after the name; pool-allocated when it
 * varies) for control characters, bidi controls (U+202A..E, U+2066..9, U+200E/F), U+FEFF and other default-ignorables but for ZWJ/ZWNJ and variation selectors,
 * for over SP_NAME_MAX_CHARS, and for an empty result. */
apr_status_t sp_name_clean(apr_pool_t *p, const char *s, apr_size_t len, const char **clean, const char **why);

/* NULL, or the clause for a character that no text shown as a name may hold: one that nobody sees, or that changes how what stands around it is shown. */
const char *sp_name_why_forbidden(apr_pool_t *p, apr_uint32_t c);

/* The key under which names match: NFKD, full case folding, without accents (but with the marks that make another letter, such as Indic vowel signs),
 * white space, punctuation or symbols; for platforms then the table of known aliases
 * ("X (formerly Twitter)", "Twitter" -> "x"; "YT" -> "youtube"; "FB" -> "facebook"; "IG", "Insta" -> "instagram"). Straight and curly apostrophes are alike. A
 * name that folds to nothing ("!!!", an emoji) keeps its NFC case-folded self as the key, so that two such names stay two. Never empty. */
const char *sp_name_fold(apr_pool_t *p, const char *clean, sp_name_kind_e kind);

/* The start of a public id: ASCII lower-case letters, digits and single dashes, at most 60 bytes ("Jesus House Baltimore" -> "jesus-house-baltimore",
 * "Café Ü" -> "cafe-u", "X (formerly Twitter)" -> "x-formerly-twitter"); the kind's name where nothing is left ("service", "platform", "event").
 * Not unique: the store appends -2, -3, … */
const char *sp_name_slug(apr_pool_t *p, const char *clean, sp_name_kind_e kind);

#endif
