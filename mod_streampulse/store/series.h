/* Reading the numbers: by service, by event, and all of them in export order. */
#ifndef SP_SERIES_H
#define SP_SERIES_H

#include "db.h"
#include "export_row.h"
#include "table.h"

typedef struct {
    sp_day_t from, to;             /* inclusive on week_start, SP_DAY_NONE: open; events: on the day */
    apr_array_header_t *services;  /* of int ids; NULL: all */
    apr_array_header_t *platforms; /* of int ids; NULL: all */
} sp_filter_t;

/* Services (platforms) that have a number in effect, in display order. *idents: of sp_ident_t. */
apr_status_t sp_series_services(sp_db_t *db, apr_pool_t *p, apr_array_header_t **idents, sp_error_t *err);
apr_status_t sp_series_platforms(sp_db_t *db, apr_pool_t *p, apr_array_header_t **idents, sp_error_t *err);
/* The services that the filter names, each once, in display order, with or without a number; all that have one where it names none. */
apr_status_t sp_series_services_of(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, apr_array_header_t **idents, sp_error_t *err);
/* By public id (slug), or by a name that folds alike. SP_E_SERVICE_UNKNOWN, APR_NOTFOUND where there is none with a number in effect. */
apr_status_t sp_series_find_service(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err);
apr_status_t sp_series_find_platform(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err);

/* Adds to ids (of int) every service (platform) that the text may mean, whether or not it has a number. */
apr_status_t sp_series_may_be_service(sp_db_t *db, apr_pool_t *p, const char *id, apr_array_header_t *ids, sp_error_t *err);
apr_status_t sp_series_may_be_platform(sp_db_t *db, apr_pool_t *p, const char *id, apr_array_header_t *ids, sp_error_t *err);

/* One service's weeks inside the filter; platforms without a number inside it are left out. rows 0 when there is nothing. filter may be NULL. */
apr_status_t sp_series_weekly(sp_db_t *db, apr_pool_t *p, const sp_ident_t *service, const sp_filter_t *filter, sp_table_t **table, sp_error_t *err);

/* Events that have a number inside the filter (its services: those of the event's numbers; numbers of no service only without that filter), and those made by
 * hand that have none (rows 0) when their days touch the filter's and it names no service or platform, in date order. Days outside the filter are left out;
 * start and end stay the edition's own. *tables: of sp_table_t *. */
apr_status_t sp_series_events(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, apr_array_header_t **tables, sp_error_t *err);
/* One event, whole, by its stored id. APR_NOTFOUND (err untouched) where it is not shown. */
apr_status_t sp_series_event(sp_db_t *db, apr_pool_t *p, int event, sp_table_t **table, sp_error_t *err);

/* Every number inside the filter: weekly first (service, platform, week), then events (event, service, platform, day), but that series which introduce a name
 * come earlier where that brings the names in their stored order. Names are the stored ones; texts live until the next call. */
typedef sp_export_row_t sp_series_row_t;
typedef apr_status_t (*sp_series_row_fn)(void *ctx, const sp_series_row_t *row);
apr_status_t sp_series_each(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, sp_series_row_fn fn, void *ctx, sp_error_t *err);
/* The same for an export: whoever reads it back keeps new names in the order in which they come, so where no order of the numbers does it, rows with a name
 * alone lead (see export_row.h). */
apr_status_t sp_series_export(sp_db_t *db, apr_pool_t *p, const sp_filter_t *filter, sp_series_row_fn fn, void *ctx, sp_error_t *err);

#endif
