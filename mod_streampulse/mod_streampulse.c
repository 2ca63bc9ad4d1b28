/* The module's record, and every hook in the order of a server's life. */
#define SP_MODULE_RECORD
#include "sp_module.h"

#include <ap_mpm.h>
#include <http_core.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mpm_common.h>

#include "audit_denied.h"
#include "audit_held.h"
#include "authz.h"
#include "body_cache.h"
#include "claude.h"
#include "daemon.h"
#include "dbd.h"
#include "directives.h"
#include "freshness.h"
#include "heavy_gate.h"
#include "identity_kept.h"
#include "metrics.h"
#include "mount.h"
#include "pin_gate.h"
#include "rate_limit.h"
#include "pin_line.h"
#include "request.h"
#include "restart.h"
#include "router.h"
#include "security_headers.h"
#include "sp_config.h"
#include "token_authn.h"

static int pre_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp)
{
    sp_claude_take_environment();
    return OK;
}

static int check_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *s)
{
    sp_config_finish_servers(s);
    sp_claude_check_config(ptemp, s);
    return sp_dbd_check_config(ptemp, s);
}

static int post_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *s)
{
    int again, rc;

    /* At a start the configuration is read twice, and the first reading is thrown away. */
    if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG)
        return OK;
    if (sp_rate_limit_post_config(s) != APR_SUCCESS || sp_audit_held_post_config(s) != APR_SUCCESS || sp_metrics_post_config(pconf, s) != APR_SUCCESS)
        return HTTP_INTERNAL_SERVER_ERROR;
    again = sp_restart_is_one();
    rc = sp_dbd_migrate_all(ptemp, s, again);
    sp_daemon_start(pconf, s);
    if (again)
        sp_restart_await_first_end(s);
    return rc;
}

static void child_init(apr_pool_t *pchild, server_rec *s)
{
    sp_daemon_child_init();
    sp_dbd_child_init(pchild, s);
    sp_audit_held_child_init(pchild, s);
    sp_heavy_child_init(pchild, s);
    sp_freshness_child_init(pchild, s);
    sp_body_cache_child_init(pchild, s);
    sp_router_child_init(pchild);
    sp_pin_gate_child_init(pchild);
    sp_rate_limit_child_init(s);
    sp_request_child_init();
    sp_identity_kept_child_init(pchild);
    sp_pin_line_child_init(pchild);
    sp_claude_child_init();
}

static void register_hooks(apr_pool_t *p)
{
    static const char *const mod_dbd[] = {"mod_dbd.c", NULL};
    static const char *const mod_rewrite[] = {"mod_rewrite.c", NULL};
    static const char *const takers_of_paths[] = {"mod_proxy.c", "mod_alias.c", NULL};
    static const char *const takers_of_all[] = {"mod_vhost_alias.c", NULL};

    /* When all modules are loaded: mod_dbd's functions, whichever of the two was loaded first. */
    ap_hook_optional_fn_retrieve(sp_dbd_retrieve, NULL, NULL, APR_HOOK_MIDDLE);
    /* Before anything is forked: the key is not for everybody who inherits the environment. */
    ap_hook_pre_config(pre_config, NULL, NULL, APR_HOOK_REALLY_FIRST);
    /* After each reading of the configuration, also for "configtest": the servers are merged by then, and the server has not started. */
    ap_hook_check_config(check_config, NULL, NULL, APR_HOOK_MIDDLE);
    /* Before there are children, at a start and at each restart: the databases are migrated before the first connection to them. */
    ap_hook_post_config(post_config, NULL, NULL, APR_HOOK_MIDDLE);
    /* In each child, before mod_dbd opens connections in it: so that the gate knows which file they are on. */
    ap_hook_child_init(child_init, NULL, mod_dbd, APR_HOOK_FIRST);
    /* In the parent, every ten seconds or so: where the insight process could not be forked it is tried again. */
    ap_hook_monitor(sp_daemon_monitor, NULL, NULL, APR_HOOK_MIDDLE);
    /* For each request, when its path is to become a file: below a prefix after mod_rewrite, but before the modules that map paths, as a mounted prefix is the more special. */
    ap_hook_translate_name(sp_mount_translate_prefix, mod_rewrite, takers_of_paths, APR_HOOK_FIRST);
    /* The same at the root: after all those, so that an Alias or a ProxyPass for some path goes on working beside a product mounted at "/"; before core, which takes all. */
    ap_hook_translate_name(sp_mount_translate_root, takers_of_paths, takers_of_all, APR_HOOK_LAST);
    /* Then, before folders are walked: there is none to be walked. */
    ap_hook_map_to_storage(sp_mount_map_to_storage, NULL, NULL, APR_HOOK_FIRST);
    /* Before anybody is asked who they are, whatever is required there: a program's token that does not work is refused, and by us, in the shape of our errors. */
    ap_hook_check_access(sp_token_authn_refuse, NULL, NULL, APR_HOOK_FIRST, AP_AUTH_INTERNAL_PER_CONF);
    /* Before anybody may answer in the place of ours that asks who somebody is. */
    ap_hook_check_authn(sp_security_headers_before_authn, NULL, NULL, APR_HOOK_REALLY_FIRST, AP_AUTH_INTERNAL_PER_CONF);
    /* Where somebody has to be known: before mod_auth_openidc, which knows no such token and says 401. */
    ap_hook_check_authn(sp_token_authn_check, NULL, NULL, APR_HOOK_FIRST, AP_AUTH_INTERNAL_PER_CONF);
    /* After authentication, before mod_mime guesses a type and a handler from the path's end: "/api/data/x.php" is no script. */
    ap_hook_type_checker(sp_mount_check_type, NULL, NULL, APR_HOOK_REALLY_FIRST);
    /* "Require streampulse-role", which mod_authz_core asks when it checks the access, before and after authentication. */
    sp_authz_register(p);
    /* When an error that is not ours is about to be sent. */
    ap_hook_insert_error_filter(sp_security_headers_on_error, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_insert_error_filter(sp_audit_denied_count, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_insert_error_filter(sp_metrics_on_error, NULL, NULL, APR_HOOK_MIDDLE);
    /* Last of all the answer itself; any place will do, as the handler's name tells whose request it is. */
    ap_hook_handler(sp_router_handle, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(streampulse) = {
    STANDARD20_MODULE_STUFF, sp_config_create_dir, sp_config_merge_dir, sp_config_create_server, sp_config_merge_server, sp_directives, register_hooks,
#if defined(AP_MODULE_FLAG_NONE)
    AP_MODULE_FLAG_NONE,
#endif
};
