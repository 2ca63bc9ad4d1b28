/* Recognises the predecessor's tables by their columns. */
#include "legacy_reader.h"

#include <string.h>
#include <strings.h>

#include <apr_strings.h>

typedef struct {
    const char *id, *name;
} platform_t;

static const platform_t platforms[SP_LEGACY_PLATFORMS] = {
    {"youtube", "YouTube"}, {"facebook", "Facebook"},       {"x", "X"},       {"instagram", "Instagram"}, {"telegram", "Telegram"}, {"emerge", "Emerge"},
    {"boxcast", "BoxCast"}, {"pt_youtube", "PT's YouTube"}, {"zoom", "Zoom"},
};

static int find_platform(const char *id)
{
    int i;

    for (i = 0; i < SP_LEGACY_PLATFORMS; i++)
        if (strcasecmp(platforms[i].id, id) == 0)
            return i;
    return -1;
}

const char *sp_legacy_form_platform(const char *id)
{
    int i = find_platform(id);

    return i < 0 ? NULL : platforms[i].name;
}

const char *sp_legacy_form_platform_at(int index)
{
    return platforms[index].name;
}

/* *place of a column with that role; NULL: none has it. */
static int *place_of(sp_legacy_form_t *form, const char *column, const char *owner)
{
    int platform = find_platform(column);

    if (platform >= 0)
        return &form->platform[platform];
    if (strcasecmp(column, "id") == 0)
        return &form->id;
    if (strcasecmp(column, owner) == 0)
        return &form->owner;
    if (strcasecmp(column, "date") == 0)
        return &form->date;
    if (strcasecmp(column, "total") == 0)
        return &form->total;
    return strcasecmp(column, "platforms") == 0 ? &form->platforms : NULL;
}

static apr_status_t refuse(sp_legacy_reader_t *r, const char *table, const char *what)
{
    return sp_error_set(r->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL,
                        "the file's table %s is not the predecessor's: %s; known are (id, service or event_id, date, month, total) with either one column for "
                        "each of youtube, facebook, x, instagram, telegram, emerge, boxcast, pt_youtube, zoom, or one named platforms",
                        table, what);
}

static const char *append(apr_pool_t *p, const char *list, const char *name)
{
    return apr_pstrcat(p, list ? list : "", list ? ", " : "", "\"", name, "\"", NULL);
}

static const char *list_unknown(sp_legacy_reader_t *r, sqlite3_stmt *st, const char *owner, sp_legacy_form_t *form)
{
    const char *unknown = NULL;
    int i;

    for (i = 0; i < sqlite3_column_count(st); i++) {
        const char *column = sqlite3_column_name(st, i);
        int *place = column ? place_of(form, column, owner) : NULL;

        if (place)
            *place = i;
        else if (!column || strcasecmp(column, "month") != 0)
            unknown = append(r->p, unknown, sp_error_found(r->p, column ? column : "", column ? strlen(column) : 0));
    }
    return unknown;
}

static const char *list_missing(apr_pool_t *p, const sp_legacy_form_t *form, const char *owner)
{
    const char *missing = NULL;

    missing = form->id < 0 ? append(p, missing, "id") : missing;
    missing = form->owner < 0 ? append(p, missing, owner) : missing;
    missing = form->date < 0 ? append(p, missing, "date") : missing;
    return form->total < 0 ? append(p, missing, "total") : missing;
}

apr_status_t sp_legacy_form_read(sp_legacy_reader_t *r, sqlite3_stmt *st, const char *table, const char *owner, sp_legacy_form_t *form)
{
    const char *list;
    int i, columns = 0;

    memset(form, 0xff, sizeof(*form)); /* every index -1 */
    if ((list = list_unknown(r, st, owner, form)) != NULL)
        return refuse(r, table, apr_pstrcat(r->p, "it has columns that are not known: ", list, NULL));
    if ((list = list_missing(r->p, form, owner)) != NULL)
        return refuse(r, table, apr_pstrcat(r->p, "it lacks the columns ", list, NULL));
    for (i = 0; i < SP_LEGACY_PLATFORMS; i++)
        columns += form->platform[i] >= 0;
    if (columns && form->platforms >= 0)
        return refuse(r, table, "it has columns of both forms, the older and the newer");
    if (!columns && form->platforms < 0)
        return refuse(r, table, "it has no column of a platform");
    return APR_SUCCESS;
}

static apr_status_t read_one(sp_legacy_reader_t *r, const char *sql, const char *bound, apr_int64_t *value)
{
    sqlite3_stmt *st = NULL;
    apr_status_t rv = APR_SUCCESS;

    *value = 0;
    if (sqlite3_prepare_v2(r->db, sql, -1, &st, NULL) != SQLITE_OK)
        return sp_legacy_file_fail(r->db, "reading its tables", r->err);
    if (bound)
        sqlite3_bind_text(st, 1, bound, -1, SQLITE_STATIC);
    switch (sqlite3_step(st)) {
    case SQLITE_ROW:
        *value = sqlite3_column_int64(st, 0);
        break;
    case SQLITE_DONE:
        break;
    default: /* not an enum: it failed */
        rv = sp_legacy_file_fail(r->db, "reading its tables", r->err);
    }
    sqlite3_finalize(st);
    return rv;
}

apr_status_t sp_legacy_form_has_table(sp_legacy_reader_t *r, const char *table, int *has)
{
    apr_int64_t count;
    apr_status_t rv = read_one(r, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND lower(name) = ?1", table, &count);

    *has = count > 0;
    return rv;
}

apr_status_t sp_legacy_form_require_tables(sp_legacy_reader_t *r)
{
    static const char *const tables[] = {"weekly_data", "special_events", "special_event_data"};
    const char *missing = NULL;
    apr_size_t i;

    for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        int has;
        apr_status_t rv = sp_legacy_form_has_table(r, tables[i], &has);

        if (rv != APR_SUCCESS)
            return rv;
        missing = has ? missing : append(r->p, missing, tables[i]);
    }
    if (!missing)
        return APR_SUCCESS;
    return sp_error_set(r->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL, "the file is not the predecessor's database: it lacks the tables %s", missing);
}

apr_status_t sp_legacy_form_count(sp_legacy_reader_t *r, const char *table, apr_int64_t *rows)
{
    int has;
    apr_status_t rv = sp_legacy_form_has_table(r, table, &has);

    *rows = 0;
    if (rv != APR_SUCCESS || !has)
        return rv;
    return read_one(r, apr_psprintf(r->p, "SELECT count(*) FROM %s", table), NULL, rows);
}
