/* The insight process itself: what it is, and how it ends. */
#ifndef SP_DAEMON_PROCESS_H
#define SP_DAEMON_PROCESS_H

#include <httpd.h>

#define SP_DAEMON_NAME          "sp-insights" /* as ps and top show it; at most 15 bytes */
/* Greater than the number of any signal, from which the parent cannot tell them otherwise. */
#define SP_DAEMON_EXIT_START    71
#define SP_DAEMON_EXIT_TOO_LONG 72

/* What the jobs of this server's process are marked with. */
typedef struct {
    char text[33];
} sp_daemon_holder_t;

typedef struct {
    sp_daemon_holder_t holder;
    int delay_s;     /* waits so long first */
    const char *why; /* what ended the one before, for people; NULL: nothing did, or it is not known */
} sp_daemon_start_t;

/* In the forked process: becomes the server's user, and works until it is told to end. hear: where requests wake it. */
void sp_daemon_process_run(server_rec *s, pid_t parent, int hear, const sp_daemon_start_t *start) __attribute__((noreturn));

/* For its work. Told to end: what is not done a second later is cut off. */
int sp_daemon_process_is_stopping(void);
/* Whatever comes next may take so many seconds, after which the process ends with SP_DAEMON_EXIT_TOO_LONG; 0: as long as it likes. */
void sp_daemon_process_limit(int seconds);

#endif
