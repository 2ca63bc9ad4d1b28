/* Whose requests are counted together where nobody has signed in: an IPv4 address, or the net of an IPv6 one. */
#ifndef SP_CLIENT_ADDRESS_H
#define SP_CLIENT_ADDRESS_H

#include <httpd.h>

#define SP_CLIENT_BYTES 8

typedef struct {
    unsigned char bytes[SP_CLIENT_BYTES]; /* of the address, then 0 */
    unsigned char len;                    /* 4, or 8 (the /64, as whoever has one address of it has all of them); 0: neither, such as a socket in a file */
} sp_client_address_t;

/* As mod_remoteip gives it, where that is used. */
sp_client_address_t sp_client_address_of(const request_rec *r);
/* "203.0.113.7", "2001:db8:0:1::/64" */
const char *sp_client_address_text(const request_rec *r);

#endif
