/* What the insight process does: looks at each database for changes and jobs, and does what is due. */
#include "insight_worker.h"

#include <malloc.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "claude.h"
#include "daemon_process.h"
#include "dbd.h"
#include "freshness.h"
#include "insight_job.h"
#include "metrics.h"
#include "migrate.h"
#include "sp_config.h"
#include "sp_module.h"

#define LOOK_EVERY_MS     1000
#define REOPEN_AFTER_MS   5000
#define COMPLAIN_EVERY_MS 60000
#define RECHECK_SHARE     10     /* holding an insight against the numbers takes at most such a part of the time */
#define RECHECK_LATER_MS  600000 /* where computing the figures has just taken too long */
#define NEVER_MS          APR_INT64_MAX

/* One database. Times are of a clock that nobody sets, in milliseconds. */
typedef struct {
    const sp_server_config_t *sconf;
    apr_pool_t *pool; /* of the connection; NULL: it is not open */
    sp_db_t *db;
    sp_watch_t *watch; /* NULL: this database cannot be watched, it is asked each time */
    sp_freshness_look_t seen;
    int holds_job;          /* one may be marked as run by this server that is not */
    const char *why;        /* that is so, for people; NULL: not known */
    apr_int64_t due_ms;     /* something is to be done then, whether or not anything changes */
    apr_int64_t recheck_ms; /* not before */
    apr_int64_t complained_ms;
} desk_t;

typedef struct {
    apr_pool_t *p, *scratch;
    server_rec *server;
    const char *holder;
    apr_array_header_t *desks; /* of desk_t */
} worker_t;

static apr_int64_t ticks_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (apr_int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static apr_int64_t wall_ms(void)
{
    return apr_time_as_msec(apr_time_now());
}

static int has_desk(const worker_t *w, const char *path)
{
    for (int i = 0; i < w->desks->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(w->desks, i, desk_t).sconf->db_path, path))
            return 1;
    return 0;
}

static void introduce(const sp_server_config_t *sconf)
{
    sp_metrics_set(&sconf->metrics->insight_pid, (apr_uint64_t)getpid());
    sp_metrics_add(&sconf->metrics->insight_starts, 1);
    sp_metrics_set(&sconf->metrics->claude_on, (apr_uint64_t)sp_claude_is_configured(sconf));
    sp_metrics_set(&sconf->metrics->claude_daily_microdollars, (apr_uint64_t)sconf->insight_daily_cost);
}

/* Each database once, as the first of its servers says. */
static void set_up_desks(worker_t *w, const char *why)
{
    w->desks = apr_array_make(w->p, 4, sizeof(desk_t));
    for (server_rec *s = w->server; s; s = s->next) {
        const sp_server_config_t *sconf = sp_config_server(s);
        desk_t *desk;
        if (!sconf->insights || !sconf->db_path || !sp_config_is_mounted(sconf, NULL) || has_desk(w, sconf->db_path))
            continue;
        desk = apr_array_push(w->desks);
        memset(desk, 0, sizeof(*desk));
        desk->sconf = sconf;
        desk->holds_job = 1;
        desk->why = why;
        desk->recheck_ms = why ? ticks_ms() + RECHECK_LATER_MS : 0;
        desk->complained_ms = -COMPLAIN_EVERY_MS;
        introduce(sconf);
    }
}

/* The requests' side tells of the same trouble as errors; these lines are for whoever asks why there is no insight. */
static void complain(desk_t *desk, const sp_error_t *err, apr_status_t rv)
{
    const apr_int64_t now = ticks_ms();

    if (now - desk->complained_ms < COMPLAIN_EVERY_MS)
        return;
    desk->complained_ms = now;
    ap_log_error(APLOG_MARK, APLOG_INFO, rv, desk->sconf->server, "SP1620: no insights from database \"%s\" at the moment: %s%s%s (told at most once a minute)",
                 desk->sconf->db_path, err->message ? err->message : "no reason was given", err->log ? ": " : "", err->log ? err->log : "");
}

static void close_desk(desk_t *desk)
{
    if (desk->pool)
        apr_pool_destroy(desk->pool);
    desk->pool = NULL;
    desk->db = NULL;
    desk->watch = NULL;
}

static apr_status_t open_connection(worker_t *w, desk_t *desk, sp_error_t *err)
{
    const sp_db_options_t options = {.write_timeout_ms = desk->sconf->write_timeout_ms, .must_write = 1};
    const sp_server_config_t *sconf = desk->sconf;
    apr_status_t rv = sp_dbd_make_pool(&desk->pool, NULL);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_db_open(&desk->db, desk->pool, sconf->db_driver, sconf->db_params, &options, err);
    if (rv == APR_SUCCESS)
        rv = sp_migrate_verify(desk->db, err);
    if (rv == APR_SUCCESS && desk->holds_job)
        rv = sp_jobs_abandon(desk->db, w->holder, desk->why, err);
    if (rv == APR_SUCCESS && sp_watch_attach(&desk->watch, desk->pool, desk->db, err) != APR_SUCCESS) {
        desk->watch = NULL;
        sp_error_clear(err);
    }
    return rv;
}

static int is_condemned(const desk_t *desk)
{
    const sp_dbd_verdict_t *verdict = desk->sconf->verdict;

    return verdict && sp_dbd_gate_same_file(&verdict->file, &desk->seen.file);
}

static void look(const worker_t *w, const desk_t *desk, sp_freshness_look_t *now)
{
    sp_freshness_look_at_file(now, desk->sconf->db_path, w->scratch);
    if (desk->watch && !sp_watch_state(desk->watch, &now->state))
        memset(&now->state, 0, sizeof(now->state));
}

/* A connection to the file that the path names, or none for the next few seconds. */
static int open_desk(worker_t *w, desk_t *desk)
{
    sp_error_t err;
    apr_status_t rv;

    sp_error_init(&err, w->scratch);
    sp_freshness_look_at_file(&desk->seen, desk->sconf->db_path, w->scratch);
    desk->due_ms = ticks_ms() + REOPEN_AFTER_MS;
    if (!desk->seen.file.inode || is_condemned(desk))
        return 0;
    rv = open_connection(w, desk, &err);
    if (rv == APR_SUCCESS) {
        desk->holds_job = 0;
        desk->due_ms = 0;
        return 1;
    }
    complain(desk, &err, rv);
    close_desk(desk);
    return 0;
}

static const sp_insight_job_options_t *options_of(const desk_t *desk, sp_claude_t *claude, sp_insight_job_options_t *options)
{
    options->claude = sp_claude_of(desk->sconf, claude);
    options->kept = desk->sconf->insights_kept;
    options->timeout_s = desk->sconf->insight_timeout_s;
    options->limit = sp_daemon_process_limit;
    options->is_stopping = sp_daemon_process_is_stopping;
    return options;
}

static void note_result(const desk_t *desk, const sp_job_t *job, const sp_insight_result_t *result, apr_status_t rv, const sp_error_t *err)
{
    server_rec *s = desk->sconf->server;

    sp_metrics_add(&desk->sconf->metrics->insight_runs[rv == APR_SUCCESS ? result->outcome : SP_OUTCOME_FAILED], 1);
    if (rv != APR_SUCCESS || result->outcome == SP_OUTCOME_FAILED)
        ap_log_error(APLOG_MARK, APLOG_ERR, rv == APR_SUCCESS ? err->rv : rv, s,
                     "SP1621: job %" APR_INT64_T_FMT " (attempt %d): no insight could be written: %s%s%s", job->id, job->attempts,
                     err->message ? err->message : "no reason was given", err->log ? ": " : "", err->log ? err->log : "");
    else if (result->outcome == SP_OUTCOME_PUBLISHED)
        ap_log_error(APLOG_MARK, APLOG_INFO, 0, s, "SP1622: job %" APR_INT64_T_FMT ": insight %" APR_INT64_T_FMT " by %s, %d sentences left out", job->id,
                     result->insight, sp_insights_source_name(result->by.source), result->dropped);
    else if (result->outcome == SP_OUTCOME_STANDS)
        ap_log_error(APLOG_MARK, APLOG_INFO, 0, s, "SP3601: job %" APR_INT64_T_FMT ": nothing has changed since insight %" APR_INT64_T_FMT, job->id,
                     result->insight);
    else if (result->outcome == SP_OUTCOME_LOST)
        ap_log_error(APLOG_MARK, APLOG_INFO, 0, s, "SP1623: job %" APR_INT64_T_FMT " was taken up by another process meanwhile", job->id);
}

/* APR_EOF: none was due. */
static apr_status_t do_next_job(worker_t *w, desk_t *desk, sp_error_t *err)
{
    sp_insight_job_options_t options;
    sp_claude_t claude;
    sp_insight_result_t result = {0};
    sp_job_t job;
    apr_pool_t *p;
    apr_status_t rv = sp_dbd_make_pool(&p, NULL);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_jobs_claim(desk->db, p, w->holder, desk->sconf->insight_delay_s * 1000, wall_ms(), &job, err);
    if (rv == APR_SUCCESS) {
        rv = sp_insight_job_run(desk->db, p, &job, options_of(desk, &claude, &options), &result, err);
        note_result(desk, &job, &result, rv, err);
    }
    apr_pool_destroy(p);
    malloc_trim(0);
    return rv;
}

static apr_status_t do_jobs(worker_t *w, desk_t *desk, apr_int64_t *wait_ms, sp_error_t *err)
{
    const int delay_ms = desk->sconf->insight_delay_s * 1000;
    apr_status_t rv = sp_jobs_next_ms(desk->db, w->scratch, delay_ms, wall_ms(), wait_ms, err);

    while (rv == APR_SUCCESS && *wait_ms == 0 && !sp_daemon_process_is_stopping()) {
        rv = do_next_job(w, desk, err);
        if (rv == APR_SUCCESS || rv == APR_EOF)
            rv = sp_jobs_next_ms(desk->db, w->scratch, delay_ms, wall_ms(), wait_ms, err);
    }
    return rv;
}

static apr_status_t recheck(desk_t *desk, sp_error_t *err)
{
    sp_insight_job_options_t options;
    sp_claude_t claude;
    const apr_int64_t began = ticks_ms();
    apr_pool_t *p;
    int done;
    apr_status_t rv;

    if (began < desk->recheck_ms)
        return APR_SUCCESS;
    rv = sp_dbd_make_pool(&p, NULL);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_insight_job_recheck(desk->db, p, options_of(desk, &claude, &options), &done, err);
    apr_pool_destroy(p);
    if (done)
        desk->recheck_ms = ticks_ms() + (ticks_ms() - began) * RECHECK_SHARE;
    return rv;
}

/* What is due now, and when to look again though nothing changes. */
static apr_status_t work_at(worker_t *w, desk_t *desk, sp_error_t *err)
{
    apr_int64_t wait_ms = SP_JOB_NEVER, open;
    int made;
    apr_status_t rv = sp_jobs_add_missing(desk->db, wall_ms(), &made, err);

    if (rv == APR_SUCCESS)
        rv = do_jobs(w, desk, &wait_ms, err);
    if (rv == APR_SUCCESS && !sp_daemon_process_is_stopping())
        rv = recheck(desk, err);
    if (rv != APR_SUCCESS)
        return rv;
    desk->due_ms = wait_ms == SP_JOB_NEVER ? NEVER_MS : ticks_ms() + wait_ms;
    rv = sp_insights_to_check(desk->db, &open, err);
    if (rv == APR_SUCCESS && open && desk->recheck_ms < desk->due_ms)
        desk->due_ms = desk->recheck_ms;
    return rv;
}

static void tend(worker_t *w, desk_t *desk)
{
    sp_freshness_look_t now;
    sp_error_t err;
    apr_status_t rv;

    sp_metrics_set(&desk->sconf->metrics->insight_looked_s, (apr_uint64_t)apr_time_sec(apr_time_now()));
    look(w, desk, &now);
    if (desk->pool && !sp_dbd_gate_same_file(&now.file, &desk->seen.file))
        close_desk(desk);
    else if (desk->watch && ticks_ms() < desk->due_ms && sp_freshness_same_look(&now, &desk->seen))
        return;
    if (!desk->pool && (ticks_ms() < desk->due_ms || !open_desk(w, desk)))
        return;
    /* What is committed from here on looks different the next time. */
    look(w, desk, &desk->seen);
    sp_error_init(&err, w->scratch);
    rv = work_at(w, desk, &err);
    sp_db_rollback(desk->db);
    if (rv == APR_SUCCESS)
        return;
    complain(desk, &err, rv);
    desk->due_ms = ticks_ms() + REOPEN_AFTER_MS;
    desk->holds_job = 1;
    desk->why = NULL;
    close_desk(desk);
}

static int time_to_wait(const worker_t *w)
{
    const apr_int64_t now = ticks_ms();
    apr_int64_t wait = LOOK_EVERY_MS;

    for (int i = 0; i < w->desks->nelts; i++) {
        const apr_int64_t due = APR_ARRAY_IDX(w->desks, i, desk_t).due_ms;
        if (due - now < wait)
            wait = due > now ? due - now : 0;
    }
    return (int)wait;
}

static void listen_for(int hear, int wait_ms)
{
    struct pollfd line = {.fd = hear, .events = POLLIN};
    char word;

    if (poll(&line, 1, wait_ms) > 0)
        while (recv(hear, &word, sizeof(word), MSG_DONTWAIT) > 0)
            ;
}

void sp_insight_worker_run(apr_pool_t *p, server_rec *main_server, int hear, const char *holder, const char *why)
{
    worker_t w = {.p = p, .server = main_server, .holder = holder};

    apr_pool_create(&w.scratch, p);
    set_up_desks(&w, why);
    while (!sp_daemon_process_is_stopping()) {
        for (int i = 0; i < w.desks->nelts && !sp_daemon_process_is_stopping(); i++)
            tend(&w, &APR_ARRAY_IDX(w.desks, i, desk_t));
        apr_pool_clear(w.scratch);
        if (!sp_daemon_process_is_stopping())
            listen_for(hear, time_to_wait(&w));
    }
    for (int i = 0; i < w.desks->nelts; i++)
        close_desk(&APR_ARRAY_IDX(w.desks, i, desk_t));
}
