/* Numbers in the writer's own words, and what may stand beside a value: its unit, and no word that makes it another number. */
#include "insight_rules.h"

#include <math.h>
#include <string.h>

#include <apr_strings.h>

sp_fact_role_e sp_rules_role(const sp_fact_t *fact)
{
    return sp_insight_kind(fact)->role;
}

sp_base_e sp_rules_base(const sp_fact_t *fact)
{
    return sp_insight_kind(fact)->base;
}

/* As two spellings of one number are alike: blanks do not count. */
static int same_number(const char *a, const char *b)
{
    for (;;) {
        while (*a == ' ') {
            a++;
        }
        while (*b == ' ') {
            b++;
        }
        if (*a != *b) {
            return 0;
        }
        if (!*a) {
            return 1;
        }
        a++;
        b++;
    }
}

static int says_number(const sp_token_t *t, const sp_fact_t *fact)
{
    if (t->type == SP_TOKEN_VALUE) {
        return same_number(t->text, fact->shown);
    }
    return (fact->unit == SP_UNIT_WEEKS || fact->unit == SP_UNIT_DAYS || fact->unit == SP_UNIT_COUNT) && fact->value >= 0 &&
           (int)fact->value == sp_insight_vocabulary_number(t->text, t->len) && fabs(fact->value) <= 12;
}

/* The fact that the sentence refers to and whose value the literal says. */
static const sp_fact_t *fact_of_literal(const sp_tokens_t *s, const sp_token_t *literal)
{
    for (int i = 0; i < s->count; i++) {
        const sp_token_t *t = &s->token[i];
        if (t->fact && !t->literal && says_number(literal, t->fact)) {
            return t->fact;
        }
    }
    return NULL;
}

int sp_rules_match_numbers(sp_sentence_check_t *c)
{
    sp_tokens_t *s = &c->tokens;

    for (int i = 0; i < s->count; i++) {
        sp_token_t *t = &s->token[i];
        int is_word = t->type == SP_TOKEN_WORD && t->word == SP_WORD_QUANTITY;
        if (!is_word && (t->type != SP_TOKEN_VALUE || !t->literal)) {
            continue;
        }
        const sp_fact_t *fact = fact_of_literal(s, t);
        if (!fact) {
            return sp_tokens_refuse(
                s, is_word ? "the word \"%s\" says a quantity that none of its facts has" : "the number \"%s\" is no value of the facts that it refers to",
                t->text);
        }
        t->type = SP_TOKEN_VALUE;
        t->fact = fact;
        t->literal = 1;
    }
    return 0;
}

static int is_compared(const sp_token_t *t)
{
    return sp_rules_is_class(t, SP_WORD_UP) || sp_rules_is_class(t, SP_WORD_DOWN);
}

static int has_unit_word(const sp_token_t *t)
{
    return t && t->type == SP_TOKEN_WORD && t->word >= SP_WORD_VIEWERS && t->word <= SP_WORD_TIMES;
}

/* Whether a literal number word ("two") says its unit itself, as a shown value does. */
static int shows_unit(const sp_token_t *value)
{
    return strchr(value->text, ' ') != NULL;
}

static int suits_unit(const sp_token_t *value, const sp_token_t *noun)
{
    const sp_fact_t *fact = value->fact;

    switch (fact->unit) {
    case SP_UNIT_VIEWERS:
    case SP_UNIT_VIEWERS_PER_WEEK:
        return noun->word == SP_WORD_VIEWERS;
    case SP_UNIT_WEEKS:
        return noun->word == SP_WORD_WEEKS && !shows_unit(value);
    case SP_UNIT_DAYS:
        return noun->word == SP_WORD_DAYS && !shows_unit(value);
    case SP_UNIT_COUNT:
        return 1; /* check_things */
    case SP_UNIT_PERCENT:
    case SP_UNIT_FACTOR:
    case SP_UNIT_DATE:
        break;
    }
    return 0;
}

/* What each kind counts, and the word that must stand with it so that it is not taken for a count of something wider. */
static const struct {
    const char *kind, *noun, *nouns, *with;
} counted[] = {
    {"services", "service", "services", NULL},
    {"platforms", "platform", "platforms", NULL},
    {"events", "event", "events", NULL},
    {"gaps", "gap", "gaps", NULL},
    {"odd_weekdays", "week", "weeks", "another weekday"},
    {"odd_numbers", "number", "numbers", "far from"},
};

static int stands_in_group(const sp_tokens_t *s, const sp_token_t *value, const char *words)
{
    for (int i = 0; i < s->count; i++) {
        const sp_token_t *t = &s->token[i];
        if (t->group == value->group && t->type == SP_TOKEN_WORD && strncmp(t->text, words, strlen(words)) == 0) {
            return 1;
        }
    }
    return 0;
}

static int check_things(sp_tokens_t *s, int i)
{
    const sp_token_t *value = &s->token[i], *noun = sp_rules_neighbour(s, i, 1);

    if (sp_rules_is_word(noun, "special") && strcmp(value->fact->kind, "events") == 0) {
        noun = sp_rules_neighbour(s, i + 1, 1);
    }
    for (size_t k = 0; k < sizeof(counted) / sizeof(counted[0]); k++) {
        if (strcmp(counted[k].kind, value->fact->kind) == 0 && (sp_rules_is_word(noun, counted[k].noun) || sp_rules_is_word(noun, counted[k].nouns)) &&
            (!counted[k].with || stands_in_group(s, value, counted[k].with))) {
            return 0;
        }
    }
    return sp_tokens_refuse(s, "it does not say what there are \"%s\" of", value->text);
}

/* The noun that counts: after the value, or after "more", "fewer" and the like that follow it. */
static int check_noun(sp_tokens_t *s, int i)
{
    const sp_token_t *value = &s->token[i], *next = sp_rules_neighbour(s, i, 1), *noun = next;

    if (is_compared(next)) {
        noun = sp_rules_neighbour(s, i + 1, 1);
        if (sp_rules_is_class(noun, SP_WORD_VIEWERS) && value->fact->unit == SP_UNIT_PERCENT) {
            return 0;
        }
    }
    if (has_unit_word(noun) && !suits_unit(value, noun)) {
        return sp_tokens_refuse(s, "\"%s\" is not a number of \"%s\"", value->text, noun->text);
    }
    if (value->fact->unit == SP_UNIT_COUNT && check_things(s, i)) {
        return 1;
    }
    return next && (next->type == SP_TOKEN_VALUE || (next->type == SP_TOKEN_NAME && strcspn(next->text, "0123456789") == 0))
               ? sp_tokens_refuse(s, "\"%s\" and \"%s\" stand side by side", value->text, next->text)
               : 0;
}

static int is_lasting(const sp_token_t *value)
{
    return strcmp(value->fact->kind, "weeks") == 0 || strcmp(value->fact->kind, "event_days") == 0;
}

/* "over 1,031" is another number than 1,031, and so is "up to 1,031". */
static int check_words_before(sp_tokens_t *s, int i)
{
    const sp_token_t *value = &s->token[i], *before = sp_rules_neighbour(s, i, -1), *ahead = i > 1 ? sp_rules_neighbour(s, i - 1, -1) : NULL;

    if (!before) {
        int dash = i > 0 && s->token[i - 1].type == SP_TOKEN_BREAK && !strchr(",;:(", s->draft[s->token[i - 1].start]);
        int list = i > 1 && s->token[i - 1].type == SP_TOKEN_BREAK && s->token[i - 2].type == SP_TOKEN_VALUE;
        return dash || list ? sp_tokens_refuse(s, "what stands in front of \"%s\" makes it another number", value->text) : 0;
    }
    if (sp_rules_is_word(before, "over") && is_lasting(value) && (sp_rules_is_class(ahead, SP_WORD_VIEWERS) || sp_rules_is_word(ahead, "a day"))) {
        return 0; /* "had 8,547 viewers over 4 days" */
    }
    if (sp_rules_is_word(before, "than") || sp_rules_is_word(before, "over") || sp_rules_is_word(before, "per") || sp_rules_is_word(before, "like") ||
        sp_rules_is_word(before, "off") || sp_rules_is_word(before, "minus") || before->type == SP_TOKEN_BASE ||
        (before->type == SP_TOKEN_WORD && (before->word == SP_WORD_ADVICE || before->word == SP_WORD_LOWEST || before->word == SP_WORD_HIGHEST) &&
         !(value->fact->marks & (SP_FACT_RECORD_HIGH | SP_FACT_RECORD_LOW)))) {
        return sp_tokens_refuse(s, "\"%.40s\" in front of \"%s\" makes it another number", before->text, value->text);
    }
    if ((sp_rules_is_word(before, "above") || sp_rules_is_word(before, "below") || sp_rules_is_word(before, "under") || sp_rules_is_word(before, "beyond") ||
         sp_rules_is_word(before, "exceeded") || sp_rules_is_word(before, "exceeding") || sp_rules_is_word(before, "exceeds") ||
         sp_rules_is_word(before, "exceed") || sp_rules_is_word(before, "beat") || sp_rules_is_word(before, "beats") || sp_rules_is_word(before, "missed")) ||
        (sp_rules_is_word(before, "to") && sp_rules_is_word(ahead, "up")) ||
        (sp_rules_is_word(before, "of") && (sp_rules_is_word(ahead, "out") || (ahead && ahead->type == SP_TOKEN_VALUE)))) {
        return sp_tokens_refuse(s, "\"%s\" in front of \"%s\" makes it another number", before->text, value->text);
    }
    if (sp_rules_is_class(before, SP_WORD_ABOUT) && !(value->fact->marks & SP_FACT_ESTIMATE) &&
        (value->fact->unit == SP_UNIT_VIEWERS || sp_rules_role(value->fact) == SP_ROLE_LENGTH)) {
        return sp_tokens_refuse(s, "\"%s\" is exact, and not \"%s\"", value->text, before->text);
    }
    return 0;
}

static int is_told_before(const sp_tokens_t *s, const sp_token_t *value)
{
    for (const sp_token_t *t = s->token; t < value; t++) {
        if (t->type == SP_TOKEN_VALUE && t->member == SP_MEMBER_VALUE && t->fact == value->fact) {
            return 1;
        }
    }
    return 0;
}

/* A mean or a slope is of a week, and says so: "a week", "per week", "weekly". */
static int check_per_week(sp_tokens_t *s, const sp_token_t *value)
{
    if (value->fact->unit != SP_UNIT_VIEWERS_PER_WEEK || strstr(value->fact->shown, "week") || (value->member != SP_MEMBER_VALUE && is_told_before(s, value))) {
        return 0;
    }
    for (int i = 0; i < s->count; i++) {
        if (s->token[i].group == value->group && sp_rules_is_class(&s->token[i], SP_WORD_WEEKS) && !sp_rules_is_word(&s->token[i], "weeks")) {
            return 0;
        }
    }
    return sp_tokens_refuse(s, "it does not say that \"%s\" is per week", value->text);
}

/* "80 % likely between LOW ...", "80 % likely to be between LOW ..." */
static int is_level_of_interval(const sp_tokens_t *s, int i)
{
    const int is_long = sp_rules_is_word(sp_rules_neighbour(s, i + 1, 1), "to") && sp_rules_is_word(sp_rules_neighbour(s, i + 2, 1), "be");
    const int last = is_long ? i + 4 : i + 2;
    const sp_token_t *low = sp_rules_neighbour(s, last, 1);

    return sp_rules_is_word(sp_rules_neighbour(s, i, 1), "likely") && sp_rules_is_word(sp_rules_neighbour(s, last - 1, 1), "between") && low &&
           low->type == SP_TOKEN_VALUE && low->member == SP_MEMBER_LOW && low->fact == s->token[i].fact;
}

/* The ends of an interval stand as a pair: "between LOW and HIGH", "from LOW to HIGH". */
static int check_interval(sp_tokens_t *s, int i)
{
    const sp_token_t *t = &s->token[i], *before = sp_rules_neighbour(s, i, -1), *join, *other;

    if (t->member == SP_MEMBER_LEVEL) {
        return is_level_of_interval(s, i) ? 0 : sp_tokens_refuse(s, "\"%s\" is how likely an interval is, which follows it", t->text);
    }
    if (t->member == SP_MEMBER_HIGH) {
        return i >= 2 && s->token[i - 2].member == SP_MEMBER_LOW && s->token[i - 2].fact == t->fact
                   ? 0
                   : sp_tokens_refuse(s, "\"%s\" is the end of an interval", t->text);
    }
    if (t->member != SP_MEMBER_LOW) {
        return 0;
    }
    join = sp_rules_neighbour(s, i, 1);
    other = sp_rules_neighbour(s, i + 1, 1);
    if (!other || other->member != SP_MEMBER_HIGH || other->fact != t->fact ||
        !((sp_rules_is_word(before, "between") && sp_rules_is_word(join, "and")) || (sp_rules_is_word(before, "from") && sp_rules_is_word(join, "to")))) {
        return sp_tokens_refuse(s, "\"%s\" is the end of an interval", t->text);
    }
    return 0;
}

int sp_rules_check_units(sp_sentence_check_t *c)
{
    sp_tokens_t *s = &c->tokens;

    for (int i = 0; i < s->count; i++) {
        if (s->token[i].type != SP_TOKEN_VALUE) {
            continue;
        }
        if (check_interval(s, i) || check_noun(s, i) || check_words_before(s, i) || check_per_week(s, &s->token[i])) {
            return 1;
        }
    }
    return 0;
}
