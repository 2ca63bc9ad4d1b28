/* Changes of the projection on their way into it, many at a time. */
#ifndef SP_NUMBER_WRITER_H
#define SP_NUMBER_WRITER_H

#include "calendar.h"
#include "walk.h"

typedef struct sp_number_writer_t sp_number_writer_t;

/* by: the entry that does it. Pool: p. */
sp_number_writer_t *sp_number_writer_create(sp_db_t *db, apr_pool_t *p, apr_int64_t by);

/* One number of a series: a new one, another one in place of a stored one, or one that goes. In ascending order of the days, and each day once; when they are
 * written is not said. */
apr_status_t sp_number_writer_add(sp_number_writer_t *w, const sp_walk_t *at, sp_day_t day, apr_int64_t viewers, int span, sp_error_t *err);
apr_status_t sp_number_writer_change(sp_number_writer_t *w, const sp_walk_t *at, sp_day_t day, apr_int64_t viewers, int span, sp_error_t *err);
apr_status_t sp_number_writer_clear(sp_number_writer_t *w, const sp_walk_t *at, sp_day_t day, sp_error_t *err);
/* Between two series, and wherever the days begin anew. */
apr_status_t sp_number_writer_end_series(sp_number_writer_t *w, sp_error_t *err);
/* Writes whatever is left. */
apr_status_t sp_number_writer_flush(sp_number_writer_t *w, sp_error_t *err);

#endif
