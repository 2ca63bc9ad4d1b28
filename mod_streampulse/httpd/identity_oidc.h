/* What else is to be known about somebody whom mod_auth_openidc signed in. */
#ifndef SP_IDENTITY_OIDC_H
#define SP_IDENTITY_OIDC_H

struct sp_req_t;

/* Whether a program's own Authorization header signs this request in. */
int sp_identity_has_oidc_bearer(const struct sp_req_t *q);

/* Whether the browser sends along by itself what signs this request in: then it has to show that a page of ours made it (origin.h). */
int sp_identity_has_oidc_session(const struct sp_req_t *q);

#endif
