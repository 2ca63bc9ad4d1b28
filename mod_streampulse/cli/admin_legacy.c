/* streampulse-admin import --from-legacy: takes the predecessor's database in. */
#include "admin_import.h"

#include <stdio.h>
#include <string.h>

#include "filename.h"
#include "legacy.h"
#include "migrate.h"

static int check_options(const sp_admin_t *adm)
{
    static const char *const others[] = {"layout", "encoding", "delimiter", "on-error"};
    if (strcmp(adm->argument, "-") == 0)
        return sp_admin_report_usage(adm, "--from-legacy wants a file: a database cannot be read from standard input");
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (sp_admin_options_get(adm, others[i]))
            return sp_admin_report_usage(adm, "--%s does not go with --from-legacy", others[i]);
    }
    return SP_ADMIN_DONE;
}

static void show_progress(void *ctx, const char *table, apr_uint64_t rows)
{
    sp_admin_progress_show(table, rows, 0, "rows");
}

static int read_legacy(const sp_admin_t *adm, const sp_import_options_t *import, sp_legacy_t **legacy)
{
    const sp_legacy_options_t options = {
        .date_order = import->date_order, .event_year = import->event_year, .max_problems = import->limits.max_problems, .progress = show_progress};
    sp_error_t err;
    sp_error_init(&err, adm->p);
    apr_status_t rv = sp_legacy_read(legacy, adm->p, adm->argument, &options, &err);
    sp_admin_progress_clear();
    sp_admin_report_notes(adm, adm->argument, "note", (*legacy)->notes, (*legacy)->notes_total);
    sp_admin_report_notes(adm, adm->argument, "assumed", (*legacy)->assumed, (*legacy)->assumed_total);
    if (rv != APR_SUCCESS)
        return sp_admin_report_error(adm, adm->argument, &err);
    sp_admin_progress_show("comparing the totals", (*legacy)->cells, 0, "numbers");
    rv = sp_legacy_reconcile(*legacy, adm->p, NULL, &err);
    sp_admin_progress_clear();
    return rv == APR_SUCCESS ? SP_ADMIN_DONE : sp_admin_report_error(adm, adm->argument, &err);
}

static void report_sums(const sp_admin_t *adm, const sp_legacy_t *legacy, int events)
{
    sp_legacy_sum_t all = {.name = events ? "all events" : "all services"};
    for (int i = 0; i < legacy->sums->nelts; i++) {
        const sp_legacy_sum_t *sum = &APR_ARRAY_IDX(legacy->sums, i, sp_legacy_sum_t);
        if (sum->is_event != events)
            continue;
        printf("%10" APR_UINT64_T_FMT " %9" APR_UINT64_T_FMT " %20" APR_INT64_T_FMT "  %s%s\n", sum->rows, sum->numbers, sum->viewers, events ? "event: " : "",
               sp_admin_report_plain(adm->p, sum->name));
        all.rows += sum->rows;
        all.numbers += sum->numbers;
        all.viewers += sum->viewers;
    }
    printf("%10" APR_UINT64_T_FMT " %9" APR_UINT64_T_FMT " %20" APR_INT64_T_FMT "  %s\n", all.rows, all.numbers, all.viewers, all.name);
}

static void report_legacy(const sp_admin_t *adm, const sp_legacy_t *legacy)
{
    printf("%s: the predecessor's database, %s form, %" APR_UINT64_T_FMT " rows, %" APR_UINT64_T_FMT " numbers; its totals are those of its numbers\n",
           sp_admin_report_plain(adm->p, adm->argument), legacy->newer ? "newer" : "older", legacy->rows, legacy->cells);
    printf("%10s %9s %20s\n", "rows", "numbers", "viewers");
    report_sums(adm, legacy, 0);
    report_sums(adm, legacy, 1);
}

int sp_admin_import_legacy(const sp_admin_t *adm, const sp_import_options_t *import, sp_mode_e mode, const char *actor)
{
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .mode = mode, .filename = sp_filename_clean(adm->p, adm->argument), .actor = actor};
    apr_array_header_t *touched;
    sp_legacy_t *legacy;
    sp_db_t *db;
    sp_error_t err;
    int code = check_options(adm);
    if (code != SP_ADMIN_DONE || (code = read_legacy(adm, import, &legacy)) != SP_ADMIN_DONE)
        return code;
    sp_error_init(&err, adm->p);
    if (sp_migrate_run(adm->p, SP_ADMIN_DB_DRIVER, sp_admin_options_db(adm), NULL, NULL, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    if ((code = sp_admin_db_open(adm, &db)) != SP_ADMIN_DONE)
        return code;
    entry.sha256 = legacy->sha256;
    sp_admin_progress_show("storing", legacy->cells, 0, "numbers");
    sp_admin_actor_set(adm, db, actor);
    if (sp_ledger_commit(db, adm->p, legacy->said, &entry, NULL, &touched, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, adm->argument, &err);
    sp_admin_progress_clear();
    report_legacy(adm, legacy);
    sp_admin_import_report(adm, &entry, touched);
    return SP_ADMIN_DONE;
}
