/* Several words that say one thing together: "the week before", "all services", "most recent", "no numbers". */
#include "insight_rules.h"

#include <string.h>

typedef struct {
    const char *words; /* "%" stands for the period */
    sp_token_e type;
    sp_word_e word;
    unsigned all;
} phrase_t;

static const phrase_t base_phrases[] = {
    {"the % before", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},  {"a % before", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},
    {"a % earlier", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},   {"the % earlier", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},
    {"one % earlier", SP_TOKEN_BASE, SP_WORD_PLAIN, 0}, {"the previous %", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},
    {"the prior %", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},   {"its previous %", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},
    {"its earlier %", SP_TOKEN_BASE, SP_WORD_PLAIN, 0}, {"the earlier %", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},
    {"% on %", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},        {"% over %", SP_TOKEN_BASE, SP_WORD_PLAIN, 0},
};

static const struct {
    const char *word;
    sp_base_e base;
} periods[] = {{"week", SP_BASE_WEEK}, {"month", SP_BASE_MONTH}, {"quarter", SP_BASE_QUARTER}, {"year", SP_BASE_YEAR}, {"edition", SP_BASE_EDITION}};

static const phrase_t phrases[] = {
    {"all services", SP_TOKEN_ALL, SP_WORD_PLAIN, 1u << SP_WHO_SERVICE},
    {"all programs", SP_TOKEN_ALL, SP_WORD_PLAIN, 1u << SP_WHO_SERVICE},
    {"all weekly services", SP_TOKEN_ALL, SP_WORD_PLAIN, 1u << SP_WHO_SERVICE},
    {"of all viewers", SP_TOKEN_ALL, SP_WORD_PLAIN, 1u << SP_WHO_SERVICE},
    {"all platforms", SP_TOKEN_ALL, SP_WORD_PLAIN, 1u << SP_WHO_PLATFORM},
    {"all events", SP_TOKEN_ALL, SP_WORD_PLAIN, 1u << SP_WHO_EVENT},
    {"most recent", SP_TOKEN_WORD, SP_WORD_LATEST, 0},
    {"in all weeks", SP_TOKEN_WORD, SP_WORD_WHOLE, 0},
    {"in all its weeks", SP_TOKEN_WORD, SP_WORD_WHOLE, 0},
    {"over all weeks", SP_TOKEN_WORD, SP_WORD_WHOLE, 0},
    {"of all weeks", SP_TOKEN_WORD, SP_WORD_WHOLE, 0},
    {"of all its weeks", SP_TOKEN_WORD, SP_WORD_WHOLE, 0},
    {"across all weeks", SP_TOKEN_WORD, SP_WORD_WHOLE, 0},
    {"in a row", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"in its latest weeks", SP_TOKEN_WORD, SP_WORD_RECENT, 0},
    {"in the latest weeks", SP_TOKEN_WORD, SP_WORD_RECENT, 0},
    {"over its latest weeks", SP_TOKEN_WORD, SP_WORD_RECENT, 0},
    {"over the latest weeks", SP_TOKEN_WORD, SP_WORD_RECENT, 0},
    {"of its latest weeks", SP_TOKEN_WORD, SP_WORD_RECENT, 0},
    {"in its most recent weeks", SP_TOKEN_WORD, SP_WORD_RECENT, 0},
    {"over the same days", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"in the same days", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"on the same days", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"with numbers in both", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"a day", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"per day", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"another weekday", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"would have been off by", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"over the past", SP_TOKEN_WORD, SP_WORD_PLAIN, 0},
    {"far from usual", SP_TOKEN_WORD, SP_WORD_UNUSUAL, 0},
    {"far from the usual", SP_TOKEN_WORD, SP_WORD_UNUSUAL, 0},
    {"far from what is usual", SP_TOKEN_WORD, SP_WORD_UNUSUAL, 0},
};

/* What else a change may be counted from. */
static const struct {
    phrase_t phrase;
    sp_base_e base;
} other_bases[] = {
    {{"its first weeks", SP_TOKEN_BASE, SP_WORD_PLAIN, 0}, SP_BASE_FIRST},      {{"the weeks before", SP_TOKEN_BASE, SP_WORD_PLAIN, 0}, SP_BASE_WEEKS},
    {{"the weeks around it", SP_TOKEN_BASE, SP_WORD_PLAIN, 0}, SP_BASE_AROUND}, {{"its trend", SP_TOKEN_BASE, SP_WORD_PLAIN, 0}, SP_BASE_TREND},
    {{"a usual week", SP_TOKEN_BASE, SP_WORD_USUAL, 0}, SP_BASE_USUAL},
};

/* True where there is no fact at all. */
static const phrase_t no_numbers = {"no numbers", SP_TOKEN_WORD, SP_WORD_PLAIN, 0};

/* How many tokens from i on the phrase takes; 0: it is not there. */
static int length_of(const sp_tokens_t *s, int i, const char *words, const char *period)
{
    int count = 0;

    for (const char *at = words; *at;) {
        apr_size_t len = strcspn(at, " ");
        const char *word = *at == '%' ? period : at;
        apr_size_t word_len = *at == '%' ? strlen(period) : len;
        const sp_token_t *t = &s->token[i + count];
        if (i + count >= s->count || t->type != SP_TOKEN_WORD || strlen(t->text) != word_len || memcmp(t->text, word, word_len) != 0) {
            return 0;
        }
        count++;
        at += len + (at[len] == ' ');
    }
    return count;
}

static void join(sp_tokens_t *s, int i, int count, const phrase_t *phrase, sp_base_e base)
{
    sp_token_t *t = &s->token[i], *last = &s->token[i + count - 1];

    t->type = phrase->type;
    t->word = phrase->word;
    t->who = phrase->all;
    t->base = base;
    t->text = phrase->words;
    t->len = last->start + last->len - t->start;
    memmove(t + 1, t + count, sizeof(*t) * (apr_size_t)(s->count - i - count));
    s->count -= count - 1;
}

static int join_base(sp_tokens_t *s, int i)
{
    for (size_t k = 0; k < sizeof(other_bases) / sizeof(other_bases[0]); k++) {
        int count = length_of(s, i, other_bases[k].phrase.words, "");
        if (count > 0) {
            join(s, i, count, &other_bases[k].phrase, other_bases[k].base);
            return 1;
        }
    }
    for (size_t b = 0; b < sizeof(periods) / sizeof(periods[0]); b++) {
        for (size_t k = 0; k < sizeof(base_phrases) / sizeof(base_phrases[0]); k++) {
            int count = length_of(s, i, base_phrases[k].words, periods[b].word);
            if (count > 0) {
                join(s, i, count, &base_phrases[k], periods[b].base);
                return 1;
            }
        }
    }
    return 0;
}

int sp_rules_join_phrases(sp_sentence_check_t *c)
{
    sp_tokens_t *s = &c->tokens;

    for (int i = 0; i < s->count; i++) {
        if (join_base(s, i)) {
            continue;
        }
        if (s->check->facts->nelts == 0 && length_of(s, i, no_numbers.words, "") > 0) {
            join(s, i, 2, &no_numbers, SP_BASE_NONE);
        }
        for (size_t k = 0; k < sizeof(phrases) / sizeof(phrases[0]); k++) {
            int count = length_of(s, i, phrases[k].words, "");
            if (count > 0) {
                join(s, i, count, &phrases[k], SP_BASE_NONE);
                break;
            }
        }
    }
    return 0;
}
