/* "from A to B" and "by C": a level stands where levels stand, a change where changes do, and both are of the same thing. */
#include "insight_rules.h"

#include <string.h>

#include "text.h"

typedef struct {
    const sp_token_t *from, *to;
} pair_t;

static int is_up_or_down(const sp_token_t *t)
{
    return t && t->type == SP_TOKEN_WORD && (t->word == SP_WORD_UP || t->word == SP_WORD_DOWN);
}

/* The one number of the group; NULL: there is none, or another value. */
static const sp_token_t *only_level(const sp_sentence_check_t *c, int group)
{
    const sp_token_t *level = NULL;

    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type != SP_TOKEN_VALUE || t->group != group) {
            continue;
        }
        if (level || t->member != SP_MEMBER_VALUE || sp_rules_role(t->fact) != SP_ROLE_LEVEL) {
            return NULL;
        }
        level = t;
    }
    return level;
}

/* "NUMBER ..., down from NUMBER": of the latest week and the week before, each alone in its group. */
static pair_t pair_across(const sp_sentence_check_t *c, int group)
{
    const sp_tokens_t *s = &c->tokens;
    pair_t pair = {only_level(c, group), group > 0 ? only_level(c, group - 1) : NULL};
    const sp_token_t *from = pair.from;

    for (int i = 0; from && i < s->count; i++) {
        if (s->token[i].type == SP_TOKEN_DATE && s->token[i].group == group && s->token[i].first != from->fact->from) {
            from = NULL;
        }
    }
    if (!from || !pair.to || from - s->token < 2 || !sp_rules_is_word(from - 1, "from") || !is_up_or_down(from - 2) ||
        strcmp(from->fact->kind, "week_before") != 0 || strcmp(pair.to->fact->kind, "week_total") != 0) {
        pair.from = pair.to = NULL;
    }
    return pair;
}

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
    return pair.to ? pair : pair_across(c, group);
}

static int about_same(const sp_fact_t *a, const sp_fact_t *b)
{
    return sp_text_same(a->service, b->service) && sp_text_same(a->platform, b->platform) && sp_text_same(a->event, b->event);
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

/* The only value of the group, where it is a change to the time before: "rose to 973, up 11 % on a year earlier" says two things. */
static const sp_fact_t *change_of(const sp_sentence_check_t *c, int group)
{
    const sp_fact_t *change = NULL;

    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type != SP_TOKEN_VALUE || t->group != group) {
            continue;
        }
        if (change || sp_rules_role(t->fact) != SP_ROLE_CHANGE || sp_rules_base(t->fact) == SP_BASE_YEAR) {
            return NULL;
        }
        change = t->fact;
    }
    return change;
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

int sp_rules_is_down_from_week_before(const sp_sentence_check_t *c, int group)
{
    pair_t pair = pair_across(c, group);

    return is_ordered(&pair);
}

/* "973 viewers ..., below its usual 1,144" */
static int usual_sign(const sp_sentence_check_t *c, int group)
{
    const sp_token_t *usual = only_level(c, group), *level = group > 0 ? only_level(c, group - 1) : NULL;

    if (!usual || !level || strcmp(usual->fact->kind, "usual") != 0 || usual - c->tokens.token < 3 || !sp_rules_is_word(usual - 1, "usual") ||
        !sp_rules_is_word(usual - 2, "its") || !(sp_rules_is_word(usual - 3, "above") || sp_rules_is_word(usual - 3, "below"))) {
        return 0;
    }
    if (!sp_rules_is_single(level->fact) || level->fact->unit != usual->fact->unit || !about_same(level->fact, usual->fact)) {
        return 0;
    }
    return (level->fact->value > usual->fact->value) - (level->fact->value < usual->fact->value);
}

/* "fell to 973 viewers ..., down 9.7 %": the change behind a number is how it came to be. */
static int change_sign(const sp_sentence_check_t *c, int group)
{
    const sp_token_t *level = only_level(c, group);
    const sp_fact_t *change = level ? change_of(c, group + 1) : NULL;

    return change && about_same(change, level->fact) && ends_at(change, level->fact) && change->to == level->fact->to ? change->sign : 0;
}

int sp_rules_told_sign(const sp_sentence_check_t *c, int group)
{
    int sign = sp_rules_pair_sign(c, group);

    sign = sign ? sign : usual_sign(c, group);
    return sign ? sign : change_sign(c, group);
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
    return only_level(c, group) ? change_of(c, group + 1) : NULL;
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
    if (has_direction(c, t->group) && !t->fact->sign && !(t->fact->marks & (SP_FACT_RECORD_HIGH | SP_FACT_RECORD_LOW)) && !sp_rules_is_word(before, "with") &&
        !usual_sign(c, t->group)) {
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

/* "A lost 105 viewers and B 90": the verb of the group in front goes on, for a change of the same kind and direction. */
static int goes_on(const sp_sentence_check_t *c, const sp_token_t *value)
{
    int group = value->group;

    while (group > 0) {
        int alike = 0;
        group--;
        for (int i = 0; i < c->tokens.count; i++) {
            const sp_token_t *t = &c->tokens.token[i];
            if (t->type == SP_TOKEN_VALUE && t->group == group) {
                alike = strcmp(t->fact->kind, value->fact->kind) == 0 && t->fact->sign == value->fact->sign;
            }
        }
        if (!alike || has_direction(c, group)) {
            return alike;
        }
    }
    return 0;
}

/* "unchanged", "a change of 0 %" */
static int is_called_change(const sp_sentence_check_t *c, int group)
{
    static const char *const words[] = {"change", "changed", "changes", "difference"};

    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type != SP_TOKEN_WORD || t->group != group) {
            continue;
        }
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
            if (t->word == SP_WORD_FLAT || strcmp(t->text, words[k]) == 0) {
                return 1;
            }
        }
    }
    return 0;
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
    if (t->fact->sign && !has_direction(c, t->group) && !goes_on(c, t)) {
        return sp_tokens_refuse(s, "\"%s\" is a change, and it does not say in which direction", t->text);
    }
    if (!t->fact->sign && sp_rules_role(t->fact) == SP_ROLE_CHANGE && !is_called_change(c, t->group)) {
        return sp_tokens_refuse(s, "\"%s\" is no change, and it does not say so", t->text);
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
        if (s->token[k].group != t->group) {
            return 0;
        }
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
