/* Memory that all children share, and that graceful restarts leave as it is. */
#include "shared_memory.h"

#include <string.h>

#include <apr_shm.h>
#include <http_config.h>

#define ALIGNMENT 64

/* What one generation of the module leaves to the next. */
typedef struct {
    int layout;
    apr_size_t size; /* 0: nothing was made yet */
    void *memory;
} kept_t;

static apr_status_t make_memory(server_rec *s, apr_size_t size, void **memory)
{
    apr_shm_t *shm;
    char *base;
    apr_status_t rv = apr_shm_create(&shm, size + ALIGNMENT, NULL, s->process->pool);

    if (rv != APR_SUCCESS)
        return rv;
    base = apr_shm_baseaddr_get(shm);
    *memory = base + (ALIGNMENT - (apr_uintptr_t)base % ALIGNMENT) % ALIGNMENT;
    memset(*memory, 0, size);
    return APR_SUCCESS;
}

apr_status_t sp_shared_memory_get(server_rec *s, const char *key, int layout, apr_size_t size, void **memory, int *fresh)
{
    kept_t *kept = ap_retained_data_get(key);
    apr_status_t rv;

    if (!kept)
        kept = ap_retained_data_create(key, sizeof(*kept));
    *fresh = kept->size != size || kept->layout != layout;
    if (*fresh) {
        if ((rv = make_memory(s, size, &kept->memory)) != APR_SUCCESS)
            return rv;
        kept->layout = layout;
        kept->size = size;
    }
    *memory = kept->memory;
    return APR_SUCCESS;
}
