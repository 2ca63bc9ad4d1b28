/* Counting permits of a child's threads, with limits on the wait. */
#include "permits.h"

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <apr_time.h>

struct sp_permits_t {
    apr_thread_mutex_t *mutex; /* NULL: one thread */
    apr_thread_cond_t *freed;
    int free, waiting, max_waiting;
};

sp_permits_t *sp_permits_create(apr_pool_t *p, int permits, int max_waiting, int threaded)
{
    sp_permits_t *created = apr_pcalloc(p, sizeof(*created));

    created->free = permits;
    created->max_waiting = max_waiting;
    if (!threaded)
        return created;
    if (apr_thread_mutex_create(&created->mutex, APR_THREAD_MUTEX_DEFAULT, p) != APR_SUCCESS || apr_thread_cond_create(&created->freed, p) != APR_SUCCESS)
        return NULL;
    return created;
}

static apr_status_t wait_for_one(sp_permits_t *permits, int timeout_ms)
{
    apr_time_t deadline = apr_time_now() + apr_time_from_msec(timeout_ms);
    apr_status_t rv = APR_SUCCESS;

    while (permits->free <= 0 && rv == APR_SUCCESS) {
        apr_time_t now = apr_time_now();

        rv = now >= deadline ? APR_TIMEUP : apr_thread_cond_timedwait(permits->freed, permits->mutex, deadline - now);
        if (APR_STATUS_IS_TIMEUP(rv) && permits->free > 0)
            rv = APR_SUCCESS;
    }
    return rv;
}

apr_status_t sp_permits_enter(sp_permits_t *permits, int timeout_ms)
{
    apr_status_t rv = APR_SUCCESS;

    if (!permits->mutex)
        return APR_SUCCESS;
    apr_thread_mutex_lock(permits->mutex);
    if (permits->free <= 0 && permits->waiting >= permits->max_waiting) {
        rv = APR_TIMEUP;
    } else {
        permits->waiting++;
        rv = wait_for_one(permits, timeout_ms);
        permits->waiting--;
    }
    if (rv == APR_SUCCESS)
        permits->free--;
    apr_thread_mutex_unlock(permits->mutex);
    return rv;
}

int sp_permits_try(sp_permits_t *permits)
{
    int got;

    if (!permits->mutex)
        return 1;
    apr_thread_mutex_lock(permits->mutex);
    got = permits->free > permits->waiting;
    permits->free -= got;
    apr_thread_mutex_unlock(permits->mutex);
    return got;
}

void sp_permits_leave(sp_permits_t *permits)
{
    if (!permits->mutex)
        return;
    apr_thread_mutex_lock(permits->mutex);
    permits->free++;
    apr_thread_cond_signal(permits->freed);
    apr_thread_mutex_unlock(permits->mutex);
}
