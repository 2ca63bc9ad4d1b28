/* Keeping anybody from sending more requests than the directives allow, counted over all children of the server. */
#ifndef SP_RATE_LIMIT_H
#define SP_RATE_LIMIT_H

#include <httpd.h>

struct sp_req_t;

/* post_config: the counters, which a graceful restart leaves as they are. APR_SUCCESS, or why there is no memory for them. */
apr_status_t sp_rate_limit_post_config(server_rec *main_server);
/* child_init, when each server knows its database. */
void sp_rate_limit_child_init(server_rec *main_server);

/* Counts the request: of the session, the token or the person, or of the client's address where nobody has signed in. SP_E_RATE_LIMITED with retry_after_s. */
apr_status_t sp_rate_limit_take(struct sp_req_t *q);

/* Before the database is asked whose a session or a token is (key: as it is kept, identity_kept.h): SP_E_RATE_LIMITED when too many from this address were
 * nobody's. Those that are somebody's do not count, and whoever came with one before is not held up by others. */
apr_status_t sp_rate_limit_check_credential(struct sp_req_t *q, const char *key);
/* It was nobody's. */
void sp_rate_limit_note_credential(struct sp_req_t *q, const char *key);

#endif
