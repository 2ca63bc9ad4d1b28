/* Counting requests in memory that all children share. */
#include "rate_limit.h"

#include <string.h>
#include <time.h>

#include <apr_general.h>
#include <apr_siphash.h>

#include "client_address.h"
#include "identity_kept.h"
#include "metrics.h"
#include "rate.h"
#include "request.h"
#include "session_cookie.h"
#include "shared_memory.h"
#include "sp_module.h"

#define KEPT        "streampulse-rate-limits"
#define NS_PER_TICK (1000000000 / SP_RATE_TICKS_PER_S)
#define LOG_EVERY_S 60

/* What is counted apart. */
typedef enum { OF_IPV6, OF_IPV4, OF_WRONG_OF_IPV6, OF_WRONG_OF_IPV4, OF_SESSION, OF_TOKEN, OF_PERSON } counted_e;

static sp_rate_table_t *table;
static apr_uint32_t logged_s; /* of this child */

apr_status_t sp_rate_limit_post_config(server_rec *main_server)
{
    void *memory;
    int fresh;
    apr_status_t rv = sp_shared_memory_get(main_server, KEPT, SP_RATE_LAYOUT, sizeof(*table), &memory, &fresh);

    if (rv == APR_SUCCESS) {
        table = memory;
        if (fresh)
            rv = apr_generate_random_bytes((unsigned char *)table->key, sizeof(table->key));
    }
    if (rv != APR_SUCCESS)
        ap_log_error(APLOG_MARK, APLOG_EMERG, rv, main_server, "SP1310: could not make shared memory for the limits on requests");
    return rv;
}

static apr_uint64_t hash_text(const char *text)
{
    return apr_siphash24(text, strlen(text), (const unsigned char *)table->key);
}

void sp_rate_limit_child_init(server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *sconf = sp_config_server(s);
        sconf->rate_scope = sconf->db_path ? hash_text(sconf->db_path) : 0;
    }
}

/* By a clock that nobody sets, to a few milliseconds. Not the request's own time: whoever sends a header slowly would make that as old as he likes. */
static apr_int64_t now_ticks(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return now.tv_sec * SP_RATE_TICKS_PER_S + now.tv_nsec / NS_PER_TICK;
}

/* scope is as good as chance, so that the few bits below leave databases apart. */
static apr_uint64_t hash_counter(const sp_req_t *q, sp_rate_class_e class, counted_e of, apr_uint64_t whose)
{
    return sp_rate_hash(table, q->sconf->rate_scope ^ ((apr_uint64_t) class << 8 | of), whose);
}

static apr_uint64_t hash_address(const sp_req_t *q, sp_rate_class_e class, counted_e of_ipv6)
{
    const sp_client_address_t client = sp_client_address_of(q->r);
    apr_uint64_t whose;

    memcpy(&whose, client.bytes, sizeof(whose));
    return hash_counter(q, class, of_ipv6 + (client.len != SP_CLIENT_BYTES), whose);
}

/* Everybody with the PIN has one name, so that a session stands for who has it. */
static apr_uint64_t hash_visitor(sp_req_t *q, sp_rate_class_e class)
{
    const char *session;

    switch (q->who.method) {
    case SP_METHOD_ANONYMOUS:
        break;
    case SP_METHOD_PIN:
        session = sp_session_cookie_read(q);
        return hash_counter(q, class, OF_SESSION, hash_text(session ? session : ""));
    case SP_METHOD_TOKEN:
        return hash_counter(q, class, OF_TOKEN, (apr_uint64_t)q->who.token_id);
    case SP_METHOD_OIDC:
        return hash_counter(q, class, OF_PERSON, hash_text(q->who.user));
    }
    return hash_address(q, class, OF_IPV6);
}

static sp_rate_class_e class_of(const sp_route_t *route)
{
    if (route->rate != SP_RATE_BY_METHOD)
        return route->rate;
    return strcmp(route->method, "GET") ? SP_RATE_WRITES : SP_RATE_READS;
}

/* Those who are refused tend to come back at once: one line a minute of a child is enough of it. */
static int may_log(const sp_req_t *q)
{
    const apr_uint32_t now_s = (apr_uint32_t)apr_time_sec(q->r->request_time);
    apr_uint32_t last_s = __atomic_load_n(&logged_s, __ATOMIC_RELAXED);

    return now_s - last_s >= LOG_EVERY_S && __atomic_compare_exchange_n(&logged_s, &last_s, now_s, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

/* counted_as: SP_RATE_BY_METHOD for a credential that is nobody's, which the limit on writes holds for. */
static apr_status_t refuse(sp_req_t *q, apr_int64_t wait, sp_rate_class_e counted_as)
{
    static const char *const names[] = {"Writes", "Reads", "Writes", "Uploads", "Exports"};
    _Static_assert(sizeof(names) / sizeof(*names) == SP_RATE_CLASSES, "each limit has its name");
    const char *what = names[counted_as];
    const int seconds = sp_rate_seconds(wait);
    const apr_status_t rv = sp_error_set(&q->err, SP_E_RATE_LIMITED, APR_EAGAIN, "too many requests: wait %d second%s", seconds, seconds == 1 ? "" : "s");

    q->err.retry_after_s = seconds;
    q->err_logged = 1;
    sp_metrics_add(&q->sconf->metrics->limited[counted_as], 1);
    if (may_log(q))
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, q->r, "SP1311: more %s from %s than StreamPulseRate%s allows (told at most once a minute)", what,
                      q->r->useragent_ip, what);
    return rv;
}

apr_status_t sp_rate_limit_take(sp_req_t *q)
{
    const sp_rate_class_e class = class_of(q->route);
    const sp_rate_limit_t *limit = &q->conf->rates[class];
    apr_int64_t wait;

    if (!limit->interval)
        return APR_SUCCESS;
    wait = sp_rate_take(table, hash_visitor(q, class), limit, now_ticks());
    return wait ? refuse(q, wait, class) : APR_SUCCESS;
}

apr_status_t sp_rate_limit_check_credential(sp_req_t *q, const char *key)
{
    const sp_rate_limit_t *limit = &q->conf->rates[SP_RATE_WRITES];
    apr_int64_t wait;

    if (!limit->interval || sp_identity_kept_knew(q, key))
        return APR_SUCCESS;
    wait = sp_rate_look(table, hash_address(q, SP_RATE_WRITES, OF_WRONG_OF_IPV6), limit, now_ticks());
    return wait ? refuse(q, wait, SP_RATE_BY_METHOD) : APR_SUCCESS;
}

void sp_rate_limit_note_credential(sp_req_t *q, const char *key)
{
    const sp_rate_limit_t *limit = &q->conf->rates[SP_RATE_WRITES];

    sp_identity_kept_forget(q, key);
    if (limit->interval)
        (void)sp_rate_take(table, hash_address(q, SP_RATE_WRITES, OF_WRONG_OF_IPV6), limit, now_ticks());
}
