/* "a week", "a day", "in the month": the stretch of time that a sentence speaks of must be the one that its values are of. */
#include "insight_rules.h"

#include <string.h>

/* "a week", "per week", "weekly": so many in each of them. */
static int is_rate(const sp_tokens_t *s, int i)
{
    static const char *const articles[] = {"a", "an", "per", "each", "every", "any", "one"}, *const adjectives[] = {"weekly", "daily",  "monthly", "quarterly",
                                                                                                                    "yearly", "annual", "annually"};

    for (size_t k = 0; k < sizeof(adjectives) / sizeof(adjectives[0]); k++) {
        if (sp_rules_is_word(&s->token[i], adjectives[k])) {
            return 1;
        }
    }
    for (size_t k = 0; i > 0 && k < sizeof(articles) / sizeof(articles[0]); k++) {
        if (sp_rules_is_word(&s->token[i - 1], articles[k])) {
            return 1;
        }
    }
    return 0;
}

static int is_plural(const sp_token_t *t)
{
    return t->text[strlen(t->text) - 1] == 's';
}

static int suits_week(const sp_fact_t *fact, int rate)
{
    const sp_fact_kind_t *kind = sp_insight_kind(fact);

    if (rate) {
        return fact->unit == SP_UNIT_VIEWERS_PER_WEEK || (kind->role == SP_ROLE_CHANGE && (kind->needs & (SP_NEEDS_DATE | SP_NEEDS_RECENT | SP_NEEDS_BASE)) &&
                                                          strcmp(fact->kind, "week_change_year") != 0 && !fact->event);
    }
    if (kind->base == SP_BASE_USUAL || kind->role == SP_ROLE_LENGTH) {
        return 1;
    }
    return kind->role == SP_ROLE_CHANGE ? strncmp(fact->kind, "week_", 5) == 0 : sp_rules_is_single(fact);
}

static int suits_day(const sp_fact_t *fact, int rate)
{
    const sp_fact_kind_t *kind = sp_insight_kind(fact);

    if (rate) {
        return (kind->needs & SP_NEEDS_DAY) != 0;
    }
    return fact->unit == SP_UNIT_DAYS || (fact->event && fact->from == fact->to);
}

static int suits_period(const sp_fact_t *fact, const char *word, int rate)
{
    static const char *const words[] = {"", "month", "quarter", "year"};
    sp_interval_e interval;
    sp_day_t first, last;

    if (rate) {
        return 0;
    }
    if (strcmp(word, "months") == 0 || strcmp(word, "years") == 0) {
        return !sp_rules_is_single(fact);
    }
    return sp_fact_period(fact, &interval, &first, &last) && interval != SP_INTERVAL_WEEK && strcmp(words[interval], word) == 0;
}

/* "the platform", "the event": the value must be of one, and not of each. */
static int suits_thing(const sp_fact_t *fact, const char *word, int rate)
{
    static const struct {
        const char *word;
        sp_who_e who;
    } things[] = {{"platform", SP_WHO_PLATFORM}, {"channel", SP_WHO_PLATFORM}, {"service", SP_WHO_SERVICE}, {"program", SP_WHO_SERVICE},
                  {"programme", SP_WHO_SERVICE}, {"event", SP_WHO_EVENT},      {"edition", SP_WHO_EVENT}};

    if (fact->unit == SP_UNIT_COUNT) {
        return 1;
    }
    for (size_t k = 0; k < sizeof(things) / sizeof(things[0]); k++) {
        if (strcmp(things[k].word, word) == 0) {
            return !rate && sp_rules_name(fact, things[k].who) != NULL;
        }
    }
    return 0;
}

/* "since the week of DAY" is a day. */
static int is_since_week(const sp_tokens_t *s, int i)
{
    return i >= 2 && i + 2 < s->count && sp_rules_is_word(&s->token[i], "week") && sp_rules_is_word(&s->token[i - 1], "the") &&
           sp_rules_is_word(&s->token[i - 2], "since") && sp_rules_is_word(&s->token[i + 1], "of") && s->token[i + 2].type == SP_TOKEN_DATE;
}

/* "1,209 viewers per week over its 56 weeks", "751 a day over 3 days" */
static int is_length_of_mean(const sp_tokens_t *s, int i, const sp_fact_t *fact)
{
    for (int k = 0; k < i; k++) {
        const sp_token_t *mean = &s->token[k];
        if (mean->type != SP_TOKEN_VALUE || mean->group != s->token[i].group) {
            continue;
        }
        if ((strcmp(fact->kind, "weeks") == 0 && mean->fact->unit == SP_UNIT_VIEWERS_PER_WEEK) ||
            (strcmp(fact->kind, "event_days") == 0 && strcmp(mean->fact->kind, "event_mean") == 0)) {
            return 1;
        }
    }
    return 0;
}

static int suits(const sp_tokens_t *s, int i, const sp_fact_t *fact)
{
    const sp_token_t *t = &s->token[i];
    int rate = is_rate(s, i);

    switch (t->word) {
    case SP_WORD_WEEKS:
        return is_plural(t) || suits_week(fact, rate) || is_since_week(s, i) || (rate && is_length_of_mean(s, i, fact));
    case SP_WORD_DAYS:
        return suits_day(fact, rate) || (is_plural(t) && fact->event);
    case SP_WORD_PERIOD:
        return suits_period(fact, t->text, rate);
    case SP_WORD_THINGS:
        return is_plural(t) || suits_thing(fact, t->text, rate);
    default:
        return 1;
    }
}

/* "the events", "the platforms": not of a value that is about one of them, unless it is told as the largest. */
static int suits_things(const sp_tokens_t *s, int i, const sp_fact_t *fact)
{
    static const struct {
        const char *word;
        sp_who_e who;
    } things[] = {{"platforms", SP_WHO_PLATFORM}, {"channels", SP_WHO_PLATFORM}, {"services", SP_WHO_SERVICE}, {"programs", SP_WHO_SERVICE},
                  {"programmes", SP_WHO_SERVICE}, {"events", SP_WHO_EVENT},      {"editions", SP_WHO_EVENT}};

    for (size_t k = 0; fact->unit != SP_UNIT_COUNT && k < sizeof(things) / sizeof(things[0]); k++) {
        if (sp_rules_is_word(&s->token[i], things[k].word)) {
            return sp_rules_name(fact, things[k].who) == NULL;
        }
    }
    return fact->unit == SP_UNIT_COUNT || !sp_rules_is_word(&s->token[i], "streams");
}

/* Words that only some values can bear: "overall" one of everything, "in a row" a streak; "per" nothing but a week or a day. */
static int suits_word(const sp_tokens_t *s, int i, const sp_fact_t *fact)
{
    const sp_token_t *t = &s->token[i];

    if (sp_rules_is_word(t, "overall") || sp_rules_is_word(t, "altogether") || sp_rules_is_word(t, "combined") || sp_rules_is_word(t, "together")) {
        return !fact->service || strcmp(fact->kind, "total") == 0;
    }
    if (sp_rules_is_word(t, "in a row")) {
        return strcmp(fact->kind, "streak") == 0;
    }
    return !sp_rules_is_word(t, "per") || (i + 1 < s->count && sp_rules_is_word(&s->token[i + 1], "week"));
}

/* "a day" is joined to one token; it is a rate as well. */
static int is_day_phrase(const sp_token_t *t)
{
    return sp_rules_is_word(t, "a day") || sp_rules_is_word(t, "per day");
}

int sp_rules_check_rates(sp_sentence_check_t *c)
{
    sp_tokens_t *s = &c->tokens;

    for (int i = 0; i < s->count; i++) {
        for (int k = 0; s->token[i].type == SP_TOKEN_WORD && k < s->count; k++) {
            const sp_token_t *value = &s->token[k];
            if (value->type != SP_TOKEN_VALUE || value->group != s->token[i].group) {
                continue;
            }
            if (!suits(s, i, value->fact) || !suits_things(s, i, value->fact) || !suits_word(s, i, value->fact) ||
                (is_day_phrase(&s->token[i]) && !suits_day(value->fact, 1) && !is_length_of_mean(s, i, value->fact))) {
                return sp_tokens_refuse(s, "\"%s\" is not of such a time as \"%s\"", value->text, s->token[i].text);
            }
        }
    }
    return 0;
}
