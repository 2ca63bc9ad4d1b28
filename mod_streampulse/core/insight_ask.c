/* What the rules ask of the tokens of a sentence. */
#include "insight_rules.h"

#include <string.h>

const sp_token_t *sp_rules_token(const sp_sentence_check_t *c, int i)
{
    return i >= 0 && i < c->tokens.count ? &c->tokens.token[i] : NULL;
}

const sp_token_t *sp_rules_neighbour(const sp_tokens_t *s, int i, int step)
{
    i += step;
    return i >= 0 && i < s->count && s->token[i].type != SP_TOKEN_BREAK ? &s->token[i] : NULL;
}

int sp_rules_is_word(const sp_token_t *t, const char *word)
{
    return t && t->type == SP_TOKEN_WORD && t->text && strcmp(t->text, word) == 0;
}

int sp_rules_is_one_of(const sp_token_t *t, const char *const *words)
{
    for (; *words; words++) {
        if (sp_rules_is_word(t, *words)) {
            return 1;
        }
    }
    return 0;
}

int sp_rules_is_class(const sp_token_t *t, sp_word_e class)
{
    return t && t->type == SP_TOKEN_WORD && t->word == class;
}

int sp_rules_is_value(const sp_token_t *t)
{
    return t && t->type == SP_TOKEN_VALUE;
}

int sp_rules_group_has(const sp_sentence_check_t *c, int group, const char *const *words)
{
    for (int i = 0; i < c->tokens.count; i++) {
        if (c->tokens.token[i].group == group && sp_rules_is_one_of(&c->tokens.token[i], words)) {
            return 1;
        }
    }
    return 0;
}
