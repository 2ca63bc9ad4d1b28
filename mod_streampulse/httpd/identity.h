/* Who is asking, from what the server knows: never from what a client's header claims to be. */
#ifndef SP_IDENTITY_H
#define SP_IDENTITY_H

#include "role.h"
#include "db.h"

struct sp_req_t;

typedef enum { SP_METHOD_ANONYMOUS, SP_METHOD_PIN, SP_METHOD_OIDC, SP_METHOD_TOKEN } sp_identity_method_e;

typedef struct {
    const char *user; /* for the ledger: "anonymous", "admin (PIN)", an e-mail address */
    sp_role_e role;
    sp_identity_method_e method;
} sp_identity_t;

const char *sp_identity_method_name(sp_identity_method_e method); /* "anonymous", "pin", "oidc", "token" */

/* Fills q->who: the session cookie's row, as long as the PIN that it was given for is in force, else the anonymous role of the directive. Touches the database only when a well-formed session cookie is there. */
apr_status_t sp_identity_establish(struct sp_req_t *q);

/* Unsafe methods: SP_E_CROSS_SITE unless Sec-Fetch-Site is same-origin or none, or Origin (else Referer's origin) equals the request's own scheme, host and port; a client
 * that sends none of the three and no cookie (curl) passes; with our cookie it must send one of them. */
apr_status_t sp_identity_check_origin(struct sp_req_t *q);

/* The session cookie: name ("__Host-" prefix where possible; each mount has its own), HttpOnly, SameSite=Lax, Path of the mount, Secure on https. */
const char *sp_identity_cookie(struct sp_req_t *q);                 /* the well-formed token sent, or NULL */
void sp_identity_set_cookie(struct sp_req_t *q, const char *token); /* NULL: remove it */

#endif
