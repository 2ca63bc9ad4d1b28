/* Establishing who is asking, from the server's own records. */
#include "identity.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <http_protocol.h>

#include "dbd.h"
#include "hex.h"
#include "pin.h"
#include "request.h"
#include "sessions.h"
#include "sp_module.h"

#define COOKIE "streampulse_session"

/* APR_NOTFOUND: it knows nobody, ask the next. Anything else but APR_SUCCESS: it could not tell, and nobody else is asked. */
typedef apr_status_t (*identity_source_fn)(sp_req_t *q);

/* The PIN's line as it is now: a session is worth as much as the PIN it was given for. */
static apr_status_t read_credential(sp_req_t *q, const char **line)
{
    sp_error_t err;

    if (!q->conf->pin_file)
        return APR_NOTFOUND;
    sp_error_init(&err, q->p);
    if (sp_pin_read(q->p, q->conf->pin_file, line, &err) == APR_SUCCESS)
        return APR_SUCCESS;
    ap_log_rerror(APLOG_MARK, APLOG_INFO, err.rv, q->r, "SP0304: sessions do not count: %s", err.log);
    return APR_NOTFOUND;
}

/* An open page asks again and again by itself whether what it shows is still so: that alone keeps nobody signed in. */
static int is_visit(const sp_req_t *q)
{
    return q->r->method_number != M_GET || !apr_table_get(q->r->headers_in, "If-None-Match");
}

static apr_status_t from_session(sp_req_t *q)
{
    const char *token = sp_identity_cookie(q), *credential;
    sp_session_t session;
    sp_db_t *db;
    apr_status_t rv;

    if (!token || read_credential(q, &credential) != APR_SUCCESS)
        return APR_NOTFOUND;
    rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_sessions_find(db, q->p, token, credential, apr_time_as_msec(q->r->request_time), q->conf->session_idle_s, q->conf->session_lifetime_s, is_visit(q),
                          &session, &q->err);
    sp_dbd_release(q, db);
    if (rv != APR_SUCCESS)
        return rv;
    q->who.user = session.actor;
    q->who.role = session.role;
    q->who.method = SP_METHOD_PIN;
    return APR_SUCCESS;
}

static apr_status_t from_directive(sp_req_t *q)
{
    q->who.user = "anonymous";
    q->who.role = (sp_role_e)q->conf->anonymous_role;
    q->who.method = SP_METHOD_ANONYMOUS;
    return APR_SUCCESS;
}

/* In the order they are asked. The last one knows everybody. */
static const identity_source_fn identity_sources[] = {from_session, from_directive};

apr_status_t sp_identity_establish(sp_req_t *q)
{
    apr_status_t rv = APR_NOTFOUND;

    for (apr_size_t i = 0; i < sizeof(identity_sources) / sizeof(*identity_sources) && rv == APR_NOTFOUND; i++)
        rv = identity_sources[i](q);
    return rv;
}

const char *sp_identity_method_name(sp_identity_method_e method)
{
    switch (method) {
    case SP_METHOD_ANONYMOUS:
        return "anonymous";
    case SP_METHOD_PIN:
        return "pin";
    case SP_METHOD_OIDC:
        return "oidc";
    case SP_METHOD_TOKEN:
        return "token";
    }
    return "anonymous";
}

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

static int is_token(const char *value, apr_size_t len)
{
    if (len != SP_SESSION_TOKEN_SIZE - 1)
        return 0;
    for (apr_size_t i = 0; i < len; i++) {
        if (!apr_isdigit(value[i]) && !(value[i] >= 'a' && value[i] <= 'f'))
            return 0;
    }
    return 1;
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

const char *sp_identity_cookie(sp_req_t *q)
{
    const char *header = apr_table_get(q->r->headers_in, "Cookie"), *value = NULL;
    apr_size_t len = 0;

    /* Two of them: one was planted, by a neighbouring host or path, and nobody can tell which. */
    if (!header || find_cookie(header, cookie_name(q), &value, &len) != 1 || !is_token(value, len))
        return NULL;
    return apr_pstrmemdup(q->p, value, len);
}

void sp_identity_set_cookie(sp_req_t *q, const char *token)
{
    const char *cookie = apr_psprintf(q->p, "%s=%s; Path=%s; HttpOnly; SameSite=Lax%s%s", cookie_name(q), token ? token : "",
                                      *q->prefix ? ap_escape_uri(q->p, q->prefix) : "/", is_https(q) ? "; Secure" : "", token ? "" : "; Max-Age=0");
    apr_table_addn(q->r->headers_out, "Set-Cookie", cookie);
}

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

static int holds_our_cookie(sp_req_t *q)
{
    const char *header = apr_table_get(q->r->headers_in, "Cookie"), *value;
    apr_size_t len;

    return header && find_cookie(header, cookie_name(q), &value, &len) > 0;
}

apr_status_t sp_identity_check_origin(sp_req_t *q)
{
    const apr_table_t *in = q->r->headers_in;
    const char *site = apr_table_get(in, "Sec-Fetch-Site"), *origin = apr_table_get(in, "Origin");

    if (site)
        return !strcmp(site, "same-origin") || !strcmp(site, "none") ? APR_SUCCESS : refuse_cross_site(q);
    if (!origin)
        origin = apr_table_get(in, "Referer");
    if (origin)
        return is_own_origin(q, origin) ? APR_SUCCESS : refuse_cross_site(q);
    return holds_our_cookie(q) ? refuse_cross_site(q) : APR_SUCCESS;
}
