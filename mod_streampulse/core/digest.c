/* SHA-256, by OpenSSL. */
#include "digest.h"

#include <openssl/evp.h>

#include "hex.h"

struct sp_digest_t {
    EVP_MD_CTX *ctx; /* NULL: failed */
};

static apr_status_t free_ctx(void *data)
{
    sp_digest_t *digest = data;

    EVP_MD_CTX_free(digest->ctx);
    digest->ctx = NULL;
    return APR_SUCCESS;
}

sp_digest_t *sp_digest_create(apr_pool_t *p)
{
    sp_digest_t *digest = apr_palloc(p, sizeof(*digest));

    digest->ctx = EVP_MD_CTX_new();
    apr_pool_cleanup_register(p, digest, free_ctx, apr_pool_cleanup_null);
    if (digest->ctx && !EVP_DigestInit_ex(digest->ctx, EVP_sha256(), NULL)) {
        free_ctx(digest);
    }
    return digest;
}

void sp_digest_add(sp_digest_t *digest, const void *data, apr_size_t len)
{
    if (digest->ctx && !EVP_DigestUpdate(digest->ctx, data, len)) {
        free_ctx(digest);
    }
}

apr_status_t sp_digest_finish(sp_digest_t *digest, char hex[SP_DIGEST_HEX_SIZE])
{
    unsigned char bytes[SP_DIGEST_BYTES];

    if (!digest->ctx || !EVP_DigestFinal_ex(digest->ctx, bytes, NULL)) {
        return APR_EGENERAL;
    }
    sp_hex(hex, bytes, sizeof(bytes));
    return APR_SUCCESS;
}

apr_status_t sp_digest_of(const void *data, apr_size_t len, char hex[SP_DIGEST_HEX_SIZE])
{
    unsigned char bytes[SP_DIGEST_BYTES];

    if (!EVP_Digest(data, len, bytes, NULL, EVP_sha256(), NULL)) {
        return APR_EGENERAL;
    }
    sp_hex(hex, bytes, sizeof(bytes));
    return APR_SUCCESS;
}
