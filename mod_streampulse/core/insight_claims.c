/* Words that a fact must bear out: directions, records, beginnings, what is unusual or expected, and what a change is counted from. */
#include "insight_rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define SLIGHT_MOST 10.0 /* percent */
#define STEEP_LEAST 20.0

/* The facts that a claim in a group is about: those of its values; where it has none, of its dates. */
typedef struct {
    const sp_fact_t *fact[SP_TOKENS_MAX];
    int count;
} facts_t;

static void collect(const sp_sentence_check_t *c, int group, sp_token_e type, facts_t *facts)
{
    facts->count = 0;
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type == type && t->fact && t->group == group) {
            facts->fact[facts->count++] = t->fact;
        }
    }
}

static void facts_of(const sp_sentence_check_t *c, int group, facts_t *facts)
{
    collect(c, group, SP_TOKEN_VALUE, facts);
    if (facts->count == 0) {
        collect(c, group, SP_TOKEN_DATE, facts);
    }
}

static int suits_direction(const sp_sentence_check_t *c, int group, const facts_t *facts, int sign)
{
    int pair = sp_rules_told_sign(c, group), agrees = pair == sign;

    if (pair == -sign) {
        return 0;
    }
    for (int i = 0; i < facts->count; i++) {
        if (facts->fact[i]->sign == -sign) {
            return 0;
        }
        agrees |= facts->fact[i]->sign == sign;
    }
    return agrees;
}

/* Whether the number of the latest week is that of the week before, by the fact of their difference. */
static int is_level_unchanged(const sp_check_t *check, const sp_fact_t *level)
{
    for (int i = 0; strcmp(level->kind, "week_total") == 0 && i < check->facts->nelts; i++) {
        const sp_fact_t *other = &APR_ARRAY_IDX(check->facts, i, sp_fact_t);
        if (strcmp(other->kind, "week_difference") == 0 && sp_text_same(other->service, level->service) && other->to == level->to) {
            return other->value == 0;
        }
    }
    return 0;
}

static int is_flat(const sp_check_t *check, const facts_t *facts)
{
    for (int i = 0; i < facts->count; i++) {
        if ((facts->fact[i]->sign || sp_rules_role(facts->fact[i]) != SP_ROLE_CHANGE) && !is_level_unchanged(check, facts->fact[i])) {
            return 0;
        }
    }
    return facts->count > 0;
}

/* By its kind: the first number is of the week in which it started. */
static int implies_mark(const sp_fact_t *fact, unsigned mark)
{
    static const struct {
        const char *kind;
        unsigned mark;
    } kinds[] = {{"platform_first", SP_FACT_STARTED}, {"platform_last", SP_FACT_ENDED}, {"record_factor", SP_FACT_RECORD_HIGH}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].mark == mark && strcmp(kinds[i].kind, fact->kind) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Everything beside a change must have the mark. */
static int have_mark(const facts_t *facts, unsigned mark)
{
    int marked = 0;

    for (int i = 0; i < facts->count; i++) {
        if (facts->fact[i]->marks & mark || implies_mark(facts->fact[i], mark)) {
            marked = 1;
        } else if (sp_rules_role(facts->fact[i]) != SP_ROLE_CHANGE) {
            return 0;
        }
    }
    return marked;
}

/* Whether all its facts that are a part of something are the largest part of it, of the same kind, whole and weeks. */
static int is_sibling(const sp_fact_t *a, const sp_fact_t *b)
{
    int by_platform = a->platform != NULL;

    if (strcmp(a->kind, b->kind) != 0 || a->sign != b->sign || !a->platform != !b->platform || !a->service != !b->service) {
        return 0;
    }
    return by_platform ? (!a->service || strcmp(a->service, b->service) == 0) && a->from == b->from && a->to == b->to : a->service != NULL;
}

static int is_largest(const sp_check_t *check, const sp_fact_t *fact)
{
    int siblings = 0;

    for (int i = 0; i < check->facts->nelts; i++) {
        const sp_fact_t *other = &APR_ARRAY_IDX(check->facts, i, sp_fact_t);
        if (other == fact || !is_sibling(fact, other)) {
            continue;
        }
        if (fabs(other->value) >= fabs(fact->value)) {
            return 0;
        }
        siblings++;
    }
    return siblings > 0;
}

/* "the largest platform", "the largest part of the drop": the word must say what it is the largest of. */
static int is_largest_part(const sp_sentence_check_t *c, int i, const facts_t *facts)
{
    static const char *const kinds[] = {"platform_share",       "platform_total",           "service_share",
                                        "event_platform_share", "week_difference_platform", "week_difference"};
    static const char *const parts[] = {"part", "share", "drop", "fall", "rise", "gain", "loss", "change", "difference", "growth"};
    const sp_token_t *next = sp_rules_neighbour(&c->tokens, i, 1);
    int known = 0;

    if (!next || facts->count != 1) {
        return 0;
    }
    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        known |= strcmp(facts->fact[0]->kind, kinds[k]) == 0;
    }
    if (!known || (strcmp(facts->fact[0]->kind, "event_platform_share") != 0 && !is_largest(c->tokens.check, facts->fact[0]))) {
        return 0;
    }
    if (sp_rules_is_word(next, facts->fact[0]->platform ? "platform" : "service")) {
        return sp_rules_role(facts->fact[0]) != SP_ROLE_CHANGE;
    }
    for (size_t k = 0; k < sizeof(parts) / sizeof(parts[0]); k++) {
        if (sp_rules_is_word(next, parts[k])) {
            return (k < 2) == (sp_rules_role(facts->fact[0]) == SP_ROLE_SHARE) || (k < 2 && facts->fact[0]->platform);
        }
    }
    return 0;
}

static int has_estimate(const facts_t *facts)
{
    for (int i = 0; i < facts->count; i++) {
        if (!(facts->fact[i]->marks & SP_FACT_ESTIMATE)) {
            return 0;
        }
    }
    return facts->count > 0;
}

/* What is expected is a forecast, or tells of forecasts. */
static int are_of_forecasts(const facts_t *facts)
{
    for (int i = 0; i < facts->count; i++) {
        if (strncmp(facts->fact[i]->kind, "forecast", strlen("forecast")) != 0) {
            return 0;
        }
    }
    return facts->count > 0;
}

static int has_usual_base(const facts_t *facts)
{
    int lengths = 0;

    for (int i = 0; i < facts->count; i++) {
        if (strcmp(facts->fact[i]->kind, "weeks") == 0 || strcmp(facts->fact[i]->kind, "event_days") == 0) {
            lengths++; /* of a mean that stands beside it */
        } else if (facts->fact[i]->unit != SP_UNIT_VIEWERS_PER_WEEK && sp_rules_base(facts->fact[i]) != SP_BASE_USUAL && !facts->fact[i]->season &&
                   !strstr(facts->fact[i]->kind, "mean")) {
            return 0;
        }
    }
    return facts->count > lengths;
}

/* How much the group's change in percent is; NAN: there is none. */
static double percent_of(const facts_t *facts)
{
    for (int i = 0; i < facts->count; i++) {
        if (facts->fact[i]->unit == SP_UNIT_PERCENT && sp_rules_role(facts->fact[i]) == SP_ROLE_CHANGE) {
            return fabs(facts->fact[i]->value);
        }
    }
    return NAN;
}

static int is_gap(const facts_t *facts)
{
    for (int i = 0; i < facts->count; i++) {
        if (!strstr(facts->fact[i]->kind, "gap")) {
            return 0;
        }
    }
    return facts->count > 0;
}

static int is_of_all_weeks(const facts_t *facts)
{
    for (int i = 0; i < facts->count; i++) {
        const sp_fact_t *f = facts->fact[i];
        int is_record = (f->marks & (SP_FACT_RECORD_HIGH | SP_FACT_RECORD_LOW)) != 0;
        if (!is_record && strcmp(f->kind, "total") != 0 && strcmp(f->kind, "platform_total") != 0 && strcmp(f->kind, "mean") != 0 &&
            !strstr(f->kind, "_share")) {
            return 0;
        }
    }
    return facts->count > 0;
}

/* "in its latest weeks": what is computed over several of them, up to the latest. */
static int are_recent(const facts_t *facts)
{
    for (int i = 0; i < facts->count; i++) {
        if (!(sp_insight_kind(facts->fact[i])->needs & (SP_NEEDS_RECENT | SP_NEEDS_PAIR))) {
            return 0;
        }
    }
    return facts->count > 0;
}

static int are_odd_numbers(const facts_t *facts)
{
    for (int i = 0; i < facts->count; i++) {
        if (strcmp(facts->fact[i]->kind, "odd_numbers") != 0) {
            return 0;
        }
    }
    return facts->count > 0;
}

static int is_borne_out(const sp_sentence_check_t *c, int i, int group)
{
    const sp_token_t *t = &c->tokens.token[i];
    facts_t facts;

    facts_of(c, group, &facts);
    switch (t->word) {
    case SP_WORD_UP:
        return suits_direction(c, group, &facts, 1);
    case SP_WORD_DOWN:
        return suits_direction(c, group, &facts, -1);
    case SP_WORD_FLAT:
        return is_flat(c->tokens.check, &facts);
    case SP_WORD_HIGHEST:
        return have_mark(&facts, SP_FACT_RECORD_HIGH) || is_largest_part(c, i, &facts);
    case SP_WORD_LOWEST:
        return have_mark(&facts, SP_FACT_RECORD_LOW);
    case SP_WORD_DOUBLED:
        return have_mark(&facts, SP_FACT_DOUBLED) || sp_rules_pair_doubles(c, group) == 1;
    case SP_WORD_HALVED:
        return have_mark(&facts, SP_FACT_HALVED) || sp_rules_pair_doubles(c, group) == -1;
    case SP_WORD_STARTED:
        return have_mark(&facts, SP_FACT_STARTED);
    case SP_WORD_ENDED:
        return have_mark(&facts, SP_FACT_ENDED);
    case SP_WORD_UNUSUAL:
        return have_mark(&facts, SP_FACT_UNUSUAL) || are_odd_numbers(&facts);
    case SP_WORD_USUAL:
        return has_usual_base(&facts);
    case SP_WORD_ESTIMATE:
        return has_estimate(&facts);
    case SP_WORD_FORECAST:
        return are_of_forecasts(&facts);
    case SP_WORD_SLIGHT:
        return percent_of(&facts) <= SLIGHT_MOST;
    case SP_WORD_STEEP:
        return percent_of(&facts) >= STEEP_LEAST;
    case SP_WORD_RECENT:
        return are_recent(&facts);
    case SP_WORD_WHOLE:
        return is_of_all_weeks(&facts);
    case SP_WORD_MISSING:
        if (facts.count == 0) {
            collect(c, group, SP_TOKEN_NAME, &facts);
        }
        return is_gap(&facts);
    default: /* the others claim nothing here */
        return 1;
    }
}

static int check_claim(sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = &c->tokens.token[i];

    if (t->type != SP_TOKEN_WORD) {
        return 0;
    }
    if (!is_borne_out(c, i, t->group) || (c->before[i] >= 0 && t->word <= SP_WORD_FORECAST && t->word != SP_WORD_PLAIN && !is_borne_out(c, i, c->before[i]))) {
        return sp_tokens_refuse(&c->tokens, "no fact beside it bears out \"%s\"", t->text);
    }
    return 0;
}

static int has_facts(const sp_tokens_t *s)
{
    for (int i = 0; i < s->count; i++) {
        if (s->token[i].type == SP_TOKEN_VALUE || (s->token[i].type == SP_TOKEN_DATE && s->token[i].fact)) {
            return 1;
        }
    }
    return 0;
}

/* "since DAY", "since the week of DAY" */
static int is_since_day(const sp_tokens_t *s, int i)
{
    for (int k = i + 1; k < s->count && k <= i + 4 && s->token[k].type != SP_TOKEN_BREAK; k++) {
        if (s->token[k].type == SP_TOKEN_DATE) {
            return 1;
        }
    }
    return 0;
}

/* "Look at", "Check": a recommendation tells what to do. Else its words could give a cause: "after the sermon it fell". */
int sp_rules_begins_as_advice(const sp_tokens_t *s)
{
    static const char *const verbs[] = {"consider", "check",   "ask",      "plan",     "promote", "remind",    "invite", "announce", "test", "try", "repeat",
                                        "review",   "mention", "link",     "schedule", "prepare", "encourage", "look",   "keep",     "find", "see", "use",
                                        "fill",     "enter",   "complete", "correct",  "confirm", "learn",     "share",  "post",     "watch"};
    int first = s->count > 0 && sp_rules_is_word(&s->token[0], "please");

    for (size_t k = 0; first < s->count && k < sizeof(verbs) / sizeof(verbs[0]); k++) {
        if (sp_rules_is_word(&s->token[first], verbs[k])) {
            return 1;
        }
    }
    return 0;
}

/* "Check whether": what stands behind is a question, whose values are checked all the same. */
static int is_to_be_checked(const sp_tokens_t *s, int i)
{
    return i > 0 && sp_rules_is_word(&s->token[i], "whether") && (sp_rules_is_word(&s->token[i - 1], "check") || sp_rules_is_word(&s->token[i - 1], "see")) &&
           sp_rules_begins_as_advice(s);
}

/* Words that no fact can bear out. */
static int check_forbidden(sp_sentence_check_t *c, int i)
{
    sp_tokens_t *s = &c->tokens;
    const sp_token_t *t = &s->token[i];

    if (t->type != SP_TOKEN_WORD) {
        return 0;
    }
    switch (t->word) {
    case SP_WORD_NOT:
        return sp_tokens_refuse(s, "\"%s\" turns what is said into something that no fact says", t->text);
    case SP_WORD_CAUSE:
        return sp_rules_is_word(t, "since") && is_since_day(s, i) ? 0 : sp_tokens_refuse(s, "\"%s\" gives a cause, and facts show none", t->text);
    case SP_WORD_WHEN:
        return sp_tokens_refuse(s, "\"%s\" is a time that no fact gives in that way", t->text);
    case SP_WORD_PERCENT:
    case SP_WORD_TIMES:
        return sp_tokens_refuse(s, "\"%s\" belongs to a value, which shows it itself", t->text);
    case SP_WORD_PERHAPS:
        return has_facts(s) && !is_to_be_checked(s, i) ? sp_tokens_refuse(s, "\"%s\" leaves open what is true", t->text) : 0;
    case SP_WORD_ADVICE:
        return (s->part == SP_PART_RECOMMENDATION || s->part == SP_PART_ALERTS) && sp_rules_begins_as_advice(s)
                   ? 0
                   : sp_tokens_refuse(s, "\"%s\" belongs to a recommendation, which begins with what to do", t->text);
    default:
        return 0;
    }
}

static int check_this(sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = &c->tokens.token[i], *next = sp_rules_neighbour(&c->tokens, i, 1);

    if ((sp_rules_is_word(t, "this") || sp_rules_is_word(t, "these")) && next && next->type == SP_TOKEN_WORD && next->word >= SP_WORD_WEEKS &&
        next->word <= SP_WORD_PERIOD) {
        return sp_tokens_refuse(&c->tokens, "\"this %s\" is a time that no fact gives in that way", next->text);
    }
    return 0;
}

/* "45 viewers, unchanged from the week before" */
static int is_unchanged(const sp_sentence_check_t *c, int group, const facts_t *facts)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type == SP_TOKEN_WORD && t->word == SP_WORD_FLAT && t->group == group) {
            return is_flat(c->tokens.check, facts);
        }
    }
    return 0;
}

static int check_base(sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = &c->tokens.token[i];
    int changes = 0;
    facts_t facts;

    if (t->type != SP_TOKEN_BASE) {
        return 0;
    }
    facts_of(c, t->group, &facts);
    if ((t->base == SP_BASE_USUAL && has_usual_base(&facts)) ||
        (t->base == SP_BASE_WEEK && (sp_rules_is_down_from_week_before(c, t->group) || is_unchanged(c, t->group, &facts)))) {
        return 0;
    }
    for (int k = 0; k < facts.count; k++) {
        if (sp_rules_role(facts.fact[k]) != SP_ROLE_CHANGE) {
            continue;
        }
        if (sp_rules_base(facts.fact[k]) != t->base) {
            return sp_tokens_refuse(&c->tokens, "\"%s\" is counted from something else", facts.fact[k]->shown);
        }
        changes++;
    }
    return changes ? 0 : sp_tokens_refuse(&c->tokens, "it compares with another time, and has no change in it");
}

/* What a model estimates is said as such; of forecasts and seasons: insight_forms.c. */
static int check_estimates(sp_sentence_check_t *c)
{
    sp_tokens_t *s = &c->tokens;
    int said = 0;

    for (int i = 0; i < s->count; i++) {
        said |= s->token[i].type == SP_TOKEN_WORD && s->token[i].word == SP_WORD_ESTIMATE;
    }
    for (int i = 0; !said && i < s->count; i++) {
        if (s->token[i].type == SP_TOKEN_VALUE && (s->token[i].fact->marks & SP_FACT_ESTIMATE) && !sp_rules_has_form(s->token[i].fact)) {
            return sp_tokens_refuse(s, "\"%s\" is an estimate, and it does not say so", s->token[i].text);
        }
    }
    return 0;
}

int sp_rules_check_claims(sp_sentence_check_t *c)
{
    for (int i = 0; i < c->tokens.count; i++) {
        if (check_forbidden(c, i) || check_this(c, i) || check_base(c, i) || check_claim(c, i)) {
            return 1;
        }
    }
    return check_estimates(c);
}
