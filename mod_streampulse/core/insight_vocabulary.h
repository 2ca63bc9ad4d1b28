/* The English that the check understands: each word that it knows, with what the word claims. */
#ifndef SP_INSIGHT_VOCABULARY_H
#define SP_INSIGHT_VOCABULARY_H

#include <apr_hash.h>
#include <apr_pools.h>

typedef enum {
    SP_WORD_UNKNOWN,
    SP_WORD_PLAIN,    /* claims nothing that a fact could deny */
    SP_WORD_UP,       /* rose, growth, more */
    SP_WORD_DOWN,     /* fell, drop, fewer */
    SP_WORD_FLAT,     /* unchanged */
    SP_WORD_HIGHEST,  /* record, largest */
    SP_WORD_LOWEST,   /* smallest */
    SP_WORD_DOUBLED,  /* doubled, twice */
    SP_WORD_HALVED,   /* halved, half */
    SP_WORD_STARTED,  /* first, new, began */
    SP_WORD_ENDED,    /* stopped, ended */
    SP_WORD_UNUSUAL,  /* unusual, surprising */
    SP_WORD_USUAL,    /* average, usual: a base to compare with */
    SP_WORD_ESTIMATE, /* estimated, trend */
    SP_WORD_FORECAST, /* expected, forecast, will */
    SP_WORD_LATEST,   /* latest, now */
    SP_WORD_SLIGHT,   /* slightly */
    SP_WORD_STEEP,    /* sharply */
    SP_WORD_ABOUT,    /* about, roughly */
    SP_WORD_NOT,      /* no, not, without, hardly */
    SP_WORD_CAUSE,    /* because, due, so */
    SP_WORD_QUANTITY, /* number words and words of quantity: two, several, most, all */
    SP_WORD_WHEN,     /* days by name or from now: sunday, yesterday, ago */
    SP_WORD_PERHAPS,  /* if, or, could: no statement */
    SP_WORD_VIEWERS,  /* people who are counted */
    SP_WORD_WEEKS,
    SP_WORD_DAYS,
    SP_WORD_PERIOD,  /* month, quarter, year */
    SP_WORD_THINGS,  /* what is counted otherwise: services, platforms, gaps */
    SP_WORD_PERCENT, /* percent, points */
    SP_WORD_TIMES,
    SP_WORD_MISSING, /* gap, missing, blank */
    SP_WORD_WHOLE,   /* "in all weeks" */
    SP_WORD_RECENT,  /* "in its latest weeks" */
    SP_WORD_ADVICE   /* what only a recommendation talks about: reminder, schedule */
} sp_word_e;

/* Every word, ready to be looked up. Pool: p. */
apr_hash_t *sp_insight_vocabulary_make(apr_pool_t *p);
/* word: in lower case, at most 40 bytes count; endings (-s, -ed, -ing) of plain words and of advice are understood. */
sp_word_e sp_insight_vocabulary_class(const apr_hash_t *vocabulary, const char *word, apr_size_t len);
/* How much a number word says: "two" is 2, "dozen" 12; -1: no number word. */
int sp_insight_vocabulary_number(const char *word, apr_size_t len);

#endif
