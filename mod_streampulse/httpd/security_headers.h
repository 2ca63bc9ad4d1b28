/* The headers that tell browsers what not to do with an answer. */
#ifndef SP_SECURITY_HEADERS_H
#define SP_SECURITY_HEADERS_H

#include <httpd.h>

struct sp_req_t;

/* On an answer of ours. content_type: only a page may load and show anything; NULL: no body. */
void sp_security_headers_set(struct sp_req_t *q, const char *content_type);

/* insert_error_filter: the same on what httpd and others answer to requests of ours, such as a refusal before the handler was asked. */
void sp_security_headers_on_error(request_rec *r);

/* check_authn: the same for what a module that asks who somebody is may send by itself, at once and as a success, such as mod_auth_openidc's pages about a login that failed. */
int sp_security_headers_before_authn(request_rec *r);

#endif
