/* Long answers: only a few are made at once, so that they leave connections and processor to everybody else's short ones. */
#ifndef SP_HEAVY_GATE_H
#define SP_HEAVY_GATE_H

#include "snapshot.h"

#define SP_HEAVY_NUMBERS 16384 /* an answer that takes more numbers than this is a long one */

/* One answer on its way; all zero at first. Nobody need know beforehand how long it gets: it begins as a short one, and where it shows to be long and there is
 * no permit, what was made is thrown away, the connection is given back, and it begins anew once there is one. What was long the last time is not tried again
 * without a permit. */
typedef struct {
    apr_int64_t numbers;
    unsigned holds : 1;
    unsigned must_wait : 1;
} sp_heavy_t;

/* More numbers, read again from the ledger or written into the answer. APR_EAGAIN (the error untouched): stop here and return it; sp_heavy_reply begins
 * anew. */
apr_status_t sp_heavy_add(sp_req_t *q, sp_heavy_t *heavy, apr_int64_t numbers);
/* sp_snapshot_reply for a handler whose callbacks may return what sp_heavy_add does; they must be able to run a second time. The permit is held while the
 * answer is made, not while it is sent. Waits at most StreamPulseHeavyTimeout: SP_E_CONNECTIONS_BUSY. */
apr_status_t sp_heavy_reply(sp_req_t *q, const sp_snapshot_spec_t *spec, sp_heavy_t *heavy);

/* child_init, after sp_dbd_child_init: the permits of each server; servers that share the gate to a database share them. */
void sp_heavy_child_init(apr_pool_t *pchild, server_rec *main_server);

#endif
