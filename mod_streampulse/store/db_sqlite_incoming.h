/* The table incoming of an SQLite connection, and the function incoming_number: rows in memory that a statement reads. */
#ifndef SP_DB_SQLITE_INCOMING_H
#define SP_DB_SQLITE_INCOMING_H

#include <sqlite3.h>

#include "db_engine.h"

/* SQLite's code. Both show db->incoming. */
int sp_db_sqlite_incoming_add(sqlite3 *handle, sp_db_t *db);
/* After every statement that uses it was finalised. */
void sp_db_sqlite_incoming_remove(sqlite3 *handle);

#endif
