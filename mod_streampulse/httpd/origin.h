/* Telling whether a request that changes something comes from a page of this site. */
#ifndef SP_ORIGIN_H
#define SP_ORIGIN_H

#include <apr_errno.h>

struct sp_req_t;

/* Unsafe methods: SP_E_CROSS_SITE unless Sec-Fetch-Site is same-origin or none, or Origin (else Referer's origin) equals the request's own scheme, host and
 * port; a client that sends none of the three and no cookie (curl) passes; with our cookie, or a session of mod_auth_openidc, it must send one of them. A
 * program whom a token of ours or a provider's signs in is not asked: no page of another site can send that header, and it counts instead of the cookie. */
apr_status_t sp_origin_check(struct sp_req_t *q);

#endif
