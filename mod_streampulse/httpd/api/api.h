/* The handlers that routes.c names; one file for each resource. */
#ifndef SP_API_H
#define SP_API_H

#include "request.h"

apr_status_t sp_api_data_get(sp_req_t *q);
apr_status_t sp_api_data_service_get(sp_req_t *q);
apr_status_t sp_api_data_entry_post(sp_req_t *q);
apr_status_t sp_api_data_delete(sp_req_t *q);
apr_status_t sp_api_events_get(sp_req_t *q);
apr_status_t sp_api_events_post(sp_req_t *q);
apr_status_t sp_api_events_patch(sp_req_t *q);
apr_status_t sp_api_events_delete(sp_req_t *q);
apr_status_t sp_api_services_get(sp_req_t *q);
apr_status_t sp_api_services_patch(sp_req_t *q);
apr_status_t sp_api_platforms_get(sp_req_t *q);
apr_status_t sp_api_platforms_patch(sp_req_t *q);
apr_status_t sp_api_stats_get(sp_req_t *q);
apr_status_t sp_api_uploads_get(sp_req_t *q);
apr_status_t sp_api_uploads_one_get(sp_req_t *q);
apr_status_t sp_api_undo_post(sp_req_t *q);
apr_status_t sp_api_history_get(sp_req_t *q);
apr_status_t sp_api_upload_post(sp_req_t *q);
apr_status_t sp_api_export_get(sp_req_t *q);
apr_status_t sp_api_audit_get(sp_req_t *q);
apr_status_t sp_api_auth_post(sp_req_t *q);
apr_status_t sp_api_auth_delete(sp_req_t *q);
apr_status_t sp_api_auth_me_get(sp_req_t *q);
apr_status_t sp_api_insights_get(sp_req_t *q);
apr_status_t sp_api_insights_history_get(sp_req_t *q);
apr_status_t sp_api_insights_one_get(sp_req_t *q);
apr_status_t sp_api_insights_generate_post(sp_req_t *q);
apr_status_t sp_api_tokens_get(sp_req_t *q);
apr_status_t sp_api_tokens_post(sp_req_t *q);
apr_status_t sp_api_tokens_delete(sp_req_t *q);
apr_status_t sp_api_people_get(sp_req_t *q);
apr_status_t sp_api_sessions_delete(sp_req_t *q);
apr_status_t sp_api_insights_status_get(sp_req_t *q);
apr_status_t sp_api_login_get(sp_req_t *q);
apr_status_t sp_api_openapi_get(sp_req_t *q);
apr_status_t sp_api_health_alive_get(sp_req_t *q);
apr_status_t sp_api_health_ready_get(sp_req_t *q);
apr_status_t sp_api_metrics_get(sp_req_t *q);
apr_status_t sp_api_assets_get(sp_req_t *q);

#endif
