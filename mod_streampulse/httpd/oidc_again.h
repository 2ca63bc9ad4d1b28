/* Asking httpd's other modules once more about somebody whose request took its time to arrive. */
#ifndef SP_OIDC_AGAIN_H
#define SP_OIDC_AGAIN_H

#include <apr_errno.h>

struct sp_req_t;

/* Has whom mod_auth_openidc signed in authenticated and authorized anew, as at the request's start: their session is looked up, their tokens are renewed when it is time, and "Require" is
 * asked. SP_E_SIGN_IN_REQUIRED or SP_E_ROLE_REQUIRED where that does not let them in any more; what those modules wanted to answer is thrown away. The person may be another one or have
 * another role afterwards: that is the caller's to compare. A request that httpd sent on by itself is not asked about, as nobody authenticates it. */
apr_status_t sp_oidc_again_ask(struct sp_req_t *q);

#endif
