/* The table of routes: the one place that says what is answered to whom. */
#include "routes.h"

#include <stddef.h>

#include "api/api.h"

const char *const sp_route_any_parameters[] = {NULL};

static const char *const data_parameters[] = {"from", "to", "service", "platform", "interval", "as_of", NULL};
static const char *const service_parameters[] = {"from", "to", "platform", "interval", "as_of", NULL};
static const char *const event_parameters[] = {"from", "to", "service", "platform", "as_of", NULL};
static const char *const export_parameters[] = {"format", "from", "to", "service", "platform", "as_of", NULL};
static const char *const uploads_parameters[] = {"before", "limit", NULL};
static const char *const insights_parameters[] = {"before", "limit", NULL};
static const char *const upload_parameters[] = {"mode",       "on_error",    "filename",     "layout",  "delimiter", "encoding", "date_order",
                                                "event_year", "map_service", "map_platform", "dry_run", "expect",    NULL};
static const char *const one_parameters[] = {"include", "after", "limit", NULL};
static const char *const history_parameters[] = {"service", "platform", "week", "event", "date", "before", "limit", NULL};
static const char *const plan_parameters[] = {"dry_run", "expect", NULL};
static const char *const login_parameters[] = {"return", NULL};
static const char *const audit_parameters[] = {"before", "limit", "from", "to", "actor", "action", "format", NULL};
static const char *const lists[] = {"service", "platform", NULL};
static const char *const maps[] = {"map_service", "map_platform", NULL};

/* A row may end before .rate, which the method tells. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
const sp_route_t sp_routes[] = {
    {"GET", "/api/data", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_data_get, data_parameters, lists},
    {"POST", "/api/data", SP_ROLE_EDITOR, SP_LEAST_FIXED, sp_api_data_entry_post, plan_parameters, NULL},
    {"GET", "/api/data/{service}", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_data_service_get, service_parameters, lists},
    {"DELETE", "/api/data/{service}", SP_ROLE_ADMIN, SP_LEAST_FIXED, sp_api_data_delete, plan_parameters, NULL},
    {"GET", "/api/special-events", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_events_get, event_parameters, lists},
    {"POST", "/api/special-events", SP_ROLE_EDITOR, SP_LEAST_FIXED, sp_api_events_post, NULL, NULL},
    {"PATCH", "/api/special-events/{id}", SP_ROLE_EDITOR, SP_LEAST_FIXED, sp_api_events_patch, NULL, NULL},
    {"DELETE", "/api/special-events/{id}", SP_ROLE_ADMIN, SP_LEAST_FIXED, sp_api_events_delete, NULL, NULL},
    {"GET", "/api/services", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_services_get, NULL, NULL},
    {"PATCH", "/api/services/{id}", SP_ROLE_EDITOR, SP_LEAST_FIXED, sp_api_services_patch, NULL, NULL},
    {"GET", "/api/platforms", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_platforms_get, NULL, NULL},
    {"PATCH", "/api/platforms/{id}", SP_ROLE_EDITOR, SP_LEAST_FIXED, sp_api_platforms_patch, NULL, NULL},
    {"GET", "/api/stats", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_stats_get, NULL, NULL},
    {"GET", "/api/uploads", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_uploads_get, uploads_parameters, NULL},
    {"GET", "/api/uploads/{id}", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_uploads_one_get, one_parameters, NULL},
    {"POST", "/api/uploads/{id}/undo", SP_ROLE_EDITOR, SP_LEAST_FIXED, sp_api_undo_post, plan_parameters, NULL},
    {"GET", "/api/history", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_history_get, history_parameters, NULL},
    {"POST", "/api/upload", SP_ROLE_EDITOR, SP_LEAST_FIXED, sp_api_upload_post, upload_parameters, maps, .rate = SP_RATE_UPLOADS},
    {"GET", "/api/export", SP_ROLE_VIEWER, SP_LEAST_EXPORT, sp_api_export_get, export_parameters, lists, .rate = SP_RATE_EXPORTS},
    {"GET", "/api/people", SP_ROLE_ADMIN, SP_LEAST_FIXED, sp_api_people_get, NULL, NULL},
    {"DELETE", "/api/sessions/{id}", SP_ROLE_ADMIN, SP_LEAST_FIXED, sp_api_sessions_delete, NULL, NULL, .is_of_access = 1},
    {"GET", "/api/tokens", SP_ROLE_ADMIN, SP_LEAST_FIXED, sp_api_tokens_get, NULL, NULL},
    {"POST", "/api/tokens", SP_ROLE_ADMIN, SP_LEAST_FIXED, sp_api_tokens_post, NULL, NULL},
    {"DELETE", "/api/tokens/{id}", SP_ROLE_ADMIN, SP_LEAST_FIXED, sp_api_tokens_delete, NULL, NULL, .is_of_access = 1},
    {"GET", "/api/insights", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_insights_get, NULL, NULL},
    {"GET", "/api/insights/history", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_insights_history_get, insights_parameters, NULL},
    {"GET", "/api/insights/{id}", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_insights_one_get, NULL, NULL},
    {"POST", "/api/insights/generate", SP_ROLE_EDITOR, SP_LEAST_FIXED, sp_api_insights_generate_post, NULL, NULL},
    {"GET", "/api/audit", SP_ROLE_ADMIN, SP_LEAST_FIXED, sp_api_audit_get, audit_parameters, NULL},
    {"GET", "/api/insights/status", SP_ROLE_VIEWER, SP_LEAST_FIXED, sp_api_insights_status_get, NULL, NULL},
    {"POST", "/api/auth", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_auth_post, NULL, NULL, .is_of_access = 1},
    {"DELETE", "/api/auth", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_auth_delete, NULL, NULL, .is_of_access = 1},
    {"GET", "/api/auth/me", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_auth_me_get, NULL, NULL},
    {"GET", "/login", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_login_get, login_parameters, NULL},
    {"GET", "/api/openapi.json", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_openapi_get, NULL, NULL},
    {"GET", "/healthz", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_health_alive_get, NULL, NULL},
    {"GET", "/readyz", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_health_ready_get, NULL, NULL},
    {"GET", "/metrics", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_metrics_get, NULL, NULL, .is_of_metrics = 1},
    {"GET", "/", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_assets_get, sp_route_any_parameters, NULL},
    {"GET", "/{page}", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_assets_get, sp_route_any_parameters, NULL},
    {"GET", "/assets/{file}", SP_ROLE_NONE, SP_LEAST_FIXED, sp_api_assets_get, sp_route_any_parameters, NULL},
    {NULL, NULL, SP_ROLE_NONE, SP_LEAST_FIXED, NULL, NULL, NULL},
};
