/* Tests that a whole year of a sheet comes in to the last viewer, however it is arranged. */
#include "import_support.h"

#include <apr_strings.h>
#include <jansson.h>

static apr_int64_t sum_of(const sp_test_import_t *t, const char *begin)
{
    apr_int64_t sum = 0;

    for (const char *line = t->numbers; line && *line; line = strchr(line, '\n') + 1) {
        const char *end = strchr(line, '\n');
        const char *last = end;
        while (last > line && last[-1] != ' ') {
            last--;
        }
        if (strncmp(line, begin, strlen(begin)) == 0) {
            sum += apr_atoi64(last);
        }
    }
    return sum;
}

static void check_year(const sp_test_import_t *t, json_t *expected)
{
    json_t *weekly = json_object_get(expected, "weekly"), *events = json_object_get(expected, "events"), *item, *viewers;
    const char *platform;
    size_t i;

    sp_assert_ok(t->rv, t->err);
    assert_int_equal(sp_test_import_total(t, 0), json_integer_value(json_object_get(weekly, "grand_total")));
    assert_int_equal(sp_test_import_total(t, 1), json_integer_value(json_object_get(events, "grand_total")));
    json_array_foreach(json_object_get(weekly, "services"), i, item)
    {
        const char *service = json_string_value(json_object_get(item, "service"));
        json_object_foreach(json_object_get(item, "platform_viewers"), platform, viewers)
        {
            const char *begin = apr_psprintf(sp_test_pool(), "%s | %s | ", service, platform);
            assert_int_equal(sum_of(t, begin), json_integer_value(viewers));
        }
    }
    assert_int_equal(t->result->said->events->nelts, json_integer_value(json_object_get(events, "count")));
    json_array_foreach(json_object_get(events, "list"), i, item)
    {
        const sp_said_event_t *event = &APR_ARRAY_IDX(t->result->said->events, i, sp_said_event_t);
        char iso[SP_ISO_SIZE];
        const char *begin = apr_psprintf(sp_test_pool(), "%s@%s | ", event->name, sp_calendar_iso(iso, event->first));
        assert_string_equal(event->name, json_string_value(json_object_get(item, "name")));
        assert_int_equal(sum_of(t, begin), json_integer_value(json_object_get(item, "viewers")));
    }
}

static void real_year_gives_expected_totals(void **state)
{
    const char *dir = sp_test_shared_data();
    json_error_t error;
    apr_size_t len;

    if (!dir) {
        skip();
    }
    const char *text = sp_test_read_file(apr_pstrcat(sp_test_pool(), dir, "/jhb-2025-sheet.csv", NULL), &len);
    json_t *expected = json_load_file(apr_pstrcat(sp_test_pool(), dir, "/jhb-2025-expected.json", NULL), 0, &error);
    sp_test_import_t t = sp_test_import(text, len, 0, NULL);
    check_year(&t, expected);
    assert_string_equal(t.warnings, "");
    json_decref(expected);
    print_message("%s\n", t.assumed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {SP_UNIT_TEST(real_year_gives_expected_totals)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
