/* The token of a program in a request's Authorization header. */
#include "bearer.h"

#include <string.h>

#include "tokens.h"

#define SCHEME     "Bearer"
#define SCHEME_LEN (sizeof(SCHEME) - 1)

const char *sp_bearer_read(const request_rec *r)
{
    const char *header = apr_table_get(r->headers_in, "Authorization");

    if (!header || ap_cstr_casecmpn(header, SCHEME, SCHEME_LEN) || header[SCHEME_LEN] != ' ')
        return NULL;
    header += SCHEME_LEN + strspn(header + SCHEME_LEN, " ");
    return strncmp(header, SP_TOKEN_PREFIX, sizeof(SP_TOKEN_PREFIX) - 1) ? NULL : header;
}
