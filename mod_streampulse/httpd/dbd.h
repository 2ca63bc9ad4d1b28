/* Connections from mod_dbd's pool, for the time of the database work only. */
#ifndef SP_DBD_H
#define SP_DBD_H

#include "sp_config.h"
#include "db.h"

struct sp_req_t;

/* A verified connection: ours, right schema. Waits at most StreamPulsePoolTimeout for a permit (SP_E_CONNECTIONS_BUSY); SP_E_DATABASE_UNAVAILABLE, _REFUSED.
 * A request that holds one already is given the same one again; each acquire wants its release. */
apr_status_t sp_dbd_acquire(struct sp_req_t *q, sp_db_t **db);
/* The same without waiting for a permit. */
apr_status_t sp_dbd_try_acquire(struct sp_req_t *q, sp_db_t **db);
/* Rolls back what is open and gives it back. NULL is fine. Also happens when the request's pool goes. */
void sp_dbd_release(struct sp_req_t *q, sp_db_t *db);
/* The same after a write, whose status is passed through: SP_E_DATABASE_UNAVAILABLE instead of a success that went into a file which the path no longer
 * names. */
apr_status_t sp_dbd_release_written(struct sp_req_t *q, sp_db_t *db, apr_status_t rv);
/* Gives back whatever the request still holds: before an error is sent. */
void sp_dbd_release_all(struct sp_req_t *q);

/* A pool for what hangs on a connection, with an allocator of its own: the parent's is shared by every thread of the child. */
apr_status_t sp_dbd_make_pool(apr_pool_t **pool, apr_pool_t *parent);

/* optional_fn_retrieve: finds mod_dbd's functions. */
void sp_dbd_retrieve(void);
/* child_init: the gate (a counting semaphore of DBDMax permits) of each server. */
void sp_dbd_child_init(apr_pool_t *pchild, server_rec *s);
/* check_config: each server with a mount has a database directive that can work; writes what to write. */
int sp_dbd_check_config(apr_pool_t *ptemp, server_rec *s);
/* post_config: migrates every distinct database in a forked child with the server's user; a refusal is logged and the server goes on; a file that is
 * damaged is kept in mind for the children, which answer 503 for it. again: at a restart, when nobody is served until it returns. */
int sp_dbd_migrate_all(apr_pool_t *ptemp, server_rec *s, int again);

#endif
