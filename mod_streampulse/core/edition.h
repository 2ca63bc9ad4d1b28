/* Editions of an event: which events are the same one of another year, and which days of theirs match. Pure. */
#ifndef SP_EDITION_H
#define SP_EDITION_H

#include "table.h"

/* The name without its year ("2025", "2024/25", "'25") and its ordinal ("3rd", "third"), folded; all of it where nothing would be left. "14 Days" are not "21
 * Days". As the dashboard's editionKey. Pool: p. */
const char *sp_edition_key(apr_pool_t *p, const char *name);

/* Fills number[event->rows] with 1 for the first day, and so on; a day that is left out leaves its number out. Of an event whose days are a week or more apart
 * the steps are counted, and months where they are four weeks or more apart. As the dashboard's dayNumbers. */
void sp_edition_number_days(const sp_table_t *event, int *number);

#endif
