/* Programs with a token of ours, before httpd's other modules ask who they are. */
#ifndef SP_TOKEN_AUTHN_H
#define SP_TOKEN_AUTHN_H

#include <httpd.h>

/* access_checker. Answers a request below a mount whose token does not work, whatever the configuration requires there. */
int sp_token_authn_refuse(request_rec *r);

/* check_authn. OK for a token that works: nobody else has to know it. */
int sp_token_authn_check(request_rec *r);

#endif
