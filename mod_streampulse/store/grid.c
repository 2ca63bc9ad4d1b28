/* Lays gathered cells out as a table. */
#include "grid.h"

#include <stdlib.h>

#include <apr_strings.h>

typedef struct {
    sp_ident_t ident;
    apr_int64_t position;
    int index; /* as handed out */
} column_t;

typedef struct {
    sp_day_t first, last;
    int column;
    apr_int64_t viewers;
} cell_t;

struct sp_grid_t {
    sp_db_t *db;
    apr_pool_t *p;
    apr_array_header_t *columns; /* of column_t */
    apr_array_header_t *cells;   /* of cell_t */
    sp_day_t lo, hi;
};

sp_grid_t *sp_grid_create(sp_db_t *db, apr_pool_t *p)
{
    sp_grid_t *grid = apr_pcalloc(p, sizeof(*grid));

    grid->db = db;
    grid->p = p;
    grid->columns = apr_array_make(p, 8, sizeof(column_t));
    grid->cells = apr_array_make(p, 64, sizeof(cell_t));
    return grid;
}

apr_status_t sp_grid_column(sp_grid_t *grid, apr_int64_t platform, int *column, sp_error_t *err)
{
    sp_stmt_t *st;
    column_t *added;
    apr_status_t rv;
    int i;

    for (i = 0; i < grid->columns->nelts; i++)
        if (APR_ARRAY_IDX(grid->columns, i, column_t).ident.id == platform) {
            *column = i;
            return APR_SUCCESS;
        }
    if (!(st = sp_db_stmt(grid->db, SP_Q_PLATFORM_BY_ID, err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, platform);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database has numbers of a platform that it does not know") : rv;
    *column = grid->columns->nelts;
    added = apr_array_push(grid->columns);
    added->ident = (sp_ident_t){(int)platform, sp_stmt_text(st, 1, grid->p), sp_stmt_text(st, 2, grid->p), sp_stmt_text(st, 3, grid->p)};
    added->position = sp_stmt_int(st, 4);
    added->index = *column;
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

void sp_grid_add(sp_grid_t *grid, int column, sp_day_t first, sp_day_t last, apr_int64_t viewers)
{
    if (first < 0 || first > SP_DAY_MAX)
        return; /* a damaged database: sp_ledger_check tells */
    if (grid->cells->nelts == 0 || first < grid->lo)
        grid->lo = first;
    if (grid->cells->nelts == 0 || first > grid->hi)
        grid->hi = first;
    APR_ARRAY_PUSH(grid->cells, cell_t) = (cell_t){first, last, column, viewers};
}

int sp_grid_is_empty(const sp_grid_t *grid)
{
    return grid->cells->nelts == 0;
}

static int compare_columns(const void *va, const void *vb)
{
    const column_t *a = va, *b = vb;

    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return a->ident.id - b->ident.id;
}

/* *rows and for each day from lo its row (-1: none). */
static int *number_rows(const sp_grid_t *grid, int *rows)
{
    int days = sp_grid_is_empty(grid) ? 0 : grid->hi - grid->lo + 1;
    int *row = apr_pcalloc(grid->p, sizeof(int) * (apr_size_t)(days + 1));
    int i;

    *rows = 0;
    for (i = 0; i < grid->cells->nelts; i++)
        row[APR_ARRAY_IDX(grid->cells, i, cell_t).first - grid->lo] = 1;
    for (i = 0; i < days; i++)
        row[i] = row[i] ? (*rows)++ : -1;
    return row;
}

/* The columns that hold a cell, in display order; *place: for each index handed out its column in the table. */
static column_t *order_columns(const sp_grid_t *grid, int *count, int **place)
{
    int all = grid->columns->nelts, i;
    unsigned char *used = apr_pcalloc(grid->p, (apr_size_t)all + 1);
    column_t *columns = apr_palloc(grid->p, sizeof(column_t) * (apr_size_t)(all + 1));

    *count = 0;
    *place = apr_pcalloc(grid->p, sizeof(int) * (apr_size_t)(all + 1));
    for (i = 0; i < grid->cells->nelts; i++)
        used[APR_ARRAY_IDX(grid->cells, i, cell_t).column] = 1;
    for (i = 0; i < all; i++)
        if (used[i])
            columns[(*count)++] = APR_ARRAY_IDX(grid->columns, i, column_t);
    qsort(columns, (size_t)*count, sizeof(column_t), compare_columns);
    for (i = 0; i < *count; i++)
        (*place)[columns[i].index] = i;
    return columns;
}

static void copy_ident(sp_ident_t *to, const sp_ident_t *from, apr_pool_t *p)
{
    *to = (sp_ident_t){from->id, apr_pstrdup(p, from->slug), apr_pstrdup(p, from->name), apr_pstrdup(p, from->color)};
}

sp_table_t *sp_grid_table(const sp_grid_t *grid, apr_pool_t *p, int labels)
{
    int rows, count, i;
    int *place, *row = number_rows(grid, &rows);
    column_t *columns = order_columns(grid, &count, &place);
    sp_table_t *table = sp_table_create(p, rows, count, labels);

    for (i = 0; i < rows; i++)
        table->last[i] = SP_DAY_NONE;
    for (i = 0; i < count; i++)
        copy_ident(&table->platform[i], &columns[i].ident, p);
    for (i = 0; i < grid->cells->nelts; i++) {
        const cell_t *cell = &APR_ARRAY_IDX(grid->cells, i, cell_t);
        int at = row[cell->first - grid->lo];
        apr_int64_t *viewers = &table->viewers[place[cell->column]][at];

        *viewers = sp_table_add(*viewers, cell->viewers);
        table->first[at] = cell->first;
        if (cell->last > table->last[at])
            table->last[at] = cell->last;
    }
    sp_table_sum(table);
    return table;
}
