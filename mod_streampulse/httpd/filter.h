/* The query parameters that choose which numbers are asked for. */
#ifndef SP_FILTER_H
#define SP_FILTER_H

#include "heavy_gate.h"
#include "request.h"
#include "series.h"

typedef struct {
    sp_filter_t numbers; /* for the store; services and platforms are there once resolved */
    sp_interval_e interval;
    apr_int64_t as_of; /* an entry: as it was after it; 0: now */
} sp_filter_input_t;

/* The parameters from and to: days, SP_DAY_NONE where they are not given. SP_E_BAD_PARAMETER. */
apr_status_t sp_filter_parse_period(sp_req_t *q, sp_day_t *from, sp_day_t *to);
/* from, to, interval and as_of, before a connection is taken. SP_E_BAD_PARAMETER. */
apr_status_t sp_filter_parse(sp_req_t *q, sp_filter_input_t *filter);
/* Where as_of asks for it: what is read from here on is what there was then, as far as the request's names may mean it; weekly: whether weekly numbers are
 * shown at all. Before sp_filter_resolve, in the snapshot's transaction. APR_EAGAIN: see sp_heavy_add. */
apr_status_t sp_filter_enter_past(sp_req_t *q, sp_db_t *db, const sp_filter_input_t *filter, int weekly, sp_heavy_t *heavy);
/* service and platform, by public id or name. SP_E_SERVICE_UNKNOWN, SP_E_PLATFORM_UNKNOWN. Pool: q->p. */
apr_status_t sp_filter_resolve(sp_req_t *q, sp_db_t *db, sp_filter_input_t *filter);

#endif
