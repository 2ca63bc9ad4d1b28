/* A draft sentence as tokens: words with what they claim, names, dates, and the facts that it refers to. */
#include "insight_token.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <unistr.h>

#include "error.h"
#include "fact_shown.h"
#include "forecast.h"

static const char *const member_names[SP_MEMBER_COUNT] = {"", "low", "high", "from", "to", "service", "platform", "event", "period", "level", "season"};

int sp_fact_is_forecast(const sp_fact_t *fact)
{
    return strcmp(fact->kind, "forecast") == 0 || strcmp(fact->kind, "forecast_mean") == 0;
}

static const char *day_text(apr_pool_t *p, sp_day_t day)
{
    return day == SP_DAY_NONE ? NULL : sp_fact_shown_day(p, day);
}

int sp_fact_period(const sp_fact_t *fact, sp_interval_e *interval, sp_day_t *first, sp_day_t *last)
{
    static const struct {
        const char *begin;
        sp_interval_e interval;
    } kinds[] = {{"month_", SP_INTERVAL_MONTH}, {"quarter_", SP_INTERVAL_QUARTER}, {"year_", SP_INTERVAL_YEAR}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strncmp(fact->kind, kinds[i].begin, strlen(kinds[i].begin)) == 0 && fact->to != SP_DAY_NONE) {
            *interval = kinds[i].interval;
            sp_calendar_period(fact->to, *interval, first, last);
            return *last == fact->to;
        }
    }
    return 0;
}

static const char *period_text(apr_pool_t *p, const sp_fact_t *fact)
{
    static const char *const quarters[] = {"first", "second", "third", "fourth"};
    sp_interval_e interval;
    sp_day_t first, last;
    int year, month, mday;

    if (!sp_fact_period(fact, &interval, &first, &last))
        return NULL;
    sp_calendar_date(first, &year, &month, &mday);
    if (interval == SP_INTERVAL_MONTH)
        return strchr(sp_fact_shown_day(p, first), ' ') + 1;
    if (interval == SP_INTERVAL_QUARTER)
        return apr_psprintf(p, "the %s quarter of %d", quarters[(month - 1) / 3], year);
    return apr_psprintf(p, "%d", year);
}

/* The fact's text of that member; NULL where it has none. */
static const char *member_text(apr_pool_t *p, const sp_fact_t *fact, sp_member_e member)
{
    switch (member) {
    case SP_MEMBER_VALUE:
        return fact->shown && *fact->shown ? fact->shown : NULL;
    case SP_MEMBER_LOW:
        return isnan(fact->low) ? NULL : fact->low_shown;
    case SP_MEMBER_HIGH:
        return isnan(fact->high) ? NULL : fact->high_shown;
    case SP_MEMBER_FROM:
        return day_text(p, fact->from);
    case SP_MEMBER_TO:
        return day_text(p, fact->to);
    case SP_MEMBER_SERVICE:
        return fact->service;
    case SP_MEMBER_PLATFORM:
        return fact->platform;
    case SP_MEMBER_EVENT:
        return fact->event;
    case SP_MEMBER_PERIOD:
        return period_text(p, fact);
    case SP_MEMBER_LEVEL:
        return sp_fact_is_forecast(fact) && fact->low_shown ? apr_psprintf(p, "%d %%", SP_FORECAST_PERCENT) : NULL;
    case SP_MEMBER_SEASON:
        return fact->season;
    case SP_MEMBER_COUNT:
        break;
    }
    return NULL;
}

void sp_check_init(sp_check_t *check, apr_pool_t *p, const apr_array_header_t *facts)
{
    *check = (sp_check_t){.p = p, .facts = facts, .by_id = apr_hash_make(p), .latest = apr_hash_make(p), .vocabulary = sp_insight_vocabulary_make(p)};
    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        apr_hash_set(check->by_id, f->id, APR_HASH_KEY_STRING, f);
        if (strcmp(f->kind, "week_total") == 0) {
            apr_hash_set(check->latest, f->service ? f->service : "", APR_HASH_KEY_STRING, f);
        }
    }
    sp_known_names_collect(check);
}

int sp_tokens_refuse(sp_tokens_t *s, const char *fmt, ...)
{
    va_list args;

    if (!s->reason) {
        va_start(args, fmt);
        s->reason = apr_pvsprintf(s->check->p, fmt, args);
        va_end(args);
    }
    return 1;
}

static sp_token_t *put_token(sp_tokens_t *s, sp_token_e type, apr_size_t start, apr_size_t len)
{
    sp_token_t *t = &s->token[s->count < SP_TOKENS_MAX ? s->count : SP_TOKENS_MAX - 1];

    if (s->count < SP_TOKENS_MAX) {
        s->count++;
    } else {
        sp_tokens_refuse(s, "it has more than %d words", SP_TOKENS_MAX);
    }
    *t = (sp_token_t){.type = type, .start = start, .len = len, .first = SP_DAY_NONE, .last = SP_DAY_NONE};
    return t;
}

/* Bytes of a quote as apostrophes are written, straight or curly; 0: none. */
static apr_size_t apostrophe_at(const char *s, apr_size_t len)
{
    if (len >= 1 && s[0] == '\'') {
        return 1;
    }
    return len >= 3 && memcmp(s, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

static apr_size_t dash_at(const char *s, apr_size_t len)
{
    return len >= 3 && (memcmp(s, "\xe2\x80\x93", 3) == 0 || memcmp(s, "\xe2\x80\x94", 3) == 0) ? 3 : 0;
}

/* "'s" after a name or a word. */
static apr_size_t possessive_at(const char *s, apr_size_t len)
{
    apr_size_t quote = apostrophe_at(s, len);

    if (quote == 0 || len <= quote || s[quote] != 's' || (len > quote + 1 && apr_isalnum(s[quote + 1]))) {
        return 0;
    }
    return quote + 1;
}

/* Whatever comes from a fact stands apart: no sign, digit or letter may join it. */
static int stands_apart(const sp_tokens_t *s, apr_size_t start, apr_size_t end)
{
    const char *after = s->draft + end;

    if (start > 0 && s->draft[start - 1] != ' ' && s->draft[start - 1] != '(') {
        return 0;
    }
    if (end >= s->len || *after == ' ' || *after == ')' || *after == ';' || *after == ':') {
        return 1;
    }
    return (*after == '.' || *after == ',') && (end + 1 >= s->len || after[1] == ' ');
}

static const sp_fact_t *find_fact(const sp_tokens_t *s, const char *ref, apr_size_t len, sp_member_e *member)
{
    const sp_fact_t *fact = apr_hash_get(s->check->by_id, ref, (apr_ssize_t)len);

    *member = SP_MEMBER_VALUE;
    for (int m = SP_MEMBER_VALUE + 1; !fact && m < SP_MEMBER_COUNT; m++) {
        apr_size_t tail = strlen(member_names[m]) + 1;
        if (len > tail && ref[len - tail] == '.' && memcmp(ref + len - tail + 1, member_names[m], tail - 1) == 0) {
            *member = (sp_member_e)m;
            fact = apr_hash_get(s->check->by_id, ref, (apr_ssize_t)(len - tail));
        }
    }
    return fact;
}

static void set_date(sp_token_t *t, sp_day_t day)
{
    t->type = SP_TOKEN_DATE;
    t->first = t->last = day;
}

static void set_name(sp_token_t *t, const char *name, unsigned who)
{
    t->type = SP_TOKEN_NAME;
    t->text = name;
    t->who = who;
}

static void set_member(sp_token_t *t, const sp_fact_t *fact, sp_member_e member)
{
    sp_interval_e interval;

    t->fact = fact;
    t->member = member;
    switch (member) {
    case SP_MEMBER_VALUE:
        if (fact->unit == SP_UNIT_DATE) {
            set_date(t, (sp_day_t)fact->value);
        }
        break;
    case SP_MEMBER_FROM:
    case SP_MEMBER_TO:
        set_date(t, member == SP_MEMBER_FROM ? fact->from : fact->to);
        break;
    case SP_MEMBER_SERVICE:
    case SP_MEMBER_PLATFORM:
    case SP_MEMBER_EVENT:
        set_name(t, t->text, 1u << (SP_WHO_SERVICE + (int)(member - SP_MEMBER_SERVICE)));
        break;
    case SP_MEMBER_PERIOD:
        t->type = SP_TOKEN_DATE;
        sp_fact_period(fact, &interval, &t->first, &t->last);
        break;
    case SP_MEMBER_SEASON:
        t->type = SP_TOKEN_SEASON;
        break;
    case SP_MEMBER_LOW:
    case SP_MEMBER_HIGH:
    case SP_MEMBER_LEVEL:
    case SP_MEMBER_COUNT:
        break;
    }
}

static apr_size_t read_reference(sp_tokens_t *s, apr_size_t at)
{
    const char *ref = s->draft + at + 2, *end = strstr(ref, "]]");
    apr_size_t len = end ? (apr_size_t)(end - ref) : 0, whole = len + 4;
    sp_member_e member;
    sp_token_t *t;

    if (len == 0 || len > SP_FACT_ID_MAX + 10) {
        return (apr_size_t)sp_tokens_refuse(s, "it has an unfinished or empty reference");
    }
    const sp_fact_t *fact = find_fact(s, ref, len, &member);
    const char *text = fact ? member_text(s->check->p, fact, member) : NULL;
    if (!text) {
        return (apr_size_t)sp_tokens_refuse(s, "there is no fact \"%s\"", sp_error_found(s->check->p, ref, len));
    }
    t = put_token(s, SP_TOKEN_VALUE, at, whole);
    t->text = text;
    set_member(t, fact, member);
    t->shown = t->type == SP_TOKEN_NAME ? sp_known_names_shown(s->check, text) : text;
    if (t->type == SP_TOKEN_NAME) {
        whole += possessive_at(s->draft + at + whole, s->len - at - whole);
    }
    if (!stands_apart(s, at, at + whole)) {
        return (apr_size_t)sp_tokens_refuse(s, "\"[[%.*s]]\" is joined with other text", (int)len, ref);
    }
    return whole;
}

static apr_size_t read_name(sp_tokens_t *s, apr_size_t at)
{
    const sp_known_name_t *known = sp_known_names_match(s->check, s->draft + at, s->len - at);

    if (!known) {
        return 0;
    }
    set_name(put_token(s, SP_TOKEN_NAME, at, known->len), known->name, known->who);
    s->token[s->count - 1].literal = 1;
    return known->len + possessive_at(s->draft + at + known->len, s->len - at - known->len);
}

static apr_size_t read_date(sp_tokens_t *s, apr_size_t at)
{
    sp_day_t first, last;
    int len = sp_dates_match(s->draft + at, s->len - at, &first, &last);

    if (len > 0) {
        sp_token_t *t = put_token(s, SP_TOKEN_DATE, at, (apr_size_t)len);
        t->literal = 1;
        t->text = apr_pstrmemdup(s->check->p, s->draft + at, (apr_size_t)len);
        t->first = first;
        t->last = last;
    }
    return (apr_size_t)len;
}

static int is_number_char(const char *s, apr_size_t len)
{
    return apr_isalnum(s[0]) || ((s[0] == '.' || s[0] == ',') && len > 1 && apr_isdigit(s[1])) || strchr("/+-_^", s[0]) != NULL;
}

/* Digits with all that stands with them; which fact it is, if any, shows when all references are known. */
static apr_size_t read_number(sp_tokens_t *s, apr_size_t at)
{
    apr_size_t len = 0;
    sp_token_t *t;

    while (at + len < s->len && s->draft[at + len] && is_number_char(s->draft + at + len, s->len - at - len)) {
        len++;
    }
    if (at + len < s->len && s->draft[at + len] == '%') {
        len++;
    } else if (at + len + 1 < s->len && s->draft[at + len] == ' ' && s->draft[at + len + 1] == '%') {
        len += 2;
    }
    t = put_token(s, SP_TOKEN_VALUE, at, len);
    t->literal = 1;
    t->text = apr_pstrmemdup(s->check->p, s->draft + at, len);
    if (!stands_apart(s, at, at + len)) {
        sp_tokens_refuse(s, "the number \"%s\" is joined with other text", t->text);
    }
    return len;
}

static sp_word_e class_of_word(const sp_tokens_t *s, const char *word, apr_size_t len)
{
    return sp_insight_vocabulary_class(s->check->vocabulary, word, len);
}

/* What follows the apostrophe of a word: "n't" and "'ll" change what it says, "'s" does not. */
static apr_size_t read_contraction(sp_tokens_t *s, sp_token_t *t, apr_size_t after)
{
    apr_size_t quote = apostrophe_at(s->draft + after, s->len - after);
    const char *rest = s->draft + after + quote;

    if (quote == 0 || !apr_isalpha(*rest)) {
        return quote ? (apr_size_t)sp_tokens_refuse(s, "it has a quotation mark") : 0;
    }
    if (possessive_at(s->draft + after, s->len - after)) {
        return quote + 1;
    }
    if (rest[0] == 't' && !apr_isalpha(rest[1]) && t->len > 1 && apr_tolower(s->draft[after - 1]) == 'n') {
        t->word = SP_WORD_NOT;
        return quote + 1;
    }
    return (apr_size_t)sp_tokens_refuse(s, "the short form after \"%s\" is not understood", t->text);
}

static int begins_sentence(const sp_tokens_t *s)
{
    return s->count <= 1 || (s->count == 2 && s->token[0].type == SP_TOKEN_BREAK);
}

static apr_size_t read_word(sp_tokens_t *s, apr_size_t at)
{
    apr_size_t len = 0;
    char *lower;
    sp_token_t *t;

    while (at + len < s->len && apr_isalpha(s->draft[at + len])) {
        len++;
    }
    lower = apr_pstrmemdup(s->check->p, s->draft + at, len);
    for (apr_size_t i = 0; i < len; i++) {
        lower[i] = (char)apr_tolower(lower[i]);
    }
    t = put_token(s, SP_TOKEN_WORD, at, len);
    t->text = lower;
    t->capital = apr_isupper(s->draft[at]) != 0;
    t->word = class_of_word(s, lower, len);
    len += read_contraction(s, t, at + len);
    if (t->word == SP_WORD_UNKNOWN) {
        sp_tokens_refuse(s, "\"%.40s\" is neither a known name nor a word that the check knows: say it in plainer words", lower);
    } else if (t->capital && !begins_sentence(s)) {
        sp_tokens_refuse(s, "\"%.*s\" is written like a name, and is none that the facts know", (int)t->len, s->draft + at);
    } else if (apr_isdigit(s->draft[at + len]) || s->draft[at + len] == '_') {
        sp_tokens_refuse(s, "\"%.40s\" is joined with a digit", lower);
    }
    return len;
}

static apr_size_t read_break(sp_tokens_t *s, apr_size_t at, apr_size_t len)
{
    if (s->draft[at] == '.' && at + 1 < s->len) {
        sp_tokens_refuse(s, "it is more than one sentence");
    }
    put_token(s, SP_TOKEN_BREAK, at, len);
    return len;
}

/* Hyphens join words, and stand as a dash with blanks on both sides; before a digit they would be a sign. */
static apr_size_t read_hyphen(sp_tokens_t *s, apr_size_t at)
{
    char before = at > 0 ? s->draft[at - 1] : ' ', after = at + 1 < s->len ? s->draft[at + 1] : ' ';

    if (before == ' ' && after == ' ') {
        return read_break(s, at, 1);
    }
    if (!apr_isalpha(before) || !apr_isalpha(after)) {
        sp_tokens_refuse(s, "it has a hyphen or sign that is not understood");
    }
    return 1;
}

/* The bytes of the token at s, or of what is passed over. */
static apr_size_t read_token(sp_tokens_t *s, apr_size_t at)
{
    const char *c = s->draft + at;
    apr_size_t len, left = s->len - at;

    if (*c == ' ') {
        return 1;
    }
    if (*c == '[' && c[1] == '[') {
        return read_reference(s, at);
    }
    if ((len = read_name(s, at)) > 0 || (len = read_date(s, at)) > 0) {
        return len;
    }
    if (apr_isdigit(*c)) {
        return read_number(s, at);
    }
    if (apr_isalpha(*c)) {
        return read_word(s, at);
    }
    if (strchr(".,;:()", *c)) {
        return read_break(s, at, 1);
    }
    if (dash_at(c, left)) {
        return read_break(s, at, dash_at(c, left));
    }
    if (*c == '-') {
        return read_hyphen(s, at);
    }
    return (apr_size_t)sp_tokens_refuse(
        s, (unsigned char)*c < 0x80 ? "it has the sign \"%c\", which is not plain text" : "it has a character that is not plain English text", *c);
}

static int check_text(sp_tokens_t *s)
{
    if (s->len == 0 || s->len > SP_DRAFT_MAX) {
        return sp_tokens_refuse(s, "it is empty or longer than %d characters", SP_DRAFT_MAX);
    }
    if (u8_check((const uint8_t *)s->draft, s->len)) {
        return sp_tokens_refuse(s, "it is not valid UTF-8");
    }
    for (apr_size_t i = 0; i < s->len; i++) {
        if ((unsigned char)s->draft[i] < 0x20 || s->draft[i] == 0x7F) {
            return sp_tokens_refuse(s, "it has a control character");
        }
    }
    return 0;
}

int sp_tokens_read(sp_tokens_t *s, sp_check_t *check, sp_part_e part, const char *draft)
{
    s->check = check;
    s->part = part;
    s->draft = draft;
    s->len = strlen(draft);
    s->count = 0;
    s->reason = NULL;
    if (check_text(s)) {
        return 1;
    }
    for (apr_size_t at = 0; at < s->len && !s->reason;) {
        at += read_token(s, at);
    }
    return s->reason != NULL;
}
