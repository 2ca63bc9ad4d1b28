/* Days of events that were written without a year. */
#ifndef SP_IMPORT_YEARS_H
#define SP_IMPORT_YEARS_H

#include "import_internal.h"

/* A day of an event, as its header gives it. */
typedef struct {
    int event; /* index of sp_import_event_t */
    sp_import_period_t period;
    const char *label; /* as written; NULL: a whole date */
    int used;          /* has a number */
    int yearless;
    int column;
} sp_import_day_t;

typedef struct {
    int id;              /* local id in the statement; 0: no number yet */
    int first_day, days; /* in the array of days */
    apr_uint32_t line;
} sp_import_event_t;

/* Gives every day of every event (events: of sp_import_event_t, in the file's order; days: of sp_import_day_t) its year, and the events of the statement their
 * labels; remarks on what it assumed. The dates of the file must be decided. */
apr_status_t sp_import_years_settle(sp_import_t *imp, const apr_array_header_t *events, const apr_array_header_t *days);

#endif
