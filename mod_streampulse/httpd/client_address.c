/* The part of a client's address that stands for the client. */
#include "client_address.h"

#include <string.h>

#include <apr_strings.h>

#define IPV4_BYTES  4
#define MAPPED_FROM 12 /* of an IPv6 address that stands for an IPv4 one */

static sp_client_address_t first_bytes(const void *bytes, unsigned char len)
{
    sp_client_address_t client = {.len = len};

    memcpy(client.bytes, bytes, len);
    return client;
}

sp_client_address_t sp_client_address_of(const request_rec *r)
{
    const apr_sockaddr_t *from = r->useragent_addr;
#if APR_HAVE_IPV6
    if (from->family == APR_INET6) {
        const struct in6_addr *address = &from->sa.sin6.sin6_addr;
        return IN6_IS_ADDR_V4MAPPED(address) ? first_bytes(address->s6_addr + MAPPED_FROM, IPV4_BYTES) : first_bytes(address->s6_addr, SP_CLIENT_BYTES);
    }
#endif
    return from->family == APR_INET ? first_bytes(&from->sa.sin.sin_addr, IPV4_BYTES) : (sp_client_address_t){.len = 0};
}

const char *sp_client_address_text(const request_rec *r)
{
    const sp_client_address_t client = sp_client_address_of(r);
    const unsigned char *b = client.bytes;

    if (!client.len)
        return "local";
    if (client.len == IPV4_BYTES)
        return apr_psprintf(r->pool, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
    return apr_psprintf(r->pool, "%x:%x:%x:%x::/64", b[0] << 8 | b[1], b[2] << 8 | b[3], b[4] << 8 | b[5], b[6] << 8 | b[7]);
}
