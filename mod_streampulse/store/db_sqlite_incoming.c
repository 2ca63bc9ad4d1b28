/* An eponymous virtual table of SQLite's, read from the first row to the last. */
#include "db_sqlite_incoming.h"

#include <stdlib.h>

#define NAME     "incoming"
#define FUNCTION "incoming_number"
#define KEY      3 /* the number by which a row is found: d */

typedef struct {
    sqlite3_vtab base; /* SQLite wants it first, as in the next */
    sp_db_t *db;
} table_t;

typedef struct {
    sqlite3_vtab_cursor base;
    const sp_db_row_t *at, *end;
} cursor_t;

static int connect_table(sqlite3 *handle, void *db, int argc, const char *const *argv, sqlite3_vtab **out, char **message)
{
    table_t *table;
    int rc = sqlite3_declare_vtab(handle, "CREATE TABLE x (a INTEGER, b INTEGER, c INTEGER, d INTEGER, e INTEGER, f INTEGER, data BLOB)");

    if (rc != SQLITE_OK)
        return rc;
    if (!(table = calloc(1, sizeof(*table))))
        return SQLITE_NOMEM;
    table->db = db;
    *out = &table->base;
    return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

/* There is one way to read it, in the order of the rows. */
static int choose_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
    info->estimatedCost = 1000;
    info->estimatedRows = 1000;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    cursor_t *cursor = calloc(1, sizeof(*cursor));

    if (!cursor)
        return SQLITE_NOMEM;
    *out = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    free(cursor);
    return SQLITE_OK;
}

static int rewind_cursor(sqlite3_vtab_cursor *base, int index, const char *name, int argc, sqlite3_value **argv)
{
    const sp_db_t *db = ((table_t *)base->pVtab)->db;
    cursor_t *cursor = (cursor_t *)base;

    cursor->at = db->incoming;
    cursor->end = db->incoming + db->incoming_count;
    return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *base)
{
    ((cursor_t *)base)->at++;
    return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *base)
{
    const cursor_t *cursor = (const cursor_t *)base;
    return cursor->at == cursor->end;
}

static int give_column(sqlite3_vtab_cursor *base, sqlite3_context *result, int column)
{
    const sp_db_row_t *row = ((const cursor_t *)base)->at;

    if (column < SP_DB_ROW_NUMBERS)
        sqlite3_result_int64(result, row->number[column]);
    else
        sqlite3_result_blob64(result, row->data, row->len, SQLITE_STATIC);
    return SQLITE_OK;
}

static int give_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *id)
{
    const sp_db_t *db = ((table_t *)base->pVtab)->db;

    *id = ((const cursor_t *)base)->at - db->incoming;
    return SQLITE_OK;
}

/* Without xCreate the table is there under its module's name, and can be made under no other. */
static const sqlite3_module module = {
    .xConnect = connect_table,
    .xBestIndex = choose_index,
    .xDisconnect = disconnect_table,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = rewind_cursor,
    .xNext = next_row,
    .xEof = is_at_end,
    .xColumn = give_column,
    .xRowid = give_rowid,
};

/* From the row found last on: statements ask in order. */
static const sp_db_row_t *find_row(sp_db_t *db, apr_int64_t key)
{
    const sp_db_row_t *rows = db->incoming;
    int i = db->incoming_at;

    if (i > 0 && rows[i - 1].number[KEY] >= key)
        i = 0;
    while (i < db->incoming_count && rows[i].number[KEY] < key)
        i++;
    db->incoming_at = i;
    return i < db->incoming_count && rows[i].number[KEY] == key ? &rows[i] : NULL;
}

static void give_number(sqlite3_context *result, int argc, sqlite3_value **argv)
{
    const sp_db_row_t *row = find_row(sqlite3_user_data(result), sqlite3_value_int64(argv[0]));
    int number = sqlite3_value_int(argv[1]);

    if (row && number >= 0 && number < SP_DB_ROW_NUMBERS)
        sqlite3_result_int64(result, row->number[number]);
}

int sp_db_sqlite_incoming_add(sqlite3 *handle, sp_db_t *db)
{
    int rc = sqlite3_create_module(handle, NAME, &module, db);

    return rc == SQLITE_OK ? sqlite3_create_function(handle, FUNCTION, 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, db, give_number, NULL, NULL) : rc;
}

void sp_db_sqlite_incoming_remove(sqlite3 *handle)
{
    sqlite3_create_module(handle, NAME, NULL, NULL);
    sqlite3_create_function(handle, FUNCTION, 2, SQLITE_UTF8, NULL, NULL, NULL, NULL);
}
