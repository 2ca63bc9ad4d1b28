/* The answers that a child keeps ready: what tells two of them apart, and how they get into a brigade. */
#ifndef SP_BODY_CACHE_H
#define SP_BODY_CACHE_H

#include <httpd.h>

#include <apr_buckets.h>

#include "cache.h"
#include "meta.h"

struct sp_req_t;

/* child_init: one for all servers of the child. */
void sp_body_cache_child_init(apr_pool_t *pchild, server_rec *s);

/* Everything that an answer can depend on: the database and its revision; the mount, path and query (with its pairs in order); what the visitor may see; the
 * representation and its coding. APR_ENOSPC: too long to be kept. Pool: q->p. */
apr_status_t sp_body_cache_key(struct sp_req_t *q, const sp_revision_t *revision, const char *representation, sp_coding_e coding, sp_cache_key_t *key);

/* The entry's data without a copy; takes over the caller's hold on it. */
apr_bucket *sp_body_cache_bucket(const sp_cache_entry_t *entry, apr_bucket_alloc_t *list);

#endif
