/* Origins of pages, as browsers write them. */
#include "web_origin.h"

#include <string.h>

#include <apr_strings.h>
#include <apr_uri.h>

#define IN_HOSTS "abcdefghijklmnopqrstuvwxyz0123456789-."
#define IN_IPV6  "abcdef0123456789:"

static int is_host(const char *host)
{
    apr_size_t len = strlen(host);

    if (strchr(host, ':'))
        return strspn(host, IN_IPV6) == len;
    return len && strspn(host, IN_HOSTS) == len && *host != '.' && *host != '-';
}

static const char *compose(apr_pool_t *p, const apr_uri_t *uri)
{
    const int is_ipv6 = strchr(uri->hostname, ':') != NULL; /* APR takes its brackets away */

    return apr_psprintf(p, "%s://%s%s%s%s", uri->scheme, is_ipv6 ? "[" : "", uri->hostname, is_ipv6 ? "]" : "",
                        uri->port_str ? apr_psprintf(p, ":%d", (int)uri->port) : "");
}

const char *sp_web_origin_complaint(apr_pool_t *p, const char *text)
{
    apr_uri_t uri;

    if (!strcmp(text, "*"))
        return "would be any page of the web";
    if (!strcmp(text, "null"))
        return "is what pages without an origin send, which anybody can make";
    if (apr_uri_parse(p, text, &uri) != APR_SUCCESS || !uri.scheme || !uri.hostname || (strcmp(uri.scheme, "https") != 0 && strcmp(uri.scheme, "http") != 0))
        return "does not begin with https:// or http:// and a host";
    if (!is_host(uri.hostname))
        return "has no host as browsers write it, in lower-case letters (Punycode for others), digits, dashes and dots";
    if (uri.port_str && (!uri.port || uri.port == apr_uri_port_of_scheme(uri.scheme)))
        return "has a port that browsers leave out";
    return strcmp(compose(p, &uri), text) ? "has more in it than a scheme, a host and a port, such as a slash at its end" : NULL;
}
