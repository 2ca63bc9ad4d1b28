/* Answers by key in memory that is bounded: what was used least lately goes first. Safe for threads. */
#include "cache.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <apr_atomic.h>
#include <apr_general.h>
#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>

#define BYTES_PER_BUCKET 2048
#define MIN_BUCKETS      64
#define MAX_BUCKETS      16384
#define MALLOC_BYTES     64 /* what an allocation costs beside itself, about */

typedef struct node_t {
    sp_cache_entry_t entry;
    volatile apr_uint32_t holders; /* the cache itself is one */
    apr_uint64_t hash;
    apr_size_t key_len, size;
    struct node_t *chain;         /* in the bucket */
    struct node_t *newer, *older; /* by use */
    char key[];                   /* then the data */
} node_t;

struct sp_cache_t {
    apr_thread_mutex_t *mutex; /* NULL in a child with one thread */
    apr_thread_cond_t *yielded;
    apr_size_t limit, used;
    apr_uint64_t seed; /* nobody outside can choose keys that meet in one bucket */
    apr_size_t mask;
    node_t **buckets;
    node_t *newest, *oldest;
    sp_cache_claim_t *claims;
};

static void lock(sp_cache_t *cache)
{
    if (cache->mutex)
        apr_thread_mutex_lock(cache->mutex);
}

static void unlock(sp_cache_t *cache)
{
    if (cache->mutex)
        apr_thread_mutex_unlock(cache->mutex);
}

static apr_uint64_t mix(apr_uint64_t hash)
{
    hash = (hash ^ (hash >> 32)) * APR_UINT64_C(0xD6E8FEB86659FD93);
    return hash ^ (hash >> 32);
}

static apr_uint64_t hash_of(const sp_cache_t *cache, const sp_cache_key_t *key)
{
    apr_uint64_t hash = cache->seed, word;
    apr_size_t at = 0;

    for (; at + sizeof(word) <= key->len; at += sizeof(word)) {
        memcpy(&word, key->data + at, sizeof(word));
        hash = mix(hash ^ word);
    }
    word = key->len;
    for (; at < key->len; at++)
        word = (word << 8) | (unsigned char)key->data[at];
    return mix(hash ^ word);
}

static int same_key(const sp_cache_key_t *a, const char *data, apr_size_t len)
{
    return a->len == len && !memcmp(a->data, data, len);
}

static void drop_hold(node_t *node)
{
    if (!apr_atomic_dec32(&node->holders))
        free(node);
}

static void unlink_use(sp_cache_t *cache, node_t *node)
{
    *(node->newer ? &node->newer->older : &cache->newest) = node->older;
    *(node->older ? &node->older->newer : &cache->oldest) = node->newer;
}

static void link_newest(sp_cache_t *cache, node_t *node)
{
    node->newer = NULL;
    node->older = cache->newest;
    *(node->older ? &node->older->newer : &cache->oldest) = node;
    cache->newest = node;
}

static void forget(sp_cache_t *cache, node_t *node)
{
    node_t **at = &cache->buckets[node->hash & cache->mask];

    while (*at != node)
        at = &(*at)->chain;
    *at = node->chain;
    unlink_use(cache, node);
    cache->used -= node->size;
    drop_hold(node);
}

static apr_status_t forget_all(void *data)
{
    sp_cache_t *cache = data;

    while (cache->oldest)
        forget(cache, cache->oldest);
    free(cache->buckets);
    return APR_SUCCESS;
}

sp_cache_t *sp_cache_create(apr_pool_t *p, apr_size_t limit_bytes, int threaded)
{
    sp_cache_t *cache = apr_pcalloc(p, sizeof(*cache));
    apr_size_t buckets = MIN_BUCKETS;

    while (buckets < limit_bytes / BYTES_PER_BUCKET && buckets < MAX_BUCKETS)
        buckets *= 2;
    if (threaded &&
        (apr_thread_mutex_create(&cache->mutex, APR_THREAD_MUTEX_DEFAULT, p) != APR_SUCCESS || apr_thread_cond_create(&cache->yielded, p) != APR_SUCCESS))
        return NULL;
    if (apr_generate_random_bytes((unsigned char *)&cache->seed, sizeof(cache->seed)) != APR_SUCCESS)
        return NULL;
    cache->buckets = calloc(buckets, sizeof(*cache->buckets));
    if (!cache->buckets)
        return NULL;
    cache->mask = buckets - 1;
    cache->limit = limit_bytes;
    apr_pool_cleanup_register(p, cache, forget_all, apr_pool_cleanup_null);
    return cache;
}

static node_t *find(const sp_cache_t *cache, const sp_cache_key_t *key, apr_uint64_t hash)
{
    for (node_t *node = cache->buckets[hash & cache->mask]; node; node = node->chain)
        if (node->hash == hash && same_key(key, node->key, node->key_len))
            return node;
    return NULL;
}

static const sp_cache_entry_t *hold(sp_cache_t *cache, node_t *node)
{
    if (!node)
        return NULL;
    apr_atomic_inc32(&node->holders);
    if (node != cache->newest) {
        unlink_use(cache, node);
        link_newest(cache, node);
    }
    return &node->entry;
}

const sp_cache_entry_t *sp_cache_find(sp_cache_t *cache, const sp_cache_key_t *key)
{
    const apr_uint64_t hash = hash_of(cache, key);
    const sp_cache_entry_t *entry;

    lock(cache);
    entry = hold(cache, find(cache, key, hash));
    unlock(cache);
    return entry;
}

static int is_claimed(const sp_cache_t *cache, const sp_cache_key_t *key)
{
    for (const sp_cache_claim_t *claim = cache->claims; claim; claim = claim->next)
        if (same_key(key, claim->key.data, claim->key.len))
            return 1;
    return 0;
}

static int has_data(const node_t *node)
{
    return node && node->entry.data;
}

/* With the lock: until nobody else makes that entry, or time is up. */
static void wait_for_others(sp_cache_t *cache, const sp_cache_key_t *key, apr_uint64_t hash, apr_interval_time_t wait)
{
    const apr_time_t deadline = apr_time_now() + wait;

    while (cache->mutex && is_claimed(cache, key) && !has_data(find(cache, key, hash))) {
        apr_time_t now = apr_time_now();
        if (now >= deadline)
            return;
        apr_thread_cond_timedwait(cache->yielded, cache->mutex, deadline - now);
    }
}

sp_cache_answer_e sp_cache_claim(sp_cache_t *cache, sp_cache_claim_t *claim, const sp_cache_key_t *key, apr_interval_time_t wait,
                                 const sp_cache_entry_t **entry)
{
    const apr_uint64_t hash = hash_of(cache, key);
    sp_cache_answer_e answer = SP_CACHE_BUSY;
    node_t *node;

    *entry = NULL;
    lock(cache);
    if (is_claimed(cache, key))
        wait_for_others(cache, key, hash, wait);
    node = find(cache, key, hash);
    if (has_data(node)) {
        *entry = hold(cache, node);
        answer = SP_CACHE_HIT;
    } else if (!is_claimed(cache, key)) {
        claim->key = *key;
        claim->next = cache->claims;
        cache->claims = claim;
        answer = SP_CACHE_MINE;
    }
    unlock(cache);
    return answer;
}

void sp_cache_yield(sp_cache_t *cache, sp_cache_claim_t *claim)
{
    sp_cache_claim_t **at = &cache->claims;

    lock(cache);
    while (*at != claim)
        at = &(*at)->next;
    *at = claim->next;
    if (cache->yielded)
        apr_thread_cond_broadcast(cache->yielded);
    unlock(cache);
}

static node_t *make_node(const sp_cache_t *cache, const sp_cache_key_t *key, const char *data, apr_size_t len, sp_coding_e coding)
{
    const apr_size_t most = cache->limit / SP_CACHE_MAX_SHARE, frame = sizeof(node_t) + MALLOC_BYTES;
    node_t *node;

    if (key->len > SP_CACHE_KEY_MAX || frame + key->len > most || len > most - frame - key->len)
        return NULL;
    node = malloc(sizeof(*node) + key->len + len);
    if (!node)
        return NULL;
    memset(node, 0, sizeof(*node));
    memcpy(node->key, key->data, key->len);
    if (data)
        node->entry.data = memcpy(node->key + key->len, data, len);
    node->entry.len = len;
    node->entry.coding = coding;
    node->hash = hash_of(cache, key);
    node->key_len = key->len;
    node->size = frame + key->len + len;
    node->holders = 2;
    return node;
}

static void link_node(sp_cache_t *cache, node_t *node)
{
    node_t **bucket = &cache->buckets[node->hash & cache->mask];

    node->chain = *bucket;
    *bucket = node;
    link_newest(cache, node);
    cache->used += node->size;
    while (cache->used > cache->limit)
        forget(cache, cache->oldest);
}

const sp_cache_entry_t *sp_cache_put(sp_cache_t *cache, const sp_cache_key_t *key, const char *data, apr_size_t len, sp_coding_e coding)
{
    node_t *node = make_node(cache, key, data, data ? len : 0, coding), *old;
    const sp_cache_entry_t *better = NULL;

    if (!node)
        return NULL;
    lock(cache);
    old = find(cache, key, node->hash);
    if (old && !data)
        better = hold(cache, old);
    else if (old)
        forget(cache, old);
    if (!better)
        link_node(cache, node);
    unlock(cache);
    if (!better)
        return &node->entry;
    free(node);
    return better;
}

void sp_cache_release(const sp_cache_entry_t *entry)
{
    if (entry)
        drop_hold((node_t *)((char *)entry - offsetof(node_t, entry)));
}

apr_size_t sp_cache_bytes(sp_cache_t *cache)
{
    apr_size_t used;

    lock(cache);
    used = cache->used;
    unlock(cache);
    return used;
}
