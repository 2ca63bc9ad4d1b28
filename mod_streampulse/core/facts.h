/* Every fact about a set of numbers, by one pure computation. */
#ifndef SP_FACTS_H
#define SP_FACTS_H

#include "fact.h"
#include "table.h"

typedef struct {
    const apr_array_header_t *services; /* of sp_table_t *: each service's weekly table, in display order */
    const apr_array_header_t *events;   /* of sp_table_t *: in date order */
} sp_facts_input_t;

/* *facts: of sp_fact_t, most telling first (surprise times size). The same input gives the same facts, byte for byte. Pool: p. */
apr_status_t sp_facts_compute(apr_pool_t *p, const sp_facts_input_t *input, apr_array_header_t **facts);
/* By id; NULL where there is none. */
const sp_fact_t *sp_facts_find(const apr_array_header_t *facts, const char *id);

#endif
