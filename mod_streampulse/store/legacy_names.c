/* The predecessor's names of services and platforms. */
#include "legacy_reader.h"

#include <string.h>

#include <apr_strings.h>
#include <jansson.h>

const char *sp_legacy_names_clean(sp_legacy_reader_t *r, const char *text, const char *kind, const char *table, apr_int64_t row)
{
    const char *clean, *why;

    if (sp_name_clean(r->p, text, strlen(text), &clean, &why) == APR_SUCCESS)
        return clean;
    sp_legacy_report_problem(r, SP_E_CSV_BAD_NAME, table, row, "the %s \"%s\" has no name that can be kept: it %s", kind,
                             sp_error_found(r->p, text, strlen(text)), why);
    return NULL;
}

apr_status_t sp_legacy_names_too_many(sp_legacy_reader_t *r, const char *kinds)
{
    return sp_error_set(r->err, SP_E_TOO_MANY_NAMES, APR_EINVAL, "the file names more than %d %s", SP_KEY_ID_MAX, kinds);
}

apr_status_t sp_legacy_names_platform(sp_legacy_reader_t *r, const char *text, const char *table, apr_int64_t row, int *id)
{
    const char *known = sp_legacy_form_platform(text);
    const char *name = known ? known : sp_legacy_names_clean(r, text, "platform", table, row);

    *id = 0;
    if (!name)
        return APR_SUCCESS;
    *id = sp_said_platform(r->out->said, name, SP_KEY_ID_MAX);
    return *id ? APR_SUCCESS : sp_legacy_names_too_many(r, "platforms");
}

/* ---- config ---- */

static const json_t *first_of(const json_t *object, const char *const *keys)
{
    const json_t *value = NULL;

    for (; !value && *keys; keys++)
        value = json_object_get(object, *keys);
    return value;
}

/* A text, or a number as a text; NULL for anything else. */
static const char *text_of(apr_pool_t *p, const json_t *value)
{
    if (json_is_integer(value))
        return apr_psprintf(p, "%" APR_INT64_T_FMT, (apr_int64_t)json_integer_value(value));
    return json_is_string(value) ? apr_pstrdup(p, json_string_value(value)) : NULL;
}

static void add_service(sp_legacy_reader_t *r, const char *id, const json_t *about, int *colors)
{
    static const char *const name_keys[] = {"name", "label", "title", "display_name", "displayName", NULL};
    static const char *const color_keys[] = {"color", "colour", NULL};
    const char *name = text_of(r->p, json_is_object(about) ? first_of(about, name_keys) : about);

    if (!id)
        id = name;
    if (id && name)
        apr_hash_set(r->service_names, id, APR_HASH_KEY_STRING, name);
    *colors += first_of(about, color_keys) != NULL;
}

static void add_services(sp_legacy_reader_t *r, json_t *services)
{
    static const char *const id_keys[] = {"id", "key", "slug", "service", NULL};
    const char *key;
    json_t *about;
    size_t i;
    int colors = 0;

    json_object_foreach(services, key, about) add_service(r, apr_pstrdup(r->p, key), about, &colors);
    json_array_foreach(services, i, about) add_service(r, text_of(r->p, first_of(about, id_keys)), about, &colors);
    if (colors)
        sp_legacy_report_note(r, "not_carried_over", 0, "the colours of %d services are not carried over", colors);
}

static apr_status_t read_services(sp_legacy_reader_t *r, const char *text)
{
    json_error_t where;
    json_auto_t *services = json_loads(text, JSON_REJECT_DUPLICATES, &where);

    if (!json_is_object(services) && !json_is_array(services))
        return sp_error_set(r->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL,
                            "the file's config \"services\" is not the predecessor's: a JSON object or array is expected%s%s", services ? "" : ", but ",
                            services ? "" : where.text);
    add_services(r, services);
    return APR_SUCCESS;
}

apr_status_t sp_legacy_names_load(sp_legacy_reader_t *r)
{
    const char *text = NULL;
    sqlite3_stmt *st = NULL;
    int has, bad = 0;
    apr_status_t rv = sp_legacy_form_has_table(r, "config", &has);

    r->service_names = apr_hash_make(r->p);
    if (rv != APR_SUCCESS || !has)
        return rv;
    if (sqlite3_prepare_v2(r->db, "SELECT value FROM config WHERE key = 'services'", -1, &st, NULL) != SQLITE_OK)
        return sp_error_set(r->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL, "the file's table config is not the predecessor's: it lacks the columns key and value");
    if (sqlite3_step(st) == SQLITE_ROW)
        text = sp_legacy_value_text(st, 0, r->p, &bad);
    if (sqlite3_finalize(st) != SQLITE_OK)
        return sp_legacy_file_fail(r->db, "reading config", r->err);
    if (bad)
        return sp_error_set(r->err, SP_E_LAYOUT_UNKNOWN, APR_EINVAL, "the file's config \"services\" is not UTF-8 text");
    return text ? read_services(r, text) : APR_SUCCESS;
}
