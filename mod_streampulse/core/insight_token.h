/* A draft sentence as tokens: words with what they claim, names, dates, and the facts that it refers to. For the files insight_*.c only. */
#ifndef SP_INSIGHT_TOKEN_H
#define SP_INSIGHT_TOKEN_H

#include <apr_hash.h>

#include "fact.h"
#include "insight.h"
#include "insight_kinds.h"
#include "insight_vocabulary.h"

#define SP_TOKENS_MAX   160
#define SP_DRAFT_MAX    600  /* bytes of a sentence as the writer gives it */
#define SP_SENTENCE_MAX 1000 /* and with the values in it */

typedef enum { SP_TOKEN_WORD, SP_TOKEN_VALUE, SP_TOKEN_DATE, SP_TOKEN_NAME, SP_TOKEN_BASE, SP_TOKEN_ALL, SP_TOKEN_SEASON, SP_TOKEN_BREAK } sp_token_e;

/* What a reference shows of its fact. */
typedef enum {
    SP_MEMBER_VALUE,
    SP_MEMBER_LOW,
    SP_MEMBER_HIGH,
    SP_MEMBER_FROM,
    SP_MEMBER_TO,
    SP_MEMBER_SERVICE,
    SP_MEMBER_PLATFORM,
    SP_MEMBER_EVENT,
    SP_MEMBER_PERIOD,
    SP_MEMBER_LEVEL,  /* of how many cases in a hundred its interval is to hold */
    SP_MEMBER_SEASON, /* the part of each month or year */
    SP_MEMBER_COUNT
} sp_member_e;

/* The kinds of names; also an index. */
typedef enum { SP_WHO_SERVICE, SP_WHO_PLATFORM, SP_WHO_EVENT, SP_WHO_COUNT } sp_who_e;

typedef struct {
    sp_token_e type;
    apr_size_t start, len;  /* in the draft */
    const char *text;       /* WORD: in lower case; NAME: the name; VALUE, DATE: as written or shown */
    sp_word_e word;         /* WORD */
    const sp_fact_t *fact;  /* VALUE, DATE and NAME by reference; VALUE also where a literal was matched */
    const sp_fact_t *dated; /* DATE in the writer's own words: a fact of that day */
    sp_member_e member;
    int literal;          /* written by the writer, not by reference */
    unsigned who;         /* NAME: a bit for each sp_who_e that it can be; ALL: which */
    sp_day_t first, last; /* DATE: one day, or a month or year */
    sp_base_e base;       /* BASE */
    int capital;          /* WORD: begins with one */
    int group;
    const char *shown; /* what is put in for a reference */
} sp_token_t;

/* What all sentences of a check share. Pool: p. */
typedef struct {
    apr_pool_t *p;
    const apr_array_header_t *facts;
    apr_hash_t *by_id; /* of const sp_fact_t * */
    apr_hash_t *vocabulary;
    apr_array_header_t *names; /* of sp_known_name_t, longest first */
    apr_hash_t *latest;        /* by service ("" for all): const sp_fact_t * of its latest week */
} sp_check_t;

typedef struct {
    const char *name;
    apr_size_t len;
    unsigned who;
    int may_stand;    /* may be met in the writer's own words */
    int is_wordy;     /* of everyday words alone: counts only where it begins as it is written */
    int needs_quotes; /* could be read as something else: a number, a claim, the end of a sentence */
} sp_known_name_t;

typedef struct {
    sp_check_t *check;
    sp_part_e part;
    const char *draft;
    apr_size_t len;
    sp_token_t token[SP_TOKENS_MAX];
    int count;
    const char *reason; /* why it does not pass; NULL so far */
} sp_tokens_t;

void sp_check_init(sp_check_t *check, apr_pool_t *p, const apr_array_header_t *facts);
/* Not 0: it cannot pass, and s->reason is set. */
int sp_tokens_read(sp_tokens_t *s, sp_check_t *check, sp_part_e part, const char *draft);
/* Sets the reason; always 1. */
int sp_tokens_refuse(sp_tokens_t *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Of facts about a month, quarter or year: which, by its last day. 0: the fact is about none. */
int sp_fact_period(const sp_fact_t *fact, sp_interval_e *interval, sp_day_t *first, sp_day_t *last);
/* Whether it is of weeks to come. */
int sp_fact_is_forecast(const sp_fact_t *fact);

/* insight_names.c */
void sp_known_names_collect(sp_check_t *check);
/* The longest known name that stands whole at s; NULL: none. before: the character in front, 0 at the start. */
const sp_known_name_t *sp_known_names_match(const sp_check_t *check, const char *s, apr_size_t len);
/* As it is put into a text: in quotes where it could be read as something else. */
const char *sp_known_names_shown(const sp_check_t *check, const char *name);

/* insight_dates.c: a date written out at s. Returns its bytes, 0: none; -1: something like a date that is not understood. */
int sp_dates_match(const char *s, apr_size_t len, sp_day_t *first, sp_day_t *last);

#endif
