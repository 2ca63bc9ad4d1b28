/* A request as the module sees it, made once for each that httpd has. */
#include "request.h"

#include <string.h>

#include <apr_general.h>

#include "hex.h"
#include "mount.h"
#include "sp_module.h"

static apr_uint64_t ids_start; /* of this child */
static apr_uint64_t ids_given;

void sp_request_child_init(void)
{
    apr_generate_random_bytes((unsigned char *)&ids_start, sizeof(ids_start));
}

/* Different numbers give different ones (the mixer of SplitMix64), which look like chance: as good as a random number and much cheaper, as httpd's source of
 * those has one lock for all threads. */
static apr_uint64_t scatter(apr_uint64_t n)
{
    n = (n ^ (n >> 30)) * APR_UINT64_C(0xBF58476D1CE4E5B9);
    n = (n ^ (n >> 27)) * APR_UINT64_C(0x94D049BB133111EB);
    return n ^ (n >> 31);
}

static const char *make_request_id(request_rec *r)
{
    const char *unique_id = apr_table_get(r->subprocess_env, "UNIQUE_ID");
    apr_uint64_t id;
    char *text;

    if (unique_id && *unique_id)
        return unique_id;
    id = scatter(ids_start + __atomic_fetch_add(&ids_given, 1, __ATOMIC_RELAXED));
    text = apr_palloc(r->pool, 2 * sizeof(id) + 1);
    sp_hex(text, (const unsigned char *)&id, sizeof(id));
    return text;
}

static sp_req_t *make_request(request_rec *r, const sp_mount_claim_t *claim)
{
    sp_req_t *q = apr_pcalloc(r->pool, sizeof(*q));

    q->r = r;
    q->p = r->pool;
    q->conf = sp_config_dir(r);
    q->sconf = sp_config_server(r->server);
    q->prefix = claim->prefix;
    q->path = claim->path;
    q->request_id = make_request_id(r);
    sp_error_init(&q->err, q->p);
    return q;
}

sp_req_t *sp_request_of(request_rec *r)
{
    sp_mount_claim_t *claim = sp_mount_notes(r);

    /* mod_dir and mod_negotiation put the notes of a subrequest into the request itself. */
    if (!claim->q || claim->q->r != r)
        claim->q = make_request(r, claim);
    return claim->q;
}
