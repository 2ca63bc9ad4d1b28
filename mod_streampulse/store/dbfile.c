/* Looks at a database file before SQLite does, and puts new ones in place. */
#include "dbfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apr_general.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include "hex.h"
#include "migrate.h"

#define HEADER_BYTES      100
#define TEMP_INFIX        ".new-"
#define TEMP_RANDOM_CHARS 16

apr_status_t sp_dbfile_refuse(sp_error_t *err, sp_error_code_e code, const char *path, const char *message, const char *log)
{
    apr_status_t rv = sp_error_set(err, code, APR_EGENERAL, "%s", message);

    sp_error_set_log(err, "database \"%s\" %s", path, log);
    return rv;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *decode_uri_path(apr_pool_t *p, const char *s)
{
    char *out = apr_palloc(p, strlen(s) + 1), *at = out;

    while (*s && *s != '?' && *s != '#') {
        if (*s == '%' && hex_value(s[1]) >= 0 && hex_value(s[2]) >= 0) {
            *at++ = (char)(hex_value(s[1]) * 16 + hex_value(s[2]));
            s += 3;
        } else {
            *at++ = *s++;
        }
    }
    *at = '\0';
    return out;
}

const char *sp_dbfile_path(apr_pool_t *p, const char *params)
{
    const char *path = params;

    if (strncmp(params, "file:", 5) == 0) {
        path = params + 5;
        if (strncmp(path, "//", 2) == 0 && !(path = strchr(path + 2, '/')))
            return NULL;
        path = decode_uri_path(p, path);
    }
    return *path == '\0' || strcmp(path, ":memory:") == 0 ? NULL : path;
}

const char *sp_dbfile_uri_readonly(apr_pool_t *p, const char *path, int untouched)
{
    char *out = apr_palloc(p, strlen(path) * 3 + 1), *at = out;

    for (; *path; path++) {
        if (*path == '%' || *path == '?' || *path == '#') {
            *at++ = '%';
            sp_hex(at, (const unsigned char *)path, 1);
            at += 2;
        } else {
            *at++ = *path;
        }
    }
    *at = '\0';
    return apr_pstrcat(p, "file:", out, untouched ? "?mode=ro&immutable=1" : "?mode=ro", NULL);
}

static apr_uint32_t read_u32(const unsigned char *b)
{
    return (apr_uint32_t)b[0] << 24 | (apr_uint32_t)b[1] << 16 | (apr_uint32_t)b[2] << 8 | b[3];
}

static apr_status_t cannot_read(sp_error_t *err, const char *path, apr_status_t rv)
{
    char text[160];

    sp_error_set(err, SP_E_DATABASE_UNAVAILABLE, rv, "the database cannot be read");
    sp_error_set_log(err, "could not read database \"%s\": %s", path, apr_strerror(rv, text, sizeof(text)));
    return rv;
}

static apr_status_t read_header(apr_pool_t *p, const char *path, unsigned char header[HEADER_BYTES], apr_size_t *len, sp_error_t *err)
{
    apr_file_t *fd;
    apr_status_t rv = apr_file_open(&fd, path, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, p);

    if (rv != APR_SUCCESS)
        return cannot_read(err, path, rv);
    rv = apr_file_read_full(fd, header, HEADER_BYTES, len);
    apr_file_close(fd);
    return rv == APR_SUCCESS || rv == APR_EOF ? APR_SUCCESS : cannot_read(err, path, rv);
}

/* The page count in the header holds only while its version equals the change counter, and while no log adds to the file. */
static int is_cut_short(const sp_dbfile_t *file, const unsigned char *header, int log_is_empty)
{
    apr_off_t page = (apr_off_t)header[16] << 8 | header[17];

    if (page == 1)
        page = 65536;
    if (!log_is_empty)
        return 0;
    return read_u32(header + 24) == read_u32(header + 92) && file->size < page * (apr_off_t)read_u32(header + 28);
}

static apr_status_t judge(const sp_dbfile_t *file, const unsigned char *header, apr_size_t len, int log_is_empty, sp_error_t *err)
{
    static const char magic[16] = "SQLite format 3";

    if (file->size == 0)
        return sp_dbfile_refuse(err, SP_E_DATABASE_REFUSED, file->path, "the database file is empty",
                                "is an empty file: remove it and a new database is made, or put the right one in its place");
    if (memcmp(header, magic, len < sizeof(magic) ? len : sizeof(magic)) != 0)
        return sp_dbfile_refuse(err, SP_E_DATABASE_REFUSED, file->path, "the database file is not a database",
                                "is not an SQLite database: point DBDParams to another file");
    if (len < HEADER_BYTES || is_cut_short(file, header, log_is_empty))
        return sp_dbfile_refuse(err, SP_E_DATABASE_CORRUPT, file->path, "the database is damaged", "is cut short: put a backup in its place");
    if (read_u32(header + 68) != SP_APPLICATION_ID)
        return sp_dbfile_refuse(err, SP_E_DATABASE_REFUSED, file->path, "the database belongs to another application",
                                "is an SQLite database of another application: point DBDParams to another file");
    return APR_SUCCESS;
}

apr_status_t sp_dbfile_look(sp_dbfile_t *file, apr_pool_t *p, const char *path, sp_error_t *err)
{
    unsigned char header[HEADER_BYTES] = {0};
    apr_size_t len = 0;
    apr_finfo_t info, log;
    apr_status_t rv = apr_stat(&info, path, APR_FINFO_SIZE | APR_FINFO_TYPE, p);

    if (APR_STATUS_IS_ENOENT(rv))
        return APR_ENOENT;
    if (rv != APR_SUCCESS && rv != APR_INCOMPLETE)
        return cannot_read(err, path, rv);
    if (info.filetype != APR_REG)
        return sp_dbfile_refuse(err, SP_E_DATABASE_REFUSED, path, "the database is not a file", "is not a file: point DBDParams to one");
    file->path = path;
    file->size = info.size;
    rv = apr_stat(&log, apr_pstrcat(p, path, "-wal", NULL), APR_FINFO_SIZE, p);
    file->has_log = rv == APR_SUCCESS;
    if ((rv = read_header(p, path, header, &len, err)) != APR_SUCCESS)
        return rv;
    file->is_wal = header[18] == 2 && header[19] == 2;
    return judge(file, header, len, !file->has_log || log.size == 0, err);
}

static const char *folder_of(apr_pool_t *p, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return ".";
    return slash == path ? "/" : apr_pstrmemdup(p, path, (apr_size_t)(slash - path));
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static const char *const temp_tails[] = {"-wal", "-shm", "-journal", ""};

/* The file itself last: a name that still stands is still its maker's. */
static apr_status_t remove_temp(void *path)
{
    char name[APR_PATH_MAX];
    apr_size_t i;

    for (i = 0; i < sizeof(temp_tails) / sizeof(temp_tails[0]); i++) {
        apr_snprintf(name, sizeof(name), "%s%s", (const char *)path, temp_tails[i]);
        unlink(name);
    }
    return APR_SUCCESS;
}

/* Its maker holds a lock on it for as long as it lives. */
static void remove_if_stale(const char *temp)
{
    int fd = open(temp, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

    if (fd < 0 ? errno == ENOENT : flock(fd, LOCK_EX | LOCK_NB) == 0)
        remove_temp((void *)(apr_uintptr_t)temp);
    if (fd >= 0)
        close(fd);
}

void sp_dbfile_sweep(apr_pool_t *p, const char *path)
{
    const char *folder = folder_of(p, path), *prefix = apr_pstrcat(p, base_of(path), TEMP_INFIX, NULL);
    apr_size_t len = strlen(prefix);
    apr_finfo_t info;
    apr_dir_t *dir;

    if (apr_dir_open(&dir, folder, p) != APR_SUCCESS)
        return;
    while (apr_dir_read(&info, APR_FINFO_NAME, dir) == APR_SUCCESS)
        if (strncmp(info.name, prefix, len) == 0 && strspn(info.name + len, "0123456789abcdef") == TEMP_RANDOM_CHARS)
            remove_if_stale(apr_pstrcat(p, folder, "/", apr_pstrmemdup(p, info.name, len + TEMP_RANDOM_CHARS), NULL));
    apr_dir_close(dir);
}

static apr_status_t cannot_create(sp_error_t *err, const char *path, apr_status_t rv)
{
    char text[160];
    int full = APR_STATUS_IS_ENOSPC(rv);

    sp_error_set(err, full ? SP_E_STORAGE_FULL : SP_E_DATABASE_UNAVAILABLE, rv,
                 full ? "could not create the database: the disk is full" : "could not create the database");
    sp_error_set_log(err, "could not create database \"%s\": %s (its folder must exist, and belong to the user that httpd runs as)", path,
                     apr_strerror(rv, text, sizeof(text)));
    return rv;
}

static apr_status_t close_temp(void *fd)
{
    close((int)(intptr_t)fd);
    return APR_SUCCESS;
}

/* A sweeper that saw it before it was locked has taken its name away. */
static apr_status_t make_and_lock(const char *temp, int *fd)
{
    struct stat info;
    apr_status_t rv = APR_SUCCESS;

    *fd = open(temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (*fd < 0)
        return errno;
    if (flock(*fd, LOCK_EX) != 0 || fstat(*fd, &info) != 0)
        rv = errno;
    else if (info.st_nlink == 0)
        rv = APR_EEXIST;
    if (rv == APR_SUCCESS)
        return rv;
    if (rv != APR_EEXIST)
        unlink(temp);
    close(*fd);
    return rv;
}

static apr_status_t random_name(const char **temp, apr_pool_t *p, const char *path)
{
    unsigned char random[TEMP_RANDOM_CHARS / 2];
    char hex[TEMP_RANDOM_CHARS + 1];
    apr_status_t rv = apr_generate_random_bytes(random, sizeof(random));

    if (rv != APR_SUCCESS)
        return rv;
    sp_hex(hex, random, sizeof(random));
    *temp = apr_pstrcat(p, path, TEMP_INFIX, hex, NULL);
    return APR_SUCCESS;
}

apr_status_t sp_dbfile_create_temp(const char **temp, apr_pool_t *p, const char *path, sp_error_t *err)
{
    apr_status_t rv;
    int fd;

    do {
        if ((rv = random_name(temp, p, path)) != APR_SUCCESS)
            return sp_error_set(err, SP_E_INTERNAL, rv, "could not get random bytes");
        rv = make_and_lock(*temp, &fd);
    } while (APR_STATUS_IS_EEXIST(rv));
    if (rv != APR_SUCCESS)
        return cannot_create(err, path, rv);
    apr_pool_cleanup_register(p, (void *)(intptr_t)fd, close_temp, apr_pool_cleanup_null);
    apr_pool_cleanup_register(p, *temp, remove_temp, apr_pool_cleanup_null);
    return APR_SUCCESS;
}

static apr_status_t sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    apr_status_t rv = APR_SUCCESS;

    if (fd < 0)
        return errno;
    if (fsync(fd) != 0)
        rv = errno;
    close(fd);
    return rv;
}

apr_status_t sp_dbfile_publish(apr_pool_t *p, const char *temp, const char *path, sp_error_t *err)
{
    apr_status_t rv = sync_path(temp);

    if (rv == APR_SUCCESS && link(temp, path) != 0)
        rv = errno;
    if (rv == EEXIST)
        return APR_EEXIST;
    if (rv == APR_SUCCESS) {
        unlink(temp);
        rv = sync_path(folder_of(p, path));
    }
    return rv == APR_SUCCESS ? APR_SUCCESS : cannot_create(err, path, rv);
}
