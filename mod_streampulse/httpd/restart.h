/* What is different when httpd reads its configuration again. */
#ifndef SP_RESTART_H
#define SP_RESTART_H

#include <httpd.h>

/* In post_config, once each time: whether the server has been running. */
int sp_restart_is_one(void);

/* In post_config of a graceful restart: waits a quarter of a second at most for one of the old children to end. They have stopped to take requests by then, and
 * httpd starts a new one as soon as it finds that an old one has ended; where it finds none it sleeps for a second first, and nobody is served until then. Not
 * where the product is not mounted. */
void sp_restart_await_first_end(server_rec *main_server);

#endif
