/* The seam between what is remembered and the engine that remembers it. */
#ifndef SP_DB_H
#define SP_DB_H

#include <apr_pools.h>
#include <apr_time.h>

#include "error.h"
#include "queries.h" /* generated from schema/queries.sql: sp_query_e, SP_Q_... */

typedef struct sp_db_t sp_db_t;
typedef struct sp_stmt_t sp_stmt_t;

typedef struct {
    int write_timeout_ms; /* how long a write waits for another writer: SP_E_DATABASE_BUSY after it */
    int must_write;       /* a file that could be opened for reading only is SP_E_DATABASE_UNAVAILABLE, with APR_EACCES */
} sp_db_options_t;

/* Takes an engine's open handle (sqlite3 *; never closed here) for the life of p: sets it up (WAL is the database's, synchronous=FULL, foreign keys), caches
 * statements, and rolls an open transaction back when p is destroyed. Does not look at the schema: sp_migrate_verify does. */
apr_status_t sp_db_attach_sqlite(sp_db_t **db, apr_pool_t *p, void *handle, const sp_db_options_t *options, sp_error_t *err);

/* Opens what a DBDParams string of that driver names ("sqlite3": a path or a file: URI), without creating anything, and attaches it; closed with p. */
apr_status_t sp_db_open(sp_db_t **db, apr_pool_t *p, const char *driver, const char *params, const sp_db_options_t *options, sp_error_t *err);

/* On whose behalf the connection works, for the audit log. Texts live as long as the actor is set. */
typedef struct {
    const char *user;       /* as in the ledger */
    const char *role;       /* "admin" ... */
    const char *method;     /* "anonymous", "pin", "oidc", "token", "command", "system" */
    const char *address;    /* of the client; NULL: none */
    const char *request_id; /* NULL: none */
} sp_actor_t;

/* {"system", "none", "system"}: what the program does by itself. */
extern const sp_actor_t sp_db_system;

/* NULL: sp_db_system. */
void sp_db_set_actor(sp_db_t *db, const sp_actor_t *actor);
/* Never NULL. */
const sp_actor_t *sp_db_actor(const sp_db_t *db);

/* Hears what a transaction did once it is committed, and nothing of one that was rolled back: a line for the log. NULL: nobody listens. */
typedef void (*sp_db_listener_fn)(void *ctx, const char *line);
void sp_db_set_listener(sp_db_t *db, sp_db_listener_fn fn, void *ctx);
/* Inside a write transaction. */
void sp_db_tell(sp_db_t *db, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Returns what it was. */
int sp_db_set_write_timeout(sp_db_t *db, int timeout_ms);
/* What the connection is to, for the log; never for people. */
const char *sp_db_name(const sp_db_t *db);

/* The cached statement of a query, reset and unbound. NULL and err when it cannot be prepared. Valid until the same query is asked for again. */
sp_stmt_t *sp_db_stmt(sp_db_t *db, sp_query_e query, sp_error_t *err);

/* Parameters count from 1. Text is not copied: it must live until the statement is reset. text NULL binds NULL. */
void sp_stmt_bind_int(sp_stmt_t *st, int i, apr_int64_t v);
void sp_stmt_bind_text(sp_stmt_t *st, int i, const char *text);
void sp_stmt_bind_null(sp_stmt_t *st, int i);

/* APR_SUCCESS: a row. APR_EOF: no more (the statement is reset). Anything else: failed, err filled, reset. */
apr_status_t sp_stmt_step(sp_stmt_t *st, sp_error_t *err);
/* For a reader that stops early. */
void sp_stmt_reset(sp_stmt_t *st);
/* The first column of the only row, which there must be; resets it. */
apr_status_t sp_stmt_number(sp_stmt_t *st, apr_int64_t *number, sp_error_t *err);
/* Runs a statement that gives no row; *changed (may be NULL): rows it changed. */
apr_status_t sp_stmt_run(sp_stmt_t *st, apr_int64_t *changed, sp_error_t *err);

/* A row of the table incoming (a, b, c, d, e, f, data), which a statement reads as if it were stored. Where rows are in ascending order of d,
 * incoming_number(d, n) gives their number n, NULL where there is none. */
#define SP_DB_ROW_NUMBERS 6
typedef struct {
    apr_int64_t number[SP_DB_ROW_NUMBERS];
    const void *data;
    apr_size_t len;
} sp_db_row_t;

/* Runs a statement over rows, which is much faster than running it once for each. */
apr_status_t sp_stmt_run_rows(sp_stmt_t *st, const sp_db_row_t *rows, int count, sp_error_t *err);

/* Columns count from 0. */
int sp_stmt_is_null(sp_stmt_t *st, int column);
apr_int64_t sp_stmt_int(sp_stmt_t *st, int column);
/* Copied into p; NULL for NULL. */
const char *sp_stmt_text(sp_stmt_t *st, int column, apr_pool_t *p);
/* Valid until the next step. */
const void *sp_stmt_blob(sp_stmt_t *st, int column, apr_size_t *len);

/* One transaction at a time. read: a snapshot; write: takes the write lock now, waiting at most the write timeout (SP_E_DATABASE_BUSY). */
apr_status_t sp_db_begin_read(sp_db_t *db, sp_error_t *err);
apr_status_t sp_db_begin_write(sp_db_t *db, sp_error_t *err);
apr_status_t sp_db_commit(sp_db_t *db, sp_error_t *err);
/* Commits where rv says that all went well; else rolls back and passes rv on. */
apr_status_t sp_db_end_write(sp_db_t *db, apr_status_t rv, sp_error_t *err);
/* Always possible: also resets every statement, so that none keeps a snapshot open. */
void sp_db_rollback(sp_db_t *db);
int sp_db_in_transaction(const sp_db_t *db);
/* How long the last write transaction kept other writers out. */
apr_interval_time_t sp_db_lock_held(const sp_db_t *db);

/* Runs a whole script of statements (migrations), no parameters. */
apr_status_t sp_db_script(sp_db_t *db, const char *sql, sp_error_t *err);
/* The engine's quick look at the whole file, then its full check: APR_SUCCESS, or SP_E_DATABASE_CORRUPT with what it found in err->log. */
apr_status_t sp_db_quick_check(sp_db_t *db, sp_error_t *err);
apr_status_t sp_db_integrity(sp_db_t *db, sp_error_t *err);

#endif
