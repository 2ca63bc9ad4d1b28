/* The token of a program in a request's Authorization header. */
#ifndef SP_BEARER_H
#define SP_BEARER_H

#include <httpd.h>

/* What stands after "Bearer" (in any case) where it begins like a token of ours, well-formed or not; NULL: there is none, and any other is not our business.
 * Two headers are one text with a comma in it here, which is no token. */
const char *sp_bearer_read(const request_rec *r);

#endif
