/* Metrics as Prometheus reads them: how the database and the insight process are doing now. */
#include "metrics_show.h"

#include <errno.h>
#include <signal.h>

#include <apr_file_info.h>
#include <apr_strings.h>

#include "breaker.h"

#define MS_PER_S 1000

static void show(sp_exposition_t *x, const char *name, const char *help, apr_uint64_t value)
{
    sp_exposition_family(x, SP_METRIC_GAUGE, name, help);
    sp_exposition_int(x, NULL, value);
}

/* Not at all where there never was such a moment. */
static void show_moment(sp_exposition_t *x, const char *name, const char *help, apr_int64_t seconds)
{
    if (seconds > 0)
        show(x, name, help, (apr_uint64_t)seconds);
}

static void show_size(sp_exposition_t *x, const char *name, const char *help, const char *path, apr_pool_t *ptemp)
{
    apr_finfo_t info;

    if (apr_stat(&info, path, APR_FINFO_SIZE, ptemp) == APR_SUCCESS)
        show(x, name, help, (apr_uint64_t)info.size);
}

void sp_metrics_show_database(sp_exposition_t *x, const sp_metrics_t *metrics, const char *path, const sp_vitals_t *vitals, apr_pool_t *ptemp)
{
    sp_exposition_family(x, SP_METRIC_HISTOGRAM, "streampulse_database_connection_wait_seconds", "Waiting for one of the connections of a process.");
    sp_exposition_histogram(x, NULL, &metrics->connection_wait);
    show_size(x, "streampulse_database_size_bytes", "The database's file.", path, ptemp);
    show_size(x, "streampulse_database_wal_size_bytes", "The log beside it, which is used anew and does not shrink.", apr_pstrcat(ptemp, path, "-wal", NULL),
              ptemp);
    show(x, "streampulse_database_up", "Whether the database could be read just now.", vitals != NULL);
    if (!vitals)
        return;
    show(x, "streampulse_database_schema_version", "Of the database, which may be newer than this server.", (apr_uint64_t)vitals->schema_version);
    show(x, "streampulse_revision", "How often the figures were changed.", (apr_uint64_t)vitals->revision);
    show_moment(x, "streampulse_last_change_timestamp_seconds", "When somebody last changed something, by a file or by hand.", vitals->changed_ms / MS_PER_S);
    show_moment(x, "streampulse_last_upload_timestamp_seconds", "When the last file was stored.", vitals->uploaded_ms / MS_PER_S);
}

/* As for somebody else's process: it may be there and take no signals of ours. */
static int is_alive(pid_t pid)
{
    return pid > 0 && (kill(pid, 0) == 0 || errno == EPERM);
}

static void show_process(sp_exposition_t *x, const sp_metrics_t *metrics)
{
    show(x, "streampulse_insight_process_up", "Whether there is a process that writes insights.",
         (apr_uint64_t)is_alive((pid_t)sp_metrics_get(&metrics->insight_pid)));
    sp_exposition_family(x, SP_METRIC_COUNTER, "streampulse_insight_process_starts_total", "How often it was started; each restart of httpd is one of them.");
    sp_exposition_int(x, NULL, sp_metrics_get(&metrics->insight_starts));
    show_moment(x, "streampulse_insight_process_look_timestamp_seconds", "When it last looked for something to do: each second while it does nothing else.",
                (apr_int64_t)sp_metrics_get(&metrics->insight_looked_s));
}

static void show_jobs(sp_exposition_t *x, const sp_vitals_t *vitals)
{
    static const sp_metric_label_t queued[] = {{"state", "queued"}, {NULL, NULL}}, running[] = {{"state", "running"}, {NULL, NULL}};

    sp_exposition_family(x, SP_METRIC_GAUGE, "streampulse_insight_jobs", "Insights that are to be written.");
    sp_exposition_int(x, queued, (apr_uint64_t)vitals->jobs_queued);
    sp_exposition_int(x, running, (apr_uint64_t)vitals->jobs_running);
    show_moment(x, "streampulse_last_insight_timestamp_seconds", "When the newest insight was written.", vitals->insight_s);
}

static void show_breaker(sp_exposition_t *x, const sp_spending_t *spending, apr_int64_t now_ms)
{
    const sp_breaker_t breaker = {spending->failures, spending->open_ms};
    const sp_breaker_e state = sp_breaker_state(&breaker, now_ms);

    sp_exposition_family(x, SP_METRIC_GAUGE, "streampulse_claude_breaker",
                         "Whether Claude is asked: after failures in a row not at all (open), then once (half_open).");
    for (int i = SP_BREAKER_CLOSED; i <= SP_BREAKER_HALF_OPEN; i++) {
        const sp_metric_label_t labels[] = {{"state", sp_breaker_state_name((sp_breaker_e)i)}, {NULL, NULL}};
        sp_exposition_int(x, labels, state == (sp_breaker_e)i);
    }
    sp_exposition_family(x, SP_METRIC_GAUGE, "streampulse_claude_spent_today_dollars",
                         "US dollars that Claude has cost since midnight UTC, or may have at most.");
    sp_exposition_millionths(x, NULL, (apr_uint64_t)spending->cost_microdollars);
}

void sp_metrics_show_jobs(sp_exposition_t *x, const sp_metrics_t *metrics, const sp_vitals_t *vitals, const sp_spending_t *spending, apr_int64_t now_ms)
{
    if (!sp_metrics_get(&metrics->insights_on))
        return;
    show_process(x, metrics);
    if (!vitals)
        return;
    show_jobs(x, vitals);
    if (sp_metrics_get(&metrics->claude_on))
        show_breaker(x, spending, now_ms);
}
