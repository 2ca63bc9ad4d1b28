/* Tests of json.c. */
#include "support.h"

#include <math.h>

#include <apr_strings.h>

#include "count.h"
#include "json.h"

static sp_out_t *out;
static sp_json_t json;

static sp_json_t *fresh(void)
{
    out = sp_out_create(sp_test_pool(), NULL);
    sp_json_init(&json, out);
    return &json;
}

static const char *written(void)
{
    const char *data;

    sp_assert_ok(sp_out_finish(out, sp_test_err()), sp_test_err());
    sp_out_content(out, &data);
    return apr_pstrmemdup(sp_test_pool(), data, (apr_size_t)sp_out_size(out));
}

static void json_separates_members_and_elements(void **state)
{
    sp_json_t *j = fresh();

    sp_json_object(j);
    sp_json_kv_int(j, "a", 1);
    sp_json_key(j, "b");
    sp_json_array(j);
    sp_json_int(j, 1);
    sp_json_null(j);
    sp_json_array(j);
    sp_json_array_end(j);
    sp_json_object(j);
    sp_json_object_end(j);
    sp_json_bool(j, 1);
    sp_json_array_end(j);
    sp_json_kv_bool(j, "c", 0);
    sp_json_kv_null(j, "d");
    sp_json_object_end(j);
    assert_string_equal(written(), "{\"a\":1,\"b\":[1,null,[],{},true],\"c\":false,\"d\":null}");
}

static void json_string_escapes_what_could_be_more_than_text(void **state)
{
    static const struct {
        const char *text, *json;
    } cases[] = {
        {"", "\"\""},
        {"plain", "\"plain\""},
        {"a\"b\\c", "\"a\\\"b\\\\c\""},
        {"\t\r\n\x01\x1f\x7f", "\"\\t\\r\\n\\u0001\\u001f\\u007f\""},
        {"<script>&", "\"\\u003cscript\\u003e\\u0026\""},
        {"caf\xC3\xA9 \xF0\x9F\x8E\xA5", "\"caf\xC3\xA9 \xF0\x9F\x8E\xA5\""},
        {"\xE2\x80\xA8\xE2\x80\xA9", "\"\\u2028\\u2029\""},
        {"\xC2\x85", "\"\\u0085\""},
        {"a\xFF\xC3", "\"a\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {NULL, "null"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_json_string(fresh(), cases[i].text);
        assert_string_equal(written(), cases[i].json);
    }
}

static void json_string_n_writes_a_nul_as_text(void **state)
{
    sp_json_string_n(fresh(), "a\0b", 3);
    assert_string_equal(written(), "\"a\\u0000b\"");
}

static void json_int_writes_every_size(void **state)
{
    sp_json_t *j = fresh();

    sp_json_array(j);
    sp_json_int(j, 0);
    sp_json_int(j, -1);
    sp_json_int(j, SP_VIEWERS_MAX);
    sp_json_int(j, INT64_MAX);
    sp_json_int(j, INT64_MIN);
    sp_json_array_end(j);
    assert_string_equal(written(), "[0,-1,1000000000000,9223372036854775807,-9223372036854775808]");
}

static void json_double_is_short_and_valid(void **state)
{
    static const struct {
        double value;
        const char *json;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {0.25, "0.25"},
        {-0.142857142857, "-0.142857"},
        {1089.0862068, "1089.086207"},
        {120, "120"},
        {1e12, "1000000000000"},
        {0.0000001, "0"},
        {-0.0000001, "0"},
        {NAN, "null"},
        {INFINITY, "null"},
        {-INFINITY, "null"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_json_double(fresh(), cases[i].value);
        assert_string_equal(written(), cases[i].json);
    }
}

static void json_viewers_day_and_time_know_their_nothing(void **state)
{
    sp_json_t *j = fresh();

    sp_json_object(j);
    sp_json_kv_viewers(j, "zero", 0);
    sp_json_kv_viewers(j, "none", SP_VIEWERS_NONE);
    sp_json_kv_time(j, "at", APR_INT64_C(1741219200123));
    sp_json_kv_time(j, "never", 0);
    sp_json_kv_day(j, "day", 20089);
    sp_json_kv_day(j, "no_day", SP_DAY_NONE);
    sp_json_kv_string(j, "text", NULL);
    sp_json_object_end(j);
    assert_string_equal(written(),
                        "{\"zero\":0,\"none\":null,\"at\":\"2025-03-06T00:00:00Z\",\"never\":null,\"day\":\"2025-01-01\",\"no_day\":null,\"text\":null}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(json_separates_members_and_elements), SP_UNIT_TEST(json_string_escapes_what_could_be_more_than_text),
        SP_UNIT_TEST(json_string_n_writes_a_nul_as_text),  SP_UNIT_TEST(json_int_writes_every_size),
        SP_UNIT_TEST(json_double_is_short_and_valid),      SP_UNIT_TEST(json_viewers_day_and_time_know_their_nothing),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
