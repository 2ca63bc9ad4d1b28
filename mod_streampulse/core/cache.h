/* Answers by key in memory that is bounded: what was used least lately goes first. Safe for threads. */
#ifndef SP_CACHE_H
#define SP_CACHE_H

#include <apr_pools.h>
#include <apr_time.h>

#include "coding.h"

#define SP_CACHE_KEY_MAX   2048 /* a longer key is not kept */
#define SP_CACHE_MAX_SHARE 4    /* one entry may take this part of the limit */

typedef struct sp_cache_t sp_cache_t;

/* Never changes once it is made. Counted: whoever was given one releases it, and what is evicted meanwhile lives that long. */
typedef struct {
    const char *data; /* NULL: that the key has an answer is all that is known */
    apr_size_t len;
    sp_coding_e coding; /* of data */
} sp_cache_entry_t;

typedef struct {
    const char *data;
    apr_size_t len; /* up to SP_CACHE_KEY_MAX */
} sp_cache_key_t;

/* Somebody is making the entry of that key; between claim and yield it must stay where it is. */
typedef struct sp_cache_claim_t {
    sp_cache_key_t key;
    struct sp_cache_claim_t *next;
} sp_cache_claim_t;

typedef enum { SP_CACHE_HIT, SP_CACHE_MINE, SP_CACHE_BUSY } sp_cache_answer_e;

/* NULL: there was no lock to be had. Lives as long as p; entries that are still held live on. */
sp_cache_t *sp_cache_create(apr_pool_t *p, apr_size_t limit_bytes, int threaded);

/* The entry, to be released; NULL: there is none. */
const sp_cache_entry_t *sp_cache_find(sp_cache_t *cache, const sp_cache_key_t *key);

/* HIT: *entry, to be released. MINE: the caller makes it, and yields the claim whatever comes of it. BUSY: somebody else makes it and did not get done within
 * the wait. What was waited for and is not there afterwards is claimed. */
sp_cache_answer_e sp_cache_claim(sp_cache_t *cache, sp_cache_claim_t *claim, const sp_cache_key_t *key, apr_interval_time_t wait,
                                 const sp_cache_entry_t **entry);
void sp_cache_yield(sp_cache_t *cache, sp_cache_claim_t *claim);

/* Copies it, in the place of what is there. The entry, to be released; NULL: it is too large to be kept. data NULL: only that there is an answer, unless one
 * is there. */
const sp_cache_entry_t *sp_cache_put(sp_cache_t *cache, const sp_cache_key_t *key, const char *data, apr_size_t len, sp_coding_e coding);

void sp_cache_release(const sp_cache_entry_t *entry);

/* What all entries take, with what holds them together. */
apr_size_t sp_cache_bytes(sp_cache_t *cache);

#endif
