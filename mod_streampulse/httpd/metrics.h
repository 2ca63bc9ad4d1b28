/* What is counted for GET /metrics, in memory that all children share. */
#ifndef SP_METRICS_H
#define SP_METRICS_H

#include <httpd.h>

#include "error.h"
#include "histogram.h"
#include "insight_job.h"
#include "rate.h"

struct sp_req_t;

/* The statuses that are counted apart. */
#define SP_METRICS_STATUSES(X)                                                                                                                                 \
    X(200)                                                                                                                                                     \
    X(201) X(202) X(204) X(301) X(302) X(303) X(304) X(400) X(401) X(403) X(404) X(405) X(408) X(409) X(413) X(415) X(422) X(429) X(500) X(502) X(503) X(507)

typedef enum {
    SP_STATUS_OTHER,
#define X(status) SP_STATUS_##status,
    SP_METRICS_STATUSES(X)
#undef X
        SP_STATUS_COUNT
} sp_metrics_status_e;

/* What became of a file that somebody uploads. */
typedef enum { SP_UPLOAD_STORED, SP_UPLOAD_UNCHANGED, SP_UPLOAD_PREVIEWED, SP_UPLOAD_REJECTED, SP_UPLOAD_FAILED, SP_UPLOAD_RESULTS } sp_upload_result_e;
/* Of a PIN that somebody sends; refused: not even looked at. */
typedef enum { SP_PIN_RIGHT, SP_PIN_WRONG, SP_PIN_REFUSED, SP_PIN_RESULTS } sp_pin_result_e;
/* Of a call of the Messages API: by the status of its answer, where there was one. */
typedef enum { SP_CALL_ANSWERED, SP_CALL_LIMITED, SP_CALL_REFUSED, SP_CALL_FAILED, SP_CALL_UNREACHABLE, SP_CALL_RESULTS } sp_call_result_e;

/* Requests of one row of routes.c. */
typedef struct {
    apr_uint64_t by_status[SP_STATUS_COUNT];
    sp_histogram_t duration;
    apr_uint64_t request_bytes, response_bytes; /* of bodies */
} sp_metrics_route_t;

/* Of one database. Each number is read and written with the functions below. */
typedef struct sp_metrics_t {
    apr_uint64_t errors[SP_E_COUNT];
    apr_uint64_t limited[SP_RATE_CLASSES]; /* by StreamPulseRate...; SP_RATE_BY_METHOD: for credentials that are nobody's */
    apr_uint64_t uploads[SP_UPLOAD_RESULTS], upload_rows;
    apr_uint64_t pins[SP_PIN_RESULTS], pin_lockouts;
    sp_histogram_t connection_wait;
    apr_uint64_t insights_on; /* a server with this database has them on */
    apr_uint64_t insight_pid, insight_starts, insight_looked_s;
    apr_uint64_t insight_runs[SP_OUTCOMES];
    apr_uint64_t claude_on, claude_daily_microdollars;
    apr_uint64_t claude_calls[SP_CALL_RESULTS], claude_input_tokens, claude_output_tokens, claude_microdollars;
    sp_metrics_route_t routes[]; /* as in routes.c, and those below */
} sp_metrics_t;

/* Behind the routes of the table: what is answered without one, and what httpd or another module of it answers to a request of ours. */
typedef enum { SP_METRICS_NO_ROUTE, SP_METRICS_ELSEWHERE, SP_METRICS_MORE_ROUTES } sp_metrics_more_e;

/* post_config, when each server knows its database: sconf->metrics, in memory that graceful restarts leave as it is. APR_SUCCESS, or why there is none. */
apr_status_t sp_metrics_post_config(apr_pool_t *pconf, server_rec *main_server);

static inline void sp_metrics_add(apr_uint64_t *counter, apr_uint64_t n)
{
    __atomic_fetch_add(counter, n, __ATOMIC_RELAXED);
}

static inline void sp_metrics_set(apr_uint64_t *place, apr_uint64_t value)
{
    __atomic_store_n(place, value, __ATOMIC_RELAXED);
}

static inline apr_uint64_t sp_metrics_get(const apr_uint64_t *place)
{
    return __atomic_load_n(place, __ATOMIC_RELAXED);
}

/* How many routes.c has. */
int sp_metrics_count_routes(void);
/* By a clock that nobody sets. */
apr_uint64_t sp_metrics_now_us(void);

/* The router has answered, and began at q->began_us. */
void sp_metrics_note_request(struct sp_req_t *q);
/* We have answered before the router saw it. */
void sp_metrics_note_early_answer(struct sp_req_t *q);
/* insert_error_filter: whatever else answers before that. */
void sp_metrics_on_error(request_rec *r);

#endif
