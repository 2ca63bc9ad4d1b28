/* The rules of the check, in the order in which a sentence meets them. For the files insight_*.c only; each returns not 0 where the sentence is refused, with the reason set. */
#ifndef SP_INSIGHT_RULES_H
#define SP_INSIGHT_RULES_H

#include "insight_token.h"

#define SP_GROUPS_MAX 24

/* A stretch of the sentence with values of its own; what has none belongs to the next that has, at the end to the last. */
typedef struct {
    const char *name[SP_WHO_COUNT]; /* that it mentions; NULL: none */
    unsigned all;                   /* "all services": a bit for each sp_who_e */
    int dates;                      /* that it mentions; with is_latest */
    int is_latest;                  /* "the latest week" */
} sp_group_t;

typedef struct {
    sp_tokens_t tokens;
    sp_group_t group[SP_GROUPS_MAX];
    int groups;
    int before[SP_TOKENS_MAX]; /* by token: the group in front of it that a claim without values must suit as well; -1: none */
} sp_sentence_check_t;

sp_fact_role_e sp_rules_role(const sp_fact_t *fact);
sp_base_e sp_rules_base(const sp_fact_t *fact);
int sp_rules_is_single(const sp_fact_t *fact); /* about one week or day */
const char *sp_rules_name(const sp_fact_t *fact, sp_who_e who);

/* insight_ask.c. A token may be NULL: then it is nothing. */
const sp_token_t *sp_rules_token(const sp_sentence_check_t *c, int i); /* NULL: there is none */
/* The next or previous token that is a word, value, date or name, from i on; NULL at a break or an end. */
const sp_token_t *sp_rules_neighbour(const sp_tokens_t *s, int i, int step);
int sp_rules_is_word(const sp_token_t *t, const char *word);
int sp_rules_is_one_of(const sp_token_t *t, const char *const *words); /* the last of words is NULL */
int sp_rules_is_class(const sp_token_t *t, sp_word_e class);
int sp_rules_is_value(const sp_token_t *t);
int sp_rules_group_has(const sp_sentence_check_t *c, int group, const char *const *words);

int sp_rules_join_phrases(sp_sentence_check_t *c);  /* insight_phrases.c: several words that say one thing */
int sp_rules_match_numbers(sp_sentence_check_t *c); /* insight_numbers.c: numbers in the writer's own words */
int sp_rules_check_units(sp_sentence_check_t *c);   /* insight_numbers.c: what stands beside a value */
int sp_rules_bind_names(sp_sentence_check_t *c);    /* insight_bind.c: groups, and whose the values are */
int sp_rules_bind_dates(sp_sentence_check_t *c);    /* insight_when.c: of which weeks the values are */
int sp_rules_check_rates(sp_sentence_check_t *c);   /* insight_rates.c: "a week", "in the month" */
int sp_rules_check_needs(sp_sentence_check_t *c);   /* insight_needs.c: words without which it would say more than the fact */
int sp_rules_check_forms(sp_sentence_check_t *c);   /* insight_forms.c: what is told in a few words only */
int sp_rules_has_form(const sp_fact_t *fact);
int sp_rules_check_claims(sp_sentence_check_t *c); /* insight_claims.c: words that a fact must bear out */
int sp_rules_check_idioms(sp_sentence_check_t *c); /* insight_idioms.c: what the order of words says */
int sp_rules_check_turns(sp_sentence_check_t *c);  /* insight_turns.c: words that make something else of a value */
int sp_rules_check_pairs(sp_sentence_check_t *c);  /* insight_pairs.c: "from A to B", "by C" */
/* "Look at", "Check": it tells what to do. */
int sp_rules_begins_as_advice(const sp_tokens_t *s);
/* The direction of "from A to B" in that group: 1, -1; 0: there is no such pair. */
int sp_rules_pair_sign(const sp_sentence_check_t *c, int group);
/* And of "NUMBER ..., below its usual NUMBER", "fell to NUMBER ..., down 9.7 %". */
int sp_rules_told_sign(const sp_sentence_check_t *c, int group);
/* "NUMBER ..., down from NUMBER the week before" */
int sp_rules_is_down_from_week_before(const sp_sentence_check_t *c, int group);
/* Whether B of "from A to B" is at least twice A (1), or at most half (-1). */
int sp_rules_pair_doubles(const sp_sentence_check_t *c, int group);

#endif
