/* Words that turn the values beside them into something else, or ask more of them than their class tells: "by 3 weeks", "will have", "far above", "viewers on PLATFORM". */
#include "insight_rules.h"

#include <string.h>

typedef int (*turn_t)(const sp_sentence_check_t *c, int i); /* not 0: the token at i says what no fact says */

static int is_name(const sp_token_t *t, sp_who_e who)
{
    return t && t->type == SP_TOKEN_NAME && t->who == 1u << who;
}

static int has_role(const sp_token_t *t, sp_fact_role_e role)
{
    return t && t->type == SP_TOKEN_VALUE && sp_rules_role(t->fact) == role;
}

static int is_kind(const sp_token_t *t, const char *kind)
{
    return t && t->type == SP_TOKEN_VALUE && strcmp(t->fact->kind, kind) == 0;
}

/* The first value of the group that is none of its kinds; NULL: all are. */
static const sp_token_t *value_but(const sp_sentence_check_t *c, int group, const char *const *kinds)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = sp_rules_token(c, i);
        int known = 0;
        if (t->type != SP_TOKEN_VALUE || t->group != group) {
            continue;
        }
        for (int k = 0; kinds[k]; k++) {
            known |= strcmp(kinds[k], t->fact->kind) == 0;
        }
        if (!known) {
            return t;
        }
    }
    return NULL;
}

/* "fell by 3 weeks", "rose by 2.7 times": neither is by how much. */
static int is_by_no_change(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i);

    return sp_rules_is_word(sp_rules_token(c, i - 1), "by") && (has_role(t, SP_ROLE_LENGTH) || has_role(t, SP_ROLE_FACTOR));
}

/* A streak is of weeks that rose or fell each; "low for 3 weeks" and "above" are of levels. */
static int is_streak_of_levels(const sp_sentence_check_t *c, int i)
{
    static const char *const moves[] = {"rose",    "rise",      "rises",     "risen",      "rising",  "grew",    "grow",    "grows",     "grown",
                                        "growing", "increase",  "increased", "increasing", "gain",    "gains",   "gained",  "gaining",   "climbed",
                                        "fell",    "fall",      "falls",     "fallen",     "falling", "dropped", "drop",    "drops",     "dropping",
                                        "decline", "declined",  "declines",  "declining",  "lost",    "lose",    "loses",   "losing",    "loss",
                                        "losses",  "decreased", "decrease",  "decreasing", "shrank",  "shrunk",  "slipped", "decreases", NULL};
    const sp_token_t *t = sp_rules_token(c, i);

    if (!is_kind(t, "streak")) {
        return 0;
    }
    for (int k = 0; k < c->tokens.count; k++) {
        const sp_token_t *other = sp_rules_token(c, k);
        if (other->group == t->group && (sp_rules_is_class(other, SP_WORD_UP) || sp_rules_is_class(other, SP_WORD_DOWN)) && !sp_rules_is_one_of(other, moves)) {
            return 1;
        }
    }
    return 0;
}

/* "2.7 times the usual since the week of ...": it was so in that week. */
static int is_factor_since(const sp_sentence_check_t *c, int i)
{
    static const char *const since[] = {"since", "from", NULL};

    return has_role(sp_rules_token(c, i), SP_ROLE_FACTOR) && sp_rules_group_has(c, sp_rules_token(c, i)->group, since);
}

/* "Of the viewers on PLATFORM, 58 %", "PLATFORM's viewers": the share of a platform is a part of the service's viewers. */
static int is_share_of_platform(const sp_sentence_check_t *c, int i)
{
    static const char *const on[] = {"on", "at", "from", "of", NULL}, *const part[] = {"of", "among", "from", NULL}, *const the[] = {"the", "all", NULL};
    const sp_token_t *t = sp_rules_token(c, i);
    int first = i - 1, is_beside;

    if (!sp_rules_is_class(t, SP_WORD_VIEWERS)) {
        return 0;
    }
    is_beside = is_name(sp_rules_token(c, i - 1), SP_WHO_PLATFORM);
    while (sp_rules_is_one_of(sp_rules_token(c, first), the) || (is_beside && first == i - 1)) {
        first--;
    }
    if (!is_beside && !(sp_rules_is_one_of(sp_rules_token(c, first), part) && sp_rules_is_one_of(sp_rules_token(c, i + 1), on) &&
                        is_name(sp_rules_token(c, i + 2), SP_WHO_PLATFORM))) {
        return 0;
    }
    for (int k = 0; k < c->tokens.count; k++) {
        if (sp_rules_token(c, k)->group == t->group && has_role(sp_rules_token(c, k), SP_ROLE_SHARE) && sp_rules_token(c, k)->fact->platform) {
            return 1;
        }
    }
    return 0;
}

/* "SERVICE brings PLATFORM 58 % of its viewers": whose they are can be read either way. */
static int is_given_to_platform(const sp_sentence_check_t *c, int i)
{
    static const char *const join[] = {"and", "but", "while", "whereas", "although", "though", "on",  "at", "from",
                                       "via", "by",  "with",  "for",     "of",       "in",     "the", NULL};
    const sp_token_t *before = sp_rules_token(c, i - 1);

    return is_name(sp_rules_token(c, i), SP_WHO_PLATFORM) && has_role(sp_rules_token(c, i + 1), SP_ROLE_SHARE) && before && before->type == SP_TOKEN_WORD &&
           !sp_rules_is_one_of(before, join);
}

/* What is to come is expected, and not known. */
static int is_certain(const sp_sentence_check_t *c, int i)
{
    static const char *const expected[] = {"expected",  "expect",   "expects",   "forecast", "forecasts", "forecasted", "predicted",  "prediction",
                                           "estimated", "estimate", "estimates", "likely",   "probably",  "projected",  "projection", NULL};

    return sp_rules_is_word(sp_rules_token(c, i), "will") && !sp_rules_group_has(c, sp_rules_token(c, i)->group, expected);
}

/* "moved to FACEBOOK": only numbers move here, "from A to B". */
static int is_moved_elsewhere(const sp_sentence_check_t *c, int i)
{
    static const char *const moved[] = {"moved", "moves", "move", "moving", NULL};

    return sp_rules_is_one_of(sp_rules_token(c, i), moved) &&
           !(sp_rules_is_word(sp_rules_token(c, i + 1), "from") && sp_rules_token(c, i + 2) && sp_rules_token(c, i + 2)->type == SP_TOKEN_VALUE);
}

/* "far above" what is usual, of an outlier. */
static int is_far_from_something_else(const sp_sentence_check_t *c, int i)
{
    static const char *const far[] = {"far above", "far below", NULL}, *const between[] = {"the", "its", "what", "is", "a", NULL};
    const sp_token_t *t = sp_rules_token(c, i);
    int k = i + 1;

    if (!sp_rules_is_one_of(t, far)) {
        return 0;
    }
    while (sp_rules_is_one_of(sp_rules_token(c, k), between)) {
        k++;
    }
    if (!sp_rules_token(c, k) || sp_rules_token(c, k)->word != SP_WORD_USUAL) {
        return 1;
    }
    for (k = 0; k < c->tokens.count; k++) {
        if (sp_rules_token(c, k)->type == SP_TOKEN_VALUE && sp_rules_token(c, k)->group == t->group && !(sp_rules_token(c, k)->fact->marks & SP_FACT_UNUSUAL)) {
            return 1;
        }
    }
    return 0;
}

/* "its usual level" is what a value is above or below, unless the value is that level. */
static int is_called_usual(const sp_sentence_check_t *c, int i)
{
    static const char *const between[] = {"its", "the", "what", "is", NULL}, *const levels[] = {"usual", "change_point", NULL};
    int k = i - 1;

    if (!sp_rules_is_word(sp_rules_token(c, i), "usual level")) {
        return 0;
    }
    while (sp_rules_is_one_of(sp_rules_token(c, k), between)) {
        k--;
    }
    return !sp_rules_is_class(sp_rules_token(c, k), SP_WORD_UP) && !sp_rules_is_class(sp_rules_token(c, k), SP_WORD_DOWN) &&
           value_but(c, sp_rules_token(c, i)->group, levels) != NULL;
}

/* "a typical 2,741 viewers" of a week that was far from it: what is usual stands behind what compares with it. */
static int is_outlier_called_usual(const sp_sentence_check_t *c, int i)
{
    static const char *const between[] = {"its", "the", "what", "is", "a", "for", "it", NULL}, *const lead[] = {"than", "against", "far above", "far below",
                                                                                                                NULL};
    const sp_token_t *t = sp_rules_token(c, i);
    int k = i - 1, outliers = 0;

    for (int v = 0; sp_rules_is_class(t, SP_WORD_USUAL) && v < c->tokens.count; v++) {
        const sp_token_t *value = sp_rules_token(c, v);
        outliers |= value->group == t->group && (is_kind(value, "outlier") || is_kind(value, "platform_outlier") || is_kind(value, "record_platform"));
    }
    while (sp_rules_is_one_of(sp_rules_token(c, k), between)) {
        k--;
    }
    return outliers && !sp_rules_is_one_of(sp_rules_token(c, k), lead) && !sp_rules_is_class(sp_rules_token(c, k), SP_WORD_UP) &&
           !sp_rules_is_class(sp_rules_token(c, k), SP_WORD_DOWN);
}

/* "YOUTUBE gets 58 % of its viewers": whose they are is the name in front, which must be no platform's. */
static int is_viewers_of_platform(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *value = sp_rules_token(c, i - 2);
    int k = i - 1;

    if (!sp_rules_is_word(sp_rules_token(c, i), "its") || !sp_rules_is_class(sp_rules_token(c, i + 1), SP_WORD_VIEWERS) ||
        !sp_rules_is_word(sp_rules_token(c, i - 1), "of") || !has_role(value, SP_ROLE_SHARE) || !value->fact->platform) {
        return 0;
    }
    while (sp_rules_token(c, k) && sp_rules_token(c, k)->type != SP_TOKEN_NAME) {
        k--;
    }
    return is_name(sp_rules_token(c, k), SP_WHO_PLATFORM);
}

/* "a usual day": what is usual is so of weeks. */
static int is_usual_of_days(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *next = sp_rules_token(c, i + 1);

    return sp_rules_is_class(sp_rules_token(c, i), SP_WORD_USUAL) &&
           (sp_rules_is_class(next, SP_WORD_DAYS) || sp_rules_is_class(next, SP_WORD_PERIOD) || sp_rules_is_class(next, SP_WORD_THINGS));
}

/* "152 its usual number", "28 days gaps", "a share of 973": only "2.7 times" and a count can stand so. */
static int is_beside_wrong_noun(const sp_sentence_check_t *c, int i)
{
    static const char *const the[] = {"its", "the", "what", NULL}, *const share[] = {"share", "shares", "part", NULL};
    const sp_token_t *t = sp_rules_token(c, i), *next = sp_rules_token(c, i + 1);

    if (t->type != SP_TOKEN_VALUE) {
        return 0;
    }
    if (sp_rules_is_word(sp_rules_token(c, i - 1), "of") && sp_rules_is_one_of(sp_rules_token(c, i - 2), share) && !has_role(t, SP_ROLE_SHARE)) {
        return 1;
    }
    return (sp_rules_is_one_of(next, the) && sp_rules_is_class(sp_rules_token(c, i + 2), SP_WORD_USUAL) && !has_role(t, SP_ROLE_FACTOR)) ||
           (sp_rules_is_class(next, SP_WORD_MISSING) && t->fact->unit != SP_UNIT_COUNT);
}

/* The first number is of a platform: "SERVICE began ... with 28 viewers on PLATFORM" says that the service did. */
static int is_beginning_of_service(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i);
    const char *platform = NULL;

    if (!sp_rules_is_class(t, SP_WORD_STARTED) && !sp_rules_is_class(t, SP_WORD_ENDED)) {
        return 0;
    }
    for (int k = 0; k < c->tokens.count; k++) {
        const sp_token_t *other = sp_rules_token(c, k);
        if (other->group == t->group && (is_kind(other, "platform_first") || is_kind(other, "platform_last"))) {
            platform = other->fact->platform;
        }
    }
    for (int k = 0; platform && k < c->tokens.count; k++) {
        const sp_token_t *other = sp_rules_token(c, k);
        if (other->type == SP_TOKEN_NAME && strcmp(other->text, platform) == 0) {
            return 0;
        }
        if (k > i && (other->type == SP_TOKEN_DATE || other->type == SP_TOKEN_VALUE)) {
            return 1;
        }
    }
    return 0;
}

/* The record of a service is one among its weeks: "the top service", "NAME led", "the highest was NAME" say that it is one among services. */
static int is_rank_of_record(const sp_sentence_check_t *c, int i)
{
    static const char *const nouns[] = {"record",   "records",         "peak",          "peaks",        "peaked", "record week", "highest week", "its low",
                                        "its high", "all time record", "all time high", "all time low", NULL},
                             *const own[] = {"its", NULL}, *const ties[] = {"of", "that", "for", NULL};
    const sp_token_t *t = sp_rules_token(c, i);
    int is_record = 0, is_thing = 0, is_tied = sp_rules_is_one_of(t, nouns) || sp_rules_is_one_of(sp_rules_token(c, i - 1), own);

    if (!sp_rules_is_class(t, SP_WORD_HIGHEST) && !sp_rules_is_class(t, SP_WORD_LOWEST)) {
        return 0;
    }
    for (int k = 0; k < c->tokens.count; k++) {
        const sp_token_t *other = sp_rules_token(c, k);
        if (other->group != t->group) {
            continue;
        }
        is_thing |= sp_rules_is_class(other, SP_WORD_THINGS);
        is_record |= other->type == SP_TOKEN_VALUE && (other->fact->service || other->fact->event) && strcmp(other->fact->kind, "event_record") != 0 &&
                     (other->fact->marks & (SP_FACT_RECORD_HIGH | SP_FACT_RECORD_LOW));
        is_tied |=
            k > i && k <= i + 5 && (is_name(other, SP_WHO_SERVICE) || is_name(other, SP_WHO_EVENT)) && sp_rules_is_one_of(sp_rules_token(c, k - 1), ties);
    }
    return is_record && (is_thing || !is_tied);
}

/* Phrases that a few kinds of facts bear out. */
static int is_phrase_of_others(const sp_sentence_check_t *c, int i)
{
    static const struct {
        const char *phrase, *kinds[4];
    } phrases[] = {{"on the same platforms", {"event_against_week", NULL}},
                   {"the same week a year earlier", {"week_change_year", NULL}},
                   {"the same month a year earlier", {"month_change_year", NULL}},
                   {"the same quarter a year earlier", {"quarter_change_year", NULL}},
                   {"event with the most viewers", {"event_record", NULL}},
                   {"the most of any special event", {"event_record", NULL}},
                   {"the most of all special events", {"event_record", NULL}},
                   {"all time record", {"record_high", NULL}},
                   {"all time high", {"record_high", NULL}},
                   {"all time low", {"record_low", NULL}},
                   {"week with the most viewers", {"record_high", NULL}},
                   {"of single platforms", {"odd_numbers", NULL}},
                   {"over the same days", {"event_edition_change", "event_edition_now", "event_edition_before", NULL}},
                   {"in the same days", {"event_edition_change", "event_edition_now", "event_edition_before", NULL}},
                   {"on the same days", {"event_edition_change", "event_edition_now", "event_edition_before", NULL}},
                   {"its low", {"record_low", NULL}},
                   {"its high", {"record_high", "event_peak", NULL}},
                   {"record week", {"record_high", "record_factor", NULL}},
                   {"highest week", {"record_high", "record_factor", NULL}}};
    const sp_token_t *t = sp_rules_token(c, i);

    for (size_t k = 0; (t->type == SP_TOKEN_WORD || t->type == SP_TOKEN_BASE) && k < sizeof(phrases) / sizeof(phrases[0]); k++) {
        if (strcmp(t->text, phrases[k].phrase) == 0) {
            return value_but(c, t->group, phrases[k].kinds) != NULL;
        }
    }
    return 0;
}

/* "5 % of the event's viewers" are none of all. */
static int is_event_of_all(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i);

    for (int k = 0; t->type == SP_TOKEN_ALL && (t->who & (1u << SP_WHO_SERVICE)) && k < c->tokens.count; k++) {
        const sp_token_t *value = sp_rules_token(c, k);
        if (value->type == SP_TOKEN_VALUE && value->group == t->group && value->fact->event && sp_rules_base(value->fact) != SP_BASE_USUAL) {
            return 1;
        }
    }
    return 0;
}

/* "was on TWITCH in the week of DAY", with no value and no claim that a fact could bear out: only dates that are facts themselves, or the ends of a gap, can be told so. */
static int is_bare_date(const sp_sentence_check_t *c, int i)
{
    static const char *const since[] = {"since", NULL};
    const sp_token_t *t = sp_rules_token(c, i);
    int claims = 0;

    if (t->type != SP_TOKEN_DATE || !t->fact || (t->fact->unit == SP_UNIT_DATE && t->member == SP_MEMBER_VALUE)) {
        return 0;
    }
    for (int k = 0; k < c->tokens.count; k++) {
        const sp_token_t *other = sp_rules_token(c, k);
        if (other->type == SP_TOKEN_VALUE) {
            return 0;
        }
        claims |= other->type == SP_TOKEN_WORD && (other->word == SP_WORD_MISSING || (other->word >= SP_WORD_UP && other->word <= SP_WORD_FORECAST));
    }
    return sp_rules_group_has(c, t->group, since) || (!claims && !sp_rules_begins_as_advice(&c->tokens));
}

int sp_rules_check_turns(sp_sentence_check_t *c)
{
    static const struct {
        turn_t is_met;
        const char *what;
    } turns[] = {
        {is_by_no_change, "is not by how much something changed"},
        {is_streak_of_levels, "is of weeks that rose or fell each"},
        {is_factor_since, "is of one week, and not \"since\""},
        {is_share_of_platform, "is not a part of the viewers of that platform"},
        {is_given_to_platform, "gets a share that can be read in two ways"},
        {is_certain, "is not known yet: say what is expected"},
        {is_moved_elsewhere, "needs \"from\" a value \"to\" another"},
        {is_far_from_something_else, "needs a fact that is far from what is usual"},
        {is_called_usual, "is what something else is"},
        {is_outlier_called_usual, "is what a number far from it is not"},
        {is_viewers_of_platform, "is whose viewers: name the service in front"},
        {is_usual_of_days, "is so of weeks alone"},
        {is_bare_date, "is a date with nothing beside it that a fact bears out"},
        {is_beside_wrong_noun, "is no number of what follows it"},
        {is_beginning_of_service, "needs its platform before the day"},
        {is_rank_of_record, "is told of its own weeks: \"its highest week\", \"the highest week of\" it"},
        {is_phrase_of_others, "is borne out by no value beside it"},
        {is_event_of_all, "is more than one event"},
    };
    for (int i = 0; i < c->tokens.count; i++) {
        for (size_t k = 0; k < sizeof(turns) / sizeof(turns[0]); k++) {
            if (turns[k].is_met(c, i)) {
                return sp_tokens_refuse(&c->tokens, "\"%s\" %s", c->tokens.token[i].text, turns[k].what);
            }
        }
    }
    return 0;
}
