/* The insight process: forked from the parent, kept alive, woken by requests; this is the side of everybody else. */
#include "daemon.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ap_mpm.h>
#include <apr_general.h>
#include <apr_thread_proc.h>

#include "daemon_process.h"
#include "hex.h"
#include "sp_config.h"
#include "sp_module.h"

#define HOLDER_KEY    "streampulse-insight-holder"
#define HOLDER_BYTES  16
#define AT_THE_START  apr_time_from_sec(2) /* an end before that says that it cannot run */
#define BACKOFF_MAX_S 60
#define TOO_LONG      "computing the figures took longer than StreamPulseInsightTimeout allows"
#define END_WAIT      apr_time_from_msec(2500)
#define END_STEP      apr_time_from_msec(5)

static struct {
    pid_t parent;
    apr_proc_t proc; /* pid 0: there is none */
    apr_pool_t *pconf;
    server_rec *server;
    int ask, hear; /* the two ends of the line; -1: there is no process to be */
    apr_time_t started;
    sp_daemon_start_t how; /* the next one is started */
} daemon_is;

static void fork_process(void);

/* httpd's processes tell the bare number of a signal or of exit(), and not which of them it is; APR tells waitpid()'s status where it found the end itself. The
 * process's own numbers are greater than any signal's. */
static int describe_end(int status, const char **how)
{
    const int what = status > 0xFF ? WEXITSTATUS(status) : status;

    *how = what > 0 && what <= SIGRTMAX ? "was ended by signal" : "ended with status";
    return what;
}

static int is_server_stopping(void)
{
    int state;

    return ap_mpm_query(AP_MPMQ_MPM_STATE, &state) != APR_SUCCESS || state == AP_MPMQ_STOPPING;
}

/* One that cannot even start is tried again after 1, 2, 4 ... seconds, which the new process waits, as the parent has no clock to be called by. */
static void choose_backoff(void)
{
    const apr_interval_time_t lived = apr_time_now() - daemon_is.started;

    if (lived >= 0 && lived < apr_time_from_sec(daemon_is.how.delay_s) + AT_THE_START)
        daemon_is.how.delay_s = daemon_is.how.delay_s ? daemon_is.how.delay_s * 2 : 1;
    else
        daemon_is.how.delay_s = 0;
    if (daemon_is.how.delay_s > BACKOFF_MAX_S)
        daemon_is.how.delay_s = BACKOFF_MAX_S;
}

static void note_end(int reason, void *data, apr_wait_t status)
{
    const char *how;
    int what;

    if (reason != APR_OC_REASON_DEATH && reason != APR_OC_REASON_LOST)
        return;
    /* Nobody may be sent a signal under a number that is somebody else's by now. */
    daemon_is.proc.pid = 0;
    apr_proc_other_child_unregister(data);
    if (is_server_stopping())
        return;
    choose_backoff();
    what = describe_end(status, &how);
    daemon_is.how.why = what == SP_DAEMON_EXIT_TOO_LONG ? TOO_LONG : NULL;
    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, daemon_is.server, "SP1600: the insight process %s %d%s%s; it is started again%s", how, what,
                 daemon_is.how.why ? ": " : "", daemon_is.how.why ? daemon_is.how.why : "", daemon_is.how.delay_s ? ", after a while" : "");
    fork_process();
}

static void fork_process(void)
{
    const pid_t pid = fork();

    if (pid < 0) {
        ap_log_error(APLOG_MARK, APLOG_ERR, errno, daemon_is.server, "SP1601: could not start the insight process; it is tried again in a few seconds");
        return;
    }
    if (pid == 0) {
        close(daemon_is.ask);
        daemon_is.ask = -1;
        sp_daemon_process_run(daemon_is.server, daemon_is.parent, daemon_is.hear, &daemon_is.how);
    }
    daemon_is.started = apr_time_now();
    daemon_is.proc.pid = pid;
    apr_proc_other_child_register(&daemon_is.proc, note_end, &daemon_is.proc, NULL, daemon_is.pconf);
}

static int has_ended(pid_t pid)
{
    const pid_t got = waitpid(pid, NULL, WNOHANG);

    return got == pid || (got < 0 && errno != EINTR);
}

/* The configuration goes, and with it all that the process works with. Children run the cleanups of pconf when they end, too: it is not theirs to stop. APR's
 * own cleanup, which is younger than this one, has unregistered it by now. */
static apr_status_t stop_process(void *unused)
{
    const pid_t pid = daemon_is.proc.pid;
    const apr_time_t deadline = apr_time_now() + END_WAIT;

    if (getpid() != daemon_is.parent || pid <= 0)
        return APR_SUCCESS;
    daemon_is.proc.pid = 0;
    kill(pid, SIGTERM);
    while (!has_ended(pid)) {
        if (apr_time_now() >= deadline) {
            kill(pid, SIGKILL);
            while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
                ;
            break;
        }
        apr_sleep(END_STEP);
    }
    return APR_SUCCESS;
}

static apr_status_t close_line(void *unused)
{
    if (daemon_is.ask >= 0)
        close(daemon_is.ask);
    if (daemon_is.hear >= 0)
        close(daemon_is.hear);
    daemon_is.ask = daemon_is.hear = -1;
    return APR_SUCCESS;
}

static int is_wanted(server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next) {
        const sp_server_config_t *sconf = sp_config_server(s);
        if (sconf->insights && sconf->db_path && sp_config_is_mounted(sconf, NULL))
            return 1;
    }
    return 0;
}

/* Stays the same as long as this server runs, also over restarts: its process knows by it the job of the one before. */
static apr_status_t find_holder(sp_daemon_holder_t *holder)
{
    sp_daemon_holder_t *kept = ap_retained_data_get(HOLDER_KEY);
    unsigned char random[HOLDER_BYTES];
    apr_status_t rv;

    if (!kept) {
        rv = apr_generate_random_bytes(random, sizeof(random));
        if (rv != APR_SUCCESS)
            return rv;
        kept = ap_retained_data_create(HOLDER_KEY, sizeof(*kept));
        sp_hex(kept->text, random, sizeof(random));
    }
    *holder = *kept;
    return APR_SUCCESS;
}

static apr_status_t open_line(apr_pool_t *pconf)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return errno;
    daemon_is.ask = ends[0];
    daemon_is.hear = ends[1];
    apr_pool_cleanup_register(pconf, NULL, close_line, apr_pool_cleanup_null);
    return APR_SUCCESS;
}

void sp_daemon_start(apr_pool_t *pconf, server_rec *s)
{
    apr_status_t rv;

    daemon_is.parent = getpid();
    daemon_is.proc.pid = 0;
    daemon_is.pconf = pconf;
    daemon_is.server = s;
    daemon_is.ask = daemon_is.hear = -1;
    daemon_is.how.delay_s = 0;
    daemon_is.how.why = NULL;
    if (!is_wanted(s))
        return;
    rv = find_holder(&daemon_is.how.holder);
    if (rv == APR_SUCCESS)
        rv = open_line(pconf);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_ERR, rv, s, "SP1602: could not prepare the insight process; no insights are written until httpd is reloaded");
        return;
    }
    apr_pool_cleanup_register(pconf, NULL, stop_process, apr_pool_cleanup_null);
    fork_process();
}

int sp_daemon_monitor(apr_pool_t *p, server_rec *s)
{
    if (daemon_is.hear >= 0 && !daemon_is.proc.pid && getpid() == daemon_is.parent && !is_server_stopping())
        fork_process();
    return DECLINED;
}

void sp_daemon_child_init(void)
{
    if (daemon_is.hear >= 0)
        close(daemon_is.hear);
    daemon_is.hear = -1;
}

void sp_daemon_wake(void)
{
    static const char word = 1;

    /* Where it would have to wait there are words enough that have not been heard yet. */
    if (daemon_is.ask >= 0)
        (void)!send(daemon_is.ask, &word, sizeof(word), MSG_DONTWAIT | MSG_NOSIGNAL);
}
