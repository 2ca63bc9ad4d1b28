/* Recognising requests by their prefix and claiming them before a file is looked for. */
#include "mount.h"

#include <apr_strings.h>

#include "sp_module.h"

/* A prefix holds where it ends at the path's end or at a slash: "/pulse" is not the start of "/pulses". */
static int prefix_holds(const char *prefix, apr_size_t len, const char *uri)
{
    return !strncmp(prefix, uri, len) && (!uri[len] || uri[len] == '/');
}

/* The longest prefix that holds; of equal ones the one written last, so that a virtual host overrules the main server. */
static const sp_mount_t *find_mount(const sp_server_config_t *sconf, const char *uri)
{
    const sp_mount_t *best = NULL;
    apr_size_t best_len = 0;

    for (int i = 0; i < sconf->mounts->nelts; i++) {
        const sp_mount_t *mount = &APR_ARRAY_IDX(sconf->mounts, i, sp_mount_t);
        apr_size_t len = strlen(mount->prefix);
        if (len < best_len || !prefix_holds(mount->prefix, len, uri))
            continue;
        best = mount;
        best_len = len;
    }
    return best;
}

sp_mount_claim_t *sp_mount_notes(request_rec *r)
{
    sp_mount_claim_t *claim = ap_get_module_config(r->request_config, &streampulse_module);

    if (claim)
        return claim;
    claim = apr_pcalloc(r->pool, sizeof(*claim));
    claim->prefix = "";
    ap_set_module_config(r->request_config, &streampulse_module, claim);
    return claim;
}

static int claim_request(request_rec *r, int at_root)
{
    const sp_server_config_t *sconf = sp_config_server(r->server);
    const sp_mount_t *mount;
    sp_mount_claim_t *claim;

    if (!sconf->mounts->nelts || !r->uri || r->uri[0] != '/' || r->proxyreq)
        return DECLINED;
    mount = find_mount(sconf, r->uri);
    if (!mount || !mount->enabled || at_root != !*mount->prefix)
        return DECLINED;
    claim = sp_mount_notes(r);
    claim->prefix = mount->prefix;
    claim->path = r->uri + strlen(mount->prefix);
    /* There is no file; other modules' hooks and log formats expect some name, though. */
    r->filename = apr_pstrcat(r->pool, SP_HANDLER_NAME ":", r->uri, NULL);
    return OK;
}

int sp_mount_translate_prefix(request_rec *r)
{
    return claim_request(r, 0);
}

int sp_mount_translate_root(request_rec *r)
{
    return claim_request(r, 1);
}

int sp_mount_map_to_storage(request_rec *r)
{
    return sp_mount_claimed(r) ? OK : DECLINED;
}

int sp_mount_check_type(request_rec *r)
{
    if (!sp_mount_claimed(r))
        return DECLINED;
    r->handler = SP_HANDLER_NAME;
    return OK;
}

const sp_mount_claim_t *sp_mount_claimed(const request_rec *r)
{
    const sp_mount_claim_t *claim = ap_get_module_config(r->request_config, &streampulse_module);
    return claim && claim->path ? claim : NULL;
}
