/* Making, merging and completing what the directives say. */
#include "sp_config.h"

#include <apr_strings.h>
#include <http_core.h>

#include "messages.h"
#include "sp_module.h"

#define UNSET (-1)

#define DEFAULT_DB_MIN             1 /* these three are mod_dbd's */
#define DEFAULT_DB_KEEP            2
#define DEFAULT_DB_MAX             10
#define DEFAULT_POOL_TIMEOUT_MS    2000
#define DEFAULT_WRITE_TIMEOUT_MS   5000
#define DEFAULT_HEAVY_TIMEOUT_MS   60000
#define DEFAULT_AUDIT_DAYS         730
#define DEFAULT_CACHE_BYTES        (4 * 1024 * 1024)
#define DEFAULT_INSIGHT_DELAY_S    60
#define DEFAULT_INSIGHT_TIMEOUT_S  60
#define DEFAULT_INSIGHTS_KEPT      500
#define DEFAULT_INSIGHT_DAILY_MAX  50
#define DEFAULT_INSIGHT_DAILY_COST 5000000
#define DEFAULT_CLAUDE_TIMEOUT_S   120
#define DEFAULT_CLAUDE_MAX_TOKENS  8000
/* Of SP_MESSAGES_MODEL, as far as it was known in November 2026: whoever pays should look it up. */
#define DEFAULT_CLAUDE_PRICE_INPUT  3000000
#define DEFAULT_CLAUDE_PRICE_OUTPUT 15000000
#define DEFAULT_TOKENS_MAX         100
#define DEFAULT_PEOPLE_DAYS        400
#define DEFAULT_SESSION_IDLE_S     1800
#define DEFAULT_SESSION_LIFETIME_S 43200
#define DEFAULT_JSON_MAX_BYTES     (256 * 1024)
#define DEFAULT_HSTS_S             31536000 /* a year */
#define DEFAULT_PIN_ATTEMPTS       5
#define DEFAULT_PIN_ATTEMPTS_ALL   100
#define DEFAULT_PIN_WINDOW_S       900
#define DEFAULT_GROUPS_CLAIM       "OIDC_CLAIM_cognito-groups" /* "cognito:groups", as mod_auth_openidc writes it */

#define MERGE_NUMBER(field)   merged->field = add->field == UNSET ? base->field : add->field
#define MERGE_TEXT(field)     merged->field = add->field ? add->field : base->field
#define DEFAULT(field, value) conf->field = conf->field == UNSET ? (value) : conf->field

/* Reasons are in conf/streampulse.conf. */
static const sp_rate_limit_t default_rates[SP_RATE_CLASSES] = {
    [SP_RATE_READS] = SP_RATE_LIMIT(2000, 10),
    [SP_RATE_WRITES] = SP_RATE_LIMIT(1200, 60),
    [SP_RATE_UPLOADS] = SP_RATE_LIMIT(600, 60),
    [SP_RATE_EXPORTS] = SP_RATE_LIMIT(300, 60),
};

void *sp_config_create_server(apr_pool_t *p, server_rec *s)
{
    sp_server_config_t *conf = apr_pcalloc(p, sizeof(*conf));

    conf->server = s;
    conf->mounts = apr_array_make(p, 2, sizeof(sp_mount_t));
    conf->pin_files = apr_array_make(p, 1, sizeof(sp_config_pin_file_t));
    conf->db_min = conf->db_keep = conf->db_max = UNSET;
    conf->pool_timeout_ms = conf->write_timeout_ms = UNSET;
    conf->pin_attempts = conf->pin_attempts_all = conf->pin_window_s = UNSET;
    conf->audit_days = UNSET;
    conf->cache_bytes = conf->heavy_max = conf->heavy_timeout_ms = UNSET;
    conf->insights = conf->insight_delay_s = conf->insight_timeout_s = conf->insights_kept = UNSET;
    conf->insight_daily_max = conf->claude_timeout_s = conf->claude_max_tokens = UNSET;
    conf->insight_daily_cost = conf->claude_price.input = conf->claude_price.output = UNSET;
    conf->tokens_max = conf->people_days = UNSET;
    return conf;
}

void *sp_config_merge_server(apr_pool_t *p, void *base_conf, void *add_conf)
{
    const sp_server_config_t *base = base_conf, *add = add_conf;
    sp_server_config_t *merged = apr_pcalloc(p, sizeof(*merged));

    merged->server = add->server;
    /* The main server's <Location> sections hold in every virtual host; of two with one path the later one, the host's own, wins. */
    merged->mounts = apr_array_append(p, base->mounts, add->mounts);
    merged->pin_files = add->pin_files;
    MERGE_TEXT(db_driver);
    MERGE_TEXT(db_params);
    MERGE_NUMBER(db_min);
    MERGE_NUMBER(db_keep);
    MERGE_NUMBER(db_max);
    MERGE_NUMBER(pool_timeout_ms);
    MERGE_NUMBER(write_timeout_ms);
    MERGE_NUMBER(heavy_max);
    MERGE_NUMBER(heavy_timeout_ms);
    MERGE_NUMBER(audit_days);
    MERGE_NUMBER(cache_bytes);
    MERGE_NUMBER(insights);
    MERGE_NUMBER(insight_delay_s);
    MERGE_NUMBER(insight_timeout_s);
    MERGE_NUMBER(insights_kept);
    MERGE_NUMBER(insight_daily_max);
    MERGE_NUMBER(insight_daily_cost);
    MERGE_NUMBER(claude_timeout_s);
    MERGE_NUMBER(claude_max_tokens);
    MERGE_NUMBER(claude_price.input);
    MERGE_NUMBER(claude_price.output);
    MERGE_TEXT(claude_key_file);
    MERGE_TEXT(claude_endpoint);
    MERGE_TEXT(claude_model);
    MERGE_TEXT(claude_effort);
    MERGE_TEXT(claude_ca_file);
    MERGE_NUMBER(tokens_max);
    MERGE_NUMBER(people_days);
    MERGE_NUMBER(pin_attempts);
    MERGE_NUMBER(pin_attempts_all);
    MERGE_NUMBER(pin_window_s);
    MERGE_TEXT(spool_dir);
    return merged;
}

void *sp_config_create_dir(apr_pool_t *p, char *dir)
{
    sp_dir_config_t *conf = apr_pcalloc(p, sizeof(*conf));

    conf->enabled = conf->anonymous_role = conf->export_role = UNSET;
    conf->hsts_s = UNSET;
    conf->session_idle_s = conf->session_lifetime_s = UNSET;
    conf->upload_max_bytes = UNSET;
    conf->upload_max_rows = conf->upload_max_columns = conf->upload_max_cell = UNSET;
    conf->upload_max_problems = conf->upload_max_names = UNSET;
    conf->json_max_bytes = UNSET;
    conf->metrics = UNSET;
    for (int i = 0; i < SP_RATE_CLASSES; i++)
        conf->rates[i].interval = UNSET;
    return conf;
}

void *sp_config_merge_dir(apr_pool_t *p, void *base_conf, void *add_conf)
{
    const sp_dir_config_t *base = base_conf, *add = add_conf;
    sp_dir_config_t *merged = apr_pcalloc(p, sizeof(*merged));

    MERGE_NUMBER(enabled);
    MERGE_NUMBER(anonymous_role);
    MERGE_NUMBER(export_role);
    MERGE_TEXT(pin_file);
    MERGE_TEXT(cognito_pool);
    MERGE_TEXT(groups_claim);
    MERGE_TEXT(login_url);
    MERGE_TEXT(logout_url);
    MERGE_TEXT(cors_origins);
    MERGE_NUMBER(hsts_s);
    for (int role = SP_ROLE_VIEWER; role <= SP_ROLE_ADMIN; role++)
        MERGE_TEXT(groups.of[role]);
    MERGE_NUMBER(session_idle_s);
    MERGE_NUMBER(session_lifetime_s);
    MERGE_NUMBER(upload_max_bytes);
    MERGE_NUMBER(upload_max_rows);
    MERGE_NUMBER(upload_max_columns);
    MERGE_NUMBER(upload_max_cell);
    MERGE_NUMBER(upload_max_problems);
    MERGE_NUMBER(upload_max_names);
    MERGE_NUMBER(json_max_bytes);
    MERGE_NUMBER(metrics);
    MERGE_TEXT(read_only);
    for (int i = 0; i < SP_RATE_CLASSES; i++)
        merged->rates[i] = add->rates[i].interval == UNSET ? base->rates[i] : add->rates[i];
    return merged;
}

sp_server_config_t *sp_config_server(const server_rec *s)
{
    return ap_get_module_config(s->module_config, &streampulse_module);
}

void sp_config_finish_servers(server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *conf = sp_config_server(s);
        DEFAULT(db_min, DEFAULT_DB_MIN);
        DEFAULT(db_keep, DEFAULT_DB_KEEP);
        DEFAULT(db_max, DEFAULT_DB_MAX);
        DEFAULT(pool_timeout_ms, DEFAULT_POOL_TIMEOUT_MS);
        DEFAULT(write_timeout_ms, DEFAULT_WRITE_TIMEOUT_MS);
        DEFAULT(heavy_max, conf->db_max / 4 > 1 ? conf->db_max / 4 : 1);
        DEFAULT(heavy_timeout_ms, DEFAULT_HEAVY_TIMEOUT_MS);
        DEFAULT(pin_attempts, DEFAULT_PIN_ATTEMPTS);
        DEFAULT(pin_attempts_all, DEFAULT_PIN_ATTEMPTS_ALL);
        DEFAULT(pin_window_s, DEFAULT_PIN_WINDOW_S);
        DEFAULT(audit_days, DEFAULT_AUDIT_DAYS);
        DEFAULT(cache_bytes, DEFAULT_CACHE_BYTES);
        DEFAULT(insights, 1);
        DEFAULT(insight_delay_s, DEFAULT_INSIGHT_DELAY_S);
        DEFAULT(insight_timeout_s, DEFAULT_INSIGHT_TIMEOUT_S);
        DEFAULT(insights_kept, DEFAULT_INSIGHTS_KEPT);
        DEFAULT(insight_daily_max, DEFAULT_INSIGHT_DAILY_MAX);
        DEFAULT(insight_daily_cost, DEFAULT_INSIGHT_DAILY_COST);
        DEFAULT(claude_timeout_s, DEFAULT_CLAUDE_TIMEOUT_S);
        DEFAULT(claude_max_tokens, DEFAULT_CLAUDE_MAX_TOKENS);
        DEFAULT(claude_price.input, DEFAULT_CLAUDE_PRICE_INPUT);
        DEFAULT(claude_price.output, DEFAULT_CLAUDE_PRICE_OUTPUT);
        if (!conf->claude_endpoint)
            conf->claude_endpoint = SP_MESSAGES_ENDPOINT;
        if (!conf->claude_model)
            conf->claude_model = SP_MESSAGES_MODEL;
        DEFAULT(tokens_max, DEFAULT_TOKENS_MAX);
        DEFAULT(people_days, DEFAULT_PEOPLE_DAYS);
    }
}

int sp_config_is_mounted(const sp_server_config_t *sconf, const char **where)
{
    for (int i = 0; i < sconf->mounts->nelts; i++) {
        const sp_mount_t *mount = &APR_ARRAY_IDX(sconf->mounts, i, sp_mount_t);
        if (!mount->enabled)
            continue;
        if (where)
            *where = mount->where;
        return 1;
    }
    return 0;
}

static void default_rate_limits(sp_dir_config_t *conf)
{
    for (int i = SP_RATE_READS; i < SP_RATE_CLASSES; i++)
        if (conf->rates[i].interval == UNSET)
            conf->rates[i] = default_rates[i];
}

const sp_dir_config_t *sp_config_dir(request_rec *r)
{
    const sp_import_limits_t *limits = &sp_import_default_limits;
    sp_dir_config_t *conf = apr_pmemdup(r->pool, ap_get_module_config(r->per_dir_config, &streampulse_module), sizeof(*conf));

    DEFAULT(enabled, 0);
    DEFAULT(anonymous_role, SP_ROLE_NONE);
    DEFAULT(export_role, SP_ROLE_VIEWER);
    if (!conf->groups_claim)
        conf->groups_claim = DEFAULT_GROUPS_CLAIM;
    DEFAULT(hsts_s, DEFAULT_HSTS_S);
    DEFAULT(session_idle_s, DEFAULT_SESSION_IDLE_S);
    DEFAULT(session_lifetime_s, DEFAULT_SESSION_LIFETIME_S);
    DEFAULT(upload_max_bytes, (apr_int64_t)limits->max_bytes);
    DEFAULT(upload_max_rows, (int)limits->max_rows);
    DEFAULT(upload_max_columns, (int)limits->max_columns);
    DEFAULT(upload_max_cell, (int)limits->max_cell_bytes);
    DEFAULT(upload_max_problems, (int)limits->max_problems);
    DEFAULT(upload_max_names, limits->max_names);
    DEFAULT(json_max_bytes, DEFAULT_JSON_MAX_BYTES);
    DEFAULT(metrics, 0);
    default_rate_limits(conf);
    if (conf->read_only && !*conf->read_only)
        conf->read_only = NULL;
    return conf;
}

sp_import_limits_t sp_config_import_limits(const sp_dir_config_t *conf)
{
    sp_import_limits_t limits = {
        .max_bytes = (apr_size_t)conf->upload_max_bytes,
        .max_rows = (apr_uint32_t)conf->upload_max_rows,
        .max_columns = (apr_uint32_t)conf->upload_max_columns,
        .max_cell_bytes = (apr_size_t)conf->upload_max_cell,
        .max_problems = (apr_uint32_t)conf->upload_max_problems,
        .max_names = conf->upload_max_names,
    };
    return limits;
}

int sp_config_warnings_are_due(void)
{
    return ap_state_query(AP_SQ_RUN_MODE) == AP_SQ_RM_CONFIG_TEST || ap_state_query(AP_SQ_MAIN_STATE) != AP_SQ_MS_CREATE_PRE_CONFIG;
}
