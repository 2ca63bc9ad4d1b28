/* A JSON object as a client sends it, read strictly. */
#include "json_input.h"

#include <string.h>

#include "body.h"
#include "entry_input.h"
#include "name.h"

static void check_fields(sp_req_t *q, json_t *body, const char *const *fields)
{
    const char *key;
    json_t *value;

    json_object_foreach(body, key, value)
    {
        int known = 0;
        for (int i = 0; fields[i]; i++)
            known |= strcmp(key, fields[i]) == 0;
        if (!known)
            sp_entry_input_problem(q, sp_error_found(q->p, key, strlen(key)), "is no field of it");
    }
}

apr_status_t sp_json_input_parse(sp_req_t *q, json_t **body)
{
    json_error_t where;
    const char *text;
    apr_size_t len;
    apr_status_t rv;

    if (strcmp(sp_body_media_type(q), "application/json") != 0)
        return sp_error_set(&q->err, SP_E_UNSUPPORTED_MEDIA_TYPE, APR_EINVAL, "the body must be sent as application/json");
    rv = sp_body_text(q, q->conf->json_max_bytes, &text, &len);
    if (rv != APR_SUCCESS)
        return rv;
    *body = json_loadb(text, len, JSON_REJECT_DUPLICATES, &where);
    if (!*body)
        return sp_error_set(&q->err, SP_E_BAD_JSON, APR_EINVAL, "the body is not valid JSON: line %d, column %d: %s", where.line, where.column, where.text);
    return APR_SUCCESS;
}

apr_status_t sp_json_input_read(sp_req_t *q, const char *const *fields, json_t **body)
{
    apr_status_t rv = sp_json_input_parse(q, body);

    if (rv != APR_SUCCESS)
        return rv;
    if (!json_is_object(*body))
        return sp_error_set(&q->err, SP_E_BAD_JSON, APR_EINVAL, "the body must be an object");
    check_fields(q, *body, fields);
    return APR_SUCCESS;
}

apr_status_t sp_json_input_finish(sp_req_t *q)
{
    if (!q->err.details_total)
        return APR_SUCCESS;
    return sp_error_set(&q->err, SP_E_BAD_ENTRY, APR_EINVAL, "the body has %d problem%s; nothing was changed", (int)q->err.details_total,
                        q->err.details_total == 1 ? "" : "s");
}

const char *sp_json_input_clean_name(sp_req_t *q, const char *field, json_t *value)
{
    const char *clean, *why;

    if (!json_is_string(value)) {
        sp_entry_input_problem(q, field, "must be a name");
        return NULL;
    }
    if (sp_name_clean(q->p, json_string_value(value), json_string_length(value), &clean, &why) == APR_SUCCESS)
        return clean;
    sp_entry_input_problem(q, field, "%s", why);
    return NULL;
}

const char *sp_json_input_name(sp_req_t *q, json_t *body, const char *field)
{
    json_t *value = json_object_get(body, field);

    return value ? sp_json_input_clean_name(q, field, value) : NULL;
}

void sp_json_input_require(sp_req_t *q, json_t *body, const char *field)
{
    if (!json_object_get(body, field))
        sp_entry_input_problem(q, field, "is missing");
}
