/* Cells of one service or event, gathered in any order, laid out as a table. */
#ifndef SP_GRID_H
#define SP_GRID_H

#include "db.h"
#include "table.h"

typedef struct sp_grid_t sp_grid_t;

/* Pool: p, which a caller may drop after sp_grid_table. */
sp_grid_t *sp_grid_create(sp_db_t *db, apr_pool_t *p);
/* The column of a platform, for sp_grid_add; known ones again. Reads its identity from the database. */
apr_status_t sp_grid_column(sp_grid_t *grid, apr_int64_t platform, int *column, sp_error_t *err);
void sp_grid_add(sp_grid_t *grid, int column, sp_day_t first, sp_day_t last, apr_int64_t viewers);
int sp_grid_is_empty(const sp_grid_t *grid);
/* Rows: the union of the days, ascending; columns in display order; numbers of one place are added up; last: the largest; totals filled. Pool: p. */
sp_table_t *sp_grid_table(const sp_grid_t *grid, apr_pool_t *p, int labels);

#endif
