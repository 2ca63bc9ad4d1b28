/* Weeks that lie together in time. */
#ifndef SP_IMPORT_RUNS_H
#define SP_IMPORT_RUNS_H

#include <apr_tables.h>

#include "calendar.h"

#define SP_IMPORT_FAR_DAYS   366
#define SP_IMPORT_SHORT_DAYS 35

/* A run: weeks of which none is more than SP_IMPORT_FAR_DAYS from the next one. */
typedef struct {
    sp_day_t first, last; /* the first days of its first and last week */
    sp_day_t end;         /* the last day of all its weeks */
    apr_uint64_t numbers;
    apr_uint32_t line; /* where its first number's date was met */
    int column;
} sp_import_run_t;

/* Adds numbers of a week to the run (of sp_import_run_t) that it belongs to, or begins one while there are fewer than max. */
void sp_import_runs_add(apr_array_header_t *runs, int max, const sp_import_run_t *week);
/* Whether a run is rather a slip, such as a mistyped year: it is short, and not the one with the most numbers, which has several weeks. (Where every week
 * stands alone, as those of a yearly service do, none is the odd one.) */
int sp_import_runs_is_slip(const apr_array_header_t *runs, const sp_import_run_t *run);

#endif
