/* Chains the entries of the audit log by hashes. */
#include "audit_chain.h"

#include <string.h>

#include <apr_strings.h>

#include "hex.h"

#define VERSION       "streampulse-audit-1"
#define FIELDS        14
#define LENGTH_DIGITS 20
#define HASH_DIGITS   (SP_DIGEST_HEX_SIZE - 1)

static char *add_field(char *at, const char *text)
{
    apr_size_t len;

    if (!text) {
        memcpy(at, "-,", 2);
        return at + 2;
    }
    len = strlen(text);
    at += apr_snprintf(at, LENGTH_DIGITS + 2, "%" APR_SIZE_T_FMT ":", len);
    memcpy(at, text, len);
    at[len] = ',';
    return at + len + 1;
}

const char *sp_audit_chain_encode(apr_pool_t *p, const char *previous, const sp_audit_entry_t *entry, apr_size_t *len)
{
    char id[LENGTH_DIGITS + 2], at_ms[LENGTH_DIGITS + 2], count[LENGTH_DIGITS + 2];
    const char *fields[FIELDS] = {
        VERSION,       previous,      id,   at_ms, entry->actor, entry->role, entry->method, entry->address, entry->request_id, entry->action, entry->target,
        entry->detail, entry->result, count};
    apr_size_t size = 1;
    char *bytes, *at;

    apr_snprintf(id, sizeof(id), "%" APR_INT64_T_FMT, entry->id);
    apr_snprintf(at_ms, sizeof(at_ms), "%" APR_INT64_T_FMT, entry->at_ms);
    apr_snprintf(count, sizeof(count), "%" APR_INT64_T_FMT, entry->count);
    for (int i = 0; i < FIELDS; i++)
        size += LENGTH_DIGITS + 2 + (fields[i] ? strlen(fields[i]) : 0);
    at = bytes = apr_palloc(p, size);
    for (int i = 0; i < FIELDS; i++)
        at = add_field(at, fields[i]);
    *len = (apr_size_t)(at - bytes);
    return bytes;
}

apr_status_t sp_audit_chain_hash(apr_pool_t *ptemp, const char *previous, const sp_audit_entry_t *entry, char hash[SP_DIGEST_HEX_SIZE])
{
    apr_size_t len;
    const char *bytes = sp_audit_chain_encode(ptemp, previous, entry, &len);

    return sp_digest_of(bytes, len, hash);
}

apr_status_t sp_audit_chain_parse_mark(const char *text, sp_audit_mark_t *mark)
{
    const char *colon = text ? strchr(text, ':') : NULL;
    apr_size_t digits = colon ? (apr_size_t)(colon - text) : 0;

    if (!digits || digits > 18 || strspn(text, "0123456789") != digits)
        return APR_EINVAL;
    if (!sp_hex_is(colon + 1, HASH_DIGITS))
        return APR_EINVAL;
    mark->id = apr_atoi64(text);
    memcpy(mark->hash, colon + 1, SP_DIGEST_HEX_SIZE);
    return APR_SUCCESS;
}

const char *sp_audit_chain_mark_text(char text[SP_AUDIT_MARK_SIZE], const sp_audit_mark_t *mark)
{
    apr_snprintf(text, SP_AUDIT_MARK_SIZE, "%" APR_INT64_T_FMT ":%s", mark->id, mark->hash);
    return text;
}
