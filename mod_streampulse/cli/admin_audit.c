/* streampulse-admin audit: proves that the audit log is what was written, and tells where it ends. */
#include "admin.h"

#include <stdio.h>
#include <string.h>

#include "audit_verify.h"

static void show_progress(void *ctx, apr_int64_t done, apr_int64_t all)
{
    sp_admin_progress_show("following the chain", (apr_uint64_t)done, (apr_uint64_t)all, "entries");
}

static int report_verdict(sp_admin_t *adm, const sp_audit_verdict_t *verdict, int expected)
{
    char head[SP_AUDIT_MARK_SIZE];
    if (verdict->broken)
        return sp_admin_report_failure(adm, "the audit log is not what was written; the first entry that is wrong is %" APR_INT64_T_FMT ": %s", verdict->broken,
                                       verdict->what);
    printf("the audit log is what was written: %" APR_INT64_T_FMT " entr%s", verdict->entries, verdict->entries == 1 ? "y" : "ies");
    if (verdict->pruned)
        printf(", those up to %" APR_INT64_T_FMT " were pruned", verdict->pruned);
    printf("%s\nhead: %s\n", expected ? "; the expected one is among them" : "", sp_audit_chain_mark_text(head, &verdict->head));
    return SP_ADMIN_DONE;
}

static int verify(sp_admin_t *adm, sp_db_t *db)
{
    const char *expected = sp_admin_options_get(adm, "expect");
    sp_audit_verdict_t verdict;
    sp_audit_mark_t expect;
    sp_error_t err;
    if (expected && sp_audit_chain_parse_mark(expected, &expect) != APR_SUCCESS)
        return sp_admin_report_usage(adm, "--expect \"%s\" is no ID:HASH such as \"audit head\" prints", expected);
    sp_error_init(&err, adm->p);
    if (sp_audit_verify(db, adm->p, expected ? &expect : NULL, show_progress, NULL, &verdict, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    sp_admin_progress_clear();
    return report_verdict(adm, &verdict, expected != NULL);
}

static int tell_head(sp_admin_t *adm, sp_db_t *db)
{
    char text[SP_AUDIT_MARK_SIZE];
    sp_audit_mark_t head;
    sp_error_t err;
    sp_error_init(&err, adm->p);
    if (sp_admin_options_get(adm, "expect"))
        return sp_admin_report_usage(adm, "--expect goes with \"audit verify\" only");
    if (sp_audit_head(db, &head, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    puts(sp_audit_chain_mark_text(text, &head));
    return SP_ADMIN_DONE;
}

static int run(sp_admin_t *adm)
{
    const int is_verify = strcmp(adm->argument, "verify") == 0;
    sp_db_t *db;
    int code;
    if (!is_verify && strcmp(adm->argument, "head") != 0)
        return sp_admin_report_usage(adm, "\"%s\" is none of: verify, head", adm->argument);
    if ((code = sp_admin_db_open(adm, &db)) != SP_ADMIN_DONE)
        return code;
    return is_verify ? verify(adm, db) : tell_head(adm, db);
}

static const sp_admin_option_t options[] = {
    SP_ADMIN_OPTION_DB, {"expect", 0, 0, "ID:HASH", "a head that was noted elsewhere, which must still be in the log (with verify)"}, {NULL, 0, 0, NULL, NULL}};

const sp_admin_command_t sp_admin_audit = {"audit",
                                           "verify|head",
                                           "prove that the audit log is what was written",
                                           "verify follows the chain of hashes through the audit log, and tells the first entry that was\n"
                                           "changed, left out, moved or cut off; it changes nothing, and the server can go on meanwhile.\n"
                                           "head prints the newest entry as ID:HASH, to be noted on another machine; the error log has the\n"
                                           "same of each entry.\n\n"
                                           "Whoever may write the database can also write a new log that holds. That shows only with\n"
                                           "--expect and a head that they could not change.",
                                           options,
                                           run};
