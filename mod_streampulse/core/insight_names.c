/* The names of services, platforms and events, as they may stand in a text. */
#include "insight_token.h"

#include <stdlib.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

static int is_word_char(char c)
{
    return apr_isalnum(c) || ((unsigned char)c & 0x80);
}

/* A curly apostrophe or a dash ends a word as their ASCII forms do. */
static int goes_on(const char *s, apr_size_t len)
{
    return is_word_char(s[0]) && !(len >= 3 && memcmp(s, "\xe2\x80", 2) == 0);
}

/* What changes a sentence where it stands; days, weeks and people do not. */
static int is_claim(sp_word_e class)
{
    return (class >= SP_WORD_UP && class <= SP_WORD_QUANTITY) || class == SP_WORD_PERHAPS || class == SP_WORD_PERCENT || class == SP_WORD_TIMES ||
           class == SP_WORD_MISSING;
}

/* What a name's words are: whether any is unknown elsewhere, a number, or a claim. */
typedef struct {
    int unknown, digits, claims, letters;
} name_words_t;

static void look_at_word(const sp_check_t *check, const char *word, apr_size_t len, name_words_t *w)
{
    char lower[64];
    sp_word_e class;

    w->digits |= memchr(word, '0', len) || strcspn(word, "123456789") < len;
    w->letters |= apr_isalpha(word[0]) || ((unsigned char)word[0] & 0x80);
    if (len >= sizeof(lower)) {
        w->unknown = 1;
        return;
    }
    for (apr_size_t i = 0; i < len; i++) {
        lower[i] = (char)apr_tolower(word[i]);
    }
    class = sp_insight_vocabulary_class(check->vocabulary, lower, len);
    w->unknown |= class == SP_WORD_UNKNOWN && !apr_isdigit(word[0]) && len > 1;
    w->claims |= is_claim(class);
}

static name_words_t words_of(const sp_check_t *check, const char *name)
{
    name_words_t w = {0, 0, 0, 0};

    for (const char *s = name; *s;) {
        apr_size_t len = 0;
        while (s[len] && is_word_char(s[len])) {
            len++;
        }
        if (len > 0) {
            look_at_word(check, s, len, &w);
        }
        s += len ? len : 1;
    }
    return w;
}

static void put_name(sp_check_t *check, const char *name, sp_who_e who)
{
    name_words_t w;

    if (!name || !*name) {
        return;
    }
    for (int i = 0; i < check->names->nelts; i++) {
        sp_known_name_t *known = &APR_ARRAY_IDX(check->names, i, sp_known_name_t);
        if (strcmp(known->name, name) == 0) {
            known->who |= 1u << who;
            return;
        }
    }
    w = words_of(check, name);
    APR_ARRAY_PUSH(check->names, sp_known_name_t) = (sp_known_name_t){
        .name = name,
        .len = strlen(name),
        .who = 1u << who,
        .may_stand = w.letters && (w.unknown || (apr_isupper(name[0]) && !w.digits && !w.claims)),
        .is_wordy = !w.unknown && strlen(name) > 1,
        .needs_quotes = w.digits || w.claims || (!w.unknown && !apr_isupper(name[0])) || strpbrk(name, ".;:!?%,\"") != NULL,
    };
}

static int by_length(const void *a, const void *b)
{
    const sp_known_name_t *x = a, *y = b;
    if (x->len != y->len) {
        return x->len < y->len ? 1 : -1;
    }
    return strcmp(x->name, y->name);
}

void sp_known_names_collect(sp_check_t *check)
{
    check->names = apr_array_make(check->p, 32, sizeof(sp_known_name_t));
    for (int i = 0; i < check->facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(check->facts, i, sp_fact_t);
        put_name(check, f->service, SP_WHO_SERVICE);
        put_name(check, f->platform, SP_WHO_PLATFORM);
        put_name(check, f->event, SP_WHO_EVENT);
    }
    qsort(check->names->elts, (size_t)check->names->nelts, sizeof(sp_known_name_t), by_length);
}

/* Names of everyday words count only where they begin as the name does: "Live" is the platform, "live" is the word. */
static int stands_at(const sp_known_name_t *known, const char *s, apr_size_t len)
{
    if (!known->may_stand || known->len > len || (known->is_wordy && s[0] != known->name[0])) {
        return 0;
    }
    for (apr_size_t i = 0; i < known->len; i++) {
        if (apr_tolower(s[i]) != apr_tolower(known->name[i])) {
            return 0;
        }
    }
    return known->len == len || !goes_on(s + known->len, len - known->len) || !is_word_char(known->name[known->len - 1]);
}

const sp_known_name_t *sp_known_names_match(const sp_check_t *check, const char *s, apr_size_t len)
{
    for (int i = 0; i < check->names->nelts; i++) {
        const sp_known_name_t *known = &APR_ARRAY_IDX(check->names, i, sp_known_name_t);
        if (stands_at(known, s, len)) {
            return known;
        }
    }
    return NULL;
}

const char *sp_known_names_shown(const sp_check_t *check, const char *name)
{
    for (int i = 0; i < check->names->nelts; i++) {
        const sp_known_name_t *known = &APR_ARRAY_IDX(check->names, i, sp_known_name_t);
        if (strcmp(known->name, name) == 0) {
            return known->needs_quotes ? apr_pstrcat(check->p, "\"", name, "\"", NULL) : name;
        }
    }
    return name;
}
