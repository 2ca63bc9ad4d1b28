/* The plain pages: figures at a glance, and signing in. */
#include "page.h"

#include <math.h>
#include <string.h>

#include <apr_strings.h>

#include "html.h"

#define HTML "text/html; charset=utf-8"

int sp_page_is_wanted(sp_req_t *q)
{
    const char *accept = apr_table_get(q->r->headers_in, "Accept");
    return accept && strstr(accept, "text/html") != NULL;
}

static void write_head(sp_req_t *q, sp_out_t *out, const char *title)
{
    sp_out_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    sp_html_text(out, title);
    sp_out_puts(out, "</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"");
    sp_html_text(out, q->prefix);
    sp_out_puts(out, "/style.css\">\n</head>\n<body>\n");
}

static apr_status_t send_page(sp_req_t *q, int status, sp_out_t *out)
{
    sp_out_puts(out, "</body>\n</html>\n");
    sp_reply_no_store(q);
    apr_table_mergen(q->r->headers_out, "Vary", "Accept");
    return sp_reply_send(q, status, HTML, out);
}

static void write_pin_form(sp_req_t *q, sp_out_t *out)
{
    if (!q->conf->pin_file)
        return;
    sp_out_puts(out, "<form method=\"post\" action=\"");
    sp_html_text(out, q->prefix);
    sp_out_puts(out, "/api/auth\">\n<input type=\"text\" autocomplete=\"username\" value=\"admin\" hidden>\n<div><label for=\"pin\">PIN</label>\n"
                     "<input id=\"pin\" name=\"pin\" type=\"password\" autocomplete=\"current-password\" maxlength=\"72\" required></div>\n"
                     "<button>Sign in</button>\n</form>\n");
}

apr_status_t sp_page_send_sign_in(sp_req_t *q, int status, const char *problem)
{
    sp_out_t *out = sp_reply_out(q);

    write_head(q, out, "Sign in \xE2\x80\x93 StreamPulse");
    sp_out_puts(out, "<header><h1>StreamPulse</h1></header>\n<main>\n<section aria-labelledby=\"sign-in\">\n<h2 id=\"sign-in\">Sign in</h2>\n");
    if (problem) {
        sp_out_puts(out, "<p class=\"problem\" role=\"alert\">");
        sp_html_text(out, problem);
        sp_out_puts(out, "</p>\n");
    }
    sp_out_puts(out, q->conf->pin_file ? "<p>These numbers are for people who are signed in.</p>\n"
                                       : "<p>These numbers are for people who are signed in, and no way to sign in is configured yet.</p>\n");
    write_pin_form(q, out);
    sp_out_puts(out, "</section>\n</main>\n");
    return send_page(q, status, out);
}

static void write_day(sp_out_t *out, sp_day_t day)
{
    char iso[SP_ISO_SIZE];

    if (day == SP_DAY_NONE) {
        sp_out_puts(out, "\xE2\x80\x93");
        return;
    }
    sp_out_puts(out, "<time datetime=\"");
    sp_out_puts(out, sp_calendar_iso(iso, day));
    sp_out_puts(out, "\">");
    sp_out_puts(out, iso);
    sp_out_puts(out, "</time>");
}

static void write_viewers(sp_out_t *out, apr_int64_t viewers)
{
    if (viewers == SP_VIEWERS_NONE)
        sp_out_puts(out, "\xE2\x80\x93");
    else
        sp_html_count(out, viewers);
}

static void write_change(sp_out_t *out, double change)
{
    double percent = floor(fabs(change) * 1000 + 0.5);

    if (!isfinite(change) || percent > 1e12) {
        sp_out_puts(out, "\xE2\x80\x93");
        return;
    }
    sp_out_puts(out, percent == 0 ? "\xC2\xB1" : change < 0 ? "\xE2\x88\x92" : "+");
    sp_html_count(out, (apr_int64_t)percent / 10);
    sp_out_puts(out, ".");
    sp_html_count(out, (apr_int64_t)percent % 10);
    sp_out_puts(out, "\xC2\xA0%");
}

static void write_service(sp_out_t *out, const sp_page_service_t *line)
{
    sp_out_puts(out, "<tr><th scope=\"row\">");
    sp_html_text(out, line->service.name);
    sp_out_puts(out, "</th><td>");
    sp_html_count(out, line->viewers);
    sp_out_puts(out, "</td><td>");
    write_viewers(out, line->latest);
    sp_out_puts(out, "</td><td>");
    write_change(out, line->change);
    sp_out_puts(out, "</td><td>");
    write_day(out, line->last_week);
    sp_out_puts(out, "</td><td>");
    sp_html_count(out, line->weeks);
    sp_out_puts(out, "</td></tr>\n");
}

static void write_table(sp_out_t *out, const sp_page_figures_t *f, apr_int64_t viewers, int weeks)
{
    sp_out_puts(out, "<section class=\"wide\" tabindex=\"0\" aria-label=\"Weekly viewers by service\">\n<table>\n<caption>Weekly viewers by service</caption>\n"
                     "<thead><tr><th scope=\"col\">Service</th><th scope=\"col\">Viewers</th><th scope=\"col\">Latest</th><th scope=\"col\">Change</th>"
                     "<th scope=\"col\">Week of</th><th scope=\"col\">Weeks</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < f->services->nelts; i++)
        write_service(out, &APR_ARRAY_IDX(f->services, i, sp_page_service_t));
    sp_out_puts(out, "</tbody>\n<tfoot><tr><th scope=\"row\">All services</th><td>");
    sp_html_count(out, viewers);
    sp_out_puts(out, "</td><td></td><td></td><td></td><td>");
    sp_html_count(out, weeks);
    sp_out_puts(out, "</td></tr></tfoot>\n</table>\n</section>\n");
}

static void write_figure(sp_out_t *out, const char *name, apr_int64_t count)
{
    sp_out_puts(out, "<div><dt>");
    sp_out_puts(out, name);
    sp_out_puts(out, "</dt><dd>");
    sp_html_count(out, count);
    sp_out_puts(out, "</dd></div>\n");
}

static void write_numbers(sp_out_t *out, const sp_page_figures_t *f)
{
    apr_int64_t viewers = 0;
    int weeks = 0;

    for (int i = 0; i < f->services->nelts; i++) {
        const sp_page_service_t *line = &APR_ARRAY_IDX(f->services, i, sp_page_service_t);
        viewers = sp_table_add(viewers, line->viewers);
        weeks += line->weeks;
    }
    sp_out_puts(out, "<section aria-label=\"Totals\">\n<dl class=\"figures\">\n");
    write_figure(out, "Weekly viewers", viewers);
    write_figure(out, "Special event viewers", f->event_viewers);
    write_figure(out, "Special events", f->events);
    sp_out_puts(out, "</dl>\n</section>\n");
    if (f->services->nelts)
        write_table(out, f, viewers, weeks);
    else if (!f->events)
        sp_out_puts(out, "<section><p>There are no numbers yet: upload the first file.</p></section>\n");
}

static void write_link(sp_req_t *q, sp_out_t *out, const char *path, const char *text)
{
    sp_out_puts(out, "<li><a href=\"");
    sp_html_text(out, q->prefix);
    sp_html_text(out, path);
    sp_out_puts(out, "\">");
    sp_html_text(out, text);
    sp_out_puts(out, "</a></li>\n");
}

static void write_links(sp_req_t *q, sp_out_t *out)
{
    sp_out_puts(out, "<section aria-labelledby=\"more\">\n<h2 id=\"more\">All the numbers</h2>\n<ul>\n");
    if ((int)q->who.role >= q->conf->export_role) {
        write_link(q, out, "/api/export?format=csv", "Export as CSV");
        write_link(q, out, "/api/export?format=ndjson", "Export as NDJSON");
    }
    write_link(q, out, "/api/openapi.json", "The API and its contract (OpenAPI)");
    sp_out_puts(out, "</ul>\n</section>\n");
}

static void write_upload_form(sp_req_t *q, sp_out_t *out)
{
    sp_out_puts(out,
                "<section aria-labelledby=\"upload\">\n<h2 id=\"upload\">Upload a file</h2>\n<form method=\"post\" enctype=\"multipart/form-data\" action=\"");
    sp_html_text(out, q->prefix);
    sp_out_puts(out, "/api/upload\">\n<div><label for=\"file\">CSV file</label>\n<input id=\"file\" name=\"file\" type=\"file\" required></div>\n"
                     "<div><label for=\"mode\">What it does</label>\n<select id=\"mode\" name=\"mode\">\n"
                     "<option value=\"merge\">Add and change numbers</option>\n<option value=\"replace\">Replace the services and events in it</option>\n");
    if (q->who.role >= SP_ROLE_ADMIN)
        sp_out_puts(out, "<option value=\"replace_all\">Replace everything</option>\n");
    sp_out_puts(out, "</select></div>\n<button>Upload</button>\n</form>\n</section>\n");
}

static void write_visitor(sp_req_t *q, sp_out_t *out)
{
    if (q->who.method == SP_METHOD_ANONYMOUS) {
        if (q->conf->pin_file) {
            sp_out_puts(out, "<section aria-labelledby=\"sign-in\">\n<h2 id=\"sign-in\">Sign in</h2>\n");
            write_pin_form(q, out);
            sp_out_puts(out, "</section>\n");
        }
        return;
    }
    sp_out_puts(out, "<p class=\"soft\">Signed in as ");
    sp_html_text(out, q->who.user);
    sp_out_puts(out, ". You are signed out after ");
    sp_html_count(out, (q->conf->session_idle_s + 59) / 60);
    sp_out_puts(out, " minutes without a visit, or at once by DELETE ");
    sp_html_text(out, q->prefix);
    sp_out_puts(out, "/api/auth.</p>\n");
}

apr_status_t sp_page_send_figures(sp_req_t *q, const sp_page_figures_t *figures)
{
    sp_out_t *out = sp_reply_out(q);

    write_head(q, out, "StreamPulse");
    sp_out_puts(out, "<header><h1>StreamPulse</h1><small>Viewers of every stream, week by week</small></header>\n<main>\n");
    write_numbers(out, figures);
    if (q->who.role >= SP_ROLE_EDITOR)
        write_upload_form(q, out);
    write_links(q, out);
    write_visitor(q, out);
    sp_out_puts(out, "</main>\n");
    return send_page(q, HTTP_OK, out);
}
