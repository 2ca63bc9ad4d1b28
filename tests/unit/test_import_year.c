/* Tests that a whole year of a sheet comes in to the last viewer, however it is arranged. */
#include "import_support.h"

#include <ctype.h>
#include <stdlib.h>

#include <apr_strings.h>
#include <jansson.h>

#include "arrange_support.h"

static apr_int64_t sum_of(const sp_test_import_t *t, const char *begin)
{
    apr_int64_t sum = 0;

    for (const char *line = t->numbers; *line; line = strchr(line, '\n') + 1) {
        const char *last = strchr(line, '\n');
        while (last > line && last[-1] != ' ') {
            last--;
        }
        sum += strncmp(line, begin, strlen(begin)) == 0 ? apr_atoi64(last) : 0;
    }
    return sum;
}

/* The spelling that the statement keeps. */
static const char *spelling_of(const sp_said_t *said, const char *platform)
{
    const char *fold = sp_name_fold(sp_test_pool(), platform, SP_NAME_PLATFORM);

    for (int i = 0; i < said->platforms->nelts; i++) {
        if (strcmp(APR_ARRAY_IDX(said->platforms, i, sp_said_name_t).fold, fold) == 0) {
            return APR_ARRAY_IDX(said->platforms, i, sp_said_name_t).name;
        }
    }
    fail_msg("no platform \"%s\"", platform);
    return NULL;
}

static void check_weekly(const sp_test_import_t *t, json_t *weekly)
{
    json_t *item, *viewers;
    const char *platform;
    size_t i;

    assert_int_equal(sp_test_import_total(t, 0), json_integer_value(json_object_get(weekly, "grand_total")));
    assert_int_equal(t->result->said->services->nelts, json_array_size(json_object_get(weekly, "services")));
    json_array_foreach(json_object_get(weekly, "services"), i, item)
    {
        const char *service = json_string_value(json_object_get(item, "service"));
        json_object_foreach(json_object_get(item, "platform_viewers"), platform, viewers)
        {
            const char *begin = apr_psprintf(sp_test_pool(), "%s | %s | ", service, spelling_of(t->result->said, platform));
            assert_int_equal(sum_of(t, begin), json_integer_value(viewers));
        }
        assert_int_equal(sum_of(t, apr_psprintf(sp_test_pool(), "%s | ", service)), json_integer_value(json_object_get(item, "viewers")));
    }
}

static void check_events(const sp_test_import_t *t, json_t *events)
{
    json_t *item;
    size_t i;

    assert_int_equal(sp_test_import_total(t, 1), json_integer_value(json_object_get(events, "grand_total")));
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

static void lower(const char *text)
{
    for (char *c = (char *)text; *c; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
}

static void check_arrangements(const char *text, apr_size_t len, const char *numbers, apr_int64_t weekly, apr_int64_t events)
{
    lower(numbers);
    for (size_t i = 0; sp_test_arrangements[i].name; i++) {
        const sp_test_arrangement_t *a = &sp_test_arrangements[i];
        apr_size_t size;
        const char *file = sp_test_arrange(text, len, a, &size);
        sp_test_import_t t = sp_test_import(file, size, i % 3 ? 0 : -1, NULL);
        if (t.rv != APR_SUCCESS) {
            fail_msg("%s: %s\n%s\n%.3000s", a->name, t.err->message, t.problems, a->utf16 ? "" : file);
        }
        lower(t.numbers);
        if (a->changes & SP_TEST_DAY_FIRST) {
            assert_int_equal(t.result->date_order, SP_DATE_ORDER_DMY);
            assert_int_equal(sp_test_import_total(&t, 0), weekly); /* labels are written the other way round: the totals are compared */
            assert_int_equal(sp_test_import_total(&t, 1), events);
            continue;
        }
        if (strcmp(t.numbers, numbers) != 0) {
            print_message("arrangement: %s\n", a->name);
        }
        assert_string_equal(t.numbers, numbers);
    }
}

static void check_year(const char *sheet, const char *expected_file)
{
    json_error_t error;
    apr_size_t len;
    const char *text = sp_test_read_file(sheet, &len);
    json_t *expected = json_load_file(expected_file, 0, &error);
    sp_test_import_t t = sp_test_import(text, len, 0, NULL);

    sp_assert_ok(t.rv, t.err);
    check_weekly(&t, json_object_get(expected, "weekly"));
    check_events(&t, json_object_get(expected, "events"));
    assert_int_equal(t.result->layout, SP_LAYOUT_SHEET);
    assert_int_equal(t.result->date_order, SP_DATE_ORDER_MDY);
    check_arrangements(text, len, t.numbers, sp_test_import_total(&t, 0), sp_test_import_total(&t, 1));
    json_decref(expected);
}

static void sample_year_gives_expected_totals(void **state)
{
    check_year("tests/data/sample-year.csv", "tests/data/sample-year.expected.json");
}

static void real_year_gives_expected_totals(void **state)
{
    const char *dir = sp_test_shared_data();

    if (!dir) {
        skip();
    }
    check_year(apr_pstrcat(sp_test_pool(), dir, "/jhb-2025-sheet.csv", NULL), apr_pstrcat(sp_test_pool(), dir, "/jhb-2025-expected.json", NULL));
}

static void any_chunking_gives_the_same(void **state)
{
    apr_size_t len;
    const char *text = sp_test_read_file("tests/data/sample-year.csv", &len);
    sp_test_import_t whole = sp_test_import(text, len, 0, NULL);
    static const int steps[] = {1, 2, 7, -1};

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        sp_test_import_t t = sp_test_import(text, len, steps[i], NULL);
        assert_string_equal(t.numbers, whole.numbers);
        assert_string_equal(t.assumed, whole.assumed);
        assert_string_equal(t.warnings, whole.warnings);
        assert_string_equal(t.result->sha256, whole.result->sha256);
        assert_int_equal(t.result->bytes, len);
        assert_int_equal(t.result->rows, whole.result->rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(sample_year_gives_expected_totals),
        SP_UNIT_TEST(real_year_gives_expected_totals),
        SP_UNIT_TEST(any_chunking_gives_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
