/* The order in which an export must hand out its series, so that whoever reads it back meets new names in the stored order. */
#ifndef SP_SERIES_ORDER_H
#define SP_SERIES_ORDER_H

#include "series_filter.h"

typedef struct {
    apr_array_header_t *first;                /* of sp_walk_t: these series before all others */
    apr_array_header_t *services, *platforms; /* of int ids, ascending: no order of the series does it, so the names must be told by themselves; else empty */
} sp_series_order_t;

/* Nothing comes first where the ascending order of the keys does it already. Pool: p. */
apr_status_t sp_series_order_find(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, sp_series_order_t *order, sp_error_t *err);
int sp_series_order_is_first(const sp_series_order_t *order, const sp_walk_t *at);

#endif
