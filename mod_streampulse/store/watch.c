/* Whether a database was changed, told from the counters that its engine shares among processes: no statement, no lock.
 *
 * For SQLite that is the header of the write-ahead log's index (https://www.sqlite.org/walformat.html, section 2.1), which SQLite's own readers compare in the
 * same way before they trust their caches. It is there twice; a writer changes the second copy first, so that two equal ones, read in the other order, are
 * whole. */
#include "watch.h"

#include <string.h>

#include <sqlite3.h>

#include "db_engine.h"
#include "meta.h"

#define INDEX_REGION   32768   /* SQLite maps the index in pieces of this size */
#define INDEX_VERSION  3007000 /* the only one there is; in the machine's byte order */
#define AT_INITIALISED 12

struct sp_watch_t {
    const volatile unsigned char *header;
};

/* The file's own format says whether it has a log: asked before the index is, since asking for that would make one. */
static int has_log(sqlite3_file *file)
{
    unsigned char versions[2];

    return file->pMethods->xRead(file, versions, sizeof(versions), 18) == SQLITE_OK && versions[0] == 2 && versions[1] == 2;
}

static apr_status_t map_index(sp_watch_t *watch, sqlite3 *handle)
{
    sqlite3_file *file = NULL;
    void volatile *region = NULL;

    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file || !file->pMethods)
        return APR_ENOTIMPL;
    if (file->pMethods->iVersion < 2 || !file->pMethods->xShmMap || !has_log(file))
        return APR_ENOTIMPL;
    if (file->pMethods->xShmMap(file, 0, INDEX_REGION, 0, &region) != SQLITE_OK || !region)
        return APR_ENOTIMPL;
    watch->header = region;
    return APR_SUCCESS;
}

apr_status_t sp_watch_attach(sp_watch_t **watch, apr_pool_t *p, sp_db_t *db, sp_error_t *err)
{
    sp_revision_t revision;
    /* A first read opens the log, and from then on nobody can take the database out of that mode. */
    apr_status_t rv = sp_meta_revision(db, &revision, err);

    *watch = apr_pcalloc(p, sizeof(**watch));
    return rv == APR_SUCCESS ? map_index(*watch, db->handle) : rv;
}

apr_status_t sp_watch_open(sp_watch_t **watch, apr_pool_t *p, const char *driver, const char *params, sp_error_t *err)
{
    sp_db_t *db;
    apr_status_t rv = sp_db_open(&db, p, driver, params, NULL, err);

    return rv == APR_SUCCESS ? sp_watch_attach(watch, p, db, err) : rv;
}

static void copy_header(unsigned char *to, const volatile unsigned char *from)
{
    memcpy(to, (const unsigned char *)from, SP_WATCH_STATE_SIZE);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

int sp_watch_state(const sp_watch_t *watch, sp_watch_state_t *state)
{
    unsigned char second[SP_WATCH_STATE_SIZE];
    apr_uint32_t version;

    copy_header(state->bytes, watch->header);
    copy_header(second, watch->header + SP_WATCH_STATE_SIZE);
    memcpy(&version, state->bytes, sizeof(version));
    return version == INDEX_VERSION && state->bytes[AT_INITIALISED] && !memcmp(state->bytes, second, sizeof(second));
}
