/* The revision of a database whose last known state is still its state: told without a connection. */
#ifndef SP_FRESHNESS_H
#define SP_FRESHNESS_H

#include <httpd.h>

#include "dbd_gate.h"
#include "meta.h"
#include "watch.h"

struct sp_req_t;
typedef struct sp_freshness_t sp_freshness_t;

/* What a database's file and its engine's counters look like at one moment. */
typedef struct {
    sp_dbd_file_t file;
    apr_off_t size;
    apr_time_t written, changed;
    sp_watch_state_t state;
    apr_uint32_t watch; /* which one told the state */
} sp_freshness_look_t;

/* The file that a path names; all zero where there is none. */
void sp_freshness_look_at_file(sp_freshness_look_t *look, const char *path, apr_pool_t *p);
int sp_freshness_same_look(const sp_freshness_look_t *a, const sp_freshness_look_t *b);

/* child_init, once the gates are made: one for each database, shared by the servers that use it. */
void sp_freshness_child_init(apr_pool_t *pchild, server_rec *s);

/* 1 and the revision: it is what a read would find now. 0: it takes a read to find out. Looks at the file each time, so that a replaced or missing one is
 * noticed. */
int sp_freshness_revision(struct sp_req_t *q, sp_revision_t *revision);

/* Whether nothing was committed since that look, which sp_freshness_before took; it also looks at the file. 0: something was, or it cannot be told. */
int sp_freshness_holds(struct sp_req_t *q, const sp_freshness_look_t *then);

/* Around reading the revision on a connection: before that is acquired, and with what was read afterwards. Where nothing changed meanwhile it is kept in
 * mind. */
void sp_freshness_before(struct sp_req_t *q, sp_freshness_look_t *before);
void sp_freshness_learn(struct sp_req_t *q, const sp_freshness_look_t *before, const sp_revision_t *revision);

#endif
