/* What only SQLite has: what is set once in the life of a database file. */
#ifndef SP_DB_SQLITE_H
#define SP_DB_SQLITE_H

#include "db.h"

/* Write-ahead logging, kept in the file. */
apr_status_t sp_db_sqlite_use_wal(sp_db_t *db, sp_error_t *err);
/* Moves the whole log into the file and empties it. */
apr_status_t sp_db_sqlite_checkpoint(sp_db_t *db, sp_error_t *err);

#endif
