/* What the ways to import share: options that were read, and the report of a commit. */
#ifndef SP_ADMIN_IMPORT_H
#define SP_ADMIN_IMPORT_H

#include "admin.h"
#include "ledger.h"

typedef struct {
    const char *source; /* as messages call it */
    const char *actor;
    sp_mode_e mode;
    sp_import_options_t import;
} sp_admin_import_job_t;

/* What was added, changed, cleared and left by service and event, and the entry. */
void sp_admin_import_report(const sp_admin_t *adm, const sp_entry_t *entry, const apr_array_header_t *touched);

/* admin_legacy.c: the predecessor's database; returns the exit code. */
int sp_admin_import_legacy(const sp_admin_t *adm, const sp_admin_import_job_t *job);

#endif
