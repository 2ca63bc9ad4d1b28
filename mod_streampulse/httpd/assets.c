/* The dashboard's files: built into the module, found by their address, sent in the coding that suits the client. */
#include "assets.h"

#include <string.h>

#include <apr_strings.h>

#include "accept_encoding.h"
#include "openapi.h"
#include "reply.h"

#define PAGE "/index.html"

#define CACHE_PAGE   "no-cache"
#define CACHE_HASHED "public, max-age=31536000, immutable"
#define CACHE_OTHER  "public, max-age=300"

static const char *const coding_names[SP_ASSET_CODINGS] = {"identity", "gzip", "br"};

static int is_view(const char *path)
{
    if (!path[1])
        return 1;
    for (const char *const *view = sp_openapi_views; *view; view++) {
        if (!strcmp(*view, path + 1))
            return 1;
    }
    return 0;
}

static const sp_asset_t *find_file(const char *path)
{
    for (const sp_asset_t *asset = sp_assets; asset->path; asset++) {
        if (!strcmp(asset->path, path))
            return asset;
    }
    return NULL;
}

const sp_asset_t *sp_assets_find(const char *path)
{
    if (is_view(path))
        return find_file(PAGE);
    /* The page has its addresses; one more would be one more to keep. */
    return strcmp(path, PAGE) ? find_file(path) : NULL;
}

static sp_asset_e choose_coding(const sp_req_t *q, const sp_asset_t *asset)
{
    const char *names[SP_ASSET_CODINGS + 1], *best;
    int n = 0;

    for (int i = SP_ASSET_CODINGS - 1; i >= 0; i--) {
        if (asset->as[i].data)
            names[n++] = coding_names[i];
    }
    names[n] = NULL;
    best = sp_accept_encoding_best(apr_table_get(q->r->headers_in, "Accept-Encoding"), names);
    for (int i = SP_ASSET_CODINGS - 1; i > SP_ASSET_IDENTITY; i--) {
        if (!strcmp(coding_names[i], best))
            return (sp_asset_e)i;
    }
    return SP_ASSET_IDENTITY;
}

/* The name of a file below /assets/ has the hash of its content in it. */
static const char *cache_control(const sp_asset_t *asset)
{
    if (!strcmp(asset->path, PAGE))
        return CACHE_PAGE;
    return strncmp(asset->path, "/assets/", 8) ? CACHE_OTHER : CACHE_HASHED;
}

static const char *make_etag(const sp_req_t *q, const sp_asset_t *asset, sp_asset_e coding)
{
    return apr_pstrcat(q->p, "\"", asset->tag, coding ? "-" : "", coding ? coding_names[coding] : "", "\"", NULL);
}

static int client_has(const sp_req_t *q, const char *etag)
{
    const char *tags = apr_table_get(q->r->headers_in, "If-None-Match");
    return tags && (*tags == '*' || ap_find_etag_weak(q->p, tags, etag));
}

apr_status_t sp_assets_send(sp_req_t *q, const sp_asset_t *asset)
{
    apr_table_t *out = q->r->headers_out;
    sp_asset_e coding = choose_coding(q, asset);
    const char *etag = make_etag(q, asset, coding);

    apr_table_setn(out, "ETag", etag);
    apr_table_setn(out, "Cache-Control", cache_control(asset));
    if (asset->as[SP_ASSET_GZIP].data || asset->as[SP_ASSET_BROTLI].data)
        apr_table_setn(out, "Vary", "Accept-Encoding");
    /* mod_deflate and mod_brotli: it is coded, or not worth it; and they would change the tag. */
    apr_table_setn(q->r->subprocess_env, "no-gzip", "1");
    apr_table_setn(q->r->subprocess_env, "no-brotli", "1");
    if (client_has(q, etag)) {
        sp_reply_not_modified(q, asset->content_type);
        return APR_SUCCESS;
    }
    if (coding)
        apr_table_setn(out, "Content-Encoding", coding_names[coding]);
    sp_reply_send_constant(q, asset->content_type, asset->as[coding].data, asset->as[coding].size);
    return APR_SUCCESS;
}
