/* What is counted for GET /metrics, in memory that all children share. */
#include "metrics.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

#include <apr_strings.h>

#include "fnv.h"
#include "mount.h"
#include "request.h"
#include "shared_memory.h"
#include "sp_module.h"

#define KEPT "streampulse-metrics-"

/* Of a status; those that are not here are SP_STATUS_OTHER. */
static const unsigned char places[] = {
#define X(status) [status] = SP_STATUS_##status,
    SP_METRICS_STATUSES(X)
#undef X
};

int sp_metrics_count_routes(void)
{
    int count = 0;

    while (sp_routes[count].method)
        count++;
    return count;
}

static apr_size_t size_of_metrics(void)
{
    return offsetof(sp_metrics_t, routes) + ((apr_size_t)sp_metrics_count_routes() + SP_METRICS_MORE_ROUTES) * sizeof(sp_metrics_route_t);
}

/* Another one where a place means something else, as with another version of the module after a restart. */
static int make_layout(void)
{
    apr_uint64_t hash = sp_fnv_add(SP_FNV_START, SP_VERSION, strlen(SP_VERSION));

    for (const sp_route_t *route = sp_routes; route->method; route++) {
        hash = sp_fnv_add(hash, route->method, strlen(route->method));
        hash = sp_fnv_add(hash, route->pattern, strlen(route->pattern));
    }
    return (int)(hash >> 33);
}

static apr_status_t get_memory(apr_pool_t *pconf, server_rec *s, const char *path, sp_metrics_t **metrics)
{
    void *memory = NULL;
    int fresh;
    apr_status_t rv = sp_shared_memory_get(s, apr_pstrcat(pconf, KEPT, path, NULL), make_layout(), size_of_metrics(), &memory, &fresh);

    *metrics = memory;
    return rv;
}

/* Servers with one database count together. */
static sp_metrics_t *find_shared(server_rec *first, const sp_server_config_t *sconf)
{
    for (server_rec *s = first; s && s != sconf->server; s = s->next) {
        const sp_server_config_t *other = sp_config_server(s);
        if (other->db_path && !strcmp(other->db_path, sconf->db_path))
            return other->metrics;
    }
    return NULL;
}

static apr_status_t find_metrics(apr_pool_t *pconf, server_rec *main_server, sp_server_config_t *sconf)
{
    apr_status_t rv = APR_SUCCESS;

    sconf->metrics = find_shared(main_server, sconf);
    if (sconf->metrics)
        return APR_SUCCESS;
    rv = get_memory(pconf, main_server, sconf->db_path, &sconf->metrics);
    if (rv == APR_SUCCESS)
        sp_metrics_set(&sconf->metrics->insights_on, 0);
    return rv;
}

apr_status_t sp_metrics_post_config(apr_pool_t *pconf, server_rec *main_server)
{
    /* For servers without a database: nobody reads it. */
    sp_metrics_t *nowhere = apr_pcalloc(pconf, size_of_metrics());

    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *sconf = sp_config_server(s);
        apr_status_t rv = APR_SUCCESS;
        sconf->metrics = nowhere;
        if (sconf->db_path)
            rv = find_metrics(pconf, main_server, sconf);
        if (rv != APR_SUCCESS) {
            ap_log_error(APLOG_MARK, APLOG_EMERG, rv, s, "SP3700: could not make shared memory for metrics");
            return rv;
        }
        if (sconf->insights && sp_config_is_mounted(sconf, NULL))
            sp_metrics_set(&sconf->metrics->insights_on, 1);
    }
    return APR_SUCCESS;
}

apr_uint64_t sp_metrics_now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (apr_uint64_t)now.tv_sec * 1000000 + (apr_uint64_t)now.tv_nsec / 1000;
}

static void count_status(sp_metrics_route_t *route, int status)
{
    sp_metrics_add(&route->by_status[status > 0 && status < (int)sizeof(places) ? places[status] : SP_STATUS_OTHER], 1);
}

static sp_metrics_route_t *more_routes(const sp_req_t *q, sp_metrics_more_e which)
{
    return &q->sconf->metrics->routes[sp_metrics_count_routes() + which];
}

void sp_metrics_note_request(sp_req_t *q)
{
    sp_metrics_route_t *route = q->route ? &q->sconf->metrics->routes[q->route - sp_routes] : more_routes(q, SP_METRICS_NO_ROUTE);

    count_status(route, q->r->status);
    sp_histogram_add(&route->duration, sp_metrics_now_us() - q->began_us);
    /* Of HEAD the filters have counted what they did not send. */
    if (q->r->bytes_sent && !q->r->header_only)
        sp_metrics_add(&route->response_bytes, (apr_uint64_t)q->r->bytes_sent);
    if (q->body_bytes)
        sp_metrics_add(&route->request_bytes, q->body_bytes);
}

void sp_metrics_note_early_answer(sp_req_t *q)
{
    count_status(more_routes(q, SP_METRICS_ELSEWHERE), q->r->status);
}

void sp_metrics_on_error(request_rec *r)
{
    sp_req_t *q = sp_mount_claimed(r) ? sp_request_of(r) : NULL;

    if (q && !q->answering && !q->began_us)
        sp_metrics_note_early_answer(q);
}
