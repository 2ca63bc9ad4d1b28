/* Edits as a client sends them, read strictly. */
#include "edit_input.h"

#include <string.h>

#include <apr_strings.h>

#include "entry_input.h"
#include "json_input.h"

#define DESCRIPTION_MAX_BYTES 2000

static const char *const ident_fields[] = {"name", "color", "position", "aliases", "merge_into", NULL};
static const char *const event_fields[] = {"name", "start_date", "end_date", "description", NULL};

static apr_status_t read_body(sp_req_t *q, const char *const *fields, json_t **body)
{
    apr_status_t rv = sp_json_input_read(q, fields, body);

    if (rv == APR_SUCCESS && !json_object_size(*body))
        return sp_error_set(&q->err, SP_E_BAD_ENTRY, APR_EINVAL, "the body names nothing to change");
    return rv;
}

static const char *read_color(sp_req_t *q, json_t *body)
{
    json_t *value = json_object_get(body, "color");
    const char *text = json_string_value(value);

    if (!value)
        return NULL;
    if (text && json_string_length(value) == 7 && text[0] == '#' && strspn(text + 1, "0123456789abcdefABCDEF") == 6) {
        char *lower = apr_pstrdup(q->p, text);
        ap_str_tolower(lower);
        return lower;
    }
    sp_entry_input_problem(q, "color", "must be a colour such as #0072b2");
    return NULL;
}

static int read_position(sp_req_t *q, json_t *body)
{
    json_t *value = json_object_get(body, "position");
    json_int_t n = json_is_integer(value) ? json_integer_value(value) : 0;

    if (!value || (n >= 1 && n <= SP_EDIT_MAX_POSITION))
        return (int)n;
    sp_entry_input_problem(q, "position", "must be a whole number from 1 to %d", SP_EDIT_MAX_POSITION);
    return 0;
}

static apr_array_header_t *read_aliases(sp_req_t *q, json_t *body)
{
    json_t *list = json_object_get(body, "aliases"), *value;
    apr_array_header_t *aliases;
    size_t i;

    if (!list)
        return NULL;
    if (!json_is_array(list) || json_array_size(list) > SP_EDIT_MAX_ALIASES) {
        sp_entry_input_problem(q, "aliases", "must be a list of at most %d names", SP_EDIT_MAX_ALIASES);
        return NULL;
    }
    aliases = apr_array_make(q->p, (int)json_array_size(list) + 1, sizeof(const char *));
    json_array_foreach(list, i, value)
    {
        const char *clean = sp_json_input_clean_name(q, apr_psprintf(q->p, "aliases[%d]", (int)i), value);
        if (clean)
            APR_ARRAY_PUSH(aliases, const char *) = clean;
    }
    return aliases;
}

apr_status_t sp_edit_input_ident(sp_req_t *q, sp_edit_ident_t *edit, const char **merge_into)
{
    json_auto_t *body = NULL;
    apr_status_t rv = read_body(q, ident_fields, &body);

    if (rv != APR_SUCCESS)
        return rv;
    memset(edit, 0, sizeof(*edit));
    edit->name = sp_json_input_name(q, body, "name");
    edit->color = read_color(q, body);
    edit->position = read_position(q, body);
    edit->aliases = read_aliases(q, body);
    edit->spool_dir = q->sconf->spool_dir;
    *merge_into = sp_json_input_name(q, body, "merge_into");
    if (json_object_get(body, "merge_into") && json_object_size(body) > 1)
        sp_entry_input_problem(q, "merge_into", "must be sent alone");
    return sp_json_input_finish(q);
}

static sp_day_t read_day(sp_req_t *q, json_t *body, const char *field)
{
    json_t *value = json_object_get(body, field);
    sp_day_t day = SP_DAY_NONE;

    if (!value)
        return SP_DAY_NONE;
    if (json_is_string(value))
        day = sp_calendar_parse_iso(json_string_value(value), json_string_length(value));
    if (day == SP_DAY_NONE)
        sp_entry_input_problem(q, field, "must be a day such as 2025-01-31");
    return day;
}

/* Lines may break; other control characters may not be in it. */
static int is_plain_text(const char *text, apr_size_t len)
{
    for (apr_size_t i = 0; i < len; i++)
        if (((unsigned char)text[i] < 0x20 && text[i] != '\n') || text[i] == 0x7f)
            return 0;
    return 1;
}

static const char *read_description(sp_req_t *q, json_t *body)
{
    json_t *value = json_object_get(body, "description");

    if (!value)
        return NULL;
    if (json_is_null(value))
        return "";
    if (json_is_string(value) && json_string_length(value) <= DESCRIPTION_MAX_BYTES && is_plain_text(json_string_value(value), json_string_length(value)))
        return apr_pstrmemdup(q->p, json_string_value(value), json_string_length(value));
    sp_entry_input_problem(q, "description", "must be text of at most %d bytes without control characters, or null", DESCRIPTION_MAX_BYTES);
    return NULL;
}

apr_status_t sp_edit_input_event(sp_req_t *q, int complete, sp_edit_event_t *edit)
{
    json_auto_t *body = NULL;
    apr_status_t rv = read_body(q, event_fields, &body);

    if (rv != APR_SUCCESS)
        return rv;
    memset(edit, 0, sizeof(*edit));
    if (complete) {
        sp_json_input_require(q, body, "name");
        sp_json_input_require(q, body, "start_date");
    }
    edit->name = sp_json_input_name(q, body, "name");
    edit->start = read_day(q, body, "start_date");
    edit->end = read_day(q, body, "end_date");
    edit->description = read_description(q, body);
    edit->spool_dir = q->sconf->spool_dir;
    if (complete && edit->end == SP_DAY_NONE)
        edit->end = edit->start;
    return sp_json_input_finish(q);
}
