/* What the tests of insights share: facts from a file, from a sheet or made by hand, and drafts in one line. */
#include "insight_support.h"

#include <math.h>

#include <apr_strings.h>

#include "fact_json.h"
#include "facts.h"
#include "facts_read.h"
#include "facts_support.h"
#include "import_support.h"
#include "store_support.h"

static const char *text_of(json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? apr_pstrdup(sp_test_pool(), s) : NULL;
}

static sp_day_t day_of(json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? sp_calendar_parse_iso(s, strlen(s)) : SP_DAY_NONE;
}

static double number_of(json_t *o, const char *key)
{
    json_t *v = json_object_get(o, key);
    return json_is_number(v) ? json_number_value(v) : NAN;
}

static sp_unit_e unit_of(json_t *o)
{
    sp_unit_e unit;

    assert_int_equal(sp_fact_json_unit(json_string_value(json_object_get(o, "unit")), &unit), APR_SUCCESS);
    return unit;
}

static unsigned marks_of(json_t *o)
{
    unsigned marks = 0;
    json_t *word;
    size_t i;

    json_array_foreach(json_object_get(o, "marks"), i, word)
    {
        marks |= sp_fact_json_mark(json_string_value(word));
    }
    return marks;
}

static void read_fact(json_t *o, sp_fact_t *f)
{
    *f = (sp_fact_t){.id = text_of(o, "id"),
                     .kind = text_of(o, "kind"),
                     .label = text_of(o, "label"),
                     .shown = text_of(o, "shown"),
                     .unit = unit_of(o),
                     .value = number_of(o, "value"),
                     .low = number_of(o, "low"),
                     .high = number_of(o, "high"),
                     .low_shown = text_of(o, "low_shown"),
                     .high_shown = text_of(o, "high_shown"),
                     .sign = (int)json_integer_value(json_object_get(o, "sign")),
                     .marks = marks_of(o),
                     .service = text_of(o, "service"),
                     .platform = text_of(o, "platform"),
                     .event = text_of(o, "event"),
                     .season = text_of(o, "season"),
                     .from = day_of(o, "from"),
                     .to = day_of(o, "to"),
                     .rows = "data",
                     .surprise = number_of(o, "surprise"),
                     .size = number_of(o, "size")};
    if (f->unit == SP_UNIT_DATE) {
        f->value = day_of(o, "value");
    }
}

apr_array_header_t *sp_test_facts_read(const char *path)
{
    apr_array_header_t *facts = apr_array_make(sp_test_pool(), 200, sizeof(sp_fact_t));
    apr_size_t len;
    char *text = sp_test_read_file(path, &len), *state = NULL;

    for (char *line = apr_strtok(text, "\n", &state); line; line = apr_strtok(NULL, "\n", &state)) {
        json_t *o = json_loads(line, 0, NULL);
        assert_non_null(o);
        read_fact(o, &APR_ARRAY_PUSH(facts, sp_fact_t));
        json_decref(o);
    }
    return facts;
}

apr_array_header_t *sp_test_facts_of_sheet(const char *path)
{
    apr_size_t len;
    const char *text = sp_test_read_file(path, &len);
    sp_test_import_t t = sp_test_import(text, len, 0, NULL);

    sp_assert_ok(t.rv, t.err);
    return sp_test_facts_of_said(t.result->said);
}

apr_array_header_t *sp_test_facts_of_said(sp_said_t *said)
{
    sp_db_t *db = sp_test_db();
    sp_facts_input_t input;
    sp_revision_t revision;
    apr_array_header_t *facts;

    sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_ok(sp_facts_read(db, sp_test_pool(), &input, &revision, sp_test_err()), sp_test_err());
    assert_int_equal(sp_facts_compute(sp_test_pool(), &input, &facts), APR_SUCCESS);
    return facts;
}

sp_fact_t *sp_test_insight_fact(const apr_array_header_t *facts, const char *id)
{
    return (sp_fact_t *)sp_test_fact(facts, id);
}

void sp_test_draft_say(sp_draft_t *draft, sp_part_e part, const char *text)
{
    APR_ARRAY_PUSH(draft->parts[part], sp_draft_sentence_t) = (sp_draft_sentence_t){text};
}

const char *sp_test_check_one(const apr_array_header_t *facts, sp_part_e part, const char *text, const char **reason)
{
    sp_draft_t draft;
    sp_insight_t insight;
    apr_array_header_t *drops;

    sp_draft_init(sp_test_pool(), &draft);
    sp_test_draft_say(&draft, part, text);
    sp_insight_check(sp_test_pool(), facts, &draft, &insight, &drops);
    assert_int_equal(insight.parts[part]->nelts + drops->nelts, 1);
    assert_int_equal(insight.dropped, drops->nelts);
    *reason = drops->nelts ? APR_ARRAY_IDX(drops, 0, sp_check_drop_t).reason : NULL;
    return drops->nelts ? NULL : APR_ARRAY_IDX(insight.parts[part], 0, sp_sentence_t).text;
}

const char *sp_test_insight_text(const sp_insight_t *insight)
{
    const char *text = "";

    for (int part = 0; part < SP_PART_COUNT; part++) {
        for (int i = 0; i < insight->parts[part]->nelts; i++) {
            text = apr_pstrcat(sp_test_pool(), text, sp_insight_part_name((sp_part_e)part), ": ", APR_ARRAY_IDX(insight->parts[part], i, sp_sentence_t).text,
                               "\n", NULL);
        }
    }
    return text;
}
