/* Telling whether a request that changes something comes from a page of this site. */
#include "origin.h"

#include <string.h>

#include <apr_strings.h>
#include <apr_uri.h>
#include <http_protocol.h>

#include "bearer.h"
#include "identity_oidc.h"
#include "request.h"
#include "session_cookie.h"
#include "sp_module.h"

static const char *without_brackets(apr_pool_t *p, const char *host)
{
    apr_size_t len = strlen(host);
    return len > 2 && host[0] == '[' && host[len - 1] == ']' ? apr_pstrmemdup(p, host + 1, len - 2) : host;
}

/* APR takes a port modulo 65536. */
static int has_odd_port(const apr_uri_t *uri)
{
    return uri->port_str && apr_atoi64(uri->port_str) != uri->port;
}

static int is_own_origin(sp_req_t *q, const char *text)
{
    request_rec *r = q->r;
    apr_uri_t uri;
    apr_port_t port, own_port;

    if (!r->hostname || apr_uri_parse(q->p, text, &uri) != APR_SUCCESS || !uri.scheme || !uri.hostname)
        return 0;
    /* No browser names a user here, and where one stands, readers differ about which part is the host. */
    if (uri.user || uri.password || has_odd_port(&uri))
        return 0;
    if (ap_cstr_casecmp(uri.scheme, ap_http_scheme(r)))
        return 0;
    /* The port is the one of the Host header: behind a proxy, the port that this server listens on is not the one that the browser sees. */
    own_port = r->parsed_uri.port_str ? r->parsed_uri.port : apr_uri_port_of_scheme(ap_http_scheme(r));
    port = uri.port_str ? uri.port : apr_uri_port_of_scheme(uri.scheme);
    return port == own_port && !ap_cstr_casecmp(without_brackets(q->p, uri.hostname), without_brackets(q->p, r->hostname));
}

static apr_status_t refuse_cross_site(sp_req_t *q)
{
    return sp_error_set(&q->err, SP_E_CROSS_SITE, APR_EACCES, "this request comes from another site; changes are only taken from pages of this one");
}

apr_status_t sp_origin_check(sp_req_t *q)
{
    const apr_table_t *in = q->r->headers_in;
    const char *site = apr_table_get(in, "Sec-Fetch-Site"), *origin = apr_table_get(in, "Origin");

    if (sp_bearer_read(q->r) || sp_identity_has_oidc_bearer(q))
        return APR_SUCCESS;
    if (site)
        return !strcmp(site, "same-origin") || !strcmp(site, "none") ? APR_SUCCESS : refuse_cross_site(q);
    if (!origin)
        origin = apr_table_get(in, "Referer");
    if (origin)
        return is_own_origin(q, origin) ? APR_SUCCESS : refuse_cross_site(q);
    return sp_session_cookie_is_there(q) || sp_identity_has_oidc_session(q) ? refuse_cross_site(q) : APR_SUCCESS;
}
