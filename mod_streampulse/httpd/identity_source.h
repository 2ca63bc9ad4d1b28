/* The ways to tell who is asking; for identity.c only. */
#ifndef SP_IDENTITY_SOURCE_H
#define SP_IDENTITY_SOURCE_H

#include "identity.h"

/* Says who it is by sp_identity_set. APR_NOTFOUND: it knows nobody, ask the next. Anything else but APR_SUCCESS: it could not tell, and nobody else is
 * asked. */
typedef apr_status_t (*sp_identity_source_fn)(struct sp_req_t *q);

/* The row of the token in the Authorization header, where that is one of ours. SP_E_TOKEN_INVALID where it does not work. */
apr_status_t sp_identity_from_token(struct sp_req_t *q);

/* Whom mod_auth_openidc authenticated, with the role that their groups give: from r->user, r->ap_auth_type and the environment, never from a header.
 * SP_E_ROLE_REQUIRED for a name or groups that cannot stand in the ledger. */
apr_status_t sp_identity_from_oidc(struct sp_req_t *q);

/* The session cookie's row, as long as the PIN that it was given for is in force. Touches the database only when a well-formed cookie is there. */
apr_status_t sp_identity_from_session(struct sp_req_t *q);

#endif
