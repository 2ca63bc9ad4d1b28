/* What is different when httpd reads its configuration again. */
#include "restart.h"

#include <errno.h>
#include <sys/wait.h>

#include <apr_time.h>
#include <http_config.h>

#include "sp_config.h"

#define WAS_RUNNING "streampulse-was-running"
#define WAIT        apr_time_from_msec(250)
#define STEP        apr_time_from_msec(5)

int sp_restart_is_one(void)
{
    const int again = ap_retained_data_get(WAS_RUNNING) != NULL;

    if (!again)
        ap_retained_data_create(WAS_RUNNING, 1);
    return again;
}

/* It stays for httpd to find. No children at all counts as well: after a hard restart there are none. */
static int one_has_ended(void)
{
    siginfo_t info = {.si_pid = 0};

    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 ? info.si_pid != 0 : errno != EINTR;
}

static int is_mounted(server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next)
        if (sp_config_is_mounted(sp_config_server(s), NULL))
            return 1;
    return 0;
}

void sp_restart_await_first_end(server_rec *main_server)
{
    const apr_time_t deadline = apr_time_now() + (is_mounted(main_server) ? WAIT : 0);

    while (!one_has_ended() && apr_time_now() < deadline)
        apr_sleep(STEP);
}
