/* Lets only a few long answers be made at once. */
#include "heavy_gate.h"

#include <ap_mpm.h>

#include "permits.h"
#include "request.h"
#include "sp_module.h"

#define RETRY_S 5

typedef struct {
    const sp_snapshot_spec_t *spec;
    sp_heavy_t *heavy;
} gated_t;

static sp_permits_t *find_permits(server_rec *first, const sp_server_config_t *sconf)
{
    for (server_rec *s = first; s && s != sconf->server; s = s->next) {
        const sp_server_config_t *other = sp_config_server(s);
        if (other->heavy && other->gate == sconf->gate && other->heavy_max == sconf->heavy_max)
            return other->heavy;
    }
    return NULL;
}

/* However many wait, a fifth of the child's threads is left to others. */
static int most_waiting(int threads, int permits)
{
    int most = threads - (threads + 4) / 5 - permits;

    return most > 0 ? most : 0;
}

void sp_heavy_child_init(apr_pool_t *pchild, server_rec *main_server)
{
    int threaded = 0, threads = 1;

    ap_mpm_query(AP_MPMQ_IS_THREADED, &threaded);
    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *sconf = sp_config_server(s);
        if (!sconf->gate)
            continue;
        sconf->heavy = find_permits(main_server, sconf);
        if (!sconf->heavy)
            sconf->heavy = sp_permits_create(pchild, sconf->heavy_max, most_waiting(threads, sconf->heavy_max), threaded != AP_MPMQ_NOT_SUPPORTED);
        if (!sconf->heavy)
            ap_log_error(APLOG_MARK, APLOG_ERR, 0, s, "SP0241: could not make the gate for long answers; there are none in this child");
    }
}

apr_status_t sp_heavy_add(sp_req_t *q, sp_heavy_t *heavy, apr_int64_t numbers)
{
    heavy->numbers += numbers;
    if (heavy->holds || heavy->numbers <= SP_HEAVY_NUMBERS)
        return APR_SUCCESS;
    heavy->holds = q->sconf->heavy && sp_permits_try(q->sconf->heavy);
    heavy->must_wait = !heavy->holds;
    return heavy->holds ? APR_SUCCESS : APR_EAGAIN;
}

static void leave(sp_req_t *q, sp_heavy_t *heavy)
{
    if (heavy->holds)
        sp_permits_leave(q->sconf->heavy);
    heavy->holds = 0;
}

static apr_status_t prepare(sp_req_t *q, sp_db_t *db, void *ctx)
{
    const gated_t *gated = ctx;

    return gated->spec->prepare(q, db, gated->spec->ctx);
}

static apr_status_t write_answer(sp_req_t *q, sp_snapshot_t *snapshot, void *ctx)
{
    const gated_t *gated = ctx;
    apr_status_t rv = gated->spec->write(q, snapshot, gated->spec->ctx);

    leave(q, gated->heavy);
    if (gated->heavy->must_wait)
        sp_out_discard(snapshot->out);
    return rv;
}

static apr_status_t wait_for_permit(sp_req_t *q, sp_heavy_t *heavy)
{
    apr_status_t rv = q->sconf->heavy ? sp_permits_enter(q->sconf->heavy, q->sconf->heavy_timeout_ms) : APR_TIMEUP;

    *heavy = (sp_heavy_t){.holds = rv == APR_SUCCESS};
    if (rv == APR_SUCCESS)
        return APR_SUCCESS;
    rv = sp_error_set(&q->err, SP_E_CONNECTIONS_BUSY, rv, "too many long answers are asked for at once, try again in a moment");
    q->err.retry_after_s = RETRY_S;
    return rv;
}

apr_status_t sp_heavy_reply(sp_req_t *q, const sp_snapshot_spec_t *spec, sp_heavy_t *heavy)
{
    gated_t gated = {spec, heavy};
    sp_snapshot_spec_t wrapped = *spec;
    apr_status_t rv;

    wrapped.prepare = spec->prepare ? prepare : NULL;
    wrapped.write = write_answer;
    wrapped.ctx = &gated;
    rv = sp_snapshot_reply(q, &wrapped);
    if (heavy->must_wait && (rv = wait_for_permit(q, heavy)) == APR_SUCCESS)
        rv = sp_snapshot_reply(q, &wrapped);
    leave(q, heavy); /* what ended before its answer was written */
    return rv;
}
