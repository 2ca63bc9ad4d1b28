/* The style sheet of the plain pages. */
#include "page.h"

static const char style[] =
    ":root{color-scheme:light "
    "dark;--ground:#f6f7f9;--panel:#fff;--ink:#1c2430;--soft:#596475;--line:#dde2ea;--accent:#0b57a4;--on-accent:#fff;--warn:#a3200d}\n"
    "@media "
    "(prefers-color-scheme:dark){:root{--ground:#12161c;--panel:#1a2029;--ink:#e8ecf2;--soft:#a3aebd;--line:#2e3744;--accent:#8ec1ff;--on-accent:#0d1a29;"
    "--warn:#ff9d8c}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif}\n"
    "main,header,footer{max-width:64rem;margin:0 auto;padding:1rem}\n"
    "header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;justify-content:space-between;padding-top:1.5rem}\n"
    "h1{font-size:1.5rem;line-height:1.2;margin:0}\n"
    "h2{font-size:1.1rem;margin:0 0 .75rem}\n"
    "p{margin:0 0 .75rem}\n"
    "a{color:var(--accent)}\n"
    "small,.soft{color:var(--soft)}\n"
    "section{background:var(--panel);border:1px solid var(--line);border-radius:.75rem;padding:1rem;margin:0 0 1rem}\n"
    ".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:0}\n"
    ".figures div{min-width:0}\n"
    ".figures dt{color:var(--soft);font-size:.875rem}\n"
    ".figures dd{margin:0;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}\n"
    ".wide{overflow-x:auto}\n"
    "table{border-collapse:collapse;width:100%}\n"
    "caption{text-align:left;font-size:1.1rem;font-weight:600;padding-bottom:.5rem}\n"
    "th,td{padding:.5rem .75rem;border-top:1px solid var(--line);text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
    "th:first-child{text-align:left;padding-left:0;white-space:normal;overflow-wrap:anywhere;min-width:8rem}\n"
    "td:last-child,th:last-child{padding-right:0}\n"
    "thead th{border-top:0;color:var(--soft);font-weight:500;font-size:.875rem}\n"
    "tbody th{font-weight:500}\n"
    "tfoot th,tfoot td{font-weight:600}\n"
    "form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}\n"
    "form>div{min-width:0;max-width:100%}\n"
    "label{display:block;font-size:.875rem;color:var(--soft)}\n"
    "input,select,button{font:inherit;color:inherit;max-width:100%;min-height:2.75rem;padding:.4rem .75rem;border:1px solid var(--line);border-radius:.5rem;"
    "background:var(--ground)}\n"
    "button{background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:600;cursor:pointer}\n"
    ":focus-visible{outline:3px solid var(--accent);outline-offset:2px}\n"
    "@media (max-width:40rem){th,td{padding:.5rem .4rem}form>div,input,select{width:100%}}\n"
    "ul{margin:0;padding-left:1.25rem}\n"
    ".problem{color:var(--warn);font-weight:600}\n";

apr_status_t sp_page_send_style(sp_req_t *q)
{
    sp_out_t *out = sp_reply_out(q);

    sp_out_write(out, style, sizeof(style) - 1);
    apr_table_setn(q->r->headers_out, "Cache-Control", "no-cache");
    return sp_reply_send(q, HTTP_OK, "text/css; charset=utf-8", out);
}
