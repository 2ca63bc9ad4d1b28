/* Reads what facts are computed from. */
#ifndef SP_FACTS_READ_H
#define SP_FACTS_READ_H

#include "db.h"
#include "facts.h"
#include "meta.h"

/* All services' weekly tables and all events, with the revision that they are of, in one read transaction. Pool: p. */
apr_status_t sp_facts_read(sp_db_t *db, apr_pool_t *p, sp_facts_input_t *input, sp_revision_t *revision, sp_error_t *err);

#endif
