/* The SQLite engine behind db.h, on the native handle. */
#include "db_sqlite.h"

#include <errno.h>
#include <string.h>

#include <apr_strings.h>
#include <sqlite3.h>

#include "db_engine.h"
#include "db_sqlite_incoming.h"

#define READ_WAIT_MS       1000  /* readers wait in rare moments only: another process recovers the log */
#define RELEASE_AFTER_ROWS 10000 /* a commit of more gives the page cache back */
#define LOCK_POLL_MAX_US   20000
#define LOG_PAGES          1000 /* from so many on, a commit moves the log into the database */

/* synchronous=FULL: NORMAL loses acknowledged writes in a power cut. The log shrinks back to the limit after a large commit. A larger cache, of each
 * connection, makes neither walks over series nor imports faster: the system keeps the pages, too. */
static const char setup_sql[] = "PRAGMA foreign_keys=ON;"
                                "PRAGMA synchronous=FULL;"
                                "PRAGMA cache_size=-1000;"
                                "PRAGMA mmap_size=0;"
                                "PRAGMA journal_size_limit=8388608;";

static int is_out_of_space(int rc, int system)
{
    return rc == SQLITE_FULL || (rc == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT));
}

static apr_status_t fail_code(int rc, int system, sp_error_t *err)
{
    if (is_out_of_space(rc, system))
        return sp_error_set(err, SP_E_STORAGE_FULL, APR_ENOSPC, "could not store: the database's disk is full");
    if (rc == SQLITE_IOERR && system == EFBIG)
        return sp_error_set(err, SP_E_STORAGE_FULL, APR_ENOSPC, "could not store: the database's file has reached the size that is allowed here");
    switch (rc) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return sp_error_set(err, SP_E_DATABASE_BUSY, APR_TIMEUP, "the database is busy with another change; try again in a moment");
    case SQLITE_READONLY:
        return sp_error_set(err, SP_E_DATABASE_UNAVAILABLE, APR_EACCES, "the database may not be written at the moment");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return sp_error_set(err, SP_E_DATABASE_UNAVAILABLE, APR_EGENERAL, "the database cannot be read or written at the moment");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    case SQLITE_NOMEM:
        return sp_error_set(err, SP_E_INTERNAL, APR_ENOMEM, "out of memory");
    default: /* not an enum: SQLite's other codes are faults of ours */
        return sp_error_set(err, SP_E_INTERNAL, APR_EGENERAL, "the database refused a statement");
    }
}

static apr_status_t fail(sp_db_t *db, int rc, const char *what, sp_error_t *err)
{
    sqlite3 *h = db->handle;
    int system = errno ? errno : sqlite3_system_errno(h); /* SQLite keeps none of a failed commit, but that of an older failure */
    apr_status_t rv;

    if (err && err->code != SP_E_NONE)
        return err->rv != APR_SUCCESS ? err->rv : APR_EGENERAL;
    rv = fail_code(rc & 0xff, system, err);
    if (err && err->code == SP_E_DATABASE_BUSY)
        err->retry_after_s = 1 + db->write_timeout_ms / 1000;
    sp_error_set_log(err, "database \"%s\": %s: %s (SQLite %d, system %d)", db->name, what, sqlite3_errmsg(h), sqlite3_extended_errcode(h), system);
    return rv;
}

/* SQLite's own handler sleeps up to 100 ms at a time, which wastes a lock that is free. */
static int wait_for_lock(void *ctx, int count)
{
    sp_db_t *db = ctx;
    apr_time_t now = apr_time_now();
    apr_interval_time_t left, nap = 1000 * (apr_interval_time_t)(count + 1);

    if (count == 0)
        db->wait_since = now;
    left = db->wait_since + apr_time_from_msec(db->wait_ms) - now;
    if (left <= 0 || db->wait_since > now)
        return 0;
    if (nap > LOCK_POLL_MAX_US)
        nap = LOCK_POLL_MAX_US;
    apr_sleep(nap < left ? nap : left);
    return 1;
}

static apr_status_t lite_prepare(sp_stmt_t *st, sp_error_t *err)
{
    sqlite3_stmt *native = NULL;
    int rc;

    errno = 0;
    rc = sqlite3_prepare_v3(st->db->handle, sp_queries[st->query].sqlite, -1, SQLITE_PREPARE_PERSISTENT, &native, NULL);
    if (rc != SQLITE_OK)
        return fail(st->db, rc, sp_queries[st->query].name, err);
    st->native = native;
    return APR_SUCCESS;
}

static void note_bind(sp_stmt_t *st, int rc)
{
    if (rc != SQLITE_OK && !st->bind_failed)
        st->bind_failed = rc;
}

static void lite_bind_int(sp_stmt_t *st, int i, apr_int64_t v)
{
    note_bind(st, sqlite3_bind_int64(st->native, i, v));
}

static void lite_bind_text(sp_stmt_t *st, int i, const char *text)
{
    note_bind(st, sqlite3_bind_text(st->native, i, text, -1, SQLITE_STATIC));
}

static void lite_bind_null(sp_stmt_t *st, int i)
{
    note_bind(st, sqlite3_bind_null(st->native, i));
}

static void lite_reset(sp_stmt_t *st)
{
    sqlite3_reset(st->native);
    st->active = 0;
}

static void lite_clear(sp_stmt_t *st)
{
    lite_reset(st);
    sqlite3_clear_bindings(st->native);
}

static apr_status_t lite_step(sp_stmt_t *st, sp_error_t *err)
{
    int rc;
    apr_status_t rv;

    if (st->bind_failed)
        return fail(st->db, st->bind_failed, sp_queries[st->query].name, err);
    st->active = 1;
    errno = 0;
    rc = sqlite3_step(st->native);
    if (rc == SQLITE_ROW)
        return APR_SUCCESS;
    rv = rc == SQLITE_DONE ? APR_EOF : fail(st->db, rc, sp_queries[st->query].name, err);
    lite_reset(st);
    return rv;
}

static apr_int64_t lite_changed(sp_stmt_t *st)
{
    return sqlite3_changes(st->db->handle);
}

static int lite_is_null(sp_stmt_t *st, int column)
{
    return sqlite3_column_type(st->native, column) == SQLITE_NULL;
}

static apr_int64_t lite_get_int(sp_stmt_t *st, int column)
{
    return sqlite3_column_int64(st->native, column);
}

static const char *lite_get_text(sp_stmt_t *st, int column)
{
    return (const char *)sqlite3_column_text(st->native, column);
}

static const void *lite_get_blob(sp_stmt_t *st, int column, apr_size_t *len)
{
    const void *data = sqlite3_column_blob(st->native, column);

    *len = (apr_size_t)sqlite3_column_bytes(st->native, column);
    return data;
}

static int lite_in_transaction(const sp_db_t *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

static void lite_will_write(sp_db_t *db, int yes)
{
    db->wait_ms = yes ? db->write_timeout_ms : READ_WAIT_MS;
    if (yes)
        db->changes_before = sqlite3_total_changes(db->handle);
}

/* In place of SQLite's own handler, which would move the log here, before anybody could know that the lock is free. */
static int on_logged(void *ctx, sqlite3 *handle, const char *name, int pages)
{
    sp_db_t *db = ctx;

    sp_db_engine_unlocked(db);
    db->log_pages = pages;
    return SQLITE_OK;
}

/* The transaction is safe in the log already: what cannot be moved now (a reader needs it) is moved by a later commit. */
static void move_log(sp_db_t *db)
{
    if (db->log_pages >= LOG_PAGES)
        sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    db->log_pages = 0;
}

static void lite_committed(sp_db_t *db)
{
    move_log(db);
    if (sqlite3_total_changes(db->handle) - db->changes_before > RELEASE_AFTER_ROWS)
        sqlite3_db_release_memory(db->handle);
    db->changes_before = sqlite3_total_changes(db->handle);
}

static apr_status_t lite_script(sp_db_t *db, const char *sql, sp_error_t *err)
{
    int rc;

    errno = 0;
    rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? APR_SUCCESS : fail(db, rc, "script", err);
}

typedef struct {
    apr_pool_t *pool;
    const char *found;
} check_t;

static int on_check_line(void *ctx, int columns, char **values, char **names)
{
    check_t *check = ctx;

    if (columns < 1 || !values[0] || strcmp(values[0], "ok") == 0)
        return 0;
    check->found = check->found ? apr_pstrcat(check->pool, check->found, "; ", values[0], NULL) : apr_pstrdup(check->pool, values[0]);
    return 0;
}

static apr_status_t lite_check(sp_db_t *db, int full, sp_error_t *err)
{
    check_t check = {err ? err->pool : db->pool, NULL};
    apr_status_t rv;
    int rc;

    errno = 0;
    rc = sqlite3_exec(db->handle, full ? "PRAGMA integrity_check(20)" : "PRAGMA quick_check(5)", on_check_line, &check, NULL);
    if (rc != SQLITE_OK)
        return fail(db, rc, "integrity check", err);
    if (!check.found)
        return APR_SUCCESS;
    rv = sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    sp_error_set_log(err, "database \"%s\" is damaged: %s", db->name, check.found);
    return rv;
}

static const sp_db_engine_t engine_sqlite = {
    lite_prepare, lite_bind_int, lite_bind_text, lite_bind_null,      lite_clear,      lite_reset,     lite_step,   lite_changed, lite_is_null,
    lite_get_int, lite_get_text, lite_get_blob,  lite_in_transaction, lite_will_write, lite_committed, lite_script, lite_check,
};

/* The handle lives on, in mod_dbd's pool or until close_handle: nothing of ours may stay in it. */
static apr_status_t detach(void *ctx)
{
    sp_db_t *db = ctx;
    int i;

    sp_db_rollback(db);
    for (i = 0; i < SP_Q_COUNT; i++) {
        sqlite3_finalize(db->statements[i].native);
        db->statements[i].native = NULL;
    }
    sqlite3_busy_handler(db->handle, NULL, NULL);
    sqlite3_wal_hook(db->handle, NULL, NULL);
    sp_db_sqlite_incoming_remove(db->handle);
    return APR_SUCCESS;
}

/* Before the first statement: SQLite would make a log that may not be written either, and that outlives the cause. */
static apr_status_t refuse_readonly(const char *name, sp_error_t *err)
{
    apr_status_t rv = sp_error_set(err, SP_E_DATABASE_UNAVAILABLE, APR_EACCES, "the database may not be written at the moment");

    sp_error_set_log(err, "database \"%s\" could be opened for reading only: let the user that httpd runs as write it", name);
    return rv;
}

apr_status_t sp_db_attach_sqlite(sp_db_t **out, apr_pool_t *p, void *handle, const sp_db_options_t *options, sp_error_t *err)
{
    sp_db_t *db = apr_pcalloc(p, sizeof(*db));
    const char *file = sqlite3_db_filename(handle, "main");

    if (options && options->must_write && sqlite3_db_readonly(handle, "main") == 1)
        return refuse_readonly(file, err);
    db->engine = &engine_sqlite;
    db->pool = p;
    db->handle = handle;
    db->name = apr_pstrdup(p, file ? file : "");
    db->wait_ms = READ_WAIT_MS;
    sp_db_set_write_timeout(db, options ? options->write_timeout_ms : 0);
    sqlite3_busy_handler(handle, wait_for_lock, db);
    sqlite3_wal_hook(handle, on_logged, db);
    apr_pool_cleanup_register(p, db, detach, apr_pool_cleanup_null);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (sp_db_sqlite_incoming_add(handle, db) != SQLITE_OK)
        return sp_error_set(err, SP_E_INTERNAL, APR_ENOMEM, "out of memory");
    *out = db;
    return lite_script(db, setup_sql, err);
}

static apr_status_t close_handle(void *handle)
{
    sqlite3_close(handle);
    return APR_SUCCESS;
}

apr_status_t sp_db_open(sp_db_t **db, apr_pool_t *p, const char *driver, const char *params, const sp_db_options_t *options, sp_error_t *err)
{
    sqlite3 *handle = NULL;
    apr_status_t rv;
    int rc;

    if (strcmp(driver, "sqlite3") != 0)
        return sp_error_set(err, SP_E_DATABASE_REFUSED, APR_ENOTIMPL, "database driver \"%s\" is not supported: use sqlite3", driver);
    rc = sqlite3_open_v2(params, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL);
    if (handle)
        apr_pool_cleanup_register(p, handle, close_handle, apr_pool_cleanup_null);
    if (rc != SQLITE_OK) {
        rv = sp_error_set(err, SP_E_DATABASE_UNAVAILABLE, APR_EGENERAL, "could not open the database");
        sp_error_set_log(err, "could not open database \"%s\": %s", params, handle ? sqlite3_errmsg(handle) : sqlite3_errstr(rc));
        return rv;
    }
    return sp_db_attach_sqlite(db, p, handle, options, err);
}

apr_status_t sp_db_sqlite_use_wal(sp_db_t *db, sp_error_t *err)
{
    return lite_script(db, "PRAGMA journal_mode=WAL", err);
}

apr_status_t sp_db_sqlite_checkpoint(sp_db_t *db, sp_error_t *err)
{
    int rc;

    errno = 0;
    rc = sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return rc == SQLITE_OK ? APR_SUCCESS : fail(db, rc, "checkpoint", err);
}
