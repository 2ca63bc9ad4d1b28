/* The cookie that holds a session's token. */
#include "session_cookie.h"

#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>
#include <http_protocol.h>

#include "hex.h"
#include "request.h"
#include "sessions.h"
#include "sp_module.h"

#define COOKIE "streampulse_session"

static int is_https(const sp_req_t *q)
{
    return !strcmp(ap_http_scheme(q->r), "https");
}

/* Browsers send the cookies of all mounts above a path: each mount has a name of its own. The prefix with everything but letters and digits in hex. */
static const char *cookie_name(const sp_req_t *q)
{
    char *name, *end;

    /* This beginning makes browsers keep the cookie to this very host and path "/". */
    if (!*q->prefix)
        return is_https(q) ? "__Host-streampulse" : COOKIE;
    name = apr_palloc(q->p, sizeof(COOKIE) + 1 + 3 * strlen(q->prefix));
    end = apr_cpystrn(name, COOKIE "_", sizeof(COOKIE) + 1);
    for (const char *c = q->prefix; *c; c++) {
        if (apr_isalnum(*c)) {
            *end++ = *c;
            continue;
        }
        *end++ = '_';
        sp_hex(end, (const unsigned char *)c, 1);
        end += 2;
    }
    *end = '\0';
    return name;
}

/* How often the name is there; *value and *len of the last one. httpd joins repeated Cookie lines by a comma. */
static int find_cookie(const char *header, const char *name, const char **value, apr_size_t *len)
{
    apr_size_t name_len = strlen(name);
    int found = 0;

    while (*header) {
        header += strspn(header, " \t;,");
        apr_size_t pair_len = strcspn(header, ";,");
        if (pair_len > name_len && header[name_len] == '=' && !strncmp(header, name, name_len)) {
            *value = header + name_len + 1;
            *len = pair_len - name_len - 1;
            while (*len && ((*value)[*len - 1] == ' ' || (*value)[*len - 1] == '\t'))
                --*len;
            found++;
        }
        header += pair_len;
    }
    return found;
}

const char *sp_session_cookie_read(sp_req_t *q)
{
    const char *header = apr_table_get(q->r->headers_in, "Cookie"), *value = NULL, *token;
    apr_size_t len = 0;

    /* Two of them: one was planted, by a neighbouring host or path, and nobody can tell which. */
    if (!header || find_cookie(header, cookie_name(q), &value, &len) != 1 || len >= SP_SESSION_TOKEN_SIZE)
        return NULL;
    token = apr_pstrmemdup(q->p, value, len);
    return sp_sessions_is_token(token) ? token : NULL;
}

void sp_session_cookie_set(sp_req_t *q, const char *token)
{
    const char *cookie = apr_psprintf(q->p, "%s=%s; Path=%s; HttpOnly; SameSite=Lax%s%s", cookie_name(q), token ? token : "",
                                      *q->prefix ? ap_escape_uri(q->p, q->prefix) : "/", is_https(q) ? "; Secure" : "", token ? "" : "; Max-Age=0");
    apr_table_addn(q->r->headers_out, "Set-Cookie", cookie);
}

int sp_session_cookie_is_there(sp_req_t *q)
{
    const char *header = apr_table_get(q->r->headers_in, "Cookie"), *value;
    apr_size_t len;

    return header && find_cookie(header, cookie_name(q), &value, &len) > 0;
}
