/* Which pages of other sites may read the API (Fetch standard, CORS). */
#include "cors.h"

#include <string.h>

#include "request.h"

#define READING      "GET, HEAD"
#define SENT_HEADERS "Authorization, If-None-Match"
#define SEEN_HEADERS "ETag, Retry-After, X-Request-Id, Content-Disposition"
#define KEPT_S       "600"

static int is_concerned(const sp_req_t *q)
{
    return q->conf->cors_origins && q->path && !strncmp(q->path, "/api/", 5);
}

static int is_read(const char *method)
{
    return method && (!strcmp(method, "GET") || !strcmp(method, "HEAD"));
}

/* The configured text, not the client's. */
static const char *allowed_origin(const sp_req_t *q)
{
    const char *origin = apr_table_get(q->r->headers_in, "Origin");

    for (int i = 0; origin && i < q->conf->cors_origins->nelts; i++) {
        const char *allowed = APR_ARRAY_IDX(q->conf->cors_origins, i, const char *);
        if (!strcmp(origin, allowed))
            return allowed;
    }
    return NULL;
}

const char *sp_cors_vary(const sp_req_t *q)
{
    return is_concerned(q) ? ", Origin" : "";
}

static void grant(sp_req_t *q, const char *origin)
{
    apr_table_setn(q->r->headers_out, "Access-Control-Allow-Origin", origin);
}

void sp_cors_set_headers(sp_req_t *q)
{
    const char *origin;

    if (!is_concerned(q))
        return;
    if (!apr_table_get(q->r->headers_out, "Vary"))
        apr_table_setn(q->r->headers_out, "Vary", "Origin");
    origin = is_read(q->r->method) ? allowed_origin(q) : NULL;
    if (!origin)
        return;
    grant(q, origin);
    apr_table_setn(q->r->headers_out, "Access-Control-Expose-Headers", SEEN_HEADERS);
}

int sp_cors_is_granted_preflight(sp_req_t *q)
{
    apr_table_t *out = q->r->headers_out;
    const char *origin;

    if (strcmp(q->r->method, "OPTIONS") != 0 || !is_concerned(q) || !is_read(apr_table_get(q->r->headers_in, "Access-Control-Request-Method")))
        return 0;
    origin = allowed_origin(q);
    if (!origin)
        return 0;
    grant(q, origin);
    apr_table_setn(out, "Access-Control-Allow-Methods", READING);
    apr_table_setn(out, "Access-Control-Allow-Headers", SENT_HEADERS);
    apr_table_setn(out, "Access-Control-Max-Age", KEPT_S);
    apr_table_setn(out, "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    return 1;
}
