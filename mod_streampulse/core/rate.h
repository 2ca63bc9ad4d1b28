/* How many requests pass in a time: the generic cell rate algorithm over a fixed table of counters in memory that processes share. */
#ifndef SP_RATE_H
#define SP_RATE_H

#include <apr.h>

/* What requests are counted apart. */
typedef enum { SP_RATE_BY_METHOD, SP_RATE_READS, SP_RATE_WRITES, SP_RATE_UPLOADS, SP_RATE_EXPORTS, SP_RATE_CLASSES } sp_rate_class_e;

/* Time counts in ticks of 1/16 ms. */
#define SP_RATE_TICKS_PER_S APR_INT64_C(16000)

/* count at once, and in the long run count in each period. */
typedef struct {
    apr_int64_t interval; /* ticks from one to the next; 0: no limit */
    apr_int64_t period;   /* ticks */
} sp_rate_limit_t;

#define SP_RATE_LIMIT(count, seconds)                                                                                                                          \
    {                                                                                                                                                          \
        .interval = (seconds)*SP_RATE_TICKS_PER_S / (count), .period = (seconds)*SP_RATE_TICKS_PER_S                                                           \
    }

#define SP_RATE_COUNT_MAX   1000000
#define SP_RATE_SECONDS_MAX 86400

/* "600/60": 600 in 60 seconds; "off". 0: it is neither, or more than SP_RATE_TICKS_PER_S a second. */
int sp_rate_parse(const char *text, sp_rate_limit_t *limit);

/* One more at now, where due is when the counter is empty again, and is moved on. Ticks to wait before it would pass; 0: it passed. */
apr_int64_t sp_rate_step(const sp_rate_limit_t *limit, apr_int64_t now, apr_int64_t *due);

/* Counters, each with the keyed hash of whose it is. It holds no pointers: it lives on in shared memory while the code around it is loaded anew, which is what
 * layout is about. */
#define SP_RATE_LAYOUT  1
#define SP_RATE_BUCKETS 8192
#define SP_RATE_SLOTS   8 /* a line of the processor's cache */

typedef struct {
    apr_uint64_t key[2]; /* of the hash: chance, so that nobody can choose whom he shares a bucket with */
    apr_uint64_t slots[SP_RATE_BUCKETS][SP_RATE_SLOTS] __attribute__((aligned(64)));
} sp_rate_table_t;

/* The hash of two words: SipHash-1-3, as apr_siphash gives it for their 16 bytes, for a third of the instructions. */
apr_uint64_t sp_rate_hash(const sp_rate_table_t *table, apr_uint64_t a, apr_uint64_t b);

/* Counts one of whoever has that hash. Ticks to wait, and then it is not counted; 0: it passed. A new one takes the place of the counter that is empty, or else
 * has least to forget: so nobody pays for others, and whoever has much counted is forgotten last. Safe for all threads and processes at once. */
apr_int64_t sp_rate_take(sp_rate_table_t *table, apr_uint64_t hash, const sp_rate_limit_t *limit, apr_int64_t now);
/* The same without counting. */
apr_int64_t sp_rate_look(sp_rate_table_t *table, apr_uint64_t hash, const sp_rate_limit_t *limit, apr_int64_t now);

/* Seconds for Retry-After. */
int sp_rate_seconds(apr_int64_t ticks);

#endif
