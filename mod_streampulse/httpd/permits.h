/* Counting permits of a child's threads, with limits on the wait. */
#ifndef SP_PERMITS_H
#define SP_PERMITS_H

#include <apr_pools.h>

typedef struct sp_permits_t sp_permits_t;

/* max_waiting: how many threads may wait at once; more are refused without a wait. threaded 0: there is one thread, and always a permit. NULL when it cannot be
 * made. */
sp_permits_t *sp_permits_create(apr_pool_t *p, int permits, int max_waiting, int threaded);
/* APR_TIMEUP after timeout_ms, and at once where too many wait. */
apr_status_t sp_permits_enter(sp_permits_t *permits, int timeout_ms);
/* Without waiting, and never before those who do. 0: there is none. */
int sp_permits_try(sp_permits_t *permits);
void sp_permits_leave(sp_permits_t *permits);

#endif
