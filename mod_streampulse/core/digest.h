/* SHA-256, by OpenSSL, which uses what the processor has for it. */
#ifndef SP_DIGEST_H
#define SP_DIGEST_H

#include <apr_pools.h>

#define SP_DIGEST_BYTES    32
#define SP_DIGEST_HEX_SIZE (2 * SP_DIGEST_BYTES + 1)

typedef struct sp_digest_t sp_digest_t;

/* Pool: p. A failure of OpenSSL (no memory, or a policy that forbids SHA-256) is kept, and told by sp_digest_finish. */
sp_digest_t *sp_digest_create(apr_pool_t *p);
void sp_digest_add(sp_digest_t *digest, const void *data, apr_size_t len);
/* Once. hex: lower case, with the NUL. APR_EGENERAL. */
apr_status_t sp_digest_finish(sp_digest_t *digest, char hex[SP_DIGEST_HEX_SIZE]);
/* All of it at once. */
apr_status_t sp_digest_of(const void *data, apr_size_t len, char hex[SP_DIGEST_HEX_SIZE]);

#endif
