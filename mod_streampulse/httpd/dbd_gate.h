/* Permits to use a database, per child: so that nobody waits without limit inside mod_dbd. */
#ifndef SP_DBD_GATE_H
#define SP_DBD_GATE_H

#include <apr_file_info.h>
#include <apr_pools.h>
#include <apr_thread_mutex.h>

#include "error.h"

/* Which file a path names. inode 0: there is none. */
typedef struct {
    apr_dev_t device;
    apr_ino_t inode;
} sp_dbd_file_t;

/* That a file is not to be used, because of what was found in it. inode 0: there is none. */
typedef struct sp_dbd_verdict_t {
    sp_dbd_file_t file;
    sp_error_code_e code; /* what requests are answered */
} sp_dbd_verdict_t;

typedef struct sp_dbd_gate_t {
    struct sp_permits_t *permits;
    apr_thread_mutex_t *mutex; /* of what follows; NULL in a child with one thread */
    apr_uint32_t logged_s;     /* when a refusal was logged last, in seconds since 1970 */
    const char *path;          /* of the database's file */
    sp_dbd_file_t born;        /* the file as the child started: mod_dbd's handles are on this one as long as the path names it */
    sp_dbd_file_t good, log;   /* the file that a connection was last found good on, and the "-wal" beside it then */
    sp_dbd_verdict_t verdict;
} sp_dbd_gate_t;

sp_dbd_gate_t *sp_dbd_gate_create(apr_pool_t *p, int permits, const char *path);
/* APR_TIMEUP after timeout_ms. */
apr_status_t sp_dbd_gate_enter(sp_dbd_gate_t *gate, int timeout_ms);
void sp_dbd_gate_leave(sp_dbd_gate_t *gate);
/* Whether a refusal may be logged now: at most once a minute. */
int sp_dbd_gate_may_log(sp_dbd_gate_t *gate);

/* Remembers the write-ahead log that belongs to this file; and whether that of another file lies beside this one: SQLite would take it for this one's. */
void sp_dbd_gate_note_log(sp_dbd_gate_t *gate, const sp_dbd_file_t *file, apr_pool_t *ptemp);
int sp_dbd_gate_finds_foreign_log(sp_dbd_gate_t *gate, const sp_dbd_file_t *file, apr_pool_t *ptemp);

/* Closes the gate to a file, until the path names another one or the server is reloaded. */
void sp_dbd_gate_condemn(sp_dbd_gate_t *gate, const sp_dbd_verdict_t *verdict);
/* SP_E_NONE: it may be used. */
sp_error_code_e sp_dbd_gate_verdict(sp_dbd_gate_t *gate, const sp_dbd_file_t *file);

void sp_dbd_gate_look(sp_dbd_file_t *file, const char *path, apr_pool_t *p);
int sp_dbd_gate_same_file(const sp_dbd_file_t *a, const sp_dbd_file_t *b);

#endif
