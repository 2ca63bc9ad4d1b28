/* streampulse-admin check: is the file whole, and do the numbers follow from the ledger? */
#include "admin.h"

#include <stdio.h>

#include "ledger.h"

static void show_progress(void *ctx, apr_int64_t done, apr_int64_t all)
{
    sp_admin_progress_show("replaying the ledger", (apr_uint64_t)done, (apr_uint64_t)all, "series");
}

static int report_differences(sp_admin_t *adm, const apr_array_header_t *differences, apr_int64_t total)
{
    for (int i = 0; i < differences->nelts; i++)
        printf("%s\n", sp_admin_report_plain(adm->p, APR_ARRAY_IDX(differences, i, const char *)));
    if (total > differences->nelts)
        printf("and %" APR_INT64_T_FMT " more\n", total - differences->nelts);
    fflush(stdout);
    return sp_admin_report_failure(adm, "the numbers differ from the ledger in %" APR_INT64_T_FMT " place%s", total, total == 1 ? "" : "s");
}

static int run(sp_admin_t *adm)
{
    sp_db_t *db;
    apr_array_header_t *differences;
    apr_int64_t total = 0;
    sp_error_t err;
    int code = sp_admin_db_open(adm, &db);
    if (code != SP_ADMIN_DONE)
        return code;
    sp_error_init(&err, adm->p);
    if (sp_db_integrity(db, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    if (sp_ledger_check(db, adm->p, show_progress, NULL, &differences, &total, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    sp_admin_progress_clear();
    if (total)
        return report_differences(adm, differences, total);
    printf("%s: the file is whole, and the numbers are what the ledger says\n", sp_admin_report_plain(adm->p, sp_admin_options_db(adm)));
    return SP_ADMIN_DONE;
}

static const sp_admin_option_t options[] = {SP_ADMIN_OPTION_DB, {NULL, 0, 0, NULL, NULL}};

const sp_admin_command_t sp_admin_check = {"check",
                                           NULL,
                                           "check the file, and the numbers against the ledger",
                                           "Runs the database's own check of its file, then replays the whole ledger and compares\n"
                                           "the result with the stored numbers. Every difference is printed, and changes nothing.\n"
                                           "The server can go on meanwhile.",
                                           options,
                                           run};
