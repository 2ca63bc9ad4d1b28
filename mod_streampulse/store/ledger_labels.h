/* What an entry says about how the days of events are written; for the ledger's files only. */
#ifndef SP_LEDGER_LABELS_H
#define SP_LEDGER_LABELS_H

#include "ledger.h"
#include "names.h"

typedef struct {
    sp_db_t *db;
    apr_pool_t *p; /* scratch */
    const sp_said_t *said;
    sp_names_t *names; /* of said, used */
    apr_int64_t entry;
    sp_mode_e mode;
    sp_plan_t *plan; /* NULL: none */
} sp_ledger_labels_t;

/* Stores the labels of the statement, and for REPLACE and REPLACE_ALL that the other days of what they cover have none. *changes grows by those that are
 * different now. */
apr_status_t sp_ledger_labels_write(const sp_ledger_labels_t *l, int *changes, sp_error_t *err);

#endif
