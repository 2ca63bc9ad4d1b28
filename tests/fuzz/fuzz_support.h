/* What the fuzz targets share: a pool, chunks of unforeseen sizes, and a digest to compare two readings by. */
#ifndef SP_FUZZ_SUPPORT_H
#define SP_FUZZ_SUPPORT_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <apr_general.h>
#include <apr_pools.h>

#include "fnv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static apr_pool_t *fuzz_pool;

/* To be emptied by fuzz_end after each input, so that a leak shows with the input that has it. */
static inline apr_pool_t *fuzz_begin(void)
{
    if (!fuzz_pool) {
        if (apr_initialize() != APR_SUCCESS || apr_pool_create(&fuzz_pool, NULL) != APR_SUCCESS) {
            abort();
        }
    }
    return fuzz_pool;
}

static inline int fuzz_end(void)
{
    apr_pool_clear(fuzz_pool);
    return 0;
}

/* Of everything that a reading gave out. */
static inline void fuzz_digest(uint64_t *digest, const void *data, size_t len)
{
    *digest = sp_fnv_add(*digest, data, len);
}

static inline void fuzz_digest_number(uint64_t *digest, uint64_t number)
{
    fuzz_digest(digest, &number, sizeof(number));
}

/* The size of the next chunk: mostly small, the same for the same state. */
static inline size_t fuzz_chunk(uint64_t *state, size_t left)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    size_t n = (size_t)(*state >> 33) % ((*state >> 60) ? 9 : 200) + 1;
    return n < left ? n : left;
}

/* A copy of the exact size, so that ASan sees a read beyond the chunk, or after its time. */
static inline char *fuzz_copy(const uint8_t *data, size_t size)
{
    char *copy = malloc(size ? size : 1);
    if (!copy) {
        abort();
    }
    memcpy(copy, data, size);
    return copy;
}

#endif
