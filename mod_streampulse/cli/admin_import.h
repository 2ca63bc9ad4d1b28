/* What the ways to import share. */
#ifndef SP_ADMIN_IMPORT_H
#define SP_ADMIN_IMPORT_H

#include "admin.h"
#include "ledger.h"

/* What was added, changed, cleared and left by service and event, and the entry. */
void sp_admin_import_report(const sp_admin_t *adm, const sp_entry_t *entry, const apr_array_header_t *touched);

/* admin_legacy.c: the predecessor's database; returns the exit code. Of import it heeds the date order, the year of events and the most problems. */
int sp_admin_import_legacy(const sp_admin_t *adm, const sp_import_options_t *import, sp_mode_e mode, const char *actor);

#endif
