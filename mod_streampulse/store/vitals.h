/* How a database is doing, in one look that costs the same however large it is. */
#ifndef SP_VITALS_H
#define SP_VITALS_H

#include "db.h"

typedef struct {
    apr_int64_t revision, schema_version;
    apr_int64_t changed_ms, uploaded_ms; /* the last entry of the ledger, and the last upload, since 1970; 0: there is none */
    apr_int64_t insight_s;               /* the last insight; 0: there is none */
    int jobs_queued, jobs_running;
} sp_vitals_t;

apr_status_t sp_vitals_read(sp_db_t *db, sp_vitals_t *vitals, sp_error_t *err);

#endif
