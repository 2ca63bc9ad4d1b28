/* Which pages of other sites may read the API (Fetch standard, CORS). */
#ifndef SP_CORS_H
#define SP_CORS_H

struct sp_req_t;

/* On any answer below /api/: that a page of one of StreamPulseCorsOrigin's may read it. Never with credentials, so that a cookie or a provider's session counts
 * for nothing there.
 * Only for what reads: changes are made by pages of this site, and by programs, which no browser holds back. */
void sp_cors_set_headers(struct sp_req_t *q);

/* What Vary has to name because of it: ", Origin" or "". */
const char *sp_cors_vary(const struct sp_req_t *q);

/* Whether it is a browser's question, by OPTIONS, if such a page may send what a page by itself may not, and the answer is yes; then its headers are set. */
int sp_cors_is_granted_preflight(struct sp_req_t *q);

#endif
