/* What the directives say: per server, and per location. */
#ifndef SP_CONFIG_H
#define SP_CONFIG_H

#include <httpd.h>
#include <http_config.h>

#include "import.h"
#include "price.h"
#include "rate.h"
#include "role_groups.h"

/* One "StreamPulse On": where the product is mounted. */
typedef struct {
    const char *prefix; /* "" for the root, else "/pulse": no slash at the end */
    int enabled;
    const char *where; /* file:line, for messages */
} sp_mount_t;

/* A StreamPulsePinFile, to be looked at when the configuration is checked. */
typedef struct {
    const char *path;
    const char *where;
} sp_config_pin_file_t;

/* Per server (virtual host). Times in the unit of the name; -1: not set (sp_config_finish_servers puts the default there after the merge). */
typedef struct {
    server_rec *server;
    apr_array_header_t *mounts;    /* of sp_mount_t; a virtual host has its own and the main server's */
    apr_array_header_t *pin_files; /* of sp_config_pin_file_t, its own only */
    const char *db_driver;         /* as DBDriver and DBDParams say, which mod_dbd reads too */
    const char *db_params;
    int db_min;  /* DBDMin */
    int db_keep; /* DBDKeep */
    int db_max;  /* DBDMax */
    int pool_timeout_ms;
    int write_timeout_ms;
    int heavy_max;
    int heavy_timeout_ms;
    int cache_bytes;  /* of a child; 0: nothing is kept */
    int pin_attempts; /* wrong PINs in the window, of a client and of all */
    int pin_attempts_all;
    int pin_window_s;
    int tokens_max;  /* that work at a time */
    int people_days; /* that somebody is remembered who does not come back */
    int audit_days;  /* how long entries are kept; 0: for ever */
    int insights;    /* whether they are written */
    int insight_delay_s;
    int insight_timeout_s;
    int insights_kept;
    int insight_daily_max;          /* insights by Claude */
    apr_int64_t insight_daily_cost; /* in microdollars */
    const char *claude_key_file;    /* "": Claude is not asked; NULL: the environment says */
    const char *claude_endpoint, *claude_model;
    const char *claude_effort;  /* NULL: the model's own */
    const char *claude_ca_file; /* NULL: the system's */
    int claude_timeout_s;
    int claude_max_tokens; /* of an answer */
    sp_price_t claude_price;
    const char *spool_dir;
    const char *db_path;              /* the file that db_params names; set when the configuration is checked */
    struct sp_dbd_verdict_t *verdict; /* of the migrator on that file, see dbd_gate.h; NULL: it may be used */
    apr_uint64_t rate_scope;          /* the database, in the hash of whose requests are counted; see rate_limit.h */
    struct sp_dbd_gate_t *gate;       /* of this child; see dbd.h */
    struct sp_heavy_gate_t *heavy;    /* of this child; see heavy_gate.h */
    struct sp_freshness_t *freshness; /* of this child, shared with the gate; see freshness.h */
    apr_uint64_t audit_scope;         /* of the database, see audit_held.h; 0: none */
    apr_uint32_t audit_prune_s;       /* of this child: when the audit log is to be pruned next, in seconds since 1970 */
    struct sp_cache_t *cache;         /* of this child, one for all servers; NULL: nothing is kept */
    struct sp_metrics_t *metrics;     /* of the database, shared by all children; see metrics.h */
} sp_server_config_t;

/* Per location. */
typedef struct {
    int enabled;        /* -1, 0, 1 */
    int anonymous_role; /* sp_role_e, or -1 */
    int export_role;
    const char *pin_file;
    const char *cognito_pool; /* for the commands that people are shown; NULL: not said */
    const char *groups_claim; /* the environment variable that mod_auth_openidc puts somebody's groups into */
    sp_role_groups_t groups;
    const char *login_url;            /* NULL: none */
    const char *logout_url;           /* NULL: none */
    apr_array_header_t *cors_origins; /* of const char *; NULL: none */
    int hsts_s;                       /* 0: off */
    int session_idle_s;
    int session_lifetime_s;
    apr_int64_t upload_max_bytes;
    int upload_max_rows;
    int upload_max_columns;
    int upload_max_cell;
    int upload_max_problems;
    int upload_max_names;
    int json_max_bytes;
    sp_rate_limit_t rates[SP_RATE_CLASSES]; /* interval -1: not set */
    int metrics;                            /* whether they are shown here */
    const char *read_only;                  /* why nothing may be changed; "": said to be off; NULL: changes are taken */
} sp_dir_config_t;

void *sp_config_create_server(apr_pool_t *p, server_rec *s);
void *sp_config_merge_server(apr_pool_t *p, void *base, void *add);
void *sp_config_create_dir(apr_pool_t *p, char *dir);
void *sp_config_merge_dir(apr_pool_t *p, void *base, void *add);

/* Puts the defaults where nothing was said, in every server. Once the merge is done, before anything is asked for. */
void sp_config_finish_servers(server_rec *main_server);
/* Whether the server has a mount that is switched on; *where (may be NULL): where the first one is written. */
int sp_config_is_mounted(const sp_server_config_t *sconf, const char **where);

sp_server_config_t *sp_config_server(const server_rec *s);
/* With every default filled in. Pool: r->pool. */
const sp_dir_config_t *sp_config_dir(request_rec *r);
sp_import_limits_t sp_config_import_limits(const sp_dir_config_t *conf);

/* The configuration is read twice at a start: a warning is for the second time, or for "configtest", which reads it once. */
int sp_config_warnings_are_due(void);

#endif
