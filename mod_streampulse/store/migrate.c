/* Brings a database to this build's schema, and refuses what is not ours. */
#include "migrate.h"

#include <string.h>

#include <apr_strings.h>

#include "db_sqlite.h"
#include "dbfile.h"
#include "migrations.h"

#define CHECK_FIRST_MAX_BYTES ((apr_off_t)256 * 1024 * 1024) /* a quick check takes about 4 s a GiB */
#define CHECK_AGAIN_MAX_BYTES ((apr_off_t)16 * 1024 * 1024)
#define WAIT_FOR_OTHERS_MS    30000 /* another migrator's lock */

static const sp_db_options_t patient = {.write_timeout_ms = WAIT_FOR_OTHERS_MS};

typedef struct {
    apr_int64_t schema, compatible_since;
} versions_t;

static apr_status_t refuse_foreign(const sp_db_t *db, sp_error_t *err)
{
    if (err && err->code != SP_E_INTERNAL && err->code != SP_E_NONE)
        return APR_EGENERAL;
    sp_error_clear(err);
    return sp_dbfile_refuse(err, SP_E_DATABASE_REFUSED, sp_db_name(db), "the database is not StreamPulse's",
                            "is not StreamPulse's: point DBDParams to another file");
}

static apr_status_t refuse_newer(const sp_db_t *db, const versions_t *v, sp_error_t *err)
{
    apr_status_t rv = sp_error_set(err, SP_E_DATABASE_REFUSED, APR_EGENERAL, "the database was made by a newer StreamPulse");

    sp_error_set_log(err,
                     "database \"%s\" was made by a newer StreamPulse (its schema needs version %" APR_INT64_T_FMT
                     ", this one has %d): install that version, or point DBDParams to another file",
                     sp_db_name(db), v->compatible_since, SP_SCHEMA_VERSION);
    return rv;
}

static apr_status_t refuse_older(const sp_db_t *db, const versions_t *v, sp_error_t *err)
{
    apr_status_t rv = sp_error_set(err, SP_E_DATABASE_REFUSED, APR_EGENERAL, "the database is waiting for its migration");

    sp_error_set_log(err, "database \"%s\" has schema %" APR_INT64_T_FMT ", this StreamPulse needs %d: run streampulse-admin migrate, or restart httpd",
                     sp_db_name(db), v->schema, SP_SCHEMA_VERSION);
    return rv;
}

static apr_status_t read_application_id(sp_db_t *db, apr_int64_t *id, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_APPLICATION_ID, err);

    if (!st)
        return APR_EGENERAL;
    return sp_stmt_number(st, id, err);
}

static apr_status_t read_versions(sp_db_t *db, versions_t *v, sp_error_t *err)
{
    apr_int64_t id = 0;
    sp_stmt_t *st;
    apr_status_t rv = read_application_id(db, &id, err);

    if (rv != APR_SUCCESS)
        return rv;
    if (id != SP_APPLICATION_ID)
        return refuse_foreign(db, err);
    if (!(st = sp_db_stmt(db, SP_Q_META_VERSIONS, err)))
        return refuse_foreign(db, err);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? APR_EGENERAL : rv;
    v->schema = sp_stmt_int(st, 0);
    v->compatible_since = sp_stmt_int(st, 1);
    sp_stmt_reset(st);
    return v->schema < 1 || v->compatible_since < 1 ? refuse_foreign(db, err) : APR_SUCCESS;
}

/* Ours, and not too new. */
static apr_status_t read_usable_versions(sp_db_t *db, versions_t *v, sp_error_t *err)
{
    apr_status_t rv = read_versions(db, v, err);

    if (rv != APR_SUCCESS)
        return rv;
    return v->compatible_since > SP_SCHEMA_VERSION ? refuse_newer(db, v, err) : APR_SUCCESS;
}

apr_status_t sp_migrate_verify(sp_db_t *db, sp_error_t *err)
{
    versions_t v;
    apr_status_t rv = read_usable_versions(db, &v, err);

    if (rv != APR_SUCCESS)
        return rv;
    return v.schema < SP_SCHEMA_VERSION ? refuse_older(db, &v, err) : APR_SUCCESS;
}

static apr_status_t set_schema_version(sp_db_t *db, int version, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_SET, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, "schema_version");
    sp_stmt_bind_int(st, 2, version);
    return sp_stmt_run(st, NULL, err);
}

/* One migration, unless another process was faster. fresh: the database has no meta yet. */
static apr_status_t apply(sp_db_t *db, const sp_migration_t *migration, int fresh, sp_error_t *err)
{
    versions_t v = {0, 0};
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv == APR_SUCCESS && !fresh)
        rv = read_usable_versions(db, &v, err);
    if (rv == APR_SUCCESS && v.schema < migration->version) {
        rv = sp_db_script(db, migration->sql, err);
        if (rv == APR_SUCCESS)
            rv = set_schema_version(db, migration->version, err);
        if (rv == APR_SUCCESS)
            return sp_db_commit(db, err);
    }
    sp_db_rollback(db);
    return rv;
}

static apr_status_t apply_after(sp_db_t *db, apr_int64_t version, sp_error_t *err)
{
    const sp_migration_t *m;
    apr_status_t rv = APR_SUCCESS;

    for (m = sp_migrations_sqlite; rv == APR_SUCCESS && m->version; m++)
        if (m->version > version)
            rv = apply(db, m, version == 0 && m == sp_migrations_sqlite, err);
    return rv;
}

static apr_status_t fill_new(apr_pool_t *ptemp, const char *temp, sp_error_t *err)
{
    sp_db_t *db;
    apr_status_t rv = sp_db_open(&db, ptemp, "sqlite3", temp, &patient, err);

    if (rv == APR_SUCCESS)
        rv = sp_db_sqlite_use_wal(db, err);
    if (rv == APR_SUCCESS)
        rv = apply_after(db, 0, err);
    return rv == APR_SUCCESS ? sp_db_sqlite_checkpoint(db, err) : rv;
}

/* APR_EEXIST (err untouched) when somebody else made one meanwhile. */
static apr_status_t create(apr_pool_t *p, const char *path, sp_error_t *err)
{
    apr_pool_t *ptemp, *pdb;
    const char *temp;
    apr_status_t rv;

    apr_pool_create(&ptemp, p);
    if ((rv = sp_dbfile_create_temp(&temp, ptemp, path, err)) == APR_SUCCESS) {
        apr_pool_create(&pdb, ptemp);
        rv = fill_new(pdb, temp, err);
        apr_pool_destroy(pdb); /* closes it: SQLite then removes the -wal */
    }
    if (rv == APR_SUCCESS)
        rv = sp_dbfile_publish(ptemp, temp, path, err);
    apr_pool_destroy(ptemp);
    return rv;
}

static apr_status_t inspect_as(apr_pool_t *p, const sp_dbfile_t *file, int untouched, apr_off_t check_max, versions_t *v, sp_error_t *err)
{
    apr_pool_t *pdb;
    sp_db_t *db;
    apr_status_t rv;

    apr_pool_create(&pdb, p);
    rv = sp_db_open(&db, pdb, "sqlite3", sp_dbfile_uri_readonly(pdb, file->path, untouched), &patient, err);
    if (rv == APR_SUCCESS)
        rv = read_usable_versions(db, v, err);
    if (rv == APR_SUCCESS && file->size < check_max)
        rv = sp_db_quick_check(db, err);
    apr_pool_destroy(pdb);
    return rv;
}

/* Looks inside without leaving a trace. With a log beside the file somebody may be writing, so SQLite's locks are needed. */
static apr_status_t inspect(apr_pool_t *p, const sp_dbfile_t *file, apr_off_t check_max, versions_t *v, sp_error_t *err)
{
    apr_finfo_t log;
    apr_status_t rv = inspect_as(p, file, !file->has_log, check_max, v, err);

    if (rv == APR_SUCCESS || file->has_log || apr_stat(&log, apr_pstrcat(p, file->path, "-wal", NULL), APR_FINFO_SIZE, p) != APR_SUCCESS)
        return rv;
    sp_error_clear(err); /* somebody began to write meanwhile: what was seen may have been half of it */
    return inspect_as(p, file, 0, check_max, v, err);
}

static apr_status_t update(apr_pool_t *p, const char *params, const sp_dbfile_t *file, versions_t *v, sp_error_t *err)
{
    apr_pool_t *pdb;
    sp_db_t *db;
    apr_status_t rv;

    if (v->schema >= SP_SCHEMA_VERSION && file->is_wal)
        return APR_SUCCESS;
    apr_pool_create(&pdb, p);
    rv = sp_db_open(&db, pdb, "sqlite3", params, &patient, err);
    if (rv == APR_SUCCESS && !file->is_wal)
        rv = sp_db_sqlite_use_wal(db, err);
    if (rv == APR_SUCCESS)
        rv = apply_after(db, v->schema, err);
    if (rv == APR_SUCCESS)
        rv = read_usable_versions(db, v, err);
    apr_pool_destroy(pdb);
    return rv;
}

static void report(int *from, int *to, apr_int64_t before, apr_int64_t after)
{
    if (from)
        *from = (int)before;
    if (to)
        *to = (int)after;
}

static apr_status_t migrate_file(apr_pool_t *p, const char *path, const char *params, apr_off_t check_max, int *from, int *to, sp_error_t *err)
{
    versions_t v = {0, 0};
    sp_dbfile_t file;
    apr_int64_t before;
    apr_status_t rv = sp_dbfile_look(&file, p, path, err);

    if (rv == APR_ENOENT) {
        if ((rv = create(p, path, err)) == APR_SUCCESS) {
            report(from, to, 0, SP_SCHEMA_VERSION);
            return APR_SUCCESS;
        }
        if (rv == APR_EEXIST && (rv = sp_dbfile_look(&file, p, path, err)) == APR_ENOENT)
            return sp_dbfile_refuse(err, SP_E_DATABASE_UNAVAILABLE, path, "the database cannot be read", "is a link that leads nowhere");
    }
    if (rv != APR_SUCCESS)
        return rv;
    if ((rv = inspect(p, &file, check_max, &v, err)) != APR_SUCCESS)
        return rv;
    before = v.schema;
    if ((rv = update(p, params, &file, &v, err)) == APR_SUCCESS)
        report(from, to, before, v.schema);
    return rv;
}

static apr_status_t run(apr_pool_t *p, const char *driver, const char *params, apr_off_t check_max, int *from, int *to, sp_error_t *err)
{
    const char *path;

    if (strcmp(driver, "sqlite3") != 0)
        return sp_error_set(err, SP_E_DATABASE_REFUSED, APR_ENOTIMPL, "database driver \"%s\" is not supported: use sqlite3", driver);
    if (!(path = sp_dbfile_path(p, params)))
        return sp_error_set(err, SP_E_DATABASE_REFUSED, APR_EINVAL, "the database must be a file: write its path into DBDParams");
    sp_dbfile_sweep(p, path);
    return migrate_file(p, path, params, check_max, from, to, err);
}

apr_status_t sp_migrate_run(apr_pool_t *p, const char *driver, const char *params, int *from, int *to, sp_error_t *err)
{
    return run(p, driver, params, CHECK_FIRST_MAX_BYTES, from, to, err);
}

apr_status_t sp_migrate_run_again(apr_pool_t *p, const char *driver, const char *params, int *from, int *to, sp_error_t *err)
{
    return run(p, driver, params, CHECK_AGAIN_MAX_BYTES, from, to, err);
}
