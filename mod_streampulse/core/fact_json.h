/* A fact as JSON. */
#ifndef SP_FACT_JSON_H
#define SP_FACT_JSON_H

#include "fact.h"
#include "json.h"

/* "viewers", "viewers_per_week", "percent", "factor", "weeks", "days", "count", "date" */
const char *sp_fact_json_unit(sp_unit_e unit);
/* One object with every member; a date's value is "YYYY-MM-DD", what there is none of is null, marks are a list of words ("record_high" ...). */
void sp_fact_json_write(sp_json_t *j, const sp_fact_t *fact);

#endif
