/* Reads all rows of one of the predecessor's tables of numbers, in either form. */
#include "legacy_reader.h"

#include <apr_strings.h>
#include <jansson.h>

typedef struct {
    sp_legacy_reader_t *r;
    sp_legacy_rows_t *rows;
    sqlite3_stmt *st;
    sp_legacy_form_t form;
    apr_pool_t *scratch; /* cleared for each row */
    sp_legacy_row_t row;
    int broken; /* the row has a problem */
} reading_t;

static apr_status_t add_number(reading_t *g, int platform, int column, int place, apr_int64_t viewers)
{
    if (g->rows->numbers->nelts >= SP_LEGACY_MAX_NUMBERS)
        return sp_error_set(g->r->err, SP_E_TOO_MANY_ROWS, APR_EINVAL, "the file's table %s has more than %d numbers", g->rows->table, SP_LEGACY_MAX_NUMBERS);
    APR_ARRAY_PUSH(g->rows->numbers, sp_legacy_number_t) = (sp_legacy_number_t){platform, column, place, viewers};
    g->row.count++;
    return APR_SUCCESS;
}

static void report_count(reading_t *g, const char *of, const char *found)
{
    g->broken = 1;
    sp_legacy_report_problem(g->r, SP_E_CSV_BAD_COUNT, g->rows->table, g->row.id, "\"%s\" of \"%s\" is not a number of viewers; expected %s",
                             apr_pstrdup(g->r->p, found), of, sp_count_expected());
}

/* ---- the older form ---- */

static apr_status_t read_columns(reading_t *g)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    for (i = 0; rv == APR_SUCCESS && i < SP_LEGACY_PLATFORMS; i++) {
        const char *name = sp_legacy_form_platform_at(i), *found;
        apr_int64_t viewers;
        sp_count_e kind;
        int platform;

        if (g->form.platform[i] < 0)
            continue;
        kind = sp_legacy_value_count(g->st, g->form.platform[i], g->scratch, &viewers, &found);
        if (kind == SP_COUNT_BLANK)
            continue;
        if (kind != SP_COUNT_VALUE) {
            report_count(g, name, found);
            continue;
        }
        rv = sp_legacy_names_platform(g->r, name, g->rows->table, g->row.id, &platform);
        if (rv == APR_SUCCESS)
            rv = add_number(g, platform, i, g->form.platform[i] + 1, viewers);
    }
    return rv;
}

/* ---- the newer form ---- */

static sp_count_e json_count(reading_t *g, const json_t *value, apr_int64_t *viewers, const char **found)
{
    char *text;
    sp_count_e kind = SP_COUNT_TEXT;

    if (json_is_null(value))
        return SP_COUNT_BLANK;
    if (json_is_integer(value))
        kind = sp_legacy_value_integer(json_integer_value(value), viewers);
    else if (json_is_real(value))
        kind = sp_legacy_value_real(json_real_value(value), viewers);
    else if (json_is_string(value))
        kind = sp_count_parse(json_string_value(value), json_string_length(value), viewers);
    if (kind == SP_COUNT_VALUE || kind == SP_COUNT_BLANK)
        return kind;
    text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    *found = text ? sp_error_found(g->scratch, text, strlen(text)) : "";
    free(text);
    return kind;
}

static int has_platform(const reading_t *g, int platform)
{
    int i;

    for (i = 0; i < g->row.count; i++)
        if (APR_ARRAY_IDX(g->rows->numbers, g->row.first + i, sp_legacy_number_t).platform == platform)
            return 1;
    return 0;
}

static apr_status_t read_member(reading_t *g, const char *key, const json_t *value)
{
    const char *found = "";
    apr_int64_t viewers;
    sp_count_e kind = json_count(g, value, &viewers, &found);
    int platform;
    apr_status_t rv;

    if (kind == SP_COUNT_BLANK)
        return APR_SUCCESS;
    if (kind != SP_COUNT_VALUE) {
        report_count(g, sp_error_found(g->r->p, key, strlen(key)), found);
        return APR_SUCCESS;
    }
    rv = sp_legacy_names_platform(g->r, key, g->rows->table, g->row.id, &platform);
    if (rv != APR_SUCCESS)
        return rv;
    if (!platform) {
        g->broken = 1;
        return APR_SUCCESS;
    }
    if (has_platform(g, platform)) {
        g->broken = 1;
        sp_legacy_report_problem(g->r, SP_E_CSV_DUPLICATE, g->rows->table, g->row.id, "\"%s\" is there twice under two spellings",
                                 APR_ARRAY_IDX(g->r->out->said->platforms, platform - 1, sp_said_name_t).name);
        return APR_SUCCESS;
    }
    return add_number(g, platform, -1, g->form.platforms + 1, viewers);
}

static apr_status_t read_object(reading_t *g)
{
    json_error_t where;
    json_auto_t *object = NULL;
    const char *key, *text;
    json_t *value;
    int bad;

    text = sp_legacy_value_text(g->st, g->form.platforms, g->scratch, &bad);
    if (!text && !bad)
        return APR_SUCCESS;
    object = text ? json_loads(text, JSON_REJECT_DUPLICATES, &where) : NULL;
    if (!json_is_object(object)) {
        g->broken = 1;
        sp_legacy_report_problem(g->r, SP_E_BAD_JSON, g->rows->table, g->row.id, "\"platforms\" is not a JSON object of platforms and their viewers%s%s",
                                 text && !object ? ": " : "", text && !object ? where.text : "");
        return APR_SUCCESS;
    }
    json_object_foreach(object, key, value)
    {
        apr_status_t rv = read_member(g, key, value);

        if (rv != APR_SUCCESS)
            return rv;
    }
    return APR_SUCCESS;
}

/* ---- rows ---- */

static const char *read_text(reading_t *g, int column, const char *what)
{
    int bad;
    const char *text = sp_legacy_value_text(g->st, column, g->r->p, &bad);

    if (text && *text)
        return text;
    g->broken = 1;
    sp_legacy_report_problem(g->r, SP_E_CSV_MISSING_VALUE, g->rows->table, g->row.id, bad ? "\"%s\" is not UTF-8 text" : "\"%s\" is missing", what);
    return NULL;
}

static void read_total(reading_t *g)
{
    const char *found;
    sp_count_e kind = sp_legacy_value_count(g->st, g->form.total, g->scratch, &g->row.total, &found);

    if (kind == SP_COUNT_BLANK)
        g->row.total = SP_VIEWERS_NONE;
    else if (kind != SP_COUNT_VALUE)
        report_count(g, "total", found);
}

static apr_status_t read_row(reading_t *g, const char *owner)
{
    apr_status_t rv;

    apr_pool_clear(g->scratch);
    if (g->rows->rows->nelts >= SP_LEGACY_MAX_ROWS)
        return sp_error_set(g->r->err, SP_E_TOO_MANY_ROWS, APR_EINVAL, "the file's table %s has more than %d rows", g->rows->table, SP_LEGACY_MAX_ROWS);
    g->broken = 0;
    g->row = (sp_legacy_row_t){.id = sqlite3_column_int64(g->st, g->form.id), .first = g->rows->numbers->nelts};
    g->row.owner = read_text(g, g->form.owner, owner);
    g->row.date = read_text(g, g->form.date, "date");
    read_total(g);
    rv = g->form.platforms >= 0 ? read_object(g) : read_columns(g);
    if (rv != APR_SUCCESS)
        return rv;
    if (!g->broken)
        APR_ARRAY_PUSH(g->rows->rows, sp_legacy_row_t) = g->row;
    g->r->out->rows++;
    if (g->r->options->progress)
        g->r->options->progress(g->r->options->progress_ctx, g->rows->table, (apr_uint64_t)g->rows->rows->nelts);
    return APR_SUCCESS;
}

static apr_status_t read_rows(reading_t *g, const char *owner)
{
    apr_status_t rv = sp_legacy_form_read(g->r, g->st, g->rows->table, owner, &g->form);
    int rc = SQLITE_ROW;

    g->rows->newer = g->form.platforms >= 0;
    while (rv == APR_SUCCESS && (rc = sqlite3_step(g->st)) == SQLITE_ROW)
        rv = read_row(g, owner);
    if (rv == APR_SUCCESS && rc != SQLITE_DONE)
        rv = sp_legacy_file_fail(g->r->db, g->rows->table, g->r->err);
    return rv;
}

apr_status_t sp_legacy_rows_read(sp_legacy_reader_t *r, const char *table, const char *owner, sp_legacy_rows_t *rows)
{
    reading_t g = {.r = r, .rows = rows};
    apr_status_t rv;

    *rows = (sp_legacy_rows_t){.table = table};
    rows->rows = apr_array_make(r->p, 64, sizeof(sp_legacy_row_t));
    rows->numbers = apr_array_make(r->p, 256, sizeof(sp_legacy_number_t));
    if (sqlite3_prepare_v2(r->db, apr_psprintf(r->p, "SELECT * FROM %s ORDER BY rowid", table), -1, &g.st, NULL) != SQLITE_OK)
        return sp_legacy_file_fail(r->db, table, r->err);
    apr_pool_create(&g.scratch, r->p);
    rv = read_rows(&g, owner);
    apr_pool_destroy(g.scratch);
    sqlite3_finalize(g.st);
    return rv;
}
