/* How far a long command is, on a terminal only. */
#include "admin.h"

#include <stdio.h>
#include <unistd.h>

#include <apr_time.h>

#define EVERY_MS 200

static apr_time_t shown; /* when; 0: no line is there */

void sp_admin_progress_show(const char *doing, apr_uint64_t done, apr_uint64_t all, const char *unit)
{
    apr_time_t now = apr_time_now();
    if (!isatty(STDERR_FILENO) || (shown && now - shown < apr_time_from_msec(EVERY_MS)))
        return;
    shown = now;
    if (all)
        fprintf(stderr, "\r\033[K%s: %" APR_UINT64_T_FMT " of %" APR_UINT64_T_FMT " %s", doing, done, all, unit);
    else
        fprintf(stderr, "\r\033[K%s: %" APR_UINT64_T_FMT " %s", doing, done, unit);
    fflush(stderr);
}

void sp_admin_progress_clear(void)
{
    if (!shown)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    shown = 0;
}
