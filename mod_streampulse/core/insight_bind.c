/* Which stretch of a sentence is about whom: each value's service, platform and event must be the one named beside it. */
#include "insight_rules.h"

#include <string.h>

static const char *const who_names[SP_WHO_COUNT] = {"service", "platform", "event"};

const char *sp_rules_name(const sp_fact_t *fact, sp_who_e who)
{
    return who == SP_WHO_SERVICE ? fact->service : who == SP_WHO_PLATFORM ? fact->platform : fact->event;
}

/* "and" between the ends of an interval joins them. */
static int splits(const sp_tokens_t *s, int i)
{
    static const char *const words[] = {"and", "but", "while", "whereas", "although", "though"};
    const sp_token_t *t = &s->token[i];

    if (t->type == SP_TOKEN_BREAK) {
        return 1;
    }
    for (size_t k = 0; t->type == SP_TOKEN_WORD && k < sizeof(words) / sizeof(words[0]); k++) {
        if (strcmp(t->text, words[k]) == 0) {
            return i == 0 || s->token[i - 1].type != SP_TOKEN_VALUE || s->token[i - 1].member != SP_MEMBER_LOW;
        }
    }
    return 0;
}

static int is_claim(const sp_token_t *t)
{
    return t->type == SP_TOKEN_WORD && t->word >= SP_WORD_UP && t->word <= SP_WORD_FORECAST;
}

static int is_dated_fact(const sp_token_t *t)
{
    return t->type == SP_TOKEN_DATE && t->fact && t->fact->unit == SP_UNIT_DATE && t->member == SP_MEMBER_VALUE;
}

/* Whether the stretch from i to before end has something that can be wrong by itself: a value, or a claim about a date. */
static int has_values(const sp_tokens_t *s, int i, int end)
{
    int dates = 0, dated_facts = 0, claims = 0, values = 0;

    for (int k = 0; k < s->count; k++) {
        values |= s->token[k].type == SP_TOKEN_VALUE;
    }
    for (; i < end; i++) {
        if (s->token[i].type == SP_TOKEN_VALUE) {
            return 1;
        }
        dates |= s->token[i].type == SP_TOKEN_DATE && s->token[i].fact != NULL;
        dated_facts |= is_dated_fact(&s->token[i]);
        claims |= is_claim(&s->token[i]);
    }
    return claims && (dated_facts || (dates && !values));
}

static int end_of_segment(const sp_tokens_t *s, int i)
{
    while (i < s->count && !splits(s, i)) {
        i++;
    }
    return i;
}

/* Numbers the tokens by group. Segments without values go to the next that has some; at the end, to the last. */
static int number_groups(sp_sentence_check_t *c)
{
    sp_tokens_t *s = &c->tokens;
    int valued = 0; /* groups that are complete */

    for (int i = 0, end; i < s->count; i = end + 1) {
        int values;
        end = end_of_segment(s, i);
        values = has_values(s, i, end);
        for (int k = i; k < end + 1 && k < s->count; k++) {
            s->token[k].group = valued;
            c->before[k] = !values && valued > 0 ? valued - 1 : -1;
        }
        valued += values;
    }
    if (valued >= SP_GROUPS_MAX) {
        return sp_tokens_refuse(s, "it has too many values");
    }
    for (int i = 0; i < s->count; i++) {
        if (valued > 0 && s->token[i].group >= valued) {
            s->token[i].group = valued - 1;
            c->before[i] = -1;
        }
    }
    c->groups = valued > 0 ? valued : 1;
    return 0;
}

static int mention_name(sp_sentence_check_t *c, const sp_token_t *t)
{
    sp_group_t *group = &c->group[t->group];

    for (int who = 0; who < SP_WHO_COUNT; who++) {
        if (t->who == 1u << who) {
            if (group->name[who] && strcmp(group->name[who], t->text) != 0) {
                return sp_tokens_refuse(&c->tokens, "it is not clear which of its values is about \"%s\" and which about \"%s\"", group->name[who], t->text);
            }
            group->name[who] = t->text;
            return 0;
        }
    }
    return sp_tokens_refuse(&c->tokens, "\"%s\" is the name of several things: refer to a fact's", t->text);
}

static int is_referred_to(const sp_tokens_t *s, const char *name)
{
    for (int i = 0; i < s->count; i++) {
        const sp_fact_t *fact = s->token[i].fact;
        for (int who = 0; fact && who < SP_WHO_COUNT; who++) {
            if (sp_rules_name(fact, (sp_who_e)who) && strcmp(sp_rules_name(fact, (sp_who_e)who), name) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

static int collect_mentions(sp_sentence_check_t *c)
{
    sp_tokens_t *s = &c->tokens;

    memset(c->group, 0, sizeof(c->group));
    for (int i = 0; i < s->count; i++) {
        sp_token_t *t = &s->token[i];
        sp_group_t *group = &c->group[t->group];
        if (t->type == SP_TOKEN_NAME) {
            if (!is_referred_to(s, t->text)) {
                return sp_tokens_refuse(s, "\"%s\" is not named by a fact that it refers to", t->text);
            }
            if (mention_name(c, t)) {
                return 1;
            }
        }
        group->all |= t->type == SP_TOKEN_ALL ? t->who : 0;
        group->dates += t->type == SP_TOKEN_DATE;
        group->is_latest |= t->type == SP_TOKEN_WORD && t->word == SP_WORD_LATEST;
    }
    return 0;
}

/* The name that stands for the group: its own, else the last one in front of it that "all" has not taken back. */
static const char *name_in_force(const sp_sentence_check_t *c, int group, int who)
{
    for (int g = group; g >= 0; g--) {
        if (c->group[g].name[who]) {
            return c->group[g].name[who];
        }
        if (c->group[g].all & (1u << who)) {
            return NULL;
        }
    }
    return NULL;
}

/* Before its name a length may stand: "In 56 weeks, NAME had ...". */
static const char *name_to_come(const sp_sentence_check_t *c, const sp_fact_t *fact, int group, int who)
{
    if (sp_rules_role(fact) == SP_ROLE_LENGTH && group == 0 && c->groups > 1) {
        return c->group[1].name[who];
    }
    return NULL;
}

static int bind_fact(sp_sentence_check_t *c, const sp_fact_t *fact, int group)
{
    for (int who = 0; who < SP_WHO_COUNT; who++) {
        const char *own = sp_rules_name(fact, (sp_who_e)who), *said = name_in_force(c, group, who);
        said = said ? said : name_to_come(c, fact, group, who);
        if (own && !said && !(who == SP_WHO_SERVICE && fact->event)) {
            return sp_tokens_refuse(&c->tokens, "it does not say that \"%s\" is about the %s \"%s\"", fact->shown, who_names[who], own);
        }
        if (own && (c->group[group].all & (1u << who))) {
            return sp_tokens_refuse(&c->tokens, "\"%s\" is about \"%s\" alone", fact->shown, own);
        }
        if (said && (!own || strcmp(own, said) != 0)) {
            return sp_tokens_refuse(&c->tokens, "\"%s\" is not about \"%s\"", fact->shown, said);
        }
    }
    return 0;
}

/* A date alone says nothing about anybody, unless a claim stands with it. */
static int needs_binding(const sp_sentence_check_t *c, const sp_token_t *t)
{
    if (t->type == SP_TOKEN_VALUE) {
        return 1;
    }
    if (t->type != SP_TOKEN_DATE || !t->fact) {
        return 0;
    }
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *other = &c->tokens.token[i];
        if (other->group == t->group && other->type == SP_TOKEN_VALUE) {
            return 0;
        }
    }
    for (int i = 0; i < c->tokens.count; i++) {
        if (c->tokens.token[i].group == t->group && is_claim(&c->tokens.token[i])) {
            return 1;
        }
    }
    return 0;
}

static int says_all(const sp_fact_t *fact, const sp_group_t *group)
{
    for (int who = 0; who < SP_WHO_COUNT; who++) {
        const char *name = sp_rules_name(fact, (sp_who_e)who);
        if (group->name[who] && (!name || strcmp(name, group->name[who]) != 0)) {
            return 0;
        }
    }
    return 1;
}

/* Names that stand together without a value must belong together: a platform is one of the service's. */
static int check_company(sp_sentence_check_t *c, int g)
{
    const sp_group_t *group = &c->group[g];
    const apr_array_header_t *facts = c->tokens.check->facts;
    int names = 0;

    for (int who = 0; who < SP_WHO_COUNT; who++) {
        names += group->name[who] != NULL;
    }
    for (int i = 0; names > 1 && i < facts->nelts; i++) {
        if (says_all(&APR_ARRAY_IDX(facts, i, sp_fact_t), group)) {
            return 0;
        }
    }
    return names > 1 ? sp_tokens_refuse(&c->tokens, "no fact is about all that it names together") : 0;
}

int sp_rules_bind_names(sp_sentence_check_t *c)
{
    if (number_groups(c) || collect_mentions(c)) {
        return 1;
    }
    for (int g = 0; g < c->groups; g++) {
        if (check_company(c, g)) {
            return 1;
        }
    }
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (needs_binding(c, t) && bind_fact(c, t->fact, t->group)) {
            return 1;
        }
    }
    return 0;
}
