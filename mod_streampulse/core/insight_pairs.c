/* "from A to B" and "by C": a level stands where levels stand, a change where changes do, and both are of the same thing. */
#include "insight_rules.h"

#include <string.h>

typedef struct {
    const sp_token_t *from, *to;
} pair_t;

static pair_t pair_of(const sp_sentence_check_t *c, int group)
{
    const sp_tokens_t *s = &c->tokens;
    pair_t pair = {NULL, NULL};

    for (int i = 1; i < s->count; i++) {
        const sp_token_t *t = &s->token[i];
        if (t->type != SP_TOKEN_VALUE || t->group != group || t->member != SP_MEMBER_VALUE || sp_rules_role(t->fact) != SP_ROLE_LEVEL) {
            continue;
        }
        if (sp_rules_is_word(&s->token[i - 1], "from") && !pair.from) {
            pair.from = t;
        } else if (sp_rules_is_word(&s->token[i - 1], "to") && pair.from && !pair.to) {
            pair.to = t;
        }
    }
    return pair;
}

static int same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static int about_same(const sp_fact_t *a, const sp_fact_t *b)
{
    return same_text(a->service, b->service) && same_text(a->platform, b->platform) && same_text(a->event, b->event);
}

static int is_ordered(const pair_t *pair)
{
    const sp_fact_t *a, *b;

    if (!pair->from || !pair->to) {
        return 0;
    }
    a = pair->from->fact;
    b = pair->to->fact;
    return about_same(a, b) && a->unit == b->unit && a->from != SP_DAY_NONE && a->from < b->from && a->to - a->from == b->to - b->from;
}

/* Whether the change may end at the level: one week's at one week's, that of first and latest weeks at the mean of the latest. */
static int ends_at(const sp_fact_t *change, const sp_fact_t *level)
{
    if (strcmp(change->kind, "growth") == 0 || strcmp(level->kind, "recent_mean") == 0) {
        return strcmp(change->kind, "growth") == 0 && strcmp(level->kind, "recent_mean") == 0;
    }
    return level->event || sp_rules_is_single(level) == (strncmp(change->kind, "week_", 5) == 0);
}

int sp_rules_pair_sign(const sp_sentence_check_t *c, int group)
{
    pair_t pair = pair_of(c, group);

    if (!is_ordered(&pair)) {
        return 0;
    }
    return (pair.to->fact->value > pair.from->fact->value) - (pair.to->fact->value < pair.from->fact->value);
}

int sp_rules_pair_doubles(const sp_sentence_check_t *c, int group)
{
    pair_t pair = pair_of(c, group);

    if (!is_ordered(&pair)) {
        return 0;
    }
    return (pair.to->fact->value >= 2 * pair.from->fact->value) - (2 * pair.to->fact->value <= pair.from->fact->value);
}

static int has_direction(const sp_sentence_check_t *c, int group)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type == SP_TOKEN_WORD && t->group == group &&
            (t->word == SP_WORD_UP || t->word == SP_WORD_DOWN || t->word == SP_WORD_DOUBLED || t->word == SP_WORD_HALVED)) {
            return 1;
        }
    }
    return 0;
}

/* "From A to B in its latest week": A is of the week before, unless it says of which. */
static int skips_weeks(const sp_sentence_check_t *c, const pair_t *pair)
{
    const sp_group_t *group = &c->group[pair->to->group];

    return sp_rules_is_single(pair->from->fact) && group->is_latest && !group->dates && strcmp(pair->from->fact->kind, "week_before") != 0;
}

/* The change that stands with a level, in its group or in the one in front. */
static const sp_fact_t *change_near(const sp_sentence_check_t *c, int group)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type == SP_TOKEN_VALUE && sp_rules_role(t->fact) == SP_ROLE_CHANGE && (t->group == group || t->group == group - 1)) {
            return t->fact;
        }
    }
    return NULL;
}

static int check_level(sp_sentence_check_t *c, int i)
{
    sp_tokens_t *s = &c->tokens;
    const sp_token_t *t = &s->token[i], *before = sp_rules_neighbour(s, i, -1), *next = sp_rules_neighbour(s, i, 1);
    int is_from = sp_rules_is_word(before, "from"), is_to = sp_rules_is_word(before, "to") || sp_rules_is_word(before, "at");
    const sp_fact_t *change = change_near(c, t->group);
    pair_t pair = pair_of(c, t->group);

    if (sp_rules_is_word(before, "by") || (next && next->type == SP_TOKEN_WORD && (next->word == SP_WORD_UP || next->word == SP_WORD_DOWN))) {
        return sp_tokens_refuse(s, "\"%s\" is a number, and not by how much it changed", t->text);
    }
    if ((is_from || is_to) && pair.from && pair.to && (t == pair.from || t == pair.to)) {
        return is_ordered(&pair) && !skips_weeks(c, &pair)
                   ? 0
                   : sp_tokens_refuse(s, "\"%s\" and \"%s\" are not two weeks of the same, the earlier one first", pair.from->text, pair.to->text);
    }
    if (is_from || (is_to && has_direction(c, t->group)) || (change && sp_rules_is_word(before, "to"))) {
        int suits = change && about_same(change, t->fact) && (is_from || ends_at(change, t->fact)) &&
                    (is_from ? change->from == t->fact->from : change->to == t->fact->to);
        return suits ? 0 : sp_tokens_refuse(s, "nothing shows a change %s \"%s\"", before->text, t->text);
    }
    if (has_direction(c, t->group) && !t->fact->sign && !(t->fact->marks & (SP_FACT_RECORD_HIGH | SP_FACT_RECORD_LOW)) && !sp_rules_is_word(before, "with")) {
        return sp_tokens_refuse(s, "\"%s\" is a number, and not by how much it changed", t->text);
    }
    return 0;
}

/* "LEVEL viewers, CHANGE fewer than ...": of the same time. */
static int belongs_to_level(const sp_tokens_t *s, int i)
{
    const sp_token_t *next = sp_rules_neighbour(s, i, 1);
    const sp_fact_t *change = s->token[i].fact;
    int k = i - 1;

    while (k >= 0 && s->token[k].type != SP_TOKEN_VALUE) {
        k--;
    }
    if (k < 0 || sp_rules_role(s->token[k].fact) != SP_ROLE_LEVEL || !about_same(s->token[k].fact, change) || !next || next->type != SP_TOKEN_WORD ||
        (next->word != SP_WORD_UP && next->word != SP_WORD_DOWN)) {
        return 1;
    }
    return change->to == s->token[k].fact->to && ends_at(change, s->token[k].fact);
}

static int check_change(sp_sentence_check_t *c, int i)
{
    sp_tokens_t *s = &c->tokens;
    const sp_token_t *t = &s->token[i], *before = sp_rules_neighbour(s, i, -1);

    if (!belongs_to_level(s, i)) {
        return sp_tokens_refuse(s, "\"%s\" is a change to another number than the one in front of it", t->text);
    }

    if (sp_rules_is_word(before, "to") || sp_rules_is_word(before, "at") || sp_rules_is_word(before, "from")) {
        return sp_tokens_refuse(s, "\"%s\" is by how much it changed, and not a level", t->text);
    }
    if (!has_direction(c, t->group) && t->fact->sign) {
        return sp_tokens_refuse(s, "\"%s\" is a change, and it does not say in which direction", t->text);
    }
    return 0;
}

/* A share that moves does so "from" the one before "to" the one of now. */
static int check_share_moves(sp_sentence_check_t *c, int i)
{
    sp_tokens_t *s = &c->tokens;
    const sp_token_t *t = &s->token[i], *before = sp_rules_neighbour(s, i, -1), *next = sp_rules_neighbour(s, i, 2);
    int is_to = sp_rules_is_word(before, "to") || sp_rules_is_word(before, "at"), is_from = sp_rules_is_word(before, "from");

    if (sp_rules_is_word(before, "by") || (is_from && !(sp_insight_kind(t->fact)->needs & SP_NEEDS_PAIR)) ||
        (!is_to && !is_from && has_direction(c, t->group))) {
        return sp_tokens_refuse(s, "\"%s\" is a share, and not by how much it changed", t->text);
    }
    if (is_from && (!next || next->type != SP_TOKEN_VALUE || strcmp(next->fact->kind, "platform_share_now") != 0 || !about_same(next->fact, t->fact) ||
                    !sp_rules_is_word(sp_rules_neighbour(s, i, 1), "to"))) {
        return sp_tokens_refuse(s, "nothing shows a change from \"%s\"", t->text);
    }
    return 0;
}

/* "24 % of FACEBOOK's viewers" is another share than "24 % of the viewers were on FACEBOOK". */
static int check_share(sp_sentence_check_t *c, int i)
{
    sp_tokens_t *s = &c->tokens;
    const sp_token_t *t = &s->token[i], *next = sp_rules_neighbour(s, i, 1);
    sp_who_e part = t->fact->platform ? SP_WHO_PLATFORM : SP_WHO_SERVICE;

    if (check_share_moves(c, i)) {
        return 1;
    }
    if (!sp_rules_is_word(next, "of")) {
        return 0;
    }
    for (int k = i + 2; k < s->count && k < i + 6 && s->token[k].type != SP_TOKEN_BREAK; k++) {
        if (sp_rules_is_word(&s->token[k], "watch") || sp_rules_is_word(&s->token[k], "watched") || sp_rules_is_word(&s->token[k], "on") ||
            sp_rules_is_word(&s->token[k], "at") || sp_rules_is_word(&s->token[k], "from")) {
            return 0;
        }
        if (s->token[k].type == SP_TOKEN_NAME && s->token[k].who == 1u << part) {
            return sp_tokens_refuse(s, "\"%s\" is a part of something else than \"%s\"", t->text, s->token[k].text);
        }
    }
    return 0;
}

int sp_rules_check_pairs(sp_sentence_check_t *c)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        int refused = 0;
        if (t->type != SP_TOKEN_VALUE || t->member != SP_MEMBER_VALUE) {
            continue;
        }
        switch (sp_rules_role(t->fact)) {
        case SP_ROLE_NONE:
        case SP_ROLE_LEVEL:
            refused = check_level(c, i);
            break;
        case SP_ROLE_CHANGE:
        case SP_ROLE_SLOPE:
            refused = check_change(c, i);
            break;
        case SP_ROLE_SHARE:
            refused = check_share(c, i);
            break;
        case SP_ROLE_LENGTH:
        case SP_ROLE_FACTOR:
        case SP_ROLE_DATE:
        case SP_ROLE_ERROR:
            break;
        }
        if (refused) {
            return 1;
        }
    }
    return 0;
}
