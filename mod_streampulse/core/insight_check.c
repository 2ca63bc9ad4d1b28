/* The check: a draft becomes an insight, of those sentences alone whose every number, date, name and direction agrees with the facts they refer to. */
#include "insight_check.h"

#include <string.h>

#include <apr_strings.h>

#include "insight_rules.h"

/* Sentences of each part; more are left out. */
static const int sentences_max[SP_PART_COUNT] = {6, 8, 6, 8, 3};

static apr_size_t append(char *text, apr_size_t len, const char *s, apr_size_t n)
{
    if (len + n <= SP_SENTENCE_MAX) {
        memcpy(text + len, s, n);
    }
    return len + n;
}

/* Names are text; numbers and dates are values, which have rows to show. */
static void note_value(sp_sentence_t *sentence, const sp_token_t *t, apr_size_t start, apr_size_t len)
{
    const sp_fact_t *fact = t->fact ? t->fact : t->dated;

    if (fact && t->type != SP_TOKEN_NAME) {
        APR_ARRAY_PUSH(sentence->values, sp_sentence_value_t) = (sp_sentence_value_t){start, len, fact->id};
    }
}

/* The draft with each reference replaced by what the fact shows. */
static int put_values_in(sp_tokens_t *s, sp_sentence_t *sentence)
{
    char text[SP_SENTENCE_MAX + 1];
    apr_size_t len = 0, done = 0;

    sentence->values = apr_array_make(s->check->p, 4, sizeof(sp_sentence_value_t));
    for (int i = 0; i < s->count; i++) {
        const sp_token_t *t = &s->token[i];
        apr_size_t start, size;
        if (!t->shown && !t->fact && !t->dated) {
            continue;
        }
        start = len = append(text, len, s->draft + done, t->start - done);
        size = t->shown ? strlen(t->shown) : t->len;
        len = append(text, len, t->shown ? t->shown : s->draft + t->start, size);
        note_value(sentence, t, start, size);
        done = t->start + t->len;
    }
    len = append(text, len, s->draft + done, s->len - done);
    if (len > SP_SENTENCE_MAX) {
        return sp_tokens_refuse(s, "it is longer than %d characters", SP_SENTENCE_MAX);
    }
    sentence->text = apr_pstrmemdup(s->check->p, text, len);
    return 0;
}

static int check_sentence(sp_check_t *check, sp_part_e part, const char *draft, sp_sentence_t *sentence, const char **reason)
{
    static int (*const rules[])(sp_sentence_check_t *) = {sp_rules_join_phrases, sp_rules_match_numbers, sp_rules_bind_names,  sp_rules_check_units,
                                                          sp_rules_bind_dates,   sp_rules_check_pairs,   sp_rules_check_needs, sp_rules_check_forms,
                                                          sp_rules_check_rates,  sp_rules_check_claims,  sp_rules_check_idioms};
    sp_sentence_check_t *c = apr_pcalloc(check->p, sizeof(*c));
    int refused = sp_tokens_read(&c->tokens, check, part, draft);

    for (size_t i = 0; !refused && i < sizeof(rules) / sizeof(rules[0]); i++) {
        refused = rules[i](c);
    }
    refused = refused || put_values_in(&c->tokens, sentence);
    *reason = c->tokens.reason;
    return refused;
}

static void check_part(sp_check_t *check, sp_part_e part, const apr_array_header_t *drafts, sp_insight_t *insight, apr_array_header_t *drops)
{
    for (int i = 0; i < drafts->nelts; i++) {
        const char *draft = APR_ARRAY_IDX(drafts, i, sp_draft_sentence_t).text, *reason = NULL;
        sp_sentence_t sentence;
        if (insight->parts[part]->nelts >= sentences_max[part]) {
            reason = apr_psprintf(check->p, "there are more than %d sentences in that part", sentences_max[part]);
        } else if (!check_sentence(check, part, draft, &sentence, &reason)) {
            APR_ARRAY_PUSH(insight->parts[part], sp_sentence_t) = sentence;
            continue;
        }
        APR_ARRAY_PUSH(drops, sp_check_drop_t) = (sp_check_drop_t){part, draft, reason};
        insight->dropped++;
    }
}

void sp_insight_check(apr_pool_t *p, const apr_array_header_t *facts, const sp_draft_t *draft, sp_insight_t *insight, apr_array_header_t **drops)
{
    sp_check_t check;

    sp_check_init(&check, p, facts);
    sp_insight_init(p, insight);
    *drops = apr_array_make(p, 4, sizeof(sp_check_drop_t));
    for (int part = 0; part < SP_PART_COUNT; part++) {
        check_part(&check, (sp_part_e)part, draft->parts[part], insight, *drops);
    }
}

int sp_insight_check_is_poor(const sp_insight_t *insight, const sp_draft_t *draft)
{
    int said = 0;

    for (int part = 0; part < SP_PART_COUNT; part++) {
        said += draft->parts[part]->nelts;
    }
    return insight->parts[SP_PART_SUMMARY]->nelts == 0 || (insight->parts[SP_PART_HIGHLIGHTS]->nelts == 0 && draft->parts[SP_PART_HIGHLIGHTS]->nelts > 0) ||
           insight->dropped * 3 > said;
}
