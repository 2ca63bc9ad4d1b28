/* A lock among the threads of a child, which costs nothing where there is one thread only. */
#ifndef SP_CHILD_LOCK_H
#define SP_CHILD_LOCK_H

#include <apr_thread_mutex.h>

/* Whether children of this server have threads. */
int sp_child_lock_is_needed(void);
/* *mutex: NULL where no lock is needed. Lives as long as p. */
apr_status_t sp_child_lock_create(apr_thread_mutex_t **mutex, apr_pool_t *p);

/* NULL is fine. */
void sp_child_lock(apr_thread_mutex_t *mutex);
void sp_child_unlock(apr_thread_mutex_t *mutex);

#endif
