/* The cookie that holds a session's token: "__Host-" prefix where possible (each mount has its own name), HttpOnly, SameSite=Lax, Path of the mount, Secure on
 * https. */
#ifndef SP_SESSION_COOKIE_H
#define SP_SESSION_COOKIE_H

struct sp_req_t;

const char *sp_session_cookie_read(struct sp_req_t *q);            /* the well-formed token sent, or NULL; also NULL where it is there twice */
int sp_session_cookie_is_there(struct sp_req_t *q);                /* in whatever form */
void sp_session_cookie_set(struct sp_req_t *q, const char *token); /* NULL: remove it */

#endif
