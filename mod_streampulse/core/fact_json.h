/* A fact as JSON. */
#ifndef SP_FACT_JSON_H
#define SP_FACT_JSON_H

#include "fact.h"
#include "json.h"

/* A mark and its word. */
typedef struct {
    unsigned mark;
    const char *word; /* "record_high" ... */
} sp_fact_mark_t;

/* All that there are, in the order in which they are told; the last one has no word. */
extern const sp_fact_mark_t sp_fact_json_marks[];

/* By its word; 0: there is no such mark. */
unsigned sp_fact_json_mark(const char *word);
/* By its name: "viewers", "viewers_per_week", "percent", "factor", "weeks", "days", "count", "date". APR_NOTFOUND; name may be NULL. */
apr_status_t sp_fact_json_unit(const char *name, sp_unit_e *unit);

/* Into an open object, whatever shows a fact: all but its id, its numbers and how telling it is. What there is none of is null, marks are a list of words. */
void sp_fact_json_write_shown(sp_json_t *j, const sp_fact_t *fact);
/* One object with every member; a date's value is "YYYY-MM-DD". */
void sp_fact_json_write(sp_json_t *j, const sp_fact_t *fact);

#endif
