/* Of which weeks a sentence speaks: each value's days must be those named beside it. */
#include "insight_rules.h"

#include <string.h>

#define WEEK_LAST 6 /* a calendar week's fact ends six days after it began */

int sp_rules_is_single(const sp_fact_t *fact)
{
    return fact->from != SP_DAY_NONE && fact->to - fact->from <= WEEK_LAST;
}

static const sp_fact_t *latest_week(const sp_check_t *check, const sp_fact_t *fact)
{
    return apr_hash_get(check->latest, fact->service ? fact->service : "", APR_HASH_KEY_STRING);
}

static int is_latest(const sp_check_t *check, const sp_fact_t *fact)
{
    const sp_fact_t *week = latest_week(check, fact);

    if (!week || fact->event || fact->from == SP_DAY_NONE || fact->to != week->to) {
        return 0;
    }
    return sp_rules_is_single(fact) || sp_rules_role(fact) == SP_ROLE_CHANGE;
}

/* A range is told by both its ends; by its first day alone after "since" or "from". */
typedef struct {
    int from, to, since;
} ends_t;

static int suits_period(const sp_fact_t *fact, const sp_token_t *date)
{
    sp_interval_e interval;
    sp_day_t first, last;

    if (sp_rules_is_single(fact)) {
        return fact->from >= date->first && fact->from <= date->last;
    }
    if (sp_rules_role(fact) == SP_ROLE_CHANGE) {
        return sp_fact_period(fact, &interval, &first, &last) && first == date->first && last == date->last;
    }
    return fact->from >= date->first && fact->from - date->first <= WEEK_LAST && fact->to <= date->last + WEEK_LAST && date->last - fact->to <= WEEK_LAST;
}

static int follows_since(const sp_tokens_t *s, int i)
{
    for (int k = i - 1; k >= 0 && k >= i - 4; k--) {
        if (sp_rules_is_word(&s->token[k], "since") || sp_rules_is_word(&s->token[k], "from")) {
            return 1;
        }
    }
    return 0;
}

/* Whether the date at i may stand beside the fact; what it tells of a range is added to ends. */
static int suits_date(const sp_tokens_t *s, int i, const sp_fact_t *fact, ends_t *ends)
{
    const sp_token_t *date = &s->token[i];

    if (date->first != date->last) {
        int suits = suits_period(fact, date);
        ends->from |= suits;
        ends->to |= suits;
        return suits;
    }
    if (fact->unit == SP_UNIT_DATE && date->first == (sp_day_t)fact->value) {
        return ends->from = ends->to = 1;
    }
    if (date->first == fact->from) {
        ends->from = 1;
        ends->since |= follows_since(s, i);
        return 1;
    }
    if (date->first == fact->to || (!fact->service && !fact->event && date->first == fact->to - WEEK_LAST)) {
        return ends->to = 1;
    }
    return 0;
}

static int is_told(const sp_fact_t *fact, const ends_t *ends, int dates)
{
    if (sp_rules_is_single(fact) || (ends->from && ends->to)) {
        return ends->from || ends->to;
    }
    if (sp_rules_role(fact) == SP_ROLE_CHANGE && !(sp_insight_kind(fact)->needs & SP_NEEDS_SINCE)) {
        return ends->to;
    }
    return ends->since && dates == 1 && !sp_fact_is_forecast(fact);
}

static int has_record(const sp_sentence_check_t *c, const sp_token_t *value)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type == SP_TOKEN_WORD && (t->word == SP_WORD_HIGHEST || t->word == SP_WORD_LOWEST) && t->group == value->group) {
            return 1;
        }
    }
    return 0;
}

/* A week is no month: in a month or year it is one of several, unless it is told as the record. */
static int is_part_of_period(const sp_sentence_check_t *c, const sp_token_t *value, const sp_token_t *date)
{
    return date->first != date->last && sp_rules_is_single(value->fact) && !has_record(c, value);
}

static int check_dates_of(sp_sentence_check_t *c, const sp_token_t *value, int group)
{
    sp_tokens_t *s = &c->tokens;
    const sp_fact_t *fact = value->fact;
    ends_t ends = {0, 0, 0};

    if (c->group[group].is_latest && !is_latest(s->check, fact)) {
        return sp_tokens_refuse(s, "\"%s\" is not of the latest week", value->text);
    }
    for (int i = 0; i < s->count; i++) {
        if (s->token[i].type == SP_TOKEN_DATE && s->token[i].group == group && (!suits_date(s, i, fact, &ends) || is_part_of_period(c, value, &s->token[i]))) {
            return sp_tokens_refuse(s, "\"%s\" is not of the date \"%s\"", value->text, s->token[i].text);
        }
    }
    if (c->group[group].dates > 0 && !is_told(fact, &ends, c->group[group].dates)) {
        return sp_tokens_refuse(s, "\"%s\" is about more weeks than that date says", value->text);
    }
    return 0;
}

/* The group whose dates hold for this one: itself, the nearest in front, else the next; -1: none speaks of any. */
static int dated_group(const sp_sentence_check_t *c, int group)
{
    for (int g = group; g >= 0; g--) {
        if (c->group[g].dates || c->group[g].is_latest) {
            return g;
        }
    }
    for (int g = group + 1; g < c->groups; g++) {
        if (c->group[g].dates || c->group[g].is_latest) {
            return g;
        }
    }
    return -1;
}

/* Without any date a value must need none, or be of the latest week, as a reader takes it to be. */
static int check_undated(sp_sentence_check_t *c, const sp_token_t *value)
{
    const sp_fact_t *fact = value->fact;
    sp_fact_role_e role = sp_rules_role(fact);
    sp_interval_e interval;
    sp_day_t first, last;

    if (fact->event || fact->from == SP_DAY_NONE || has_record(c, value)) {
        return 0;
    }
    if (role == SP_ROLE_CHANGE && !is_latest(c->tokens.check, fact)) {
        return sp_tokens_refuse(&c->tokens, "it does not say of which weeks \"%s\" is", value->text);
    }
    if (role == SP_ROLE_LEVEL && (sp_rules_is_single(fact) || sp_fact_period(fact, &interval, &first, &last)) && !sp_rules_pair_sign(c, value->group)) {
        return sp_tokens_refuse(&c->tokens, "it does not say of which week \"%s\" is", value->text);
    }
    return 0;
}

/* What is usual is so in every week. */
static int is_timeless(const sp_fact_t *fact)
{
    return (fact->from == SP_DAY_NONE && sp_rules_base(fact) == SP_BASE_USUAL) || strcmp(fact->kind, "usual") == 0;
}

static int is_pair_start(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *before = sp_rules_neighbour(&c->tokens, i, -1);
    return before && sp_rules_is_word(before, "from");
}

/* A date in the writer's own words must be one of a fact that the sentence refers to. */
static int check_literal(sp_sentence_check_t *c, int i)
{
    sp_tokens_t *s = &c->tokens;

    for (int k = 0; k < s->count; k++) {
        ends_t ends = {0, 0, 0};
        if (s->token[k].fact && s->token[k].fact->from != SP_DAY_NONE && suits_date(s, i, s->token[k].fact, &ends)) {
            s->token[i].dated = s->token[k].fact;
            return 0;
        }
    }
    return sp_tokens_refuse(s, "the date \"%s\" is of no fact that it refers to", s->token[i].text);
}

static int has_date_before(const sp_tokens_t *s, int i)
{
    for (int k = 0; k < i; k++) {
        if (s->token[k].type == SP_TOKEN_DATE && s->token[k].group == s->token[i].group) {
            return 1;
        }
    }
    return 0;
}

/* "before" and the like move the day or the latest week that stands behind them; "to" and "and" need another day to go on from. */
static int check_leading_word(sp_sentence_check_t *c, int i)
{
    static const char *const passed[] = {"the", "week", "weeks", "of", "its", "that", "a", "an", NULL}, *const ends[] = {"to", "and", NULL};
    static const char *const movers[] = {"before", "after", "through", "throughout", "within", "into",    "across", "over",  "by", "than",
                                         "per",    "out",   "off",     "along",      "like",   "against", "as",     "among", NULL};
    sp_tokens_t *s = &c->tokens;
    int k = i - 1;

    while (k >= 0 && sp_rules_is_one_of(&s->token[k], passed)) {
        k--;
    }
    if (k < 0 || s->token[k].type != SP_TOKEN_WORD) {
        return 0;
    }
    if (sp_rules_is_word(&s->token[k], "over") && k == i - 1 && s->token[i].type == SP_TOKEN_DATE && s->token[i].first != s->token[i].last) {
        return 0; /* "over 2025" */
    }
    if (sp_rules_is_one_of(&s->token[k], movers) || s->token[k].word == SP_WORD_UP || s->token[k].word == SP_WORD_DOWN ||
        (sp_rules_is_one_of(&s->token[k], ends) && !has_date_before(s, i))) {
        return sp_tokens_refuse(s, "\"%s\" moves the time that stands behind it", s->token[k].text);
    }
    return 0;
}

static int has_value(const sp_tokens_t *s)
{
    for (int i = 0; i < s->count; i++) {
        if (s->token[i].type == SP_TOKEN_VALUE) {
            return 1;
        }
    }
    return 0;
}

/* In a sentence without values, each date is what is said: the others must be of the same fact. */
static int check_only_dates(sp_sentence_check_t *c)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type == SP_TOKEN_DATE && t->fact && t->member == SP_MEMBER_VALUE && check_dates_of(c, t, t->group)) {
            return 1;
        }
    }
    return 0;
}

int sp_rules_bind_dates(sp_sentence_check_t *c)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if ((t->type == SP_TOKEN_DATE || (t->type == SP_TOKEN_WORD && t->word == SP_WORD_LATEST)) && check_leading_word(c, i)) {
            return 1;
        }
    }
    for (int i = 0; i < c->tokens.count; i++) {
        if (c->tokens.token[i].type == SP_TOKEN_DATE && c->tokens.token[i].literal && check_literal(c, i)) {
            return 1;
        }
    }
    if (!has_value(&c->tokens)) {
        return check_only_dates(c);
    }
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        int group;
        if (t->type != SP_TOKEN_VALUE || is_pair_start(c, i)) {
            continue; /* the earlier of two is bound by its partner: insight_pairs.c */
        }
        group = is_timeless(t->fact) && !c->group[t->group].dates && !c->group[t->group].is_latest ? -1 : dated_group(c, t->group);
        if (group >= 0 ? check_dates_of(c, t, group) : check_undated(c, t)) {
            return 1;
        }
    }
    return 0;
}
