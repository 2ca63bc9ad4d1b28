/* streampulse-admin export: the bytes of GET /api/export. */
#include "admin.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <apr_strings.h>

#include "series.h"

typedef struct {
    sp_out_t *out;
    sp_export_format_e format;
} row_sink_t;

static int read_day(const sp_admin_t *adm, const char *name, sp_day_t *day)
{
    const char *value = sp_admin_options_get(adm, name);
    *day = SP_DAY_NONE;
    if (!value)
        return SP_ADMIN_DONE;
    *day = sp_calendar_parse_iso(value, strlen(value));
    if (*day == SP_DAY_NONE)
        return sp_admin_report_usage(adm, "--%s \"%s\" is not a date such as 2025-01-31", name, value);
    return SP_ADMIN_DONE;
}

typedef apr_status_t (*find_fn)(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err);

static apr_status_t find_idents(const sp_admin_t *adm, sp_db_t *db, const char *option, find_fn find, apr_array_header_t **ids, sp_error_t *err)
{
    const apr_array_header_t *given = apr_table_elts(adm->options);
    *ids = NULL;
    for (int i = 0; i < given->nelts; i++) {
        const apr_table_entry_t *entry = &APR_ARRAY_IDX(given, i, apr_table_entry_t);
        sp_ident_t ident;
        if (strcmp(entry->key, option) != 0)
            continue;
        apr_status_t rv = find(db, adm->p, entry->val, &ident, err);
        if (rv != APR_SUCCESS)
            return rv;
        if (!*ids)
            *ids = apr_array_make(adm->p, 4, sizeof(int));
        APR_ARRAY_PUSH(*ids, int) = ident.id;
    }
    return APR_SUCCESS;
}

static apr_status_t write_row(void *ctx, const sp_series_row_t *row)
{
    const row_sink_t *sink = ctx;
    sp_export_row_write(sink->out, sink->format, row);
    return APR_SUCCESS;
}

static apr_status_t render(const sp_admin_t *adm, sp_db_t *db, sp_filter_t *filter, row_sink_t *sink, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_read(db, err);
    if (rv == APR_SUCCESS)
        rv = find_idents(adm, db, "service", sp_series_find_service, &filter->services, err);
    if (rv == APR_SUCCESS)
        rv = find_idents(adm, db, "platform", sp_series_find_platform, &filter->platforms, err);
    sp_export_row_header(sink->out, sink->format);
    if (rv == APR_SUCCESS)
        rv = sp_series_export(db, adm->p, filter, write_row, sink, err);
    sp_db_rollback(db);
    if (rv == APR_SUCCESS)
        rv = sp_out_finish(sink->out, err);
    return rv;
}

static apr_status_t copy_out(sp_out_t *out, apr_file_t *to, apr_pool_t *p)
{
    const char *data;
    char *buffer = apr_palloc(p, 64 * 1024);
    apr_file_t *from = sp_out_content(out, &data);
    if (!from)
        return apr_file_write_full(to, data, (apr_size_t)sp_out_size(out), NULL);
    for (;;) {
        apr_size_t len = 64 * 1024;
        apr_status_t rv = apr_file_read(from, buffer, &len);
        if (APR_STATUS_IS_EOF(rv))
            return APR_SUCCESS;
        if (rv == APR_SUCCESS)
            rv = apr_file_write_full(to, buffer, len, NULL);
        if (rv != APR_SUCCESS)
            return rv;
    }
}

/* Under a temporary name first: who reads FILE sees the old one or the whole new one. */
static apr_status_t write_file(sp_out_t *out, const char *path, apr_pool_t *p)
{
    char *temporary = apr_pstrcat(p, path, ".XXXXXX", NULL);
    apr_file_t *file;
    apr_status_t rv = apr_file_mktemp(&file, temporary, APR_FOPEN_CREATE | APR_FOPEN_EXCL | APR_FOPEN_WRITE | APR_FOPEN_BINARY, p);
    if (rv != APR_SUCCESS)
        return rv;
    rv = copy_out(out, file, p);
    if (rv == APR_SUCCESS)
        rv = apr_file_sync(file);
    if (rv == APR_SUCCESS)
        rv = apr_file_perms_set(temporary, APR_FPROT_UREAD | APR_FPROT_UWRITE | APR_FPROT_GREAD);
    if (apr_file_close(file) != APR_SUCCESS && rv == APR_SUCCESS)
        rv = APR_EGENERAL;
    if (rv == APR_SUCCESS)
        rv = apr_file_rename(temporary, path, p);
    if (rv != APR_SUCCESS)
        apr_file_remove(temporary, p);
    return rv;
}

static int deliver(const sp_admin_t *adm, sp_out_t *out)
{
    const char *path = sp_admin_options_get(adm, "output");
    char reason[120];
    apr_file_t *to;
    apr_status_t rv;
    if (path && strcmp(path, "-") != 0) {
        rv = write_file(out, path, adm->p);
    } else {
        path = "standard output";
        rv = apr_file_open_stdout(&to, adm->p);
        if (rv == APR_SUCCESS)
            rv = copy_out(out, to, adm->p);
    }
    if (rv != APR_SUCCESS)
        return sp_admin_report_failure(adm, "could not write \"%s\": %s", path, apr_strerror(rv, reason, sizeof(reason)));
    return SP_ADMIN_DONE;
}

static int run(sp_admin_t *adm)
{
    row_sink_t sink = {sp_out_create(adm->p, NULL), SP_EXPORT_CSV};
    const char *format = sp_admin_options_get(adm, "format");
    sp_filter_t filter = {0};
    sp_db_t *db;
    sp_error_t err;
    int code;
    if (format && sp_export_row_format_by_name(format, &sink.format) != APR_SUCCESS)
        return sp_admin_report_usage(adm, "--format \"%s\" is none of: csv, ndjson", format);
    if ((code = read_day(adm, "from", &filter.from)) != SP_ADMIN_DONE || (code = read_day(adm, "to", &filter.to)) != SP_ADMIN_DONE)
        return code;
    if (filter.to != SP_DAY_NONE && filter.from > filter.to)
        return sp_admin_report_usage(adm, "--from must not be after --to");
    if ((code = sp_admin_db_open(adm, &db)) != SP_ADMIN_DONE)
        return code;
    sp_error_init(&err, adm->p);
    if (render(adm, db, &filter, &sink, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    return deliver(adm, sink.out);
}

static const sp_admin_option_t options[] = {SP_ADMIN_OPTION_DB,
                                            {"format", 0, 0, "FORMAT", "csv (default) or ndjson"},
                                            {"from", 0, 0, "DATE", "weeks that start, and event days, on that day or later"},
                                            {"to", 0, 0, "DATE", "... on that day or earlier"},
                                            {"service", 0, 1, "NAME", "that service only, by name or id; may be repeated"},
                                            {"platform", 0, 1, "NAME", "that platform only, by name or id; may be repeated"},
                                            {"output", 'o', 0, "FILE", "write there, at once and whole (default: standard output)"},
                                            {NULL, 0, 0, NULL, NULL}};

const sp_admin_command_t sp_admin_export = {"export",
                                            NULL,
                                            "write all numbers out, as GET /api/export does",
                                            "Writes every number, weekly ones and events, as GET /api/export does. Without filters the\n"
                                            "CSV form, imported into an empty database, gives the same numbers again.",
                                            options,
                                            run};
