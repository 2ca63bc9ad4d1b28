/* Counting requests: one 64 bit word holds whose counter it is, and when that is empty again. */
#include "rate.h"

#include <apr_cstr.h>
#include <apr_lib.h>
#include <apr_strings.h>

/* A word is 24 bits of the hash, then 40 bits of time. Those come round after 795 days: what looks due later than can be is of long ago. A period from now is
 * the latest there can be, and from the now of a thread that was held up after it looked at the clock a bit more. */
#define HELD_UP_MAX (60 * SP_RATE_TICKS_PER_S)
#define TIME_BITS   40
#define TIME_MASK   ((APR_UINT64_C(1) << TIME_BITS) - 1)

static int parse_whole(const char **text, apr_int64_t most, apr_int64_t *value)
{
    char *end;

    if (!apr_isdigit(**text))
        return 0;
    *value = apr_strtoi64(*text, &end, 10);
    *text = end;
    return *value >= 1 && *value <= most;
}

int sp_rate_parse(const char *text, sp_rate_limit_t *limit)
{
    apr_int64_t count, seconds;

    *limit = (sp_rate_limit_t){0};
    if (!apr_cstr_casecmp(text, "off"))
        return 1;
    if (!parse_whole(&text, SP_RATE_COUNT_MAX, &count) || *text++ != '/' || !parse_whole(&text, SP_RATE_SECONDS_MAX, &seconds) || *text)
        return 0;
    *limit = (sp_rate_limit_t)SP_RATE_LIMIT(count, seconds);
    return limit->interval > 0;
}

apr_int64_t sp_rate_step(const sp_rate_limit_t *limit, apr_int64_t now, apr_int64_t *due)
{
    const apr_int64_t from = *due > now && *due - now <= limit->period + HELD_UP_MAX ? *due : now;
    const apr_int64_t wait = from + limit->interval - (now + limit->period);

    if (wait > 0)
        return wait;
    *due = from + limit->interval;
    return 0;
}

static inline apr_uint64_t turn(apr_uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void sip_round(apr_uint64_t v[4])
{
    v[0] += v[1], v[1] = turn(v[1], 13) ^ v[0], v[0] = turn(v[0], 32);
    v[2] += v[3], v[3] = turn(v[3], 16) ^ v[2];
    v[0] += v[3], v[3] = turn(v[3], 21) ^ v[0];
    v[2] += v[1], v[1] = turn(v[1], 17) ^ v[2], v[2] = turn(v[2], 32);
}

static inline void sip_word(apr_uint64_t v[4], apr_uint64_t word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

apr_uint64_t sp_rate_hash(const sp_rate_table_t *table, apr_uint64_t a, apr_uint64_t b)
{
    apr_uint64_t v[4] = {table->key[0] ^ APR_UINT64_C(0x736f6d6570736575), table->key[1] ^ APR_UINT64_C(0x646f72616e646f6d),
                         table->key[0] ^ APR_UINT64_C(0x6c7967656e657261), table->key[1] ^ APR_UINT64_C(0x7465646279746573)};

    sip_word(v, a);
    sip_word(v, b);
    sip_word(v, APR_UINT64_C(16) << 56); /* how many bytes there were */
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static apr_uint64_t load(const apr_uint64_t *slot)
{
    return __atomic_load_n(slot, __ATOMIC_RELAXED);
}

static apr_uint64_t tag_of(apr_uint64_t hash)
{
    return hash & ~TIME_MASK;
}

/* The time of a word in full, as the one within half a turn of now. */
static apr_int64_t due_of(apr_uint64_t word, apr_int64_t now)
{
    const apr_int64_t ahead = (apr_int64_t)((word - (apr_uint64_t)now) & TIME_MASK);
    return now + (ahead > (apr_int64_t)(TIME_MASK >> 1) ? ahead - (apr_int64_t)TIME_MASK - 1 : ahead);
}

/* How far ahead of now; 0: it says nothing any more. */
static apr_int64_t debt_of(apr_uint64_t word, apr_int64_t now)
{
    const apr_int64_t debt = due_of(word, now) - now;
    return debt > 0 && debt <= (apr_int64_t)SP_RATE_SECONDS_MAX * SP_RATE_TICKS_PER_S ? debt : 0;
}

static apr_uint64_t *bucket_of(sp_rate_table_t *table, apr_uint64_t hash)
{
    return table->slots[hash % SP_RATE_BUCKETS];
}

/* The slot of a tag; NULL: none. */
static apr_uint64_t *find(apr_uint64_t *bucket, apr_uint64_t tag)
{
    for (int i = 0; i < SP_RATE_SLOTS; i++)
        if ((load(&bucket[i]) & ~TIME_MASK) == tag)
            return &bucket[i];
    return NULL;
}

/* The slot to be given to somebody else: one that says nothing any more, or else whose time is the earliest. */
static apr_uint64_t *find_least(apr_uint64_t *bucket, apr_int64_t now)
{
    apr_uint64_t *least = bucket;
    apr_int64_t least_debt = debt_of(load(least), now);

    for (int i = 1; i < SP_RATE_SLOTS; i++) {
        const apr_int64_t debt = debt_of(load(&bucket[i]), now);
        if (debt < least_debt) {
            least = &bucket[i];
            least_debt = debt;
        }
    }
    return least;
}

/* Ticks to wait, or 0; *changed: somebody else was quicker, and what they wrote counts. */
static apr_int64_t take_slot(apr_uint64_t *slot, apr_uint64_t word, apr_int64_t due, apr_uint64_t tag, const sp_rate_limit_t *limit, apr_int64_t now,
                             int *changed)
{
    const apr_int64_t wait = sp_rate_step(limit, now, &due);

    if (!wait)
        *changed = !__atomic_compare_exchange_n(slot, &word, tag | ((apr_uint64_t)due & TIME_MASK), 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    return wait;
}

apr_int64_t sp_rate_take(sp_rate_table_t *table, apr_uint64_t hash, const sp_rate_limit_t *limit, apr_int64_t now)
{
    const apr_uint64_t tag = tag_of(hash);
    apr_uint64_t *bucket = bucket_of(table, hash);
    apr_int64_t wait;
    int changed;

    do {
        apr_uint64_t *slot = find(bucket, tag);
        const apr_uint64_t word = load(slot ? slot : (slot = find_least(bucket, now)));
        changed = 0;
        wait = take_slot(slot, word, (word & ~TIME_MASK) == tag ? due_of(word, now) : now, tag, limit, now, &changed);
    } while (changed);
    return wait;
}

apr_int64_t sp_rate_look(sp_rate_table_t *table, apr_uint64_t hash, const sp_rate_limit_t *limit, apr_int64_t now)
{
    const apr_uint64_t *slot = find(bucket_of(table, hash), tag_of(hash));
    apr_int64_t due = slot ? due_of(load(slot), now) : now;

    return sp_rate_step(limit, now, &due);
}

int sp_rate_seconds(apr_int64_t ticks)
{
    return (int)((ticks + SP_RATE_TICKS_PER_S - 1) / SP_RATE_TICKS_PER_S);
}
