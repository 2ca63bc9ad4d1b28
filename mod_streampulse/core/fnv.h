/* FNV-1a, 64 bits (G. Fowler, L. C. Noll, K.-P. Vo): a quick hash where nobody gains by making two things alike. */
#ifndef SP_FNV_H
#define SP_FNV_H

#include <apr.h>

#define SP_FNV_START APR_UINT64_C(14695981039346656037)

static inline apr_uint64_t sp_fnv_add(apr_uint64_t hash, const void *data, apr_size_t len)
{
    for (const unsigned char *byte = (const unsigned char *)data; len; len--)
        hash = (hash ^ *byte++) * APR_UINT64_C(1099511628211);
    return hash;
}

#endif
