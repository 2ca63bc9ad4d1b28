/* What must be said with a value so that the sentence says no more than the fact: "usual", "gap", "a day", what it is counted from. */
#include "insight_rules.h"

#include <string.h>

static int has_class(const sp_sentence_check_t *c, int group, sp_word_e class)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if ((t->type == SP_TOKEN_WORD || t->type == SP_TOKEN_BASE) && t->word == class && t->group == group) {
            return 1;
        }
    }
    return 0;
}

/* In its group, or in the one in front that it goes on from. */
static int has_base(const sp_sentence_check_t *c, int group, sp_base_e base)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type == SP_TOKEN_BASE && t->base == base && t->group == group) {
            return 1;
        }
    }
    return 0;
}

static int has_since(const sp_sentence_check_t *c, const sp_token_t *value)
{
    int since = 0;

    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        since |= sp_rules_is_word(t, "since") && t->group == value->group;
        if (since && t->type == SP_TOKEN_DATE && t->group == value->group && t->first == value->fact->from) {
            return 1;
        }
    }
    return 0;
}

static int has_date(const sp_sentence_check_t *c)
{
    for (int g = 0; g < c->groups; g++) {
        if (c->group[g].dates || c->group[g].is_latest) {
            return 1;
        }
    }
    return 0;
}

/* Two editions of one name are told apart by their days. */
static int is_ambiguous(const sp_check_t *check, const sp_fact_t *fact)
{
    for (int i = 0; fact->event && i < check->facts->nelts; i++) {
        const sp_fact_t *other = &APR_ARRAY_IDX(check->facts, i, sp_fact_t);
        if (other->event && strcmp(other->event, fact->event) == 0 && other->from != fact->from && strcmp(other->kind, fact->kind) == 0) {
            return 1;
        }
    }
    return 0;
}

static const char *missing(const sp_sentence_check_t *c, int i)
{
    static const char *const days[] = {"a day", "per day", "daily", NULL},
                             *const same_days[] = {"over the same days", "in the same days", "on the same days", NULL},
                             *const both[] = {"with numbers in both", "with numbers in both months", "with numbers in both quarters",
                                              "with numbers in both years", NULL};
    const sp_token_t *t = &c->tokens.token[i];
    const sp_fact_kind_t *kind = sp_insight_kind(t->fact);
    unsigned needs = kind->needs;

    if (!t->fact->service && !t->fact->event && kind->role == SP_ROLE_CHANGE &&
        (kind->base == SP_BASE_MONTH || kind->base == SP_BASE_QUARTER || kind->base == SP_BASE_YEAR)) {
        needs |= SP_NEEDS_BOTH;
    }
    if ((needs & SP_NEEDS_USUAL) && !has_class(c, t->group, SP_WORD_USUAL))
        return "\"usual\"";
    if ((needs & SP_NEEDS_GAP) && !has_class(c, t->group, SP_WORD_MISSING))
        return "\"gap\"";
    if ((needs & SP_NEEDS_RECENT) && !has_class(c, t->group, SP_WORD_RECENT))
        return "\"in its latest weeks\"";
    if ((needs & SP_NEEDS_BASE) && !has_base(c, t->group, kind->base))
        return "what it is counted from";
    if ((needs & SP_NEEDS_SINCE) && !has_since(c, t))
        return "\"since\" when";
    if ((needs & SP_NEEDS_DIRECTION) && !has_class(c, t->group, SP_WORD_UP) && !has_class(c, t->group, SP_WORD_DOWN))
        return "in which direction";
    if ((needs & SP_NEEDS_DAY) && !sp_rules_group_has(c, t->group, days))
        return "\"a day\"";
    if ((needs & SP_NEEDS_SAME_DAYS) && !sp_rules_group_has(c, t->group, same_days))
        return "\"over the same days\"";
    if ((needs & SP_NEEDS_BOTH) && !sp_rules_group_has(c, t->group, both))
        return "that it is of the services \"with numbers in both\"";
    if (((needs & SP_NEEDS_DATE) || is_ambiguous(c->tokens.check, t->fact)) && !has_date(c))
        return "of which days it is";
    if ((needs & SP_NEEDS_PAIR) && !sp_rules_is_word(sp_rules_neighbour(&c->tokens, i, -1), "from"))
        return "to what it changed";
    return NULL;
}

int sp_rules_check_needs(sp_sentence_check_t *c)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        const char *what;
        if (t->type != SP_TOKEN_VALUE) {
            continue;
        }
        if (sp_insight_kind(t->fact)->role == SP_ROLE_NONE) {
            return sp_tokens_refuse(&c->tokens, "\"%s\" is a fact that no sentence can say well", t->fact->id);
        }
        if ((what = missing(c, i)) != NULL) {
            return sp_tokens_refuse(&c->tokens, "with \"%s\" it does not say %s", t->text, what);
        }
    }
    return 0;
}
