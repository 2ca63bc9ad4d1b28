/* The insight process: forked from the parent, kept alive, woken by requests; this is the side of everybody else. */
#ifndef SP_DAEMON_H
#define SP_DAEMON_H

#include <httpd.h>

/* post_config, after the databases are migrated: forks it where a server with a mount has insights on; else there is none. It ends with pconf. */
void sp_daemon_start(apr_pool_t *pconf, server_rec *s);
/* monitor, every ten seconds or so: forks it where that did not work before. */
int sp_daemon_monitor(apr_pool_t *p, server_rec *s);
/* child_init: closes the process's end of the line in a process that serves requests. */
void sp_daemon_child_init(void);
/* After a commit that it may have work from. Never waits; does nothing where there is no process. */
void sp_daemon_wake(void);

#endif
