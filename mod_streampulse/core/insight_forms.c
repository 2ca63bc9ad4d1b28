/* What is told in a few words only, because others could make it something that happened: weeks to come, parts of each year, services that are late. */
#include "insight_rules.h"

#include <string.h>

#define OFF_BY   "would have been off by"
#define THE_PAST "over the past"

typedef struct {
    const char *kind;
    const char *const *words; /* that may stand with it */
    const char *const *needs; /* one of them must; NULL: none */
    const char *before;       /* must stand right in front of it; NULL: nothing must */
    const char *after;        /* must stand right behind it; NULL: nothing must */
} form_t;

#define AHEAD_WORDS                                                                                                                                            \
    "for", "in", "the", "week", "of", "that", "from", "to", "about", "around", "roughly", "approximately", "viewers", "a", "an", "per", "each", "is", "are",   \
        "expected", "forecast", "predicted", "projected", "likely", "probably", "will", "be", "have", "bring", "draw", "reach", "see", "attract", "between",   \
        "and", "audience", "number", "its", "interval", "expect", "can be expected"

static const char *const week_words[] = {AHEAD_WORDS, NULL}, *const mean_words[] = {AHEAD_WORDS, "weeks", NULL};
static const char *const ahead_needs[] = {"expected", "forecast", "predicted", "projected", "likely", "probably", "expect", "can be expected", NULL};
static const char *const error_words[] = {"such", "forecasts", "of", "for", OFF_BY, "on", "average", "in", "the", "mean", NULL};
static const char *const error_needs[] = {"forecasts", NULL};
static const char *const tried_words[] = {THE_PAST, NULL};
static const char *const season_words[] = {"usually", "has",   "have",    "is", "are", "more", "fewer", "higher", "lower",
                                           "above",   "below", "viewers", "in", "at",  "of",   "than",  NULL};
static const char *const season_needs[] = {"usually", NULL};
static const char *const behind_words[] = {"the", "numbers", "of", "are", "is", "behind", "its", "latest", "week", "with", "that", NULL};

/* What leads to the next clause. */
static const char *const joins[] = {"and", "but", "while", "whereas", "although", "though", NULL};

static const form_t forms[] = {
    {"forecast", week_words, ahead_needs, NULL, NULL},
    {"forecast_mean", mean_words, ahead_needs, NULL, NULL},
    {"forecast_error", error_words, error_needs, OFF_BY, NULL},
    {"forecast_tried", tried_words, NULL, THE_PAST, NULL},
    {"behind", behind_words, NULL, NULL, "behind"},
    {"season_week_high", season_words, season_needs, NULL, NULL},
    {"season_week_low", season_words, season_needs, NULL, NULL},
    {"season_month_high", season_words, season_needs, NULL, NULL},
    {"season_month_low", season_words, season_needs, NULL, NULL},
};

static const form_t *form_of(const sp_fact_t *fact)
{
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (strcmp(forms[i].kind, fact->kind) == 0) {
            return &forms[i];
        }
    }
    return NULL;
}

int sp_rules_has_form(const sp_fact_t *fact)
{
    return form_of(fact) != NULL;
}

/* Words of its stretch that the form does not know, or values of something else. */
static int check_company(sp_sentence_check_t *c, const sp_token_t *value, const form_t *form)
{
    sp_tokens_t *s = &c->tokens;

    for (int i = 0; i < s->count; i++) {
        const sp_token_t *t = &s->token[i];
        if (t->group != value->group || sp_rules_is_one_of(t, joins)) {
            continue;
        }
        if ((t->type == SP_TOKEN_WORD && !sp_rules_is_one_of(t, form->words)) || t->type == SP_TOKEN_ALL) {
            return sp_tokens_refuse(s, "with \"%s\" it can not be told in the word \"%s\": begin another clause", value->text, t->text);
        }
        if (sp_rules_is_value(t) && t->fact != value->fact) {
            return sp_tokens_refuse(s, "\"%s\" and \"%s\" need a clause each", value->text, t->text);
        }
    }
    return 0;
}

/* An interval may stand in a stretch of its own: the words are those of the value that it is of, where that is told. */
static int group_of_value(const sp_sentence_check_t *c, const sp_token_t *value)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (sp_rules_is_value(t) && t->fact == value->fact && t->member == SP_MEMBER_VALUE) {
            return t->group;
        }
    }
    return value->group;
}

static int has_season(const sp_sentence_check_t *c, const sp_token_t *value)
{
    for (int i = 0; i < c->tokens.count; i++) {
        const sp_token_t *t = &c->tokens.token[i];
        if (t->type == SP_TOKEN_SEASON && t->group == value->group && t->fact == value->fact) {
            return 1;
        }
    }
    return 0;
}

static const sp_token_t *next_value(const sp_sentence_check_t *c, int i)
{
    for (i++; i < c->tokens.count; i++) {
        if (sp_rules_is_value(&c->tokens.token[i])) {
            return &c->tokens.token[i];
        }
    }
    return NULL;
}

/* How many weeks it was tried on belongs to how far off it was. */
static int leads_to_error(const sp_sentence_check_t *c, int i)
{
    const sp_token_t *next = next_value(c, i);
    const char *service = c->tokens.token[i].fact->service;

    return next && strcmp(next->fact->kind, "forecast_error") == 0 && service && next->fact->service && strcmp(next->fact->service, service) == 0;
}

static int check_value(sp_sentence_check_t *c, int i)
{
    sp_tokens_t *s = &c->tokens;
    const sp_token_t *value = &s->token[i];
    const form_t *form = form_of(value->fact);

    if (!form) {
        return 0;
    }
    if (check_company(c, value, form)) {
        return 1;
    }
    if (form->needs && !sp_rules_group_has(c, group_of_value(c, value), form->needs)) {
        return sp_tokens_refuse(s, "\"%s\" needs the word \"%s\" with it", value->text, form->needs[0]);
    }
    if (form->before && !sp_rules_is_word(sp_rules_neighbour(s, i, -1), form->before)) {
        return sp_tokens_refuse(s, "\"%s\" needs the words \"%s\" in front of it", value->text, form->before);
    }
    if (form->after && !sp_rules_is_word(sp_rules_neighbour(s, i, 1), form->after)) {
        return sp_tokens_refuse(s, "\"%s\" needs the word \"%s\" after it", value->text, form->after);
    }
    if (value->fact->season && !has_season(c, value)) {
        return sp_tokens_refuse(s, "it does not say of which part of the year or month \"%s\" is", value->text);
    }
    return strcmp(form->kind, "forecast_tried") == 0 && !leads_to_error(c, i)
               ? sp_tokens_refuse(s, "\"%s\" is on how many weeks a forecast was tried: say how far off it would have been", value->text)
               : 0;
}

/* Words that are there for one form stand nowhere else, and neither does the name of a season. */
static int check_other(sp_sentence_check_t *c, int i)
{
    sp_tokens_t *s = &c->tokens;
    const sp_token_t *t = &s->token[i], *next = sp_rules_neighbour(s, i, 1);

    if (t->type == SP_TOKEN_WORD && (strcmp(t->text, OFF_BY) == 0 || strcmp(t->text, THE_PAST) == 0)) {
        const form_t *form = sp_rules_is_value(next) ? form_of(next->fact) : NULL;
        return form && form->before && strcmp(form->before, t->text) == 0 ? 0 : sp_tokens_refuse(s, "\"%s\" belongs to how good forecasts were", t->text);
    }
    if (t->type != SP_TOKEN_SEASON) {
        return 0;
    }
    for (int k = 0; k < s->count; k++) {
        if (sp_rules_is_value(&s->token[k]) && s->token[k].group == t->group && s->token[k].fact == t->fact) {
            return 0;
        }
    }
    return sp_tokens_refuse(s, "nothing is told of \"%s\"", t->text);
}

int sp_rules_check_forms(sp_sentence_check_t *c)
{
    for (int i = 0; i < c->tokens.count; i++) {
        if (sp_rules_is_value(&c->tokens.token[i]) ? check_value(c, i) : check_other(c, i)) {
            return 1;
        }
    }
    return 0;
}
