/* Memory that all children share, and that graceful restarts leave as it is. */
#ifndef SP_SHARED_MEMORY_H
#define SP_SHARED_MEMORY_H

#include <httpd.h>

/* post_config. *memory: size bytes at the start of a line of the processor's cache, the same as before for one key, layout and size; *fresh: they are new, and
 * 0. What another version of the module left under the key with another layout stays where it is until httpd stops. It holds no pointers into the module, which
 * may be loaded elsewhere the next time. APR_SUCCESS, or why there is no memory. */
apr_status_t sp_shared_memory_get(server_rec *s, const char *key, int layout, apr_size_t size, void **memory, int *fresh);

#endif
