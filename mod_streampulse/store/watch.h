/* Whether a database was changed, told from the counters that its engine shares among processes: no statement, no lock. */
#ifndef SP_WATCH_H
#define SP_WATCH_H

#include "db.h"

#define SP_WATCH_STATE_SIZE 48

typedef struct sp_watch_t sp_watch_t;

/* What a database is at. Two equal ones of one watch: nothing was committed in between by anybody, as long as the file itself was not written to by other means
 * than the engine's log (then its time of change is another one). */
typedef struct {
    unsigned char bytes[SP_WATCH_STATE_SIZE];
} sp_watch_state_t;

/* Keeps a connection of its own open, for as long as p lives: the counters are in memory that the engine maps while it has one. APR_ENOTIMPL: this database
 * has no such counters. Pool: p. */
apr_status_t sp_watch_open(sp_watch_t **watch, apr_pool_t *p, const char *driver, const char *params, sp_error_t *err);

/* The same on a connection that stays open as long as the watch is used. */
apr_status_t sp_watch_attach(sp_watch_t **watch, apr_pool_t *p, sp_db_t *db, sp_error_t *err);

/* 0: it cannot be told at this moment, ask by a statement. Any number of threads may ask at once. */
int sp_watch_state(const sp_watch_t *watch, sp_watch_state_t *state);

#endif
