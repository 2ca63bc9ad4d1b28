/* The query parameters that choose which numbers are asked for. */
#ifndef SP_FILTER_H
#define SP_FILTER_H

#include "request.h"
#include "series.h"

typedef struct {
    sp_filter_t numbers; /* for the store; services and platforms are there once resolved */
    sp_interval_e interval;
    apr_int64_t as_of; /* an entry: as it was after it; 0: now */
} sp_filter_input_t;

/* from, to, interval and as_of, before a connection is taken. SP_E_BAD_PARAMETER. */
apr_status_t sp_filter_parse(sp_req_t *q, sp_filter_input_t *filter);
/* service and platform, by public id or name. SP_E_SERVICE_UNKNOWN, SP_E_PLATFORM_UNKNOWN. Pool: q->p. */
apr_status_t sp_filter_resolve(sp_req_t *q, sp_db_t *db, sp_filter_input_t *filter);
/* Whether the filter lets this service through. */
int sp_filter_has_service(const sp_filter_input_t *filter, int service);

#endif
