/* What the reads of series.h share; for the store's files only. */
#ifndef SP_SERIES_FILTER_H
#define SP_SERIES_FILTER_H

#include "grid.h"
#include "series.h"
#include "walk.h"

/* An empty list has everything (NULL), and nothing when it is there without an element. */
int sp_series_has(const apr_array_header_t *ids, apr_int64_t id);
sp_day_t sp_series_from(const sp_filter_t *filter);
sp_day_t sp_series_to(const sp_filter_t *filter);
/* The next stored series after *at that the filter lets through; what it does not want is skipped in one step. APR_EOF. */
apr_status_t sp_series_next(sp_db_t *db, const sp_filter_t *filter, sp_walk_t *at, sp_error_t *err);
/* The same among the series that any entry ever spoke about. */
apr_status_t sp_series_next_said(sp_db_t *db, const sp_filter_t *filter, sp_walk_t *at, sp_error_t *err);
/* Binds series and days of SP_Q_NUMBER_RANGE or SP_Q_NUMBER_LABELLED; NULL when it cannot be prepared. */
sp_stmt_t *sp_series_range(sp_db_t *db, sp_query_e query, const sp_walk_t *at, const sp_filter_t *filter, sp_error_t *err);
/* A series' numbers inside the filter, into the grid: weeks with their last day, an event's days alone. */
apr_status_t sp_series_gather(sp_db_t *db, sp_grid_t *grid, const sp_walk_t *at, const sp_filter_t *filter, sp_error_t *err);
/* Several statements see one state: begins a read transaction unless one is open; *opened for sp_series_end. */
apr_status_t sp_series_begin(sp_db_t *db, int *opened, sp_error_t *err);
void sp_series_end(sp_db_t *db, int opened);

#endif
