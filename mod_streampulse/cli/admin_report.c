/* What streampulse-admin tells people: failures, problems in a file, remarks. */
#include "admin.h"

#include <stdarg.h>
#include <stdio.h>

#include <apr_strings.h>

#define PROGRAM "streampulse-admin: "

const char *sp_admin_report_plain(apr_pool_t *p, const char *text)
{
    char *copy = apr_pstrdup(p, text);
    unsigned char *at = (unsigned char *)copy, *to = at;
    for (; *at; at++) {
        if (at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) { /* U+0080..9F steer some terminals, too */
            *to++ = '?';
            at++;
        } else {
            *to++ = *at == '\n' || *at == '\t' ? ' ' : *at < 0x20 || *at == 0x7F ? '?' : *at;
        }
    }
    *to = '\0';
    return copy;
}

static void say(const sp_admin_t *adm, const char *fmt, va_list args)
{
    sp_admin_progress_clear();
    fprintf(stderr, PROGRAM "%s\n", sp_admin_report_plain(adm->p, apr_pvsprintf(adm->p, fmt, args)));
}

int sp_admin_report_usage(const sp_admin_t *adm, const char *fmt, ...)
{
    const char *command = adm->command ? adm->command->name : NULL;
    va_list args;
    va_start(args, fmt);
    say(adm, fmt, args);
    va_end(args);
    fprintf(stderr, "try \"streampulse-admin %s%s--help\"\n", command ? command : "", command ? " " : "");
    return SP_ADMIN_USAGE;
}

int sp_admin_report_failure(const sp_admin_t *adm, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(adm, fmt, args);
    va_end(args);
    return SP_ADMIN_FAILED;
}

int sp_admin_report_error(const sp_admin_t *adm, const char *source, const sp_error_t *err)
{
    const char *message = err->message ? err->message : "failed for a reason that was not told";
    if (source && err->details)
        sp_admin_report_details(adm, source, err->details, err->details_total);
    if (err->log)
        return sp_admin_report_failure(adm, "%s: %s", message, err->log);
    return sp_admin_report_failure(adm, "%s", message);
}

void sp_admin_report_place(const sp_admin_t *adm, const char *source, apr_uint32_t line, apr_uint32_t column, const char *kind, const char *message)
{
    const char *where = line ? apr_psprintf(adm->p, ":%u", line) : "";
    if (line && column)
        where = apr_psprintf(adm->p, ":%u:%u", line, column);
    sp_admin_progress_clear();
    fprintf(stderr, "%s%s: %s%s%s\n", sp_admin_report_plain(adm->p, source), where, kind ? kind : "", kind ? ": " : "",
            sp_admin_report_plain(adm->p, message ? message : ""));
}

static void report_more(const char *source, const apr_array_header_t *kept, apr_uint64_t total, const char *what)
{
    apr_uint64_t rest = total > (apr_uint64_t)kept->nelts ? total - (apr_uint64_t)kept->nelts : 0;
    if (rest)
        fprintf(stderr, "%s: and %" APR_UINT64_T_FMT " more %s\n", source, rest, what);
}

void sp_admin_report_details(const sp_admin_t *adm, const char *source, const apr_array_header_t *details, apr_uint64_t total)
{
    for (int i = 0; i < details->nelts; i++) {
        const sp_error_detail_t *detail = &APR_ARRAY_IDX(details, i, sp_error_detail_t);
        sp_admin_report_place(adm, source, detail->line, detail->column, NULL, detail->message);
    }
    report_more(sp_admin_report_plain(adm->p, source), details, total, "problems");
}

void sp_admin_report_notes(const sp_admin_t *adm, const char *source, const char *kind, const apr_array_header_t *notes, apr_uint64_t total)
{
    if (!notes)
        return;
    for (int i = 0; i < notes->nelts; i++) {
        const sp_import_note_t *note = &APR_ARRAY_IDX(notes, i, sp_import_note_t);
        sp_admin_report_place(adm, source, note->line, note->column, kind, note->message);
    }
    report_more(sp_admin_report_plain(adm->p, source), notes, total, "of this kind");
}
