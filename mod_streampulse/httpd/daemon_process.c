/* The insight process itself: what it is, and how it ends. */
#include "daemon_process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <ap_listen.h>
#include <http_main.h>
#include <mpm_common.h>

#include "insight_worker.h"
#include "sp_module.h"

#define LAST_SECONDS 1

static volatile sig_atomic_t is_stopping;

static void begin_to_stop(int signal)
{
    is_stopping = 1;
    alarm(LAST_SECONDS);
}

/* Nothing is lost: what is in a transaction is rolled back by whoever opens the database next, and the job is a row. */
static void cut_off(int signal)
{
    _exit(is_stopping ? 0 : SP_DAEMON_EXIT_TOO_LONG);
}

static void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};

    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, NULL);
}

/* httpd's own handlers are about children and restarts, of which this process has none. */
static void take_signals(void)
{
    sigset_t none;

    handle(SIGTERM, begin_to_stop);
    handle(SIGINT, begin_to_stop);
    handle(SIGALRM, cut_off);
    handle(SIGHUP, SIG_IGN);
    handle(SIGUSR1, SIG_IGN);
    handle(SIGWINCH, SIG_IGN);
    handle(SIGPIPE, SIG_IGN);
    handle(SIGCHLD, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

int sp_daemon_process_is_stopping(void)
{
    return is_stopping;
}

void sp_daemon_process_limit(int seconds)
{
    if (!is_stopping)
        alarm((unsigned)seconds);
}

static int become_user(apr_pool_t *p, server_rec *s, pid_t parent)
{
    if (ap_run_drop_privileges(p, s) != OK) {
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, s, "SP1610: the insight process could not take the server's user");
        return 0;
    }
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    /* Taking another user has cleared this, so it comes after; and the parent may be gone by now. */
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    return getppid() == parent;
}

static void wait_seconds(int seconds)
{
    if (seconds > 0 && !is_stopping)
        (void)poll(NULL, 0, seconds * 1000);
}

void sp_daemon_process_run(server_rec *s, pid_t parent, int hear, const sp_daemon_start_t *start)
{
    apr_pool_t *p;

    is_stopping = 0;
    (void)prctl(PR_SET_NAME, SP_DAEMON_NAME, 0, 0, 0);
    take_signals();
    ap_close_listeners();
    if (apr_pool_create(&p, NULL) != APR_SUCCESS || !become_user(p, s, parent))
        _exit(SP_DAEMON_EXIT_START);
    wait_seconds(start->delay_s);
    ap_log_error(APLOG_MARK, APLOG_INFO, 0, s, "SP1611: the insight process is ready");
    sp_insight_worker_run(p, s, hear, start->holder.text, start->why);
    /* Not exit(): the cleanups of the configuration are the parent's. */
    apr_pool_destroy(p);
    _exit(0);
}
