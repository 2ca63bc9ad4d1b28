/* How an upload is to be read and stored: query parameters and form fields, in any order. */
#include "upload_options.h"

#include <string.h>

#include <apr_strings.h>

#include "filename.h"
#include "import_words.h"
#include "plan_input.h"
#include "upload_names.h"

typedef apr_status_t (*read_fn)(sp_req_t *q, const char *value, sp_upload_options_t *options);

static apr_status_t refuse(sp_req_t *q, const char *name, const char *expected)
{
    return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"%s\" must be %s", name, expected);
}

static apr_status_t read_mode(sp_req_t *q, const char *value, sp_upload_options_t *options)
{
    if (sp_ledger_mode_by_name(value, &options->mode) != APR_SUCCESS)
        return refuse(q, "mode", "merge, replace or replace_all");
    if (options->mode == SP_MODE_REPLACE_ALL && q->who.role < SP_ROLE_ADMIN)
        return sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES, "mode replace_all is for admins");
    return APR_SUCCESS;
}

static apr_status_t read_on_error(sp_req_t *q, const char *value, sp_upload_options_t *options)
{
    if (sp_import_words_on_error(value, &options->import.skip_bad) == APR_SUCCESS)
        return APR_SUCCESS;
    return refuse(q, "on_error", SP_IMPORT_WORDS_ON_ERROR);
}

static apr_status_t read_filename(sp_req_t *q, const char *value, sp_upload_options_t *options)
{
    options->filename = sp_filename_clean(q->p, value);
    return APR_SUCCESS;
}

static apr_status_t read_layout(sp_req_t *q, const char *value, sp_upload_options_t *options)
{
    if (sp_import_layout_by_name(value, &options->import.layout) == APR_SUCCESS)
        return APR_SUCCESS;
    return refuse(q, "layout", SP_IMPORT_WORDS_LAYOUTS);
}

static apr_status_t read_delimiter(sp_req_t *q, const char *value, sp_upload_options_t *options)
{
    if (sp_import_words_delimiter(value, &options->import.delimiter) == APR_SUCCESS)
        return APR_SUCCESS;
    return refuse(q, "delimiter", SP_IMPORT_WORDS_DELIMITERS);
}

static apr_status_t read_encoding(sp_req_t *q, const char *value, sp_upload_options_t *options)
{
    if (sp_decode_encoding_by_name(value, &options->import.encoding) == APR_SUCCESS)
        return APR_SUCCESS;
    return refuse(q, "encoding", SP_IMPORT_WORDS_ENCODINGS);
}

static apr_status_t read_date_order(sp_req_t *q, const char *value, sp_upload_options_t *options)
{
    if (sp_import_words_date_order(value, &options->import.date_order) == APR_SUCCESS)
        return APR_SUCCESS;
    return refuse(q, "date_order", SP_IMPORT_WORDS_DATE_ORDERS);
}

static apr_status_t read_event_year(sp_req_t *q, const char *value, sp_upload_options_t *options)
{
    if (sp_import_words_event_year(value, &options->import.event_year) == APR_SUCCESS)
        return APR_SUCCESS;
    return refuse(q, "event_year", apr_psprintf(q->p, "a year from %d to %d", SP_YEAR_MIN, SP_YEAR_MAX));
}

static const struct {
    const char *name;
    read_fn read;
} readers[] = {
    {"mode", read_mode},           {"on_error", read_on_error}, {"filename", read_filename},     {"layout", read_layout},
    {"delimiter", read_delimiter}, {"encoding", read_encoding}, {"date_order", read_date_order}, {"event_year", read_event_year},
};

static apr_status_t check_together(sp_req_t *q, const sp_upload_options_t *options)
{
    if (options->import.skip_bad && !sp_ledger_mode_may_skip(options->mode))
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "on_error=skip goes with mode=merge only: with %s a skipped cell would be removed",
                            sp_ledger_mode_name(options->mode));
    return APR_SUCCESS;
}

apr_status_t sp_upload_options_read(sp_req_t *q, const apr_table_t *given, sp_upload_options_t *options)
{
    apr_status_t rv;

    memset(options, 0, sizeof(*options));
    options->mode = SP_MODE_MERGE;
    options->import.spool_dir = q->sconf->spool_dir;
    options->import.limits = sp_config_import_limits(q->conf);
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        const char *value = apr_table_get(given, readers[i].name);
        rv = value ? readers[i].read(q, value, options) : APR_SUCCESS;
        if (rv != APR_SUCCESS)
            return rv;
    }
    rv = sp_plan_input_read(q, given, &options->plan);
    if (rv == APR_SUCCESS)
        rv = sp_upload_names_read(q, given, "map_service", SP_NAME_SERVICE, &options->import.map_services);
    if (rv == APR_SUCCESS)
        rv = sp_upload_names_read(q, given, "map_platform", SP_NAME_PLATFORM, &options->import.map_platforms);
    return rv == APR_SUCCESS ? check_together(q, options) : rv;
}

static int is_repeatable(const char *name)
{
    return strcmp(name, "map_service") == 0 || strcmp(name, "map_platform") == 0;
}

static int is_known(const char *name)
{
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
        if (strcmp(name, readers[i].name) == 0)
            return 1;
    return is_repeatable(name) || strcmp(name, "dry_run") == 0 || strcmp(name, "expect") == 0;
}

apr_status_t sp_upload_options_add(sp_req_t *q, apr_table_t *given, const char *name, const char *value)
{
    const char *before;

    if (!is_known(name))
        return sp_error_set(&q->err, SP_E_UNKNOWN_PARAMETER, APR_EINVAL,
                            "unknown form field \"%s\": known are file, csv, mode, on_error, filename, layout, delimiter, encoding, date_order, event_year, "
                            "map_service, map_platform, dry_run and expect",
                            sp_error_found(q->p, name, strlen(name)));
    if (is_repeatable(name)) {
        apr_table_add(given, name, value);
        return APR_SUCCESS;
    }
    before = apr_table_get(given, name);
    if (before && strcmp(before, value) != 0)
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"%s\" is given twice with different values", name);
    apr_table_set(given, name, value);
    return APR_SUCCESS;
}
