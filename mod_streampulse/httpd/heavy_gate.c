/* Lets only a few long answers be made at once. */
#include "heavy_gate.h"

#include <string.h>

#include <ap_mpm.h>
#include <apr_atomic.h>

#include "child_lock.h"
#include "fnv.h"
#include "permits.h"
#include "request.h"
#include "sp_module.h"

#define RETRY_S    5
#define KNOWN_LONG 64

typedef struct sp_heavy_gate_t {
    sp_permits_t *permits;
    volatile apr_uint32_t known_long[KNOWN_LONG]; /* what was asked for, hashed, each in its own place; 0: nothing */
} sp_heavy_gate_t;

typedef struct {
    const sp_snapshot_spec_t *spec;
    sp_heavy_t *heavy;
} gated_t;

static sp_heavy_gate_t *find_gate(server_rec *first, const sp_server_config_t *sconf)
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

static sp_heavy_gate_t *make_gate(apr_pool_t *p, int permits, int threads)
{
    sp_heavy_gate_t *gate = apr_pcalloc(p, sizeof(*gate));

    gate->permits = sp_permits_create(p, permits, most_waiting(threads, permits), sp_child_lock_is_needed());
    return gate->permits ? gate : NULL;
}

void sp_heavy_child_init(apr_pool_t *pchild, server_rec *main_server)
{
    int threads = 1;

    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *sconf = sp_config_server(s);
        if (!sconf->gate)
            continue;
        sconf->heavy = find_gate(main_server, sconf);
        if (!sconf->heavy)
            sconf->heavy = make_gate(pchild, sconf->heavy_max, threads);
        if (!sconf->heavy)
            ap_log_error(APLOG_MARK, APLOG_ERR, 0, s, "SP0241: could not make the gate for long answers; there are none in this child");
    }
}

/* Never 0. Two that have one hash take each other for what they are not, which costs one of them a wait. */
static apr_uint32_t hash_question(const sp_req_t *q)
{
    const char *args = q->r->args ? q->r->args : "";
    const apr_uint64_t hash = sp_fnv_add(sp_fnv_add(SP_FNV_START, q->path, strlen(q->path)), args, strlen(args));

    return (apr_uint32_t)(hash ^ (hash >> 32)) | 1;
}

static int was_long(const sp_req_t *q)
{
    const apr_uint32_t hash = hash_question(q);
    return q->sconf->heavy && apr_atomic_read32(&q->sconf->heavy->known_long[(hash >> 1) % KNOWN_LONG]) == hash;
}

static void remember(const sp_req_t *q, const sp_heavy_t *heavy)
{
    const apr_uint32_t hash = hash_question(q);
    volatile apr_uint32_t *known;

    if (!q->sconf->heavy || !heavy->numbers)
        return;
    known = &q->sconf->heavy->known_long[(hash >> 1) % KNOWN_LONG];
    if (heavy->numbers > SP_HEAVY_NUMBERS)
        apr_atomic_set32(known, hash);
    else
        apr_atomic_cas32(known, 0, hash);
}

static apr_status_t take_permit(sp_req_t *q, sp_heavy_t *heavy)
{
    heavy->holds = q->sconf->heavy && sp_permits_try(q->sconf->heavy->permits);
    heavy->must_wait = !heavy->holds;
    return heavy->holds ? APR_SUCCESS : APR_EAGAIN;
}

apr_status_t sp_heavy_add(sp_req_t *q, sp_heavy_t *heavy, apr_int64_t numbers)
{
    heavy->numbers += numbers;
    if (heavy->holds || heavy->numbers <= SP_HEAVY_NUMBERS)
        return APR_SUCCESS;
    return take_permit(q, heavy);
}

static void leave(sp_req_t *q, sp_heavy_t *heavy)
{
    if (heavy->holds)
        sp_permits_leave(q->sconf->heavy->permits);
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
    apr_status_t rv = gated->heavy->holds || !was_long(q) ? APR_SUCCESS : take_permit(q, gated->heavy);

    if (rv == APR_SUCCESS)
        rv = gated->spec->write(q, snapshot, gated->spec->ctx);
    remember(q, gated->heavy);
    if (gated->heavy->must_wait)
        sp_out_discard(snapshot->out);
    return rv;
}

static apr_status_t made(sp_req_t *q, void *ctx)
{
    const gated_t *gated = ctx;

    leave(q, gated->heavy);
    return sp_snapshot_made(q, gated->spec);
}

static apr_status_t wait_for_permit(sp_req_t *q, sp_heavy_t *heavy)
{
    apr_status_t rv = q->sconf->heavy ? sp_permits_enter(q->sconf->heavy->permits, q->sconf->heavy_timeout_ms) : APR_TIMEUP;

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
    wrapped.made = made;
    wrapped.ctx = &gated;
    rv = sp_snapshot_reply(q, &wrapped);
    if (heavy->must_wait && (rv = wait_for_permit(q, heavy)) == APR_SUCCESS)
        rv = sp_snapshot_reply(q, &wrapped);
    leave(q, heavy); /* what ended before there was an answer */
    return rv;
}
