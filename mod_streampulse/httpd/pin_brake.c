/* Slowing down people who guess the PIN, without keeping anybody else out. Per child. */
#include "pin_brake.h"

#include <string.h>

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <ap_mpm.h>

#include "sp_module.h"

#define CHECKS_MAX     2 /* a check is a good part of a second of a processor's time */
#define INSIDE_MAX     8 /* threads that check or wait */
#define INSIDE_OF_ONE  3 /* of them for one address: whoever guesses does not fill the queue */
#define WAIT           apr_time_from_sec(1)
#define FREE_FAILURES  5 /* in a row, before there is a delay */
#define DELAY_FIRST_S  10
#define DELAY_LAST_S   900
#define FORGOTTEN      apr_time_from_sec(15 * 60)
#define LOG_EVERY      apr_time_from_sec(60)
#define GUESSERS       1024
#define IPV6_NET_BYTES 8 /* whoever has one address of such a net has all of them */

/* An address. Free: no failures, nobody inside. */
typedef struct {
    apr_uint64_t address;
    apr_time_t until; /* nothing before; failures are forgotten a while after it */
    apr_time_t logged;
    int failures; /* in a row */
    int inside;   /* checking or waiting */
    int checking; /* 0 or 1 */
} guesser_t;

static struct {
    apr_thread_mutex_t *mutex; /* NULL in a child with one thread, where nobody ever waits */
    apr_thread_cond_t *left;
    int inside, checking;
    guesser_t guessers[GUESSERS];
} brake;

void sp_pin_brake_child_init(apr_pool_t *pchild)
{
    int threaded = 0;

    ap_mpm_query(AP_MPMQ_IS_THREADED, &threaded);
    if (threaded == AP_MPMQ_NOT_SUPPORTED)
        return;
    if (apr_thread_mutex_create(&brake.mutex, APR_THREAD_MUTEX_DEFAULT, pchild) != APR_SUCCESS || apr_thread_cond_create(&brake.left, pchild) != APR_SUCCESS)
        brake.mutex = NULL;
}

static void lock(void)
{
    if (brake.mutex)
        apr_thread_mutex_lock(brake.mutex);
}

static void unlock(void)
{
    if (brake.mutex)
        apr_thread_mutex_unlock(brake.mutex);
}

static apr_uint64_t bytes_to_key(const unsigned char *bytes, int count)
{
    apr_uint64_t key = 0;

    for (int i = 0; i < count; i++)
        key = key << 8 | bytes[i];
    return key;
}

/* The whole of an IPv4 address, the net of an IPv6 one. */
static apr_uint64_t address_of(const sp_req_t *q)
{
    const apr_sockaddr_t *from = q->r->useragent_addr;
#if APR_HAVE_IPV6
    if (from->family == APR_INET6) {
        const unsigned char *bytes = (const unsigned char *)&from->sa.sin6.sin6_addr;
        return IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)bytes) ? bytes_to_key(bytes + 12, 4) : bytes_to_key(bytes, IPV6_NET_BYTES);
    }
#endif
    return from->family == APR_INET ? bytes_to_key((const unsigned char *)&from->sa.sin.sin_addr, 4) : 0;
}

static int is_free(const guesser_t *g)
{
    return !g->failures && !g->inside;
}

/* The place of an address, or a new one: that of whoever may try again since longest when all are taken. */
static guesser_t *find_guesser(apr_uint64_t address, apr_time_t now)
{
    guesser_t *place = NULL;

    for (guesser_t *g = brake.guessers; g < brake.guessers + GUESSERS; g++) {
        if (g->failures && !g->inside && now > g->until + FORGOTTEN)
            g->failures = 0;
        if (!is_free(g) && g->address == address)
            return g;
        if (!g->inside && (!place || (!is_free(place) && (is_free(g) || g->until < place->until))))
            place = g;
    }
    /* Never NULL: at most INSIDE_MAX of them have somebody inside. */
    /* cppcheck-suppress nullPointer */
    memset(place, 0, sizeof(*place));
    /* cppcheck-suppress nullPointer */
    place->address = address;
    return place;
}

static apr_status_t refuse(sp_req_t *q, apr_interval_time_t wait)
{
    apr_status_t rv =
        sp_error_set(&q->err, SP_E_TOO_MANY_ATTEMPTS, APR_EGENERAL,
                     wait ? "there were too many wrong PINs; wait before the next attempt" : "too many people are signing in just now; try again in a moment");
    q->err.retry_after_s = wait ? (int)apr_time_sec(wait) + 1 : 1;
    return rv;
}

static int wait_for_place(const guesser_t *g)
{
    apr_time_t deadline = apr_time_now() + WAIT;

    while (g->checking || brake.checking >= CHECKS_MAX) {
        apr_interval_time_t left = deadline - apr_time_now();
        if (!brake.mutex || left <= 0)
            return 0;
        apr_thread_cond_timedwait(brake.left, brake.mutex, left);
    }
    return 1;
}

static apr_status_t enter(sp_req_t *q, guesser_t *g, apr_time_t now)
{
    int placed;

    if (g->until > now)
        return refuse(q, g->until - now);
    if (g->inside >= INSIDE_OF_ONE || brake.inside >= INSIDE_MAX)
        return refuse(q, 0);
    g->inside++;
    brake.inside++;
    placed = wait_for_place(g);
    now = apr_time_now();
    if (placed && g->until <= now) {
        g->checking = 1;
        brake.checking++;
        return APR_SUCCESS;
    }
    g->inside--;
    brake.inside--;
    return refuse(q, g->until > now ? g->until - now : 0);
}

apr_status_t sp_pin_brake_enter(sp_req_t *q)
{
    apr_time_t now = apr_time_now();
    apr_status_t rv;

    lock();
    rv = enter(q, find_guesser(address_of(q), now), now);
    unlock();
    return rv;
}

static apr_interval_time_t delay_after(int failures)
{
    int delay_s = DELAY_FIRST_S;

    if (failures < FREE_FAILURES)
        return 0;
    for (int i = FREE_FAILURES; i < failures && delay_s < DELAY_LAST_S; i++)
        delay_s *= 2;
    return apr_time_from_sec(delay_s < DELAY_LAST_S ? delay_s : DELAY_LAST_S);
}

/* How many it were in a row, where that is to be told; else 0. */
static int note_failure(guesser_t *g, apr_time_t now)
{
    g->failures++;
    g->until = now + delay_after(g->failures);
    if (g->logged && now - g->logged < LOG_EVERY)
        return 0;
    g->logged = now;
    return g->failures;
}

void sp_pin_brake_leave(sp_req_t *q, int matches)
{
    apr_time_t now = apr_time_now();
    int tell = 0;
    guesser_t *g;

    lock();
    g = find_guesser(address_of(q), now);
    g->checking = 0;
    g->inside--;
    brake.checking--;
    brake.inside--;
    if (matches)
        g->failures = 0;
    else
        tell = note_failure(g, now);
    if (brake.mutex)
        apr_thread_cond_broadcast(brake.left);
    unlock();
    if (tell)
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, q->r, "SP0316: wrong PIN from %s, %d in a row (told at most once a minute for each address)",
                      q->r->useragent_ip, tell);
}
