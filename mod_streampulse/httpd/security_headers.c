/* The headers that tell browsers what not to do with an answer. */
#include "security_headers.h"

#include <string.h>

#include <apr_strings.h>
#include <http_protocol.h>

#include "mount.h"
#include "request.h"

#define POLICY_DATA "default-src 'none'; frame-ancestors 'none'"
#define POLICY_PAGE                                                                                                                                            \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "           \
    "frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
/* Of other modules' pages: one that is about to send somebody on by a script of its own has to work. */
#define POLICY_OTHERS "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
#define ID            "X-Request-Id" /* that the others of ours are there */
#define NO_FEATURES   "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

/* Browsers keep it for the host (RFC 6797), and ignore it on http, where anybody could have put it. */
static void require_https(const sp_req_t *q, apr_table_t *out)
{
    if (q->conf->hsts_s && !strcmp(ap_http_scheme(q->r), "https"))
        apr_table_setn(out, "Strict-Transport-Security", apr_psprintf(q->p, "max-age=%d", q->conf->hsts_s));
}

static void set_common(const sp_req_t *q, apr_table_t *out)
{
    apr_table_setn(out, "X-Content-Type-Options", "nosniff");
    apr_table_setn(out, "X-Frame-Options", "DENY");
    apr_table_setn(out, "Referrer-Policy", "same-origin");
    apr_table_setn(out, "Cross-Origin-Resource-Policy", "same-origin");
    require_https(q, out);
    apr_table_setn(out, ID, q->request_id);
}

/* What was there for others to send, or was set before httpd sent the request on to us by itself: it is sent beside what we say. */
static void take_back(apr_table_t *others)
{
    static const char *const names[] = {"X-Content-Type-Options",    "X-Frame-Options",
                                        "Referrer-Policy",           "Cross-Origin-Resource-Policy",
                                        "Strict-Transport-Security", ID,
                                        "Content-Security-Policy",   NULL};

    for (const char *const *name = names; *name; name++)
        apr_table_unset(others, *name);
}

int sp_security_headers_before_authn(request_rec *r)
{
    sp_req_t *q = r->main || !sp_mount_claimed(r) ? NULL : sp_request_of(r);

    if (!q || q->answering)
        return DECLINED;
    set_common(q, r->err_headers_out);
    apr_table_setn(r->err_headers_out, "Content-Security-Policy", POLICY_OTHERS);
    return DECLINED;
}

void sp_security_headers_set(sp_req_t *q, const char *content_type)
{
    apr_table_t *out = q->r->headers_out;
    const int is_page = content_type && !strncmp(content_type, "text/html", 9);

    if (apr_table_get(q->r->err_headers_out, ID))
        take_back(q->r->err_headers_out);
    set_common(q, out);
    apr_table_setn(out, "Content-Security-Policy", is_page ? POLICY_PAGE : POLICY_DATA);
    if (!is_page)
        return;
    apr_table_setn(out, "Cross-Origin-Opener-Policy", "same-origin");
    apr_table_setn(out, "Permissions-Policy", NO_FEATURES);
}

void sp_security_headers_on_error(request_rec *r)
{
    const sp_req_t *q = sp_mount_claimed(r) ? sp_request_of(r) : NULL;

    if (!q || q->answering)
        return;
    set_common(q, r->err_headers_out);
    apr_table_setn(r->err_headers_out, "Content-Security-Policy", POLICY_DATA);
}
