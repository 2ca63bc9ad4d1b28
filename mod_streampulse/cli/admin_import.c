/* streampulse-admin import: takes a file in, as POST /api/upload does. */
#include "admin_import.h"

#include <stdio.h>
#include <string.h>

#include <apr_file_io.h>
#include <apr_strings.h>

#include "filename.h"
#include "import_words.h"
#include "ledger.h"
#include "migrate.h"

#define READ_BYTES (64 * 1024)

typedef struct {
    const char *source; /* as messages call it */
    const char *actor;
    sp_mode_e mode;
    sp_import_options_t import;
} import_job_t;

static int refuse_word(const sp_admin_t *adm, const char *name, const char *value, const char *known)
{
    return sp_admin_report_usage(adm, "--%s \"%s\" is none of: %s", name, value, known);
}

static int read_words(const sp_admin_t *adm, import_job_t *job)
{
    const char *layout = sp_admin_options_get(adm, "layout"), *encoding = sp_admin_options_get(adm, "encoding"), *mode = sp_admin_options_get(adm, "mode");
    const char *delimiter = sp_admin_options_get(adm, "delimiter"), *on_error = sp_admin_options_get(adm, "on-error");
    if (layout && sp_import_layout_by_name(layout, &job->import.layout) != APR_SUCCESS)
        return refuse_word(adm, "layout", layout, SP_IMPORT_WORDS_LAYOUTS);
    if (encoding && sp_decode_encoding_by_name(encoding, &job->import.encoding) != APR_SUCCESS)
        return refuse_word(adm, "encoding", encoding, SP_IMPORT_WORDS_ENCODINGS);
    if (mode && sp_ledger_mode_by_name(mode, &job->mode) != APR_SUCCESS)
        return refuse_word(adm, "mode", mode, "merge, replace or replace_all");
    if (delimiter && sp_import_words_delimiter(delimiter, &job->import.delimiter) != APR_SUCCESS)
        return refuse_word(adm, "delimiter", delimiter, SP_IMPORT_WORDS_DELIMITERS);
    if (on_error && sp_import_words_on_error(on_error, &job->import.skip_bad) != APR_SUCCESS)
        return refuse_word(adm, "on-error", on_error, SP_IMPORT_WORDS_ON_ERROR);
    return SP_ADMIN_DONE;
}

static int read_dates(const sp_admin_t *adm, import_job_t *job)
{
    const char *order = sp_admin_options_get(adm, "date-order"), *year = sp_admin_options_get(adm, "event-year");
    if (order && sp_import_words_date_order(order, &job->import.date_order) != APR_SUCCESS)
        return refuse_word(adm, "date-order", order, SP_IMPORT_WORDS_DATE_ORDERS);
    if (year && sp_import_words_event_year(year, &job->import.event_year) != APR_SUCCESS)
        return sp_admin_report_usage(adm, "--event-year \"%s\" is not a year from %d to %d", year, SP_YEAR_MIN, SP_YEAR_MAX);
    return SP_ADMIN_DONE;
}

static int read_job(const sp_admin_t *adm, import_job_t *job)
{
    int code;
    memset(job, 0, sizeof(*job));
    job->import.limits = sp_import_default_limits;
    job->source = strcmp(adm->argument, "-") == 0 ? "standard input" : adm->argument;
    if ((code = read_words(adm, job)) != SP_ADMIN_DONE || (code = read_dates(adm, job)) != SP_ADMIN_DONE)
        return code;
    if (job->import.skip_bad && !sp_ledger_mode_may_skip(job->mode))
        return sp_admin_report_usage(adm, "--on-error skip goes with --mode merge only: with %s a skipped cell would be removed",
                                     sp_ledger_mode_name(job->mode));
    return sp_admin_actor_read(adm, &job->actor);
}

static apr_status_t open_source(const sp_admin_t *adm, apr_file_t **file)
{
    if (strcmp(adm->argument, "-") == 0)
        return apr_file_open_stdin(file, adm->p);
    return apr_file_open(file, adm->argument, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, adm->p);
}

static apr_uint64_t size_of(apr_file_t *file)
{
    apr_finfo_t info;
    if (apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, file) != APR_SUCCESS || info.filetype != APR_REG)
        return 0;
    return (apr_uint64_t)info.size;
}

static int could_not_read(const sp_admin_t *adm, const import_job_t *job, apr_status_t rv)
{
    char reason[120];
    return sp_admin_report_failure(adm, "could not read \"%s\": %s", job->source, apr_strerror(rv, reason, sizeof(reason)));
}

/* The layouts that the file decides by itself ask for help in the words of the API; the command line has its own. */
static int refuse_file(const sp_admin_t *adm, const import_job_t *job, const sp_error_t *err)
{
    int code = sp_admin_report_error(adm, job->source, err);
    if (err->code == SP_E_CSV_DATE_ORDER)
        fputs("say which with --date-order mdy or --date-order dmy\n", stderr);
    return code;
}

static int read_file(const sp_admin_t *adm, const import_job_t *job, sp_import_t *import)
{
    char *buffer = apr_palloc(adm->p, READ_BYTES);
    apr_uint64_t done = 0;
    apr_file_t *file;
    sp_error_t err;
    apr_status_t rv = open_source(adm, &file);
    if (rv != APR_SUCCESS)
        return could_not_read(adm, job, rv);
    apr_uint64_t all = size_of(file);
    sp_error_init(&err, adm->p);
    for (;;) {
        apr_size_t len = READ_BYTES;
        rv = apr_file_read(file, buffer, &len);
        if (APR_STATUS_IS_EOF(rv))
            break;
        if (rv != APR_SUCCESS)
            return could_not_read(adm, job, rv);
        if (sp_import_feed(import, buffer, len, &err) != APR_SUCCESS)
            return refuse_file(adm, job, &err);
        done += len;
        sp_admin_progress_show("reading", done, all, "bytes");
    }
    apr_file_close(file);
    sp_admin_progress_clear();
    return SP_ADMIN_DONE;
}

static void report_counts(apr_int64_t added, apr_int64_t changed, apr_int64_t cleared, apr_int64_t unchanged, const char *what, const char *name)
{
    printf("%10" APR_INT64_T_FMT " %9" APR_INT64_T_FMT " %9" APR_INT64_T_FMT " %10" APR_INT64_T_FMT "  %s%s\n", added, changed, cleared, unchanged, what, name);
}

void sp_admin_import_report(const sp_admin_t *adm, const sp_entry_t *entry, const apr_array_header_t *touched)
{
    printf("%10s %9s %9s %10s\n", "added", "changed", "cleared", "unchanged");
    for (int i = 0; i < touched->nelts; i++) {
        const sp_ledger_touched_t *t = &APR_ARRAY_IDX(touched, i, sp_ledger_touched_t);
        report_counts(t->added, t->changed, t->cleared, t->unchanged, t->is_event ? "event: " : "", sp_admin_report_plain(adm->p, t->name));
    }
    report_counts(entry->added, entry->changed, entry->cleared, entry->unchanged, "in all", "");
    if (entry->id)
        printf("stored as entry %" APR_INT64_T_FMT " of the ledger, mode %s\n", entry->id, sp_ledger_mode_name(entry->mode));
    else
        puts("nothing to change: the database says all of this already");
}

static void report_commit(const sp_admin_t *adm, const import_job_t *job, const sp_import_result_t *result, const sp_entry_t *entry,
                          const apr_array_header_t *touched)
{
    printf("%s: layout %s, %s, %u rows, %" APR_UINT64_T_FMT " numbers\n", sp_admin_report_plain(adm->p, job->source), sp_import_layout_name(result->layout),
           sp_decode_encoding_name(result->encoding), result->rows, result->cells);
    sp_admin_import_report(adm, entry, touched);
}

/* What only the database's names show. */
static void report_doubles(const sp_admin_t *adm, const import_job_t *job, const sp_said_doubles_t *doubles)
{
    for (int i = 0; doubles->same && i < doubles->same->nelts; i++) {
        const sp_error_detail_t *detail = &APR_ARRAY_IDX(doubles->same, i, sp_error_detail_t);
        sp_admin_report_place(adm, job->source, detail->line, detail->column, "warning", detail->message);
    }
    if (doubles->left_out) {
        fprintf(stderr, "left out, as --on-error skip says:\n");
        sp_admin_report_details(adm, job->source, doubles->left_out, doubles->left_out_total);
    }
}

static int commit(const sp_admin_t *adm, const import_job_t *job, sp_db_t *db, const sp_import_result_t *result)
{
    const char *filename = strcmp(adm->argument, "-") == 0 ? NULL : sp_filename_clean(adm->p, adm->argument);
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .mode = job->mode, .filename = filename, .sha256 = result->sha256, .actor = job->actor};
    apr_array_header_t *touched;
    sp_error_t err;
    sp_error_init(&err, adm->p);
    sp_admin_progress_show("storing", result->cells, 0, "numbers");
    if (sp_ledger_commit(db, adm->p, result->said, &entry, NULL, &touched, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, job->source, &err);
    sp_admin_progress_clear();
    report_doubles(adm, job, &result->said->doubles);
    report_commit(adm, job, result, &entry, touched);
    return SP_ADMIN_DONE;
}

static int finish(const sp_admin_t *adm, const import_job_t *job, sp_import_t *import, sp_import_result_t **result)
{
    sp_error_t err;
    sp_error_init(&err, adm->p);
    *result = NULL;
    apr_status_t rv = sp_import_finish(import, result, &err);
    if (*result) {
        sp_admin_report_notes(adm, job->source, "warning", (*result)->warnings, (*result)->warnings_total);
        sp_admin_report_notes(adm, job->source, "assumed", (*result)->assumed, (*result)->assumed_total);
    }
    if (rv != APR_SUCCESS || !*result)
        return refuse_file(adm, job, &err);
    if ((*result)->problems_total)
        fprintf(stderr, "left out, as --on-error skip says:\n");
    sp_admin_report_details(adm, job->source, (*result)->problems, (*result)->problems_total);
    return SP_ADMIN_DONE;
}

static int run(sp_admin_t *adm)
{
    import_job_t job;
    sp_import_result_t *result;
    sp_db_t *db;
    sp_error_t err;
    const char *params = sp_admin_options_db(adm);
    if (!params)
        return SP_ADMIN_USAGE;
    int code = read_job(adm, &job);
    if (code != SP_ADMIN_DONE)
        return code;
    if (sp_admin_options_get(adm, "from-legacy"))
        return sp_admin_import_legacy(adm, &job.import, job.mode, job.actor);
    sp_import_t *import = sp_import_create(adm->p, &job.import);
    if ((code = read_file(adm, &job, import)) != SP_ADMIN_DONE || (code = finish(adm, &job, import, &result)) != SP_ADMIN_DONE)
        return code;
    sp_error_init(&err, adm->p);
    if (sp_migrate_run(adm->p, SP_ADMIN_DB_DRIVER, params, NULL, NULL, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    if ((code = sp_admin_db_open(adm, &db)) != SP_ADMIN_DONE)
        return code;
    sp_admin_actor_set(adm, db, job.actor);
    return commit(adm, &job, db, result);
}

static const sp_admin_option_t options[] = {SP_ADMIN_OPTION_DB,
                                            {"mode", 0, 0, "MODE", "merge (default), replace or replace_all"},
                                            {"on-error", 0, 0, "WHAT", "abort (default): take nothing; skip: take what is good (with merge only)"},
                                            {"layout", 0, 0, "LAYOUT", "sheet, tidy, wide, events or export (default: auto)"},
                                            {"delimiter", 0, 0, "D", "\",\", \";\", \"|\" or tab (default: found out)"},
                                            {"encoding", 0, 0, "NAME", "utf-8, utf-16le, utf-16be or windows-1252 (default: auto)"},
                                            {"date-order", 0, 0, "ORDER", "mdy or dmy (default: auto)"},
                                            {"event-year", 0, 0, "YEAR", "the year of days that have none (default: found out)"},
                                            {"from-legacy", 0, 0, NULL, "FILE is the SQLite database of the program that StreamPulse replaces"},
                                            SP_ADMIN_OPTION_ACTOR,
                                            {NULL, 0, 0, NULL, NULL}};

const sp_admin_command_t sp_admin_import = {"import",
                                            "FILE|-",
                                            "take a file of numbers in",
                                            "Reads FILE (\"-\": standard input) as POST /api/upload does, under the same limits as the\n"
                                            "server's defaults, and stores all of it in one transaction, or nothing. Problems are\n"
                                            "listed one a line as FILE:LINE:COLUMN: message. The database is created, or brought to\n"
                                            "this version's schema, when it needs that. Run it as the user of the web server.\n\n"
                                            "merge        adds and changes; what the file does not mention stays\n"
                                            "replace      the file is the truth for the services and events that it names\n"
                                            "replace_all  the file is the truth for everything\n\n"
                                            "With --from-legacy, FILE is the predecessor's SQLite file. It is only read, and nothing of it is\n"
                                            "imported unless the totals that it has itself are those of its numbers, row by row and for\n"
                                            "each service and event. Problems are listed as FILE:ID: message, with the row's id.",
                                            options,
                                            run};
