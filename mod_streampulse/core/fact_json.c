/* A fact as JSON. */
#include "fact_json.h"

#include <math.h>
#include <string.h>

#define EXACT_MAX 9007199254740992.0 /* 2^53 */

static const char *const unit_names[] = {"viewers", "viewers_per_week", "percent", "factor", "weeks", "days", "count", "date"};

const sp_fact_mark_t sp_fact_json_marks[] = {
    {SP_FACT_RECORD_HIGH, "record_high"}, {SP_FACT_RECORD_LOW, "record_low"}, {SP_FACT_DOUBLED, "doubled"},
    {SP_FACT_HALVED, "halved"},           {SP_FACT_STARTED, "started"},       {SP_FACT_ENDED, "ended"},
    {SP_FACT_UNUSUAL, "unusual"},         {SP_FACT_ESTIMATE, "estimate"},     {0, NULL},
};

unsigned sp_fact_json_mark(const char *word)
{
    const sp_fact_mark_t *m = sp_fact_json_marks;

    while (m->word && strcmp(m->word, word) != 0)
        m++;
    return m->mark;
}

apr_status_t sp_fact_json_unit(const char *name, sp_unit_e *unit)
{
    for (size_t i = 0; name && i < sizeof(unit_names) / sizeof(*unit_names); i++)
        if (!strcmp(name, unit_names[i])) {
            *unit = (sp_unit_e)i;
            return APR_SUCCESS;
        }
    return APR_NOTFOUND;
}

/* A whole number with all its digits. */
static void write_number(sp_json_t *j, const char *key, double v)
{
    sp_json_key(j, key);
    if (fabs(v) <= EXACT_MAX && v == floor(v))
        sp_json_int(j, (apr_int64_t)v);
    else
        sp_json_double(j, v);
}

static void write_numbers(sp_json_t *j, const sp_fact_t *fact)
{
    if (fact->unit == SP_UNIT_DATE)
        sp_json_kv_day(j, "value", (sp_day_t)fact->value);
    else
        write_number(j, "value", fact->value);
    write_number(j, "low", fact->low);
    write_number(j, "high", fact->high);
    write_number(j, "surprise", fact->surprise);
    write_number(j, "size", fact->size);
}

static void write_marks(sp_json_t *j, unsigned of)
{
    sp_json_key(j, "marks");
    sp_json_array(j);
    for (const sp_fact_mark_t *m = sp_fact_json_marks; m->word; m++)
        if (of & m->mark)
            sp_json_string(j, m->word);
    sp_json_array_end(j);
}

void sp_fact_json_write_shown(sp_json_t *j, const sp_fact_t *fact)
{
    sp_json_kv_string(j, "kind", fact->kind);
    sp_json_kv_string(j, "label", fact->label);
    sp_json_kv_string(j, "shown", fact->shown);
    sp_json_kv_string(j, "unit", unit_names[fact->unit]);
    sp_json_kv_int(j, "sign", fact->sign);
    write_marks(j, fact->marks);
    sp_json_kv_string(j, "low_shown", fact->low_shown);
    sp_json_kv_string(j, "high_shown", fact->high_shown);
    sp_json_kv_day(j, "from", fact->from);
    sp_json_kv_day(j, "to", fact->to);
    sp_json_kv_string(j, "service", fact->service);
    sp_json_kv_string(j, "platform", fact->platform);
    sp_json_kv_string(j, "event", fact->event);
    sp_json_kv_string(j, "season", fact->season);
    sp_json_kv_string(j, "method", fact->method);
    sp_json_kv_string(j, "rows", fact->rows);
}

void sp_fact_json_write(sp_json_t *j, const sp_fact_t *fact)
{
    sp_json_object(j);
    sp_json_kv_string(j, "id", fact->id);
    sp_fact_json_write_shown(j, fact);
    write_numbers(j, fact);
    sp_json_object_end(j);
}
