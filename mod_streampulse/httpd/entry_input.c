/* Manual entries as a client sends them, read strictly. */
#include "entry_input.h"

#include <stdarg.h>
#include <string.h>

#include <apr_strings.h>
#include <jansson.h>

#include "count.h"
#include "json_input.h"
#include "name.h"

static const char *const fields[] = {"service", "event", "platform", "week_start", "week_end", "date", "viewers", NULL};

/* One entry of the body. */
typedef struct {
    sp_req_t *q;
    json_t *object;
    int index;
} item_t;

void sp_entry_input_problem(sp_req_t *q, const char *field, const char *fmt, ...)
{
    sp_error_detail_t detail = {.code = SP_E_BAD_ENTRY, .field = field};
    va_list args;

    q->err.details_total++;
    if (!q->err.details)
        q->err.details = apr_array_make(q->p, 4, sizeof(sp_error_detail_t));
    if (q->err.details->nelts >= q->conf->upload_max_problems)
        return;
    va_start(args, fmt);
    detail.message = apr_pstrcat(q->p, field, " ", apr_pvsprintf(q->p, fmt, args), NULL);
    va_end(args);
    APR_ARRAY_PUSH(q->err.details, sp_error_detail_t) = detail;
}

apr_status_t sp_entry_input_finish(sp_req_t *q)
{
    if (!q->err.details_total)
        return APR_SUCCESS;
    return sp_error_set(&q->err, SP_E_BAD_ENTRY, APR_EINVAL, "the entries have %d problem%s; nothing was stored", (int)q->err.details_total,
                        q->err.details_total == 1 ? "" : "s");
}

static const char *path_of(const item_t *item, const char *field)
{
    return apr_psprintf(item->q->p, "entries[%d].%s", item->index, field);
}

static void check_fields(const item_t *item)
{
    const char *key;
    json_t *value;

    json_object_foreach(item->object, key, value)
    {
        int known = 0;
        for (int i = 0; fields[i]; i++)
            known |= strcmp(key, fields[i]) == 0;
        if (!known)
            sp_entry_input_problem(item->q, path_of(item, sp_error_found(item->q->p, key, strlen(key))), "is not a field of an entry");
    }
}

static void refuse_field(const item_t *item, const char *field, const char *why)
{
    if (json_object_get(item->object, field))
        sp_entry_input_problem(item->q, path_of(item, field), "%s", why);
}

/* NULL when the field is missing or was refused. */
static const char *read_name(const item_t *item, const char *field, int required)
{
    json_t *value = json_object_get(item->object, field);
    const char *clean, *why;

    if (!value) {
        if (required)
            sp_entry_input_problem(item->q, path_of(item, field), "is missing");
        return NULL;
    }
    if (!json_is_string(value)) {
        sp_entry_input_problem(item->q, path_of(item, field), "must be a name");
        return NULL;
    }
    if (sp_name_clean(item->q->p, json_string_value(value), json_string_length(value), &clean, &why) != APR_SUCCESS) {
        sp_entry_input_problem(item->q, path_of(item, field), "%s", why);
        return NULL;
    }
    return clean;
}

static sp_day_t read_day(const item_t *item, const char *field, int required)
{
    json_t *value = json_object_get(item->object, field);
    sp_day_t day = SP_DAY_NONE;

    if (!value) {
        if (required)
            sp_entry_input_problem(item->q, path_of(item, field), "is missing");
        return SP_DAY_NONE;
    }
    if (json_is_string(value))
        day = sp_calendar_parse_iso(json_string_value(value), json_string_length(value));
    if (day == SP_DAY_NONE)
        sp_entry_input_problem(item->q, path_of(item, field), "must be a day such as 2025-01-31");
    return day;
}

static apr_int64_t read_viewers(const item_t *item)
{
    json_t *value = json_object_get(item->object, "viewers");
    json_int_t n;

    if (!value) {
        sp_entry_input_problem(item->q, path_of(item, "viewers"), "is missing: a number, or null to clear");
        return SP_VIEWERS_NONE;
    }
    if (json_is_null(value))
        return SP_VIEWERS_NONE;
    n = json_is_integer(value) ? json_integer_value(value) : -1;
    if (n < 0 || n > SP_VIEWERS_MAX) {
        sp_entry_input_problem(item->q, path_of(item, "viewers"), "must be %s, or null to clear", sp_count_expected());
        return SP_VIEWERS_NONE;
    }
    return n;
}

static void read_week(const item_t *item, sp_entry_input_t *input)
{
    input->service = read_name(item, "service", 1);
    input->first = read_day(item, "week_start", 1);
    input->last = read_day(item, "week_end", 0);
    refuse_field(item, "date", "belongs to the entry of an event");
    /* The calendar ends: what is stored must be a day that can be read back. */
    if (input->last == SP_DAY_NONE)
        input->last = input->first > SP_DAY_MAX - 6 ? SP_DAY_MAX : input->first + 6;
    else if (input->first != SP_DAY_NONE && (input->last < input->first || input->last - input->first > SP_ENTRY_INPUT_MAX_SPAN))
        sp_entry_input_problem(item->q, path_of(item, "week_end"), "must lie 0 to %d days after week_start", SP_ENTRY_INPUT_MAX_SPAN);
}

static void read_event(const item_t *item, sp_entry_input_t *input)
{
    input->event = read_name(item, "event", 1);
    input->service = read_name(item, "service", 0);
    input->first = input->last = read_day(item, "date", 1);
    refuse_field(item, "week_start", "does not belong to the entry of an event");
    refuse_field(item, "week_end", "does not belong to the entry of an event");
}

static void read_item(const item_t *item, sp_entry_input_t *input)
{
    memset(input, 0, sizeof(*input));
    if (!json_is_object(item->object)) {
        sp_entry_input_problem(item->q, apr_psprintf(item->q->p, "entries[%d]", item->index), "must be an object");
        return;
    }
    check_fields(item);
    input->platform = read_name(item, "platform", 1);
    input->viewers = read_viewers(item);
    if (json_object_get(item->object, "event"))
        read_event(item, input);
    else
        read_week(item, input);
}

static apr_status_t read_items(sp_req_t *q, json_t *root, apr_array_header_t **inputs)
{
    json_t *entries = json_object_get(root, "entries"), *value;
    const char *key;
    size_t i;

    if (!json_is_object(root))
        return sp_error_set(&q->err, SP_E_BAD_JSON, APR_EINVAL, "the body must be an object with the field \"entries\"");
    json_object_foreach(root, key, value)
    {
        if (strcmp(key, "entries") != 0)
            sp_entry_input_problem(q, sp_error_found(q->p, key, strlen(key)), "is not a field of the body");
    }
    if (!json_is_array(entries) || !json_array_size(entries) || json_array_size(entries) > SP_ENTRY_INPUT_MAX) {
        sp_entry_input_problem(q, "entries", "must be a list of 1 to %d entries", SP_ENTRY_INPUT_MAX);
        return sp_entry_input_finish(q);
    }
    *inputs = apr_array_make(q->p, (int)json_array_size(entries), sizeof(sp_entry_input_t));
    json_array_foreach(entries, i, value)
    {
        const item_t item = {.q = q, .object = value, .index = (int)i};
        read_item(&item, apr_array_push(*inputs));
    }
    return sp_entry_input_finish(q);
}

apr_status_t sp_entry_input_read(sp_req_t *q, apr_array_header_t **inputs)
{
    json_auto_t *root = NULL;
    apr_status_t rv = sp_json_input_parse(q, &root);

    return rv == APR_SUCCESS ? read_items(q, root, inputs) : rv;
}
