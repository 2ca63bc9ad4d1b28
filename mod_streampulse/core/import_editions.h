/* Events of one name in one sheet. */
#ifndef SP_IMPORT_EDITIONS_H
#define SP_IMPORT_EDITIONS_H

#include "import_years.h"

/* Reports events of one name (events: of sp_import_event_t, days: of sp_import_day_t) whose days overlap, and leaves them out: which of them a number is about
 * cannot be told. Those that do not overlap are editions. The days must have their years. */
void sp_import_editions_check(sp_import_t *imp, const apr_array_header_t *events, const apr_array_header_t *days);

#endif
