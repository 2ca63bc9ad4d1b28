/* Which content codings a client takes, by its Accept-Encoding (RFC 9110, 12.5.3). */
#ifndef SP_ACCEPT_ENCODING_H
#define SP_ACCEPT_ENCODING_H

/* The one of codings (ours, the dearest first, NULL-terminated) that the client likes most; "identity" where it takes none of them. header NULL: the client
 * said nothing, and only "identity" is sure. An element that is not well-formed allows nothing. Case does not matter, and x-gzip is gzip. */
const char *sp_accept_encoding_best(const char *header, const char *const *codings);

#endif
