/* Manual entries as a statement for the ledger. */
#ifndef SP_ENTRY_SAID_H
#define SP_ENTRY_SAID_H

#include "entry_input.h"
#include "said.h"

/* A name that is the public id of a stored service or platform stands for it. The same cell twice is SP_E_BAD_ENTRY; SP_E_TOO_MANY_NAMES. Pool: q->p. */
apr_status_t sp_entry_said_build(sp_req_t *q, sp_db_t *db, const apr_array_header_t *inputs, sp_said_t **said);

#endif
