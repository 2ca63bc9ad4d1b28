/* Metrics as Prometheus reads them: what was counted. */
#include "metrics_show.h"

#include "routes.h"

/* How a route is named; behind those of the table, words that are no paths. */
typedef struct {
    sp_metric_label_t labels[4]; /* route, method, a place for one more, and the end */
    const sp_metrics_route_t *counted;
} row_t;

static row_t make_row(const sp_metrics_t *metrics, int i)
{
    static const char *const more[] = {"none", "httpd"};
    _Static_assert(sizeof(more) / sizeof(*more) == SP_METRICS_MORE_ROUTES, "each has its name");
    const int routes = sp_metrics_count_routes();
    row_t row = {.labels = {{"route", i < routes ? sp_routes[i].pattern : more[i - routes]}, {"method", i < routes ? sp_routes[i].method : "any"}}};

    row.counted = &metrics->routes[i];
    return row;
}

static int count_rows(void)
{
    return sp_metrics_count_routes() + SP_METRICS_MORE_ROUTES;
}

static void show_statuses(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    static const char *const statuses[] = {"other",
#define X(status) #status,
                                           SP_METRICS_STATUSES(X)
#undef X
    };

    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_http_requests_total",
                         "Requests that were answered, by the route's pattern. HEAD counts as GET. Route none: there is nothing at that path, or not by that "
                         "method; httpd: what "
                         "httpd itself or another of its modules answered, such as a redirect to the login.");
    for (int i = 0; i < count_rows(); i++) {
        row_t row = make_row(metrics, i);
        for (int status = 0; status < SP_STATUS_COUNT; status++) {
            const apr_uint64_t count = sp_metrics_get(&row.counted->by_status[status]);
            row.labels[2] = (sp_metric_label_t){"code", statuses[status]};
            if (count)
                sp_exposition_int(x, row.labels, count);
        }
    }
}

static int is_timed(const sp_metrics_route_t *counted)
{
    for (int i = 0; i <= SP_HISTOGRAM_BOUNDS; i++)
        if (sp_metrics_get(&counted->duration.counts[i]))
            return 1;
    return 0;
}

static void show_durations(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    sp_exposition_family(x, SP_METRIC_HISTOGRAM, "streampulse_http_request_duration_seconds",
                         "From the header of a request to its answer in the hands of httpd, with reading the body and without signing in at a provider.");
    for (int i = 0; i < count_rows(); i++) {
        const row_t row = make_row(metrics, i);
        if (is_timed(row.counted))
            sp_exposition_histogram(x, row.labels, &row.counted->duration);
    }
}

static void show_bytes(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_http_request_body_bytes_total", "Bytes of requests' bodies, as far as they were read.");
    for (int i = 0; i < count_rows(); i++) {
        const row_t row = make_row(metrics, i);
        if (sp_metrics_get(&row.counted->request_bytes))
            sp_exposition_int(x, row.labels, sp_metrics_get(&row.counted->request_bytes));
    }
    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_http_response_body_bytes_total",
                         "Bytes of answers' bodies as they are sent, compressed or not, without TLS.");
    for (int i = 0; i < count_rows(); i++) {
        const row_t row = make_row(metrics, i);
        if (sp_metrics_get(&row.counted->response_bytes))
            sp_exposition_int(x, row.labels, sp_metrics_get(&row.counted->response_bytes));
    }
}

void sp_metrics_show_requests(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    show_statuses(x, metrics);
    show_durations(x, metrics);
    show_bytes(x, metrics);
}

static void show_each(sp_exposition_t *x, const char *label, const char *const *names, const apr_uint64_t *counted, int count)
{
    for (int i = 0; i < count; i++) {
        const sp_metric_label_t labels[] = {{label, names[i]}, {NULL, NULL}};
        sp_exposition_int(x, labels, sp_metrics_get(&counted[i]));
    }
}

/* One that was added to the counters alone would have no name. */
#define SHOW_EACH(x, label, names, counted)                                                                                                                    \
    do {                                                                                                                                                       \
        _Static_assert(sizeof(names) / sizeof((names)[0]) == sizeof(counted) / sizeof((counted)[0]), "each counter has its name");                             \
        show_each(x, label, names, counted, (int)(sizeof(names) / sizeof((names)[0])));                                                                        \
    } while (0)

static void show_one(sp_exposition_t *x, sp_metric_e type, const char *name, const char *help, apr_uint64_t value)
{
    sp_exposition_family(x, type, name, help);
    sp_exposition_int(x, NULL, value);
}

static void show_errors(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    sp_exposition_family(
        x, SP_METRIC_COUNTER, "streampulse_errors_total",
        "Answers that are errors of StreamPulse, by the code that their body has: refusals such as role_required, and trouble such as database_busy.");
    for (int code = 1; code < SP_E_COUNT; code++) {
        const sp_metric_label_t labels[] = {{"error", sp_error_code_name((sp_error_code_e)code)}, {NULL, NULL}};
        const apr_uint64_t count = sp_metrics_get(&metrics->errors[code]);
        if (count)
            sp_exposition_int(x, labels, count);
    }
}

void sp_metrics_show_refusals(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    static const char *const limits[] = {"credentials", "reads", "writes", "uploads", "exports"};
    static const char *const pins[] = {"right", "wrong", "refused"};

    show_errors(x, metrics);
    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_rate_limited_total",
                         "Requests that were too many, by the limit. Credentials: from an address that came with too many that are nobody's.");
    SHOW_EACH(x, "limit", limits, metrics->limited);
    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_pin_attempts_total", "PINs that were sent; those that were refused were not looked at.");
    SHOW_EACH(x, "result", pins, metrics->pins);
    show_one(x, SP_METRIC_COUNTER, "streampulse_pin_lockouts_total", "Wrong PINs that were the last one of their client to be looked at for a while.",
             sp_metrics_get(&metrics->pin_lockouts));
}

void sp_metrics_show_uploads(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    static const char *const results[] = {"stored", "unchanged", "previewed", "rejected", "failed"};

    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_uploads_total", "Files that were uploaded by somebody who may, by what became of them.");
    SHOW_EACH(x, "result", results, metrics->uploads);
    show_one(x, SP_METRIC_COUNTER, "streampulse_upload_rows_total", "Numbers that stored uploads brought.", sp_metrics_get(&metrics->upload_rows));
}

static void show_claude(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    static const char *const results[] = {"answered", "limited", "refused", "failed", "unreachable"};
    static const sp_metric_label_t input[] = {{"direction", "input"}, {NULL, NULL}}, output[] = {{"direction", "output"}, {NULL, NULL}};

    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_claude_calls_total", "Calls of the Messages API, by the status of their answer.");
    SHOW_EACH(x, "result", results, metrics->claude_calls);
    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_claude_tokens_total", "Tokens of these calls.");
    sp_exposition_int(x, input, sp_metrics_get(&metrics->claude_input_tokens));
    sp_exposition_int(x, output, sp_metrics_get(&metrics->claude_output_tokens));
    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_claude_cost_dollars_total", "US dollars that these calls cost, by StreamPulseAnthropicPrice.");
    sp_exposition_millionths(x, NULL, sp_metrics_get(&metrics->claude_microdollars));
    sp_exposition_family(x, SP_METRIC_GAUGE, "streampulse_claude_daily_limit_dollars",
                         "US dollars that Claude may cost in a day (StreamPulseInsightDailyCost).");
    sp_exposition_millionths(x, NULL, sp_metrics_get(&metrics->claude_daily_microdollars));
}

void sp_metrics_show_insights(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    static const char *const outcomes[] = {"published", "empty", "stands", "handed_back", "lost", "failed"};

    if (!sp_metrics_get(&metrics->insights_on))
        return;
    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_insight_runs_total", "Attempts to do a job of writing an insight, by their outcome.");
    SHOW_EACH(x, "outcome", outcomes, metrics->insight_runs);
    if (sp_metrics_get(&metrics->claude_on))
        show_claude(x, metrics);
}
