/* What a sentence says by the order of its words: the same words with the same value can be true in one order and false in another. */
#include "insight_rules.h"

#include <string.h>

typedef int (*idiom_t)(const sp_sentence_check_t *c, int i); /* not 0: the token at i makes the sentence say something else */

static int is_kind(const sp_token_t *t, const char *kind)
{
    return t->fact && strcmp(t->fact->kind, kind) == 0;
}

/* "All services fell by 6 %": each of them did, it says. */
static int says_each(const sp_sentence_check_t *c, int i)
{
    static const char *const across[] = {"across", "of", "in", "for", "from", "at", "on", NULL}, *const have[] = {"have", "had", "were", "are", NULL};
    const sp_token_t *next = sp_rules_token(c, i + 1);

    if (sp_rules_token(c, i)->type != SP_TOKEN_ALL || strncmp(sp_rules_token(c, i)->text, "of ", 3) == 0 ||
        sp_rules_is_one_of(sp_rules_token(c, i - 1), across)) {
        return 0;
    }
    next = sp_rules_is_one_of(next, have) ? sp_rules_token(c, i + 2) : next;
    return sp_rules_is_class(next, SP_WORD_UP) || sp_rules_is_class(next, SP_WORD_DOWN) || sp_rules_is_class(next, SP_WORD_DOUBLED) ||
           sp_rules_is_class(next, SP_WORD_HALVED);
}

/* "usually" is of what is usual, and neither of a mean nor of one week; "as usual" is of nothing that is worth a sentence. */
static int says_usually(const sp_sentence_check_t *c, int i)
{
    static const char *const adverbs[] = {"usually", "normally", "typically", NULL}, *const middles[] = {"usual",    "usually", "typical",  "typically",
                                                                                                         "ordinary", "normal",  "normally", "median",
                                                                                                         "regular",  NULL};
    const sp_token_t *t = sp_rules_token(c, i);

    if (sp_rules_is_word(t, "usual") && sp_rules_is_word(sp_rules_token(c, i - 1), "as")) {
        return 1;
    }
    if (!sp_rules_is_value(t)) {
        return 0;
    }
    if (sp_rules_group_has(c, t->group, adverbs) && !t->fact->season && strcmp(t->fact->kind, "usual") != 0 &&
        strcmp(t->fact->kind, "record_platform_usual") != 0) {
        return 1;
    }
    return t->fact->unit == SP_UNIT_VIEWERS_PER_WEEK && sp_rules_base(t->fact) == SP_BASE_NONE && sp_rules_group_has(c, t->group, middles);
}

/* "its platforms", "of its weeks": each of them, or a part of them. */
static int says_its_things(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i), *next = sp_rules_token(c, i + 1);

    if (!sp_rules_is_word(t, "its") || !next || (!sp_rules_is_class(next, SP_WORD_THINGS) && !sp_rules_is_class(next, SP_WORD_WEEKS)) ||
        next->text[strlen(next->text) - 1] != 's') {
        return 0;
    }
    for (int k = 0; k < c->tokens.count; k++) {
        const sp_token_t *value = sp_rules_token(c, k);
        if (sp_rules_is_value(value) && value->group == t->group && sp_rules_role(value->fact) != SP_ROLE_LENGTH) {
            return 1;
        }
    }
    return 0;
}

/* "lost 9.7 % of its viewers" */
static int is_lost_part(const sp_sentence_check_t *c, int i)
{
    static const char *const lost[] = {"lost", "lose", "loses", "losing", NULL};

    return sp_rules_is_one_of(sp_rules_token(c, i - 1), lost) && sp_rules_is_word(sp_rules_token(c, i + 2), "its") &&
           sp_rules_is_class(sp_rules_token(c, i + 3), SP_WORD_VIEWERS);
}

/* A change is a part of nothing, and a share none of weeks. */
static int says_part_of_weeks(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i), *next = sp_rules_token(c, i + 1);

    if (!sp_rules_is_value(t) || t->fact->unit != SP_UNIT_PERCENT) {
        return 0;
    }
    return sp_rules_is_class(next, SP_WORD_WHOLE) || (sp_rules_role(t->fact) == SP_ROLE_CHANGE && sp_rules_is_word(next, "of") && !is_lost_part(c, i));
}

/* "A year earlier it was higher than now" turns it round: what a change is counted from comes after "than", "on" and the like. */
static int turns_base_round(const sp_sentence_check_t *c, int i)
{
    static const char *const lead[] = {"than", "on", "over", "against", "from", "with", "to", "since", "of", "above", "below", NULL}, *const between[] = {
                                                                                                                                          "in", "at", "for",
                                                                                                                                          NULL};
    const sp_token_t *t = sp_rules_token(c, i);
    int k = sp_rules_is_one_of(sp_rules_token(c, i - 1), between) ? i - 2 : i - 1;

    if (t->type != SP_TOKEN_BASE || t->base == SP_BASE_USUAL || strchr(t->text, '%') == t->text ||
        (sp_rules_is_value(sp_rules_token(c, i - 1)) && sp_rules_is_down_from_week_before(c, t->group))) {
        return 0;
    }
    return !sp_rules_is_one_of(sp_rules_token(c, k), lead);
}

/* "973 viewers since the week of ...": a number of one week, and a gap, is no sum from then on. */
static int counts_on(const sp_sentence_check_t *c, int i)
{
    static const char *const since[] = {"since", NULL};
    const sp_token_t *t = sp_rules_token(c, i);

    return sp_rules_is_value(t) && sp_rules_group_has(c, t->group, since) &&
           ((sp_rules_role(t->fact) == SP_ROLE_LEVEL && sp_rules_is_single(t->fact)) || is_kind(t, "gap"));
}

/* "from the week of ..." without an end: as "since". */
static int counts_on_from(const sp_sentence_check_t *c, int i)
{
    static const char *const between[] = {"the", "week", "of", "that", NULL};
    const sp_token_t *t = sp_rules_token(c, i);
    int k = i - 1;

    while (sp_rules_is_one_of(sp_rules_token(c, k), between)) {
        k--;
    }
    if (t->type != SP_TOKEN_DATE || !sp_rules_is_word(sp_rules_token(c, k), "from")) {
        return 0;
    }
    for (k = i + 1; k < c->tokens.count; k++) {
        if (sp_rules_token(c, k)->type == SP_TOKEN_DATE) {
            return 0;
        }
    }
    for (k = 0; k < c->tokens.count; k++) {
        const sp_token_t *value = sp_rules_token(c, k);
        if (sp_rules_is_value(value) && value->group == t->group && sp_rules_role(value->fact) == SP_ROLE_LEVEL && sp_rules_is_single(value->fact)) {
            return 1;
        }
    }
    return 0;
}

/* "..., and platforms fell", "its share fell", "its highest share": of which no value tells. */
static int is_aside(const sp_sentence_check_t *c, int i)
{
    static const char *const nouns[] = {"share", "shares", "part", "parts", "platforms", "channels", "services", "programs", "events", "streams", NULL},
                             *const shares[] = {"share", "part", NULL};
    const sp_token_t *t = sp_rules_token(c, i), *next = sp_rules_token(c, i + 1);

    if (sp_rules_is_class(t, SP_WORD_HIGHEST) || sp_rules_is_class(t, SP_WORD_LOWEST)) {
        return sp_rules_is_word(sp_rules_token(c, i - 1), "its") && sp_rules_is_one_of(next, shares);
    }
    return sp_rules_is_one_of(t, nouns) && (sp_rules_is_class(next, SP_WORD_UP) || sp_rules_is_class(next, SP_WORD_DOWN));
}

/* "2.7 times higher" is 3.7 times as much to one reader and 2.7 times to another. */
static int is_factor_more(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i);

    return sp_rules_is_value(t) && sp_rules_role(t->fact) == SP_ROLE_FACTOR &&
           (sp_rules_is_class(sp_rules_token(c, i + 1), SP_WORD_UP) || sp_rules_is_class(sp_rules_token(c, i + 1), SP_WORD_DOWN));
}

/* "58 % of the viewers on YOUTUBE" is not "58 % of the viewers are on YOUTUBE". */
static int is_part_of_platform(const sp_sentence_check_t *c, int i)
{
    static const char *const of[] = {"of", "the", "all", NULL}, *const on[] = {"on", "at", "from", NULL}, *const the[] = {"the", NULL};
    const sp_token_t *t = sp_rules_token(c, i);
    int k = i + 1;

    if (!sp_rules_is_value(t) || sp_rules_role(t->fact) != SP_ROLE_SHARE || !t->fact->platform) {
        return 0;
    }
    k += sp_rules_token(c, k) && sp_rules_token(c, k)->type == SP_TOKEN_ALL;
    while (sp_rules_is_one_of(sp_rules_token(c, k), of)) {
        k++;
    }
    k += sp_rules_is_class(sp_rules_token(c, k), SP_WORD_VIEWERS);
    if (k == i + 1 || !sp_rules_is_one_of(sp_rules_token(c, k), on)) {
        return 0;
    }
    k += 1 + sp_rules_is_one_of(sp_rules_token(c, k + 1), the);
    return sp_rules_token(c, k) && sp_rules_token(c, k)->type == SP_TOKEN_NAME && sp_rules_token(c, k)->who == 1u << SP_WHO_PLATFORM;
}

/* The number of a first or last week stands "with" its date. */
static int is_first_week_undated(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i);

    return sp_rules_is_value(t) && (is_kind(t, "platform_first") || is_kind(t, "platform_last")) && !c->group[t->group].dates &&
           !sp_rules_is_word(sp_rules_token(c, i - 1), "with");
}

/* "SERVICE started in the week of ..., on PLATFORM": until its end it says that the service did. */
static int is_platform_late(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i);

    if (t->type != SP_TOKEN_DATE || t->member != SP_MEMBER_VALUE || !t->fact || !t->fact->platform ||
        (!is_kind(t, "platform_started") && !is_kind(t, "platform_ended"))) {
        return 0;
    }
    for (int k = 0; k < i; k++) {
        if (sp_rules_token(c, k)->type == SP_TOKEN_NAME && strcmp(sp_rules_token(c, k)->text, t->fact->platform) == 0) {
            return 0;
        }
    }
    return 1;
}

/* "by 3 % a week" of what is 3 % in all. */
static int is_change_as_rate(const sp_sentence_check_t *c, int i)
{
    static const char *const each[] = {"a", "per", "each", "every", "weekly", NULL};

    return sp_rules_is_value(sp_rules_token(c, i)) && sp_rules_role(sp_rules_token(c, i)->fact) == SP_ROLE_CHANGE &&
           sp_rules_is_one_of(sp_rules_token(c, i + 1), each);
}

/* "between the later day and the earlier", "from a day to the same day" */
static int turns_days_round(const sp_sentence_check_t *c, int i)
{
    static const char *const lead[] = {"between", "from", NULL}, *const go_on[] = {"the", "week", "of", "that", "and", "to", "until", "month", "day", NULL};
    const sp_token_t *first = NULL;

    if (!sp_rules_is_one_of(sp_rules_token(c, i), lead)) {
        return 0;
    }
    for (int k = i + 1; k < c->tokens.count; k++) {
        const sp_token_t *t = sp_rules_token(c, k);
        if (t->type == SP_TOKEN_DATE && first) {
            return first->first >= t->first;
        }
        if (t->type != SP_TOKEN_DATE && !sp_rules_is_one_of(t, go_on)) {
            return 0;
        }
        first = t->type == SP_TOKEN_DATE ? t : first;
    }
    return 0;
}

/* What is counted over all weeks is not of the latest. */
static int is_count_of_week(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *t = sp_rules_token(c, i);

    return sp_rules_is_value(t) && t->fact->unit == SP_UNIT_COUNT && c->group[t->group].is_latest;
}

/* "after the upload", "as before": when without a day. */
static int is_after_nothing(const sp_sentence_check_t *c, int i)
{
    static const char *const when[] = {"after", "before", NULL};

    if (!sp_rules_is_one_of(sp_rules_token(c, i), when) || sp_rules_is_word(sp_rules_token(c, i - 1), "than")) {
        return 0;
    }
    for (int k = i + 1; k < i + 6 && sp_rules_token(c, k) && sp_rules_token(c, k)->type != SP_TOKEN_BREAK; k++) {
        if (sp_rules_token(c, k)->type == SP_TOKEN_DATE || sp_rules_token(c, k)->type == SP_TOKEN_VALUE ||
            sp_rules_is_class(sp_rules_token(c, k), SP_WORD_LATEST)) {
            return 0;
        }
    }
    return 1;
}

/* "25 January 2026 viewers", "had NAME viewers", "in 973 viewers", "56 weeks to watch": a value stands where none of its sort can. */
static int is_out_of_place(const sp_sentence_check_t *c, int i)
{
    static const char *const had[] = {"had", "has", "have", "reached", "lost", NULL};
    const sp_token_t *t = sp_rules_token(c, i), *next = sp_rules_token(c, i + 1), *before = sp_rules_token(c, i - 1);

    if (t->type == SP_TOKEN_DATE) {
        return sp_rules_is_class(next, SP_WORD_VIEWERS) || sp_rules_is_one_of(before, had);
    }
    if (t->type == SP_TOKEN_NAME) {
        return sp_rules_is_class(next, SP_WORD_VIEWERS) && sp_rules_is_one_of(before, had);
    }
    return sp_rules_is_value(t) &&
           ((sp_rules_is_word(before, "in") && sp_rules_role(t->fact) == SP_ROLE_LEVEL) ||
            (sp_rules_is_word(next, "to") && sp_rules_role(t->fact) == SP_ROLE_LENGTH && sp_rules_is_class(sp_rules_token(c, i + 2), SP_WORD_PLAIN)));
}

int sp_rules_check_idioms(sp_sentence_check_t *c)
{
    static const struct {
        idiom_t is_met;
        const char *what;
    } idioms[] = {
        {says_each, "says of each what is true of all together"},
        {says_usually, "calls usual what is not"},
        {says_its_things, "says of each what is true of all together"},
        {says_part_of_weeks, "is no part of that"},
        {turns_base_round, "is what it is counted from: it stands after \"than\" or \"on\""},
        {counts_on, "is no number \"since\" then"},
        {counts_on_from, "is the first day of nothing that goes on"},
        {is_aside, "says more than its values"},
        {is_factor_more, "can be understood in two ways before \"more\" or \"higher\""},
        {is_part_of_platform, "is not a part of the viewers of that platform"},
        {is_first_week_undated, "is of its first or last week alone"},
        {is_platform_late, "is of a platform, which must be named before it"},
        {is_change_as_rate, "is no change of each week"},
        {turns_days_round, "needs an earlier day and a later one"},
        {is_count_of_week, "is not a count of the latest week"},
        {is_after_nothing, "needs a day"},
        {is_out_of_place, "stands in a place where it makes no sense"},
    };
    for (int i = 0; i < c->tokens.count; i++) {
        for (size_t k = 0; k < sizeof(idioms) / sizeof(idioms[0]); k++) {
            if (idioms[k].is_met(c, i)) {
                return sp_tokens_refuse(&c->tokens, "\"%s\" %s", c->tokens.token[i].text, idioms[k].what);
            }
        }
    }
    return 0;
}
