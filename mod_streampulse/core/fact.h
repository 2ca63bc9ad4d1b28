/* A fact: one true thing about the numbers, with its value, its unit, and where its rows are. */
#ifndef SP_FACT_H
#define SP_FACT_H

#include <apr_tables.h>

#include "calendar.h"

typedef enum {
    SP_UNIT_VIEWERS,          /* a count of people */
    SP_UNIT_VIEWERS_PER_WEEK, /* a slope or a mean */
    SP_UNIT_PERCENT,          /* 12.5 is 12.5 % */
    SP_UNIT_FACTOR,           /* 2 is twice */
    SP_UNIT_WEEKS,
    SP_UNIT_DAYS,
    SP_UNIT_COUNT, /* of things that the label names */
    SP_UNIT_DATE   /* days since 1970-01-01 */
} sp_unit_e;

/* Words beyond up and down that may be said about it. */
#define SP_FACT_RECORD_HIGH 0x01u
#define SP_FACT_RECORD_LOW  0x02u
#define SP_FACT_DOUBLED     0x04u /* or more */
#define SP_FACT_HALVED      0x08u /* or less */
#define SP_FACT_STARTED     0x10u
#define SP_FACT_ENDED       0x20u
#define SP_FACT_UNUSUAL     0x40u /* an outlier or a change point */
#define SP_FACT_ESTIMATE    0x80u /* of a model: a trend, a forecast; low and high are its interval */

#define SP_FACT_ID_MAX 120

typedef struct {
    const char *id;    /* the same thing has the same one in each computation: [a-z0-9._-], such as "week.jesus-house.change"; at most SP_FACT_ID_MAX bytes */
    const char *kind;  /* what facts.h lists: "total", "week_change", "trend" ... */
    const char *label; /* what the value is, without it: "viewers of Jesus House in the week of 8 February 2026" */
    sp_unit_e unit;
    double
        value; /* whole numbers are exact below 2^53; of changes with their sign; percent and factor as they are shown, rounded once to one decimal, halves away from 0 */
    const char *
        shown; /* the value as people read it, and as it may stand in a text: "3,362", "24.4 %", "1.8 times", "14 days", "1 week", "23 March 2025"; without a sign. Viewers,
                          viewers per week and counts are the bare number */
    int sign;                               /* -1: fell, or is below; 1: rose, or is above; 0: neither, or no such question */
    unsigned marks;                         /* SP_FACT_... */
    double low, high;                       /* interval, NAN: none */
    const char *low_shown, *high_shown;     /* NULL: none */
    const char *service, *platform, *event; /* names, NULL: of all of them */
    const char *season;                     /* the part of each month or year that it is about: "the first week of a month", "December"; NULL: of none */
    sp_day_t from, to;                      /* the weeks (by their first day) or days that it is about; SP_DAY_NONE: none */
    const char *method;                     /* how it was computed where that is not obvious: "Theil-Sen slope, 57 weeks"; NULL: by counting */
    const char *rows;                       /* the address of its rows below the mount, of the page: "data?service=jesus-house&from=2026-02-01&to=2026-02-08" */
    double surprise;                        /* how unlike what was to be expected, 0 to 1 */
    double size;                            /* how much of everything it is about, 0 to 1 */
} sp_fact_t;

#endif
