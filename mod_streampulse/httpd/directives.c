/* The table of directives: a row each, and the checks that say what to write instead. */
#include "directives.h"

#include <stddef.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <http_core.h>
#include <unistr.h>

#include "claude.h"
#include "cognito.h"
#include "return_path.h"
#include "sp_config.h"
#include "sp_module.h"
#include "web_origin.h"

/* What a number may be, and where it goes. */
typedef struct {
    apr_size_t offset;
    apr_int64_t min, max;
    int is_wide; /* apr_int64_t, else int */
    int is_size; /* K, M and G may follow */
    const char *unit;
} number_rule_t;

#define DIR_FIELD(field)    offsetof(sp_dir_config_t, field)
#define SERVER_FIELD(field) offsetof(sp_server_config_t, field)

static const number_rule_t rule_session_idle = {DIR_FIELD(session_idle_s), 60, 604800, 0, 0, "seconds"};
static const number_rule_t rule_session_lifetime = {DIR_FIELD(session_lifetime_s), 60, 31536000, 0, 0, "seconds"};
static const number_rule_t rule_hsts = {DIR_FIELD(hsts_s), 0, 63072000, 0, 0, "seconds"};
static const number_rule_t rule_upload_bytes = {DIR_FIELD(upload_max_bytes), 1, APR_INT64_C(1) << 40, 1, 1, "bytes"};
static const number_rule_t rule_upload_rows = {DIR_FIELD(upload_max_rows), 1, APR_INT32_MAX, 0, 0, "rows"};
static const number_rule_t rule_upload_columns = {DIR_FIELD(upload_max_columns), 1, 65535, 0, 0, "columns"};
static const number_rule_t rule_upload_cell = {DIR_FIELD(upload_max_cell), 1, SP_CSV_MAX_RECORD_BYTES, 0, 1, "bytes"};
static const number_rule_t rule_upload_problems = {DIR_FIELD(upload_max_problems), 1, 100000, 0, 0, "problems"};
static const number_rule_t rule_upload_names = {DIR_FIELD(upload_max_names), 1, SP_KEY_ID_MAX, 0, 0, "names"};
static const number_rule_t rule_json_bytes = {DIR_FIELD(json_max_bytes), 1024, 16 * 1024 * 1024, 0, 1, "bytes"};
static const number_rule_t rule_pin_attempts = {SERVER_FIELD(pin_attempts), 1, 1000, 0, 0, "wrong PINs"};
static const number_rule_t rule_pin_attempts_all = {SERVER_FIELD(pin_attempts_all), 1, 10000, 0, 0, "wrong PINs"};
static const number_rule_t rule_pin_window = {SERVER_FIELD(pin_window_s), 1, 86400, 0, 0, "seconds"};
static const number_rule_t rule_write_timeout = {SERVER_FIELD(write_timeout_ms), 0, 600000, 0, 0, "milliseconds"};
static const number_rule_t rule_pool_timeout = {SERVER_FIELD(pool_timeout_ms), 0, 600000, 0, 0, "milliseconds"};
static const number_rule_t rule_heavy_max = {SERVER_FIELD(heavy_max), 1, 10000, 0, 0, "answers"};
static const number_rule_t rule_heavy_timeout = {SERVER_FIELD(heavy_timeout_ms), 0, 600000, 0, 0, "milliseconds"};
static const number_rule_t rule_tokens_max = {SERVER_FIELD(tokens_max), 1, 1000, 0, 0, "tokens"};
static const number_rule_t rule_people_days = {SERVER_FIELD(people_days), 1, 3650, 0, 0, "days"};
static const number_rule_t rule_audit_days = {SERVER_FIELD(audit_days), 0, 36500, 0, 0, "days"};
static const number_rule_t rule_cache_bytes = {SERVER_FIELD(cache_bytes), 0, 1 << 30, 0, 1, "bytes"};
static const number_rule_t rule_insight_delay = {SERVER_FIELD(insight_delay_s), 0, 86400, 0, 0, "seconds"};
static const number_rule_t rule_insight_timeout = {SERVER_FIELD(insight_timeout_s), 1, 3600, 0, 0, "seconds"};
static const number_rule_t rule_insights_kept = {SERVER_FIELD(insights_kept), 1, 100000, 0, 0, "insights"};
static const number_rule_t rule_insight_daily_max = {SERVER_FIELD(insight_daily_max), 1, 100000, 0, 0, "insights"};
static const number_rule_t rule_claude_timeout = {SERVER_FIELD(claude_timeout_s), 1, 600, 0, 0, "seconds"};
static const number_rule_t rule_claude_max_tokens = {SERVER_FIELD(claude_max_tokens), 256, 64000, 0, 0, "tokens"};

/* What a text may be, and where it goes. */
typedef struct {
    apr_size_t offset;
    int is_file; /* below the ServerRoot where it is not absolute */
    const char *(*complaint)(apr_pool_t *p, const char *text);
} text_rule_t;

static const text_rule_t rule_claude_key_file = {SERVER_FIELD(claude_key_file), 1, sp_claude_key_file_complaint};
static const text_rule_t rule_claude_ca_file = {SERVER_FIELD(claude_ca_file), 1, sp_claude_ca_file_complaint};
static const text_rule_t rule_claude_endpoint = {SERVER_FIELD(claude_endpoint), 0, sp_claude_endpoint_complaint};
static const text_rule_t rule_claude_model = {SERVER_FIELD(claude_model), 0, sp_claude_model_complaint};
static const text_rule_t rule_claude_effort = {SERVER_FIELD(claude_effort), 0, sp_claude_effort_complaint};

static const sp_role_e role_viewer = SP_ROLE_VIEWER, role_editor = SP_ROLE_EDITOR, role_admin = SP_ROLE_ADMIN;

#define READ_ONLY_DEFAULT   "the figures can be looked at, but not changed for now"
#define READ_ONLY_MAX_BYTES 500

static const char *where_of(cmd_parms *cmd)
{
    return apr_psprintf(cmd->pool, "%s:%d", cmd->directive->filename, cmd->directive->line_num);
}

/* NULL where the digits (with a suffix, where one is allowed) are no such number. */
static int parse_number(const char *text, const number_rule_t *rule, apr_int64_t *value)
{
    char *end;
    apr_int64_t factor = 1;

    if (!apr_isdigit(*text))
        return 0;
    errno = 0;
    *value = apr_strtoi64(text, &end, 10);
    if (errno)
        return 0;
    if (rule->is_size && *end) {
        const char *suffixes = "KMG", *at = strchr(suffixes, apr_toupper(*end));
        if (!at)
            return 0;
        factor = APR_INT64_C(1) << (10 * (at - suffixes + 1));
        end++;
    }
    if (*end || *value > rule->max / factor)
        return 0;
    *value *= factor;
    return *value >= rule->min;
}

static const char *set_number(cmd_parms *cmd, void *target, const char *text)
{
    const number_rule_t *rule = cmd->info;
    apr_int64_t value;

    if (!parse_number(text, rule, &value))
        return apr_psprintf(cmd->pool, "%s: \"%s\" will not do, write a number of %s from %" APR_INT64_T_FMT " to %" APR_INT64_T_FMT "%s", cmd->cmd->name, text,
                            rule->unit, rule->min, rule->max, rule->is_size ? " (K, M or G may follow, as in 100M)" : "");
    if (rule->is_wide)
        *(apr_int64_t *)((char *)target + rule->offset) = value;
    else
        *(int *)((char *)target + rule->offset) = (int)value;
    return NULL;
}

/* Requests of ours never meet a folder or a file: what is written in such a section would silently do nothing. */
static const char *check_place(cmd_parms *cmd)
{
    for (const ap_directive_t *up = cmd->directive->parent; up; up = up->parent) {
        if (!ap_cstr_casecmpn(up->directive, "<Directory", 10) || !ap_cstr_casecmpn(up->directive, "<Files", 6) ||
            !ap_cstr_casecmpn(up->directive, "<Proxy", 6))
            return apr_psprintf(cmd->pool, "%s does nothing in %s>: write it in the <Location> that holds \"StreamPulse On\"", cmd->cmd->name, up->directive);
    }
    return NULL;
}

static const char *set_dir_number(cmd_parms *cmd, void *dir, const char *text)
{
    const char *complaint = check_place(cmd);
    return complaint ? complaint : set_number(cmd, dir, text);
}

static const char *set_server_number(cmd_parms *cmd, void *dir, const char *text)
{
    return set_number(cmd, sp_config_server(cmd->server), text);
}

/* What a child has one of, whichever host is asked. */
static const char *set_child_number(cmd_parms *cmd, void *dir, const char *text)
{
    const char *complaint = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    return complaint ? complaint : set_server_number(cmd, dir, text);
}

static const char *set_server_text(cmd_parms *cmd, void *dir, const char *text)
{
    const text_rule_t *rule = cmd->info;
    const char *value = rule->is_file ? ap_server_root_relative(cmd->pool, text) : text;
    const char *complaint = value ? rule->complaint(cmd->temp_pool, value) : "is no path";

    if (complaint)
        return apr_psprintf(cmd->pool, "%s: \"%s\" %s", cmd->cmd->name, text, complaint);
    *(const char **)((char *)sp_config_server(cmd->server) + rule->offset) = value;
    return NULL;
}

/* "none" also where the environment has a key. */
static const char *set_key_file(cmd_parms *cmd, void *dir, const char *text)
{
    if (strcmp(text, "none"))
        return set_server_text(cmd, dir, text);
    sp_config_server(cmd->server)->claude_key_file = "";
    return NULL;
}

static const char *set_dollars(cmd_parms *cmd, const char *text, apr_int64_t *microdollars)
{
    if (!sp_price_parse_dollars(text, microdollars))
        return apr_psprintf(cmd->pool, "%s: \"%s\" will not do, write US dollars such as 3 or 0.25, up to %d", cmd->cmd->name, text, SP_PRICE_MAX_DOLLARS);
    return NULL;
}

static const char *set_daily_cost(cmd_parms *cmd, void *dir, const char *text)
{
    return set_dollars(cmd, text, &sp_config_server(cmd->server)->insight_daily_cost);
}

static const char *set_price(cmd_parms *cmd, void *dir, const char *input, const char *output)
{
    sp_price_t *price = &sp_config_server(cmd->server)->claude_price;
    const char *complaint = set_dollars(cmd, input, &price->input);

    return complaint ? complaint : set_dollars(cmd, output, &price->output);
}

static const char *set_insights(cmd_parms *cmd, void *dir, int on)
{
    sp_config_server(cmd->server)->insights = on;
    return NULL;
}

static const char *complain_about_mount(cmd_parms *cmd, const char *found)
{
    return apr_psprintf(
        cmd->pool, "StreamPulse %s: write <Location \"/pulse\"> StreamPulse On </Location> with the path it is to be served at (\"/\" for all of the site)",
        found);
}

/* The prefix of the <Location> around the directive, "" for "/"; NULL and the complaint where it is not directly in one. */
static const char *mount_prefix(cmd_parms *cmd, const char **complaint)
{
    const ap_directive_t *section = cmd->directive->parent;
    apr_size_t len;

    *complaint = NULL;
    if (cmd->pool == cmd->temp_pool)
        *complaint = complain_about_mount(cmd, "cannot be switched on in a .htaccess file");
    else if (!section || !ap_cstr_casecmpn(section->directive, "<VirtualHost", 12))
        *complaint = complain_about_mount(cmd, "needs a path");
    else if (ap_cstr_casecmp(section->directive, "<Location") || section->args[strspn(section->args, " \t")] == '~')
        *complaint = complain_about_mount(cmd, apr_psprintf(cmd->pool, "cannot be switched in %s %s", section->directive, section->args));
    else if (!cmd->path || *cmd->path != '/' || strpbrk(cmd->path, "*?[#") || strstr(cmd->path, "//"))
        *complaint = complain_about_mount(cmd, apr_psprintf(cmd->pool, "cannot be mounted at \"%s\", which is no plain path", cmd->path ? cmd->path : ""));
    if (*complaint || !cmd->path)
        return NULL;
    len = strlen(cmd->path);
    return apr_pstrmemdup(cmd->pool, cmd->path, cmd->path[len - 1] == '/' ? len - 1 : len);
}

static const char *set_enabled(cmd_parms *cmd, void *dir, int on)
{
    sp_dir_config_t *conf = dir;
    const char *complaint, *prefix = mount_prefix(cmd, &complaint);
    sp_mount_t *mount;

    if (!prefix)
        return complaint;
    conf->enabled = on;
    mount = apr_array_push(sp_config_server(cmd->server)->mounts);
    mount->prefix = prefix;
    mount->enabled = on;
    mount->where = where_of(cmd);
    return NULL;
}

static const char *set_anonymous_role(cmd_parms *cmd, void *dir, const char *text)
{
    sp_dir_config_t *conf = dir;
    const char *complaint = check_place(cmd);
    sp_role_e role;

    if (complaint)
        return complaint;
    if (sp_role_by_name(text, &role) != APR_SUCCESS || role > SP_ROLE_VIEWER)
        return apr_psprintf(cmd->pool, "%s: \"%s\" will not do, write none or viewer (nobody writes without signing in)", cmd->cmd->name, text);
    conf->anonymous_role = (int)role;
    return NULL;
}

static const char *set_export_role(cmd_parms *cmd, void *dir, const char *text)
{
    sp_dir_config_t *conf = dir;
    const char *complaint = check_place(cmd);
    sp_role_e role;

    if (complaint)
        return complaint;
    if (sp_role_by_name(text, &role) != APR_SUCCESS || role == SP_ROLE_NONE)
        return apr_psprintf(cmd->pool, "%s: \"%s\" will not do, write viewer, editor or admin", cmd->cmd->name, text);
    conf->export_role = (int)role;
    return NULL;
}

static const char *set_groups_claim(cmd_parms *cmd, void *dir, const char *text)
{
    static const char in_names[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
    sp_dir_config_t *conf = dir;
    const char *complaint = check_place(cmd);

    if (complaint)
        return complaint;
    if (!*text || text[strspn(text, in_names)] || !ap_cstr_casecmpn(text, "HTTP_", 5))
        return apr_psprintf(
            cmd->pool,
            "%s: \"%s\" will not do, write the environment variable that mod_auth_openidc puts the groups into (\"OIDC_CLAIM_cognito-groups\" for the "
            "claim cognito:groups: what is no letter, digit, dash or underscore becomes a dash)",
            cmd->cmd->name, text);
    conf->groups_claim = text;
    return NULL;
}

static const char *add_group(cmd_parms *cmd, void *dir, const char *text)
{
    const sp_role_e *role = cmd->info;
    sp_dir_config_t *conf = dir;
    const char *complaint = check_place(cmd), *wrong = sp_role_group_complaint(text);
    apr_array_header_t *names;

    if (complaint)
        return complaint;
    if (wrong)
        return apr_psprintf(cmd->pool, "%s: the group \"%s\" %s", cmd->cmd->name, text, wrong);
    names = conf->groups.of[*role] ? apr_array_copy(cmd->pool, conf->groups.of[*role]) : apr_array_make(cmd->pool, 2, sizeof(const char *));
    APR_ARRAY_PUSH(names, const char *) = text;
    conf->groups.of[*role] = names;
    return NULL;
}

/* Browsers go there by themselves: an address elsewhere is for the provider's module to know. */
static const char *set_local_url(cmd_parms *cmd, void *dir, const char *text)
{
    const char *complaint = check_place(cmd);

    if (complaint)
        return complaint;
    if (sp_return_path_check_local(text) != APR_SUCCESS)
        return apr_psprintf(cmd->pool, "%s: \"%s\" will not do, write a path on this host (\"/streampulse/login\"; a query may follow, with encoded values)",
                            cmd->cmd->name, text);
    *(const char **)((char *)dir + (apr_size_t)cmd->info) = text;
    return NULL;
}

static const char *add_cors_origin(cmd_parms *cmd, void *dir, const char *text)
{
    sp_dir_config_t *conf = dir;
    const char *complaint = check_place(cmd), *wrong = sp_web_origin_complaint(cmd->pool, text);

    if (complaint)
        return complaint;
    if (wrong)
        return apr_psprintf(cmd->pool, "%s: \"%s\" %s; write the origin as browsers send it, such as https://wall.example.org", cmd->cmd->name, text, wrong);
    if (!conf->cors_origins)
        conf->cors_origins = apr_array_make(cmd->pool, 2, sizeof(const char *));
    APR_ARRAY_PUSH(conf->cors_origins, const char *) = text;
    return NULL;
}

static const char *set_pin_file(cmd_parms *cmd, void *dir, const char *text)
{
    sp_dir_config_t *conf = dir;
    const char *complaint = check_place(cmd), *path = ap_server_root_relative(cmd->pool, text);
    sp_config_pin_file_t *file;

    if (complaint)
        return complaint;
    if (!*text || !path)
        return apr_psprintf(cmd->pool, "%s: \"%s\" is no path of a file, write an absolute one or one below the ServerRoot", cmd->cmd->name, text);
    conf->pin_file = path;
    file = apr_array_push(sp_config_server(cmd->server)->pin_files);
    file->path = path;
    file->where = where_of(cmd);
    return NULL;
}

static const char *set_cognito_pool(cmd_parms *cmd, void *dir, const char *text)
{
    sp_dir_config_t *conf = dir;
    const char *complaint = check_place(cmd);

    if (complaint)
        return complaint;
    if (!sp_cognito_is_pool(text))
        return apr_psprintf(cmd->pool, "%s: \"%s\" will not do, write the id of the user pool, such as eu-central-1_AbCdEf123", cmd->cmd->name, text);
    conf->cognito_pool = text;
    return NULL;
}

static const char *set_rate(cmd_parms *cmd, void *dir, const char *text)
{
    sp_rate_limit_t *limit = (sp_rate_limit_t *)((char *)dir + (apr_size_t)cmd->info);
    const char *complaint = check_place(cmd);

    if (!complaint && !sp_rate_parse(text, limit))
        complaint = apr_psprintf(cmd->pool, "%s: \"%s\" will not do, write how many in how many seconds, as in 600/60 (at most %d/%d, and %d a second), or off",
                                 cmd->cmd->name, text, SP_RATE_COUNT_MAX, SP_RATE_SECONDS_MAX, (int)SP_RATE_TICKS_PER_S);
    return complaint;
}

static const char *set_metrics(cmd_parms *cmd, void *dir, int on)
{
    sp_dir_config_t *conf = dir;

    conf->metrics = on;
    return check_place(cmd);
}

static int is_message(const char *text)
{
    const apr_size_t len = strlen(text);

    for (const char *c = text; *c; c++)
        if (apr_iscntrl(*c))
            return 0;
    return text[strspn(text, " ")] && len <= READ_ONLY_MAX_BYTES && !u8_check((const uint8_t *)text, len);
}

/* "" is off, which a section further in may say. */
static const char *set_read_only(cmd_parms *cmd, void *dir, const char *text)
{
    sp_dir_config_t *conf = dir;
    const char *complaint = check_place(cmd);

    if (complaint)
        return complaint;
    if (!is_message(text))
        return apr_psprintf(cmd->pool, "%s: write why nothing may be changed, in UTF-8 and in one line of at most %d bytes, or Off", cmd->cmd->name,
                            READ_ONLY_MAX_BYTES);
    conf->read_only = !ap_cstr_casecmp(text, "Off") ? "" : !ap_cstr_casecmp(text, "On") ? READ_ONLY_DEFAULT : text;
    return NULL;
}

static const char *set_spool_dir(cmd_parms *cmd, void *dir, const char *text)
{
    sp_server_config_t *sconf = sp_config_server(cmd->server);

    sconf->spool_dir = *text ? ap_server_root_relative(cmd->pool, text) : NULL;
    if (!sconf->spool_dir || !ap_is_directory(cmd->temp_pool, sconf->spool_dir))
        return apr_psprintf(cmd->pool, "%s: there is no folder \"%s\", make it and give it to the server's user (install -d -m 0700 -o USER %s)",
                            cmd->cmd->name, text, text);
    return NULL;
}

/* mod_dbd has no way to ask for its parameters. httpd gives a directive to every module that has a row for it, so these rows listen, and never object: what
 * is right is mod_dbd's to say. */
static const char *note_text(cmd_parms *cmd, void *dir, const char *text)
{
    apr_size_t offset = (apr_size_t)cmd->info;
    *(const char **)((char *)sp_config_server(cmd->server) + offset) = text;
    return NULL;
}

static const char *note_number(cmd_parms *cmd, void *dir, const char *text)
{
    apr_size_t offset = (apr_size_t)cmd->info;
    apr_int64_t value = apr_atoi64(text);
    *(int *)((char *)sp_config_server(cmd->server) + offset) = value < 0 || value > APR_INT32_MAX ? 0 : (int)value;
    return NULL;
}

#define IN_LOCATION     (RSRC_CONF | ACCESS_CONF)
#define RULE(rule)      ((void *)&(rule))
#define NOTE(field)     ((void *)SERVER_FIELD(field))
#define DIR_NOTE(field) ((void *)DIR_FIELD(field))
#define RATE(class)     ((void *)DIR_FIELD(rates[class]))

const command_rec sp_directives[] = {
    /* OR_ALL only so that it is this module that answers, with what to write, where it stands in a .htaccess file. */
    AP_INIT_FLAG("StreamPulse", set_enabled, NULL, OR_ALL, "On: the product is served at the path of this <Location>; Off: not below this path"),
    AP_INIT_TAKE1("StreamPulseAnonymousRole", set_anonymous_role, NULL, IN_LOCATION, "what a visitor may do who has not signed in: none (default) or viewer"),
    AP_INIT_TAKE1("StreamPulseExportRole", set_export_role, NULL, IN_LOCATION, "the least role that may export: viewer (default), editor or admin"),
    AP_INIT_TAKE1("StreamPulseGroupsClaim", set_groups_claim, NULL, IN_LOCATION, "the variable with somebody's groups (OIDC_CLAIM_cognito-groups)"),
    AP_INIT_ITERATE("StreamPulseAdminGroups", add_group, RULE(role_admin), IN_LOCATION, "the groups whose members are admins (Admins)"),
    AP_INIT_ITERATE("StreamPulseEditorGroups", add_group, RULE(role_editor), IN_LOCATION, "the groups whose members are editors (Editors)"),
    AP_INIT_ITERATE("StreamPulseViewerGroups", add_group, RULE(role_viewer), IN_LOCATION, "the groups whose members are viewers (Viewers)"),
    AP_INIT_TAKE1("StreamPulseLoginURL", set_local_url, DIR_NOTE(login_url), IN_LOCATION, "the path that signs people in with their provider"),
    AP_INIT_TAKE1("StreamPulseLogoutURL", set_local_url, DIR_NOTE(logout_url), IN_LOCATION, "the path that signs them out again"),
    AP_INIT_ITERATE("StreamPulseCorsOrigin", add_cors_origin, NULL, IN_LOCATION, "origins of other sites whose pages may read the API (none)"),
    AP_INIT_TAKE1("StreamPulseHstsMaxAge", set_dir_number, RULE(rule_hsts), IN_LOCATION,
                  "seconds for which browsers insist on https, once they met it; 0: never (31536000)"),
    AP_INIT_TAKE1("StreamPulsePinFile", set_pin_file, NULL, IN_LOCATION, "the file with the bcrypt hash of the PIN that makes an admin"),
    AP_INIT_TAKE1("StreamPulseCognitoPool", set_cognito_pool, NULL, IN_LOCATION, "the user pool, for the commands that admins are shown"),
    AP_INIT_TAKE1("StreamPulseTokensMax", set_server_number, RULE(rule_tokens_max), RSRC_CONF, "most tokens of programs that work at a time (100)"),
    AP_INIT_TAKE1("StreamPulsePeopleDays", set_server_number, RULE(rule_people_days), RSRC_CONF,
                  "days after which somebody is forgotten who has not come back (400)"),
    AP_INIT_TAKE1("StreamPulseSessionIdle", set_dir_number, RULE(rule_session_idle), IN_LOCATION, "seconds after which an unused session ends (1800)"),
    AP_INIT_TAKE1("StreamPulseSessionLifetime", set_dir_number, RULE(rule_session_lifetime), IN_LOCATION, "seconds after which any session ends (43200)"),
    AP_INIT_TAKE1("StreamPulseUploadMaxBytes", set_dir_number, RULE(rule_upload_bytes), IN_LOCATION, "largest upload in bytes (100M)"),
    AP_INIT_TAKE1("StreamPulseUploadMaxRows", set_dir_number, RULE(rule_upload_rows), IN_LOCATION, "most rows of an upload"),
    AP_INIT_TAKE1("StreamPulseUploadMaxColumns", set_dir_number, RULE(rule_upload_columns), IN_LOCATION, "most columns of an upload"),
    AP_INIT_TAKE1("StreamPulseUploadMaxCellBytes", set_dir_number, RULE(rule_upload_cell), IN_LOCATION, "longest cell of an upload in bytes"),
    AP_INIT_TAKE1("StreamPulseUploadMaxProblems", set_dir_number, RULE(rule_upload_problems), IN_LOCATION,
                  "most problems listed for an upload; all are counted"),
    AP_INIT_TAKE1("StreamPulseUploadMaxNames", set_dir_number, RULE(rule_upload_names), IN_LOCATION, "most services, platforms and events (each) of an upload"),
    AP_INIT_TAKE1("StreamPulseJsonMaxBytes", set_dir_number, RULE(rule_json_bytes), IN_LOCATION, "largest JSON body in bytes (256K)"),
    AP_INIT_TAKE1("StreamPulsePinAttempts", set_server_number, RULE(rule_pin_attempts), RSRC_CONF, "wrong PINs of a client in the window (5)"),
    AP_INIT_TAKE1("StreamPulsePinAttemptsAll", set_server_number, RULE(rule_pin_attempts_all), RSRC_CONF, "wrong PINs of all clients in the window (100)"),
    AP_INIT_TAKE1("StreamPulsePinWindow", set_server_number, RULE(rule_pin_window), RSRC_CONF, "seconds for which a wrong PIN counts (900)"),
    AP_INIT_TAKE1("StreamPulseRateReads", set_rate, RATE(SP_RATE_READS), IN_LOCATION, "requests that read, of a visitor, as COUNT/SECONDS (2000/10)"),
    AP_INIT_TAKE1("StreamPulseRateWrites", set_rate, RATE(SP_RATE_WRITES), IN_LOCATION, "requests that change something, of a visitor (1200/60)"),
    AP_INIT_TAKE1("StreamPulseRateUploads", set_rate, RATE(SP_RATE_UPLOADS), IN_LOCATION, "uploads of a visitor (600/60)"),
    AP_INIT_TAKE1("StreamPulseRateExports", set_rate, RATE(SP_RATE_EXPORTS), IN_LOCATION, "exports of a visitor (300/60)"),
    AP_INIT_TAKE1("StreamPulseReadOnly", set_read_only, NULL, IN_LOCATION, "why nothing may be changed for now; Off (default)"),
    AP_INIT_FLAG("StreamPulseMetrics", set_metrics, NULL, IN_LOCATION, "whether GET /metrics is there, for Prometheus (Off)"),
    AP_INIT_TAKE1("StreamPulseSpoolDir", set_spool_dir, NULL, RSRC_CONF, "folder for uploads and long answers on their way (the system's temporary folder)"),
    AP_INIT_TAKE1("StreamPulseWriteTimeout", set_server_number, RULE(rule_write_timeout), RSRC_CONF, "milliseconds a write waits for another writer (5000)"),
    AP_INIT_TAKE1("StreamPulsePoolTimeout", set_server_number, RULE(rule_pool_timeout), RSRC_CONF, "milliseconds a request waits for a free connection (2000)"),
    AP_INIT_TAKE1("StreamPulseHeavyMax", set_server_number, RULE(rule_heavy_max), RSRC_CONF,
                  "long answers (exports, all of a large database) that a child makes at once (a quarter of DBDMax)"),
    AP_INIT_TAKE1("StreamPulseHeavyTimeout", set_server_number, RULE(rule_heavy_timeout), RSRC_CONF,
                  "milliseconds a request for a long answer waits for its turn (60000)"),
    AP_INIT_TAKE1("StreamPulseAuditDays", set_server_number, RULE(rule_audit_days), RSRC_CONF,
                  "days that entries of the audit log are kept; 0: for ever (730)"),
    AP_INIT_TAKE1("StreamPulseCacheBytes", set_child_number, RULE(rule_cache_bytes), RSRC_CONF,
                  "bytes of answers that a child keeps ready, for all hosts together; 0: none (4M)"),
    AP_INIT_FLAG("StreamPulseInsights", set_insights, NULL, RSRC_CONF,
                 "whether insights are written about this server's database, by a process of their own (On)"),
    AP_INIT_TAKE1("StreamPulseInsightDelay", set_server_number, RULE(rule_insight_delay), RSRC_CONF,
                  "seconds for which changes are gathered at most before an insight is written; without a further one a sixth of it (60)"),
    AP_INIT_TAKE1("StreamPulseInsightTimeout", set_server_number, RULE(rule_insight_timeout), RSRC_CONF,
                  "seconds that the figures for an insight may take to be computed (60)"),
    AP_INIT_TAKE1("StreamPulseInsightsKept", set_server_number, RULE(rule_insights_kept), RSRC_CONF, "how many of the last insights are kept (500)"),
    AP_INIT_TAKE1("StreamPulseInsightDailyMax", set_server_number, RULE(rule_insight_daily_max), RSRC_CONF, "insights that Claude may write in a day (50)"),
    AP_INIT_TAKE1("StreamPulseInsightDailyCost", set_daily_cost, NULL, RSRC_CONF, "US dollars that Claude may cost in a day (5)"),
    AP_INIT_TAKE1("StreamPulseAnthropicKeyFile", set_key_file, RULE(rule_claude_key_file), RSRC_CONF,
                  "the file with the key of the Messages API, with which Claude writes insights, or none (ANTHROPIC_API_KEY of the environment)"),
    AP_INIT_TAKE1("StreamPulseAnthropicModel", set_server_text, RULE(rule_claude_model), RSRC_CONF, "the model (" SP_MESSAGES_MODEL ")"),
    AP_INIT_TAKE1("StreamPulseAnthropicEndpoint", set_server_text, RULE(rule_claude_endpoint), RSRC_CONF, "where the API is (" SP_MESSAGES_ENDPOINT ")"),
    AP_INIT_TAKE1("StreamPulseAnthropicEffort", set_server_text, RULE(rule_claude_effort), RSRC_CONF, "low, medium, high, xhigh or max (the model's own)"),
    AP_INIT_TAKE1("StreamPulseAnthropicCAFile", set_server_text, RULE(rule_claude_ca_file), RSRC_CONF,
                  "certificates that the endpoint's is checked against (the system's)"),
    AP_INIT_TAKE2("StreamPulseAnthropicPrice", set_price, NULL, RSRC_CONF, "US dollars for a million tokens of input, and of output (3 15)"),
    AP_INIT_TAKE1("StreamPulseAnthropicTimeout", set_server_number, RULE(rule_claude_timeout), RSRC_CONF, "seconds that an answer may take (120)"),
    AP_INIT_TAKE1("StreamPulseAnthropicMaxTokens", set_server_number, RULE(rule_claude_max_tokens), RSRC_CONF, "tokens that an answer may have (8000)"),
    AP_INIT_TAKE1("DBDriver", note_text, NOTE(db_driver), RSRC_CONF, "mod_dbd's: the database's driver"),
    AP_INIT_TAKE1("DBDParams", note_text, NOTE(db_params), RSRC_CONF, "mod_dbd's: what to open"),
    AP_INIT_TAKE1("DBDMin", note_number, NOTE(db_min), RSRC_CONF, "mod_dbd's: least connections of a child"),
    AP_INIT_TAKE1("DBDKeep", note_number, NOTE(db_keep), RSRC_CONF, "mod_dbd's: idle connections a child keeps"),
    AP_INIT_TAKE1("DBDMax", note_number, NOTE(db_max), RSRC_CONF, "mod_dbd's: most connections of a child"),
    {NULL, {NULL}, NULL, 0, RAW_ARGS, NULL},
};
