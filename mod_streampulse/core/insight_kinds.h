/* What is known of each kind of fact: what its value is, what it is counted from, and what must be said with it. For the files insight_*.c only. */
#ifndef SP_INSIGHT_KINDS_H
#define SP_INSIGHT_KINDS_H

#include "fact.h"

/* What a value is in a text. */
typedef enum {
    SP_ROLE_NONE,   /* not to be said: its kind is not known, or too fine a point for a sentence */
    SP_ROLE_LEVEL,  /* so many viewers, or a mean */
    SP_ROLE_CHANGE, /* a difference between two of them */
    SP_ROLE_SHARE,  /* a part of a whole */
    SP_ROLE_SLOPE,  /* a change per week */
    SP_ROLE_LENGTH, /* weeks, days, a count of things */
    SP_ROLE_FACTOR,
    SP_ROLE_DATE,
    SP_ROLE_ERROR /* how far off something would have been */
} sp_fact_role_e;

/* What a change is counted from. */
typedef enum {
    SP_BASE_NONE,
    SP_BASE_WEEK,
    SP_BASE_MONTH,
    SP_BASE_QUARTER,
    SP_BASE_YEAR,
    SP_BASE_EDITION,
    SP_BASE_USUAL,
    SP_BASE_FIRST,
    SP_BASE_WEEKS,
    SP_BASE_AROUND, /* the weeks around each */
    SP_BASE_TREND
} sp_base_e;

/* Words without which the sentence would say more than the fact. */
#define SP_NEEDS_USUAL     0x001u /* "usual" */
#define SP_NEEDS_GAP       0x002u /* "gap" */
#define SP_NEEDS_RECENT    0x004u /* "in its latest weeks" */
#define SP_NEEDS_BASE      0x008u /* what it is counted from */
#define SP_NEEDS_SINCE     0x010u /* "since" its first day */
#define SP_NEEDS_DIRECTION 0x020u
#define SP_NEEDS_DAY       0x040u /* "a day" */
#define SP_NEEDS_SAME_DAYS 0x080u /* "over the same days" */
#define SP_NEEDS_BOTH      0x100u /* "with numbers in both" */
#define SP_NEEDS_DATE      0x200u /* its days */
#define SP_NEEDS_PAIR      0x400u /* "from" it "to" a later one */
#define SP_NEEDS_MARK      0x800u /* a word for its mark: "record", "unusual" */

typedef struct {
    const char *kind;
    sp_fact_role_e role;
    sp_base_e base;
    unsigned needs;
} sp_fact_kind_t;

/* Of a kind that nobody knows the role is SP_ROLE_NONE. */
const sp_fact_kind_t *sp_insight_kind(const sp_fact_t *fact);

#endif
