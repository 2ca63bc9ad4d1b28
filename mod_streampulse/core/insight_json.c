/* An insight as JSON: as it is stored, and as the API shows it. */
#include "insight_json.h"

#include <math.h>
#include <string.h>

#include <apr_hash.h>
#include <apr_strings.h>
#include <jansson.h>

#include "fact_json.h"

/* Of the first len bytes of UTF-8: what is beyond the basic plane takes two. */
static apr_int64_t utf16_units(const char *text, apr_size_t len)
{
    apr_int64_t units = 0;

    for (apr_size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)text[i];
        units += (c & 0xC0) != 0x80;
        units += c >= 0xF0;
    }
    return units;
}

static void write_value(sp_json_t *j, const char *text, const sp_sentence_value_t *value)
{
    sp_json_object(j);
    sp_json_kv_int(j, "start", utf16_units(text, value->start));
    sp_json_kv_int(j, "end", utf16_units(text, value->start + value->len));
    sp_json_kv_string(j, "fact", value->fact);
    sp_json_object_end(j);
}

static void write_sentence(sp_json_t *j, const sp_sentence_t *sentence)
{
    sp_json_object(j);
    sp_json_kv_string(j, "text", sentence->text);
    sp_json_key(j, "values");
    sp_json_array(j);
    for (int i = 0; i < sentence->values->nelts; i++)
        write_value(j, sentence->text, &APR_ARRAY_IDX(sentence->values, i, sp_sentence_value_t));
    sp_json_array_end(j);
    sp_json_object_end(j);
}

void sp_insight_json_write_parts(sp_json_t *j, const sp_insight_t *insight)
{
    for (int part = 0; part < SP_PART_COUNT; part++) {
        sp_json_key(j, sp_insight_part_name((sp_part_e)part));
        sp_json_array(j);
        for (int i = 0; i < insight->parts[part]->nelts; i++)
            write_sentence(j, &APR_ARRAY_IDX(insight->parts[part], i, sp_sentence_t));
        sp_json_array_end(j);
    }
}

void sp_insight_json_write_texts(sp_json_t *j, const sp_insight_t *insight, sp_part_e part)
{
    sp_json_array(j);
    for (int i = 0; i < insight->parts[part]->nelts; i++)
        sp_json_string(j, APR_ARRAY_IDX(insight->parts[part], i, sp_sentence_t).text);
    sp_json_array_end(j);
}

/* The value is always a number, of a date too. */
static void write_fact(sp_json_t *j, const sp_fact_t *fact)
{
    sp_json_object(j);
    sp_fact_json_write_shown(j, fact);
    sp_json_key(j, "value");
    sp_json_double(j, fact->value);
    sp_json_object_end(j);
}

void sp_insight_json_write_facts(sp_json_t *j, const apr_array_header_t *facts)
{
    sp_json_object(j);
    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *fact = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        sp_json_key(j, fact->id);
        write_fact(j, fact);
    }
    sp_json_object_end(j);
}

void sp_insight_json_write_places(sp_json_t *j, const apr_array_header_t *places)
{
    sp_json_array(j);
    for (int i = 0; i < places->nelts; i++) {
        const sp_insight_place_t *place = &APR_ARRAY_IDX(places, i, sp_insight_place_t);
        sp_json_object(j);
        sp_json_kv_string(j, "part", sp_insight_part_name(place->part));
        sp_json_kv_int(j, "index", place->index);
        sp_json_object_end(j);
    }
    sp_json_array_end(j);
}

static void note_ids(apr_hash_t *ids, const sp_sentence_t *sentence)
{
    for (int i = 0; i < sentence->values->nelts; i++) {
        const char *id = APR_ARRAY_IDX(sentence->values, i, sp_sentence_value_t).fact;
        apr_hash_set(ids, id, APR_HASH_KEY_STRING, id);
    }
}

apr_array_header_t *sp_insight_json_facts_used(apr_pool_t *p, const apr_array_header_t *facts, const sp_insight_t *insight)
{
    apr_array_header_t *used = apr_array_make(p, 16, sizeof(sp_fact_t));
    apr_hash_t *ids = apr_hash_make(p);

    for (int part = 0; part < SP_PART_COUNT; part++)
        for (int i = 0; i < insight->parts[part]->nelts; i++)
            note_ids(ids, &APR_ARRAY_IDX(insight->parts[part], i, sp_sentence_t));
    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *fact = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        if (!apr_hash_get(ids, fact->id, APR_HASH_KEY_STRING))
            continue;
        APR_ARRAY_PUSH(used, sp_fact_t) = *fact;
        apr_hash_set(ids, fact->id, APR_HASH_KEY_STRING, NULL);
    }
    return used;
}

const char *sp_insight_json_text(apr_pool_t *p, const sp_insight_t *insight, sp_part_e part)
{
    apr_array_header_t *texts = apr_array_make(p, 8, sizeof(const char *));

    for (int i = 0; i < insight->parts[part]->nelts; i++)
        APR_ARRAY_PUSH(texts, const char *) = APR_ARRAY_IDX(insight->parts[part], i, sp_sentence_t).text;
    return apr_array_pstrcat(p, texts, ' ');
}

/* Reading it back. Whatever is not as it was written is damage, which nobody can mend: one failing status for all of it. */

static json_t *load(const char *text, int is_list)
{
    json_t *root = json_loads(text ? text : "", JSON_REJECT_DUPLICATES, NULL);

    if (root && (is_list ? json_is_array(root) : json_is_object(root)))
        return root;
    json_decref(root);
    return NULL;
}

static const char *text_of(apr_pool_t *p, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? apr_pstrdup(p, text) : NULL;
}

/* The byte behind that many UTF-16 units; beyond the text: its end. */
static apr_size_t byte_at(const char *text, json_int_t units)
{
    apr_size_t at = 0;

    while (text[at] && units > 0) {
        units -= (unsigned char)text[at] >= 0xF0 ? 2 : 1;
        do
            at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80);
    }
    return at;
}

static apr_status_t read_value(apr_pool_t *p, const json_t *from, const char *text, sp_sentence_value_t *value)
{
    const json_int_t start = json_integer_value(json_object_get(from, "start")), end = json_integer_value(json_object_get(from, "end"));

    value->fact = text_of(p, from, "fact");
    if (!value->fact || start < 0 || end < start)
        return APR_EGENERAL;
    value->start = byte_at(text, start);
    value->len = byte_at(text, end) - value->start;
    return APR_SUCCESS;
}

static apr_status_t read_sentence(apr_pool_t *p, const json_t *from, sp_sentence_t *sentence)
{
    const json_t *values = json_object_get(from, "values");
    apr_status_t rv = APR_SUCCESS;

    sentence->text = text_of(p, from, "text");
    sentence->values = apr_array_make(p, (int)json_array_size(values), sizeof(sp_sentence_value_t));
    if (!sentence->text || !json_is_array(values))
        return APR_EGENERAL;
    for (apr_size_t i = 0; rv == APR_SUCCESS && i < json_array_size(values); i++)
        rv = read_value(p, json_array_get(values, i), sentence->text, apr_array_push(sentence->values));
    return rv;
}

static apr_status_t read_part(apr_pool_t *p, const json_t *list, apr_array_header_t *sentences)
{
    apr_status_t rv = json_is_array(list) ? APR_SUCCESS : APR_EGENERAL;

    for (apr_size_t i = 0; rv == APR_SUCCESS && i < json_array_size(list); i++)
        rv = read_sentence(p, json_array_get(list, i), apr_array_push(sentences));
    return rv;
}

apr_status_t sp_insight_json_read_parts(apr_pool_t *p, const char *text, sp_insight_t *insight)
{
    json_t *root = load(text, 0);
    apr_status_t rv = root ? APR_SUCCESS : APR_EGENERAL;

    sp_insight_init(p, insight);
    for (int part = 0; rv == APR_SUCCESS && part < SP_PART_COUNT; part++)
        rv = read_part(p, json_object_get(root, sp_insight_part_name((sp_part_e)part)), insight->parts[part]);
    json_decref(root);
    return rv;
}

static unsigned read_marks(const json_t *list)
{
    unsigned set = 0;

    for (apr_size_t i = 0; i < json_array_size(list); i++) {
        const char *word = json_string_value(json_array_get(list, i));
        set |= word ? sp_fact_json_mark(word) : 0;
    }
    return set;
}

static sp_day_t read_day(const json_t *from, const char *key)
{
    const json_t *text = json_object_get(from, key);

    return json_is_string(text) ? sp_calendar_parse_iso(json_string_value(text), json_string_length(text)) : SP_DAY_NONE;
}

static apr_status_t read_fact(apr_pool_t *p, const char *id, const json_t *from, sp_fact_t *fact)
{
    const json_t *value = json_object_get(from, "value");

    memset(fact, 0, sizeof(*fact));
    fact->id = apr_pstrdup(p, id);
    fact->kind = text_of(p, from, "kind");
    fact->label = text_of(p, from, "label");
    fact->shown = text_of(p, from, "shown");
    fact->value = json_is_number(value) ? json_number_value(value) : NAN;
    fact->sign = (int)json_integer_value(json_object_get(from, "sign"));
    fact->marks = read_marks(json_object_get(from, "marks"));
    fact->low = fact->high = NAN;
    fact->low_shown = text_of(p, from, "low_shown");
    fact->high_shown = text_of(p, from, "high_shown");
    fact->from = read_day(from, "from");
    fact->to = read_day(from, "to");
    fact->service = text_of(p, from, "service");
    fact->platform = text_of(p, from, "platform");
    fact->event = text_of(p, from, "event");
    fact->season = text_of(p, from, "season");
    fact->method = text_of(p, from, "method");
    fact->rows = text_of(p, from, "rows");
    if (!fact->kind || !fact->label || !fact->shown)
        return APR_EGENERAL;
    return sp_fact_json_unit(json_string_value(json_object_get(from, "unit")), &fact->unit) == APR_SUCCESS ? APR_SUCCESS : APR_EGENERAL;
}

apr_status_t sp_insight_json_read_facts(apr_pool_t *p, const char *text, apr_array_header_t **facts)
{
    json_t *root = load(text, 0), *value;
    apr_status_t rv = root ? APR_SUCCESS : APR_EGENERAL;
    const char *id;

    *facts = apr_array_make(p, (int)json_object_size(root), sizeof(sp_fact_t));
    json_object_foreach(root, id, value)
    {
        if (rv == APR_SUCCESS)
            rv = read_fact(p, id, value, apr_array_push(*facts));
    }
    json_decref(root);
    return rv;
}

static apr_status_t read_place(const json_t *from, sp_insight_place_t *place)
{
    const char *name = json_string_value(json_object_get(from, "part"));

    place->index = (int)json_integer_value(json_object_get(from, "index"));
    for (int part = 0; name && part < SP_PART_COUNT; part++)
        if (!strcmp(name, sp_insight_part_name((sp_part_e)part))) {
            place->part = (sp_part_e)part;
            return APR_SUCCESS;
        }
    return APR_EGENERAL;
}

apr_status_t sp_insight_json_read_places(apr_pool_t *p, const char *text, apr_array_header_t **places)
{
    json_t *root = load(text, 1);
    apr_status_t rv = root ? APR_SUCCESS : APR_EGENERAL;

    *places = apr_array_make(p, (int)json_array_size(root), sizeof(sp_insight_place_t));
    for (apr_size_t i = 0; rv == APR_SUCCESS && i < json_array_size(root); i++)
        rv = read_place(json_array_get(root, i), apr_array_push(*places));
    json_decref(root);
    return rv;
}
