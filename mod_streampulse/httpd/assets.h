/* The dashboard's files: built into the module, found by their address, sent in the coding that suits the client. */
#ifndef SP_ASSETS_H
#define SP_ASSETS_H

#include <apr.h>
#include <apr_errno.h>

struct sp_req_t;

typedef enum { SP_ASSET_IDENTITY, SP_ASSET_GZIP, SP_ASSET_BROTLI, SP_ASSET_CODINGS } sp_asset_e;

/* data NULL: this coding would gain nothing. */
typedef struct {
    const char *data;
    apr_size_t size;
} sp_asset_bytes_t;

typedef struct {
    const char *path; /* below the mount */
    const char *content_type;
    const char *tag; /* of the content, without quotes */
    sp_asset_bytes_t as[SP_ASSET_CODINGS];
} sp_asset_t;

/* Generated (scripts/embed_assets.mjs); ends with a row whose path is NULL. */
extern const sp_asset_t sp_assets[];

/* The file at a path below the mount: "/" and the views (sp_openapi_views) are the page. NULL: there is none. */
const sp_asset_t *sp_assets_find(const char *path);

/* Sends it, or the 304 where the client has it. */
apr_status_t sp_assets_send(struct sp_req_t *q, const sp_asset_t *asset);

#endif
