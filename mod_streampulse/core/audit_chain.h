/* What an entry of the audit log is, and the hash that chains it to the one before. */
#ifndef SP_AUDIT_CHAIN_H
#define SP_AUDIT_CHAIN_H

#include <apr_pools.h>

#include "digest.h"

typedef struct {
    apr_int64_t id; /* 1, 2, 3 … without a gap */
    apr_int64_t at_ms;
    const char *actor, *role, *method;
    const char *address, *request_id; /* NULL: none */
    const char *action;
    const char *target, *detail; /* NULL: none */
    const char *result;
    apr_int64_t count;
} sp_audit_entry_t;

#define SP_AUDIT_MARK_SIZE (SP_DIGEST_HEX_SIZE + 24)

/* A place in the chain, as text "ID:HASH". */
typedef struct {
    apr_int64_t id;
    char hash[SP_DIGEST_HEX_SIZE];
} sp_audit_mark_t;

/* What is hashed: "streampulse-audit-1", previous, id, at_ms, actor, role, method, address, request_id, action, target, detail, result, count; each as
 * LENGTH:BYTES, with its length in bytes and a comma after it, numbers in decimal; one that is NULL is "-,". So no two different entries are the same bytes.
 * Pool: p. */
const char *sp_audit_chain_encode(apr_pool_t *p, const char *previous, const sp_audit_entry_t *entry, apr_size_t *len);
/* APR_EGENERAL where SHA-256 is not to be had. ptemp: for what is hashed. */
apr_status_t sp_audit_chain_hash(apr_pool_t *ptemp, const char *previous, const sp_audit_entry_t *entry, char hash[SP_DIGEST_HEX_SIZE]);

/* APR_EINVAL for what is no "ID:HASH". */
apr_status_t sp_audit_chain_parse_mark(const char *text, sp_audit_mark_t *mark);
/* Returns text. */
const char *sp_audit_chain_mark_text(char text[SP_AUDIT_MARK_SIZE], const sp_audit_mark_t *mark);

#endif
