/* Opens the predecessor's file for reading, without a trace in it or beside it. */
#include "legacy_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <apr_file_io.h>
#include <apr_strings.h>

#include "dbfile.h"
#include "digest.h"
#include "migrate.h"

#define HEADER_BYTES    100
#define COPY_BYTES      (64 * 1024)
#define MAX_VALUE_BYTES (16 * 1024 * 1024)

static const char *const tails[SP_LEGACY_TAILS] = {"", "-wal", "-journal"};

static apr_status_t fail_system(sp_error_t *err, sp_error_code_e code, apr_status_t rv, const char *what, const char *path)
{
    char text[160];

    sp_error_set(err, code, rv, "%s", what);
    sp_error_set_log(err, "\"%s\": %s", path, apr_strerror(rv, text, sizeof(text)));
    return rv == APR_SUCCESS ? APR_EGENERAL : rv;
}

static apr_status_t cannot_read(sp_error_t *err, apr_status_t rv, const char *path)
{
    return fail_system(err, SP_E_DATABASE_UNAVAILABLE, rv, "could not read the predecessor's file", path);
}

apr_status_t sp_legacy_file_fail(sqlite3 *db, const char *what, sp_error_t *err)
{
    int rc = sqlite3_errcode(db) & 0xff;
    apr_status_t rv;

    if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
        rv = sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the predecessor's file is damaged");
    else if (rc == SQLITE_NOMEM)
        rv = sp_error_set(err, SP_E_INTERNAL, APR_ENOMEM, "out of memory");
    else
        rv = sp_error_set(err, SP_E_DATABASE_UNAVAILABLE, APR_EGENERAL, "could not read the predecessor's file");
    sp_error_set_log(err, "%s: %s", what, sqlite3_errmsg(db));
    return rv;
}

/* ---- looking at it ---- */

static apr_status_t look(sp_legacy_file_t *file, apr_pool_t *p, sp_legacy_trace_t *traces)
{
    int i;

    for (i = 0; i < SP_LEGACY_TAILS; i++) {
        apr_finfo_t info;
        apr_status_t rv = apr_stat(&info, apr_pstrcat(p, file->path, tails[i], NULL), APR_FINFO_SIZE | APR_FINFO_MTIME | APR_FINFO_TYPE, p);

        if (rv != APR_SUCCESS && !APR_STATUS_IS_ENOENT(rv))
            return rv;
        traces[i] = (sp_legacy_trace_t){.exists = rv == APR_SUCCESS};
        if (rv == APR_SUCCESS) {
            traces[i].size = info.size;
            traces[i].mtime = info.mtime;
            traces[i].is_file = info.filetype == APR_REG;
        }
    }
    return traces[0].exists ? APR_SUCCESS : APR_ENOENT;
}

apr_status_t sp_legacy_file_verify(const sp_legacy_file_t *file, apr_pool_t *p, sp_error_t *err)
{
    sp_legacy_file_t now = *file;
    apr_status_t rv = look(&now, p, now.traces);
    int i;

    if (rv != APR_SUCCESS)
        return cannot_read(err, rv, file->path);
    for (i = 0; i < SP_LEGACY_TAILS; i++) {
        const sp_legacy_trace_t *a = &file->traces[i], *b = &now.traces[i];

        if (a->exists != b->exists || a->size != b->size || a->mtime != b->mtime)
            return sp_error_set(err, SP_E_DATABASE_UNAVAILABLE, APR_EGENERAL,
                                "the predecessor's file was changed while it was read: end the program that writes it, then import it again");
    }
    return APR_SUCCESS;
}

static apr_uint32_t read_u32(const unsigned char *b)
{
    return (apr_uint32_t)b[0] << 24 | (apr_uint32_t)b[1] << 16 | (apr_uint32_t)b[2] << 8 | b[3];
}

static apr_status_t judge(const unsigned char *header, apr_size_t len, sp_error_t *err)
{
    static const char magic[16] = "SQLite format 3";

    if (len == 0)
        return sp_error_set(err, SP_E_DATABASE_REFUSED, APR_EINVAL, "the file is empty, and not the predecessor's database");
    if (len < sizeof(magic) || memcmp(header, magic, sizeof(magic)) != 0)
        return sp_error_set(err, SP_E_DATABASE_REFUSED, APR_EINVAL, "the file is not an SQLite database: --from-legacy takes the predecessor's database file");
    if (len < HEADER_BYTES)
        return sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EINVAL, "the predecessor's file is damaged: it is cut short");
    if (read_u32(header + 68) == SP_APPLICATION_ID)
        return sp_error_set(err, SP_E_DATABASE_REFUSED, APR_EINVAL,
                            "the file is a database of StreamPulse already, and not the predecessor's: name it with --db to use it");
    return APR_SUCCESS;
}

static apr_status_t hash_file(sp_legacy_file_t *file, apr_pool_t *p, sp_error_t *err)
{
    sp_digest_t *digest = sp_digest_create(p);
    unsigned char *buffer = apr_palloc(p, COPY_BYTES), header[HEADER_BYTES] = {0};
    char *hex = apr_palloc(p, SP_DIGEST_HEX_SIZE);
    apr_size_t len, kept = 0;
    apr_file_t *fd;
    apr_status_t rv = apr_file_open(&fd, file->path, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, p);

    if (rv != APR_SUCCESS)
        return cannot_read(err, rv, file->path);
    for (;;) {
        rv = apr_file_read_full(fd, buffer, COPY_BYTES, &len);
        if (rv != APR_SUCCESS && rv != APR_EOF)
            break;
        if (!kept && len) {
            kept = len < HEADER_BYTES ? len : HEADER_BYTES;
            memcpy(header, buffer, kept);
        }
        sp_digest_add(digest, buffer, len);
        if (rv == APR_EOF)
            break;
    }
    apr_file_close(fd);
    if (rv != APR_EOF)
        return cannot_read(err, rv, file->path);
    if (sp_digest_finish(digest, hex) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, APR_EGENERAL, "could not make the checksum of the predecessor's file");
    file->sha256 = hex;
    return judge(header, kept, err);
}

/* ---- opening it ---- */

/* A log beside the file belongs to its content, but SQLite can only read it by writing: so that happens to a copy. */
static apr_status_t copy_with_logs(sp_legacy_file_t *file, apr_pool_t *p, const char *temp_dir, const char **copy, sp_error_t *err)
{
    const char *dir;
    apr_status_t rv = sp_legacy_temp_create(&dir, p, temp_dir, err);
    int i;

    if (rv != APR_SUCCESS)
        return rv;
    *copy = apr_pstrcat(p, dir, "/legacy.db", NULL);
    for (i = 0; i < SP_LEGACY_TAILS; i++) {
        const char *from = apr_pstrcat(p, file->path, tails[i], NULL);

        if (!file->traces[i].exists)
            continue;
        rv = apr_file_copy(from, apr_pstrcat(p, *copy, tails[i], NULL), APR_FPROT_UREAD | APR_FPROT_UWRITE, p);
        if (rv != APR_SUCCESS)
            return fail_system(err, APR_STATUS_IS_ENOSPC(rv) ? SP_E_STORAGE_FULL : SP_E_DATABASE_UNAVAILABLE, rv,
                               "could not copy the predecessor's file into a temporary folder", from);
    }
    return sp_legacy_file_verify(file, p, err);
}

static apr_status_t close_handle(void *handle)
{
    sqlite3_close(handle);
    return APR_SUCCESS;
}

static int on_check_line(void *ctx, int columns, char **values, char **names)
{
    sp_error_t *err = ctx;

    if (columns < 1 || !values[0] || strcmp(values[0], "ok") == 0)
        return 0;
    sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the predecessor's file is damaged");
    sp_error_set_log(err, "%s", values[0]);
    return 1;
}

static apr_status_t open_handle(sp_legacy_file_t *file, apr_pool_t *p, const char *uri, int flags, sp_error_t *err)
{
    int rc = sqlite3_open_v2(uri, &file->db, flags | SQLITE_OPEN_URI, NULL);

    if (!file->db)
        return sp_error_set(err, SP_E_INTERNAL, APR_ENOMEM, "out of memory");
    apr_pool_cleanup_register(p, file->db, close_handle, apr_pool_cleanup_null);
    if (rc != SQLITE_OK)
        return sp_legacy_file_fail(file->db, "opening it", err);
    sqlite3_db_config(file->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(file->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_limit(file->db, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
    rc = sqlite3_exec(file->db, "PRAGMA quick_check(1)", on_check_line, err, NULL);
    if (rc == SQLITE_OK)
        return APR_SUCCESS;
    return err && err->code != SP_E_NONE ? err->rv : sp_legacy_file_fail(file->db, "checking it", err);
}

apr_status_t sp_legacy_file_open(sp_legacy_file_t *file, apr_pool_t *p, const char *path, const char *temp_dir, sp_error_t *err)
{
    char *real = realpath(path, NULL); /* SQLite looks for the logs beside the file that a link leads to */
    const char *copy = NULL;
    apr_status_t rv;

    *file = (sp_legacy_file_t){.path = path};
    if (!real)
        return cannot_read(err, errno, path);
    file->path = apr_pstrdup(p, real);
    free(real);
    if ((rv = look(file, p, file->traces)) != APR_SUCCESS)
        return cannot_read(err, rv, path);
    if (!file->traces[0].is_file)
        return sp_error_set(err, SP_E_DATABASE_REFUSED, APR_EINVAL, "\"%s\" is not a file", path);
    if ((rv = hash_file(file, p, err)) != APR_SUCCESS)
        return rv;
    if (!file->traces[1].exists && !file->traces[2].exists)
        return open_handle(file, p, sp_dbfile_uri_readonly(p, file->path, 1), SQLITE_OPEN_READONLY, err);
    if ((rv = copy_with_logs(file, p, temp_dir, &copy, err)) != APR_SUCCESS)
        return rv;
    return open_handle(file, p, copy, SQLITE_OPEN_READWRITE, err);
}
