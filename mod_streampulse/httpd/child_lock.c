/* A lock among the threads of a child. */
#include "child_lock.h"

#include <ap_mpm.h>

int sp_child_lock_is_needed(void)
{
    int threaded = AP_MPMQ_NOT_SUPPORTED;

    ap_mpm_query(AP_MPMQ_IS_THREADED, &threaded);
    return threaded != AP_MPMQ_NOT_SUPPORTED;
}

apr_status_t sp_child_lock_create(apr_thread_mutex_t **mutex, apr_pool_t *p)
{
    *mutex = NULL;
    return sp_child_lock_is_needed() ? apr_thread_mutex_create(mutex, APR_THREAD_MUTEX_DEFAULT, p) : APR_SUCCESS;
}

void sp_child_lock(apr_thread_mutex_t *mutex)
{
    if (mutex)
        apr_thread_mutex_lock(mutex);
}

void sp_child_unlock(apr_thread_mutex_t *mutex)
{
    if (mutex)
        apr_thread_mutex_unlock(mutex);
}
