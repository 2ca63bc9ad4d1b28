/* Who is asking, from what the server knows: never from what a client's header claims to be. */
#ifndef SP_IDENTITY_H
#define SP_IDENTITY_H

#include "role.h"
#include "db.h"
#include "sessions.h"

struct sp_req_t;

typedef enum { SP_METHOD_ANONYMOUS, SP_METHOD_PIN, SP_METHOD_OIDC, SP_METHOD_TOKEN } sp_identity_method_e;

typedef struct {
    const char *user; /* for the ledger: "anonymous", "admin (PIN)", an e-mail address */
    sp_role_e role;
    sp_identity_method_e method;
    const char *groups;     /* what the role follows from, as the provider gave it; NULL: none */
    apr_int64_t token_id;   /* of the API token; 0: none */
    const char *session_id; /* the public one of the PIN's session; NULL: none */
} sp_identity_t;

const char *sp_identity_method_name(sp_identity_method_e method); /* "anonymous", "pin", "oidc", "token" */

/* Says who it is, in q->who and for the audit log. */
void sp_identity_set(struct sp_req_t *q, const sp_identity_t *who);
void sp_identity_set_anonymous(struct sp_req_t *q); /* with the role of the directive */

/* For what a program's token must not do, whatever its role: one that could make others would outlive its own revocation. SP_E_PERSON_REQUIRED. */
apr_status_t sp_identity_require_person(struct sp_req_t *q);

/* Fills q->who, once: again only when httpd has authenticated somebody since. The first that knows them of: the row of a program's token, which nothing else is asked for; whom
 * mod_auth_openidc signed in, with the role of their groups, also where that is none; the session cookie's row; the anonymous role of the directive. Touches the database
 * only when a well-formed token or cookie of ours is there.
 * Fails where it cannot be told, with q->err filled: nobody passes then. */
apr_status_t sp_identity_establish(struct sp_req_t *q);
/* The same anew: what it was told by has changed. */
apr_status_t sp_identity_establish_again(struct sp_req_t *q);
/* Once the body is there, which takes as long as its sender likes: fails where the session, the login or the token ended meanwhile, or the role is a lesser one now. */
apr_status_t sp_identity_confirm(struct sp_req_t *q);

/* How long the sessions of a PIN last at this mount. */
sp_session_limits_t sp_identity_session_limits(const struct sp_req_t *q);

#endif
