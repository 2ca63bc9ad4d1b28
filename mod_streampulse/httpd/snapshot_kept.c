/* Answers from the cache and into it: rendered once for each revision, and sent as often as they are asked for. */
#include "snapshot.h"

#include "body_cache.h"
#include "dbd.h"
#include "coding.h"
#include "freshness.h"

#define WAIT_FOR_OTHERS apr_time_from_sec(1)

/* One request on its way to its answer. */
typedef struct {
    sp_req_t *q;
    const sp_snapshot_spec_t *spec;
    sp_cache_t *cache;
    sp_coding_e coding; /* that is wanted */
    sp_snapshot_t snapshot;
    const char *tag;
    sp_cache_key_t key; /* len 0: too long, nothing is kept */
    const sp_cache_entry_t *entry;
} kept_t;

static void name_answer(kept_t *k)
{
    const char *representation = sp_snapshot_representation(k->q, k->spec, &k->snapshot.revision);

    k->tag = sp_reply_make_tag(k->q, &k->snapshot.revision, representation);
    if (sp_body_cache_key(k->q, &k->snapshot.revision, representation, k->coding, &k->key) != APR_SUCCESS)
        k->key.len = 0;
}

/* Without a transaction: it only says which answer is the right one. */
static apr_status_t read_revision(kept_t *k)
{
    sp_freshness_look_t before;
    sp_db_t *db;
    apr_status_t rv;

    if (sp_freshness_revision(k->q, &k->snapshot.revision))
        return APR_SUCCESS;
    sp_freshness_before(k->q, &before);
    rv = sp_dbd_acquire(k->q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_meta_revision(db, &k->snapshot.revision, &k->q->err);
    if (rv == APR_SUCCESS)
        sp_freshness_learn(k->q, &before, &k->snapshot.revision);
    sp_dbd_release(k->q, db);
    return rv;
}

/* APR_EOF: there is nothing to render. A commit may have come between the first look at the revision and this one, and others may have met it before. */
static apr_status_t look_again(kept_t *k)
{
    name_answer(k);
    if (!k->key.len || sp_reply_client_has(k->q, k->tag))
        return APR_SUCCESS;
    k->entry = sp_cache_find(k->cache, &k->key);
    if (!k->entry || k->entry->data)
        return k->entry ? APR_EOF : APR_SUCCESS;
    sp_cache_release(k->entry);
    k->entry = NULL;
    return APR_SUCCESS;
}

static apr_status_t render(kept_t *k)
{
    apr_status_t rv = sp_snapshot_begin(k->q, &k->snapshot);

    if (rv == APR_SUCCESS)
        rv = look_again(k);
    if (rv == APR_SUCCESS)
        rv = sp_snapshot_find(k->q, k->spec, &k->snapshot);
    if (rv == APR_SUCCESS)
        rv = sp_reply_conditional(k->q, k->tag);
    return rv == APR_SUCCESS ? sp_snapshot_write(k->q, k->spec, &k->snapshot) : rv;
}

/* What spilled to a file is too long for the cache, and was compressed on its way there. */
static apr_status_t keep(kept_t *k)
{
    const sp_out_t *out = k->snapshot.out;
    const char *data, *packed;
    apr_size_t len, packed_len;
    apr_status_t rv = sp_out_finish(k->snapshot.out, &k->q->err);

    if (rv != APR_SUCCESS || !k->key.len || sp_out_content(k->snapshot.out, &data))
        return rv;
    len = (apr_size_t)sp_out_size(out);
    if (k->coding == SP_CODING_GZIP && sp_coding_gzip(k->q->p, data, len, &packed, &packed_len) == APR_SUCCESS)
        k->entry = sp_cache_put(k->cache, &k->key, packed, packed_len, SP_CODING_GZIP);
    else
        k->entry = sp_cache_put(k->cache, &k->key, data, len, SP_CODING_IDENTITY);
    return APR_SUCCESS;
}

static apr_status_t make(kept_t *k)
{
    apr_status_t rv = sp_dbd_acquire(k->q, &k->snapshot.db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = render(k);
    sp_dbd_release(k->q, k->snapshot.db);
    if (rv == APR_SUCCESS)
        return keep(k);
    if (rv != APR_EOF)
        return rv;
    /* So that the next one that asks is known to ask for something that there is. */
    if (k->q->not_modified && k->key.len)
        sp_cache_release(sp_cache_put(k->cache, &k->key, NULL, 0, SP_CODING_IDENTITY));
    return APR_SUCCESS;
}

static apr_status_t send_answer(kept_t *k)
{
    const char *type = sp_snapshot_content_type(k->spec);
    apr_status_t rv;

    if (k->q->not_modified)
        return APR_SUCCESS;
    if ((rv = sp_snapshot_made(k->q, k->spec)) != APR_SUCCESS) {
        sp_cache_release(k->entry);
        return rv;
    }
    return k->entry ? sp_reply_send_entry(k->q, type, k->tag, k->entry) : sp_reply_send(k->q, HTTP_OK, type, k->snapshot.out);
}

static apr_status_t make_and_send(kept_t *k)
{
    apr_status_t rv = make(k);
    return rv == APR_SUCCESS ? send_answer(k) : rv;
}

/* One thread makes an answer that many wait for; who has waited too long makes it, too. */
static apr_status_t reply_full(kept_t *k)
{
    sp_cache_claim_t claim;
    sp_cache_answer_e answer = sp_cache_claim(k->cache, &claim, &k->key, WAIT_FOR_OTHERS, &k->entry);
    apr_status_t rv;

    if (answer == SP_CACHE_HIT)
        return send_answer(k);
    if (answer == SP_CACHE_BUSY)
        return make_and_send(k);
    rv = make(k);
    sp_cache_yield(k->cache, &claim);
    return rv == APR_SUCCESS ? send_answer(k) : rv;
}

/* 304 without a render only for what is known to exist. */
static apr_status_t reply_conditional(kept_t *k)
{
    const sp_cache_entry_t *entry = k->spec->prepare ? sp_cache_find(k->cache, &k->key) : NULL;

    if (k->spec->prepare && !entry)
        return make_and_send(k);
    sp_cache_release(entry);
    sp_reply_conditional(k->q, k->tag);
    return APR_SUCCESS;
}

apr_status_t sp_snapshot_kept_reply(sp_req_t *q, const sp_snapshot_spec_t *spec)
{
    kept_t k = {.q = q, .spec = spec, .cache = q->sconf->cache, .coding = sp_reply_wanted_coding(q)};
    apr_status_t rv = read_revision(&k);

    if (rv != APR_SUCCESS)
        return rv;
    name_answer(&k);
    if (!k.key.len)
        return make_and_send(&k);
    return sp_reply_client_has(q, k.tag) ? reply_conditional(&k) : reply_full(&k);
}
