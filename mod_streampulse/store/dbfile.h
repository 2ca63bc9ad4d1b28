/* An SQLite database as a file: what it is before SQLite touches it, and how a new one comes into being. */
#ifndef SP_DBFILE_H
#define SP_DBFILE_H

#include <apr_file_io.h>

#include "error.h"

typedef struct {
    const char *path;
    apr_off_t size;
    int has_log; /* there is a -wal beside it, even an empty one: somebody may be using it */
    int is_wal;  /* the file asks for write-ahead logging */
} sp_dbfile_t;

/* The path in a DBDParams string: itself, or that of a file: URI. NULL where it names no file (":memory:", ""). Pool: p. */
const char *sp_dbfile_path(apr_pool_t *p, const char *params);
/* A file: URI for reading only; untouched: without even a lock (nobody else may be using it). Pool: p. */
const char *sp_dbfile_uri_readonly(apr_pool_t *p, const char *path, int untouched);

/* Reads the file's header. APR_ENOENT (err untouched) when there is none. SP_E_DATABASE_REFUSED: empty, not SQLite, or another application's;
 * SP_E_DATABASE_CORRUPT: cut short; SP_E_DATABASE_UNAVAILABLE: cannot be read. Never call it in a process that has the same database open: closing the file
 * here would end SQLite's locks on it. */
apr_status_t sp_dbfile_look(sp_dbfile_t *file, apr_pool_t *p, const char *path, sp_error_t *err);

/* Removes what makers of a new database left beside path when they were killed; those at work are left alone. Never call it in a process that has the database
 * open. */
void sp_dbfile_sweep(apr_pool_t *p, const char *path);
/* Makes an empty file beside path under a name of its own; *temp is gone with p, with its -wal and -shm. */
apr_status_t sp_dbfile_create_temp(const char **temp, apr_pool_t *p, const char *path, sp_error_t *err);
/* Puts a finished one in place, on disk; APR_EEXIST (err untouched) when another one is there already. */
apr_status_t sp_dbfile_publish(apr_pool_t *p, const char *temp, const char *path, sp_error_t *err);

/* Fills err: message for people, and for the log a line that names the file. Returns a failing status. */
apr_status_t sp_dbfile_refuse(sp_error_t *err, sp_error_code_e code, const char *path, const char *message, const char *log);

#endif
