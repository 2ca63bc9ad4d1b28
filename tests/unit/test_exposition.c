/* Tests of exposition.c and histogram.c. */
#include "support.h"

#include <apr_strings.h>

#include "exposition.h"

static sp_out_t *out;
static sp_exposition_t exposition;

static sp_exposition_t *fresh(void)
{
    out = sp_out_create(sp_test_pool(), NULL);
    sp_exposition_init(&exposition, out);
    return &exposition;
}

static const char *written(void)
{
    const char *data;

    sp_assert_ok(sp_out_finish(out, sp_test_err()), sp_test_err());
    sp_out_content(out, &data);
    return apr_pstrmemdup(sp_test_pool(), data, (apr_size_t)sp_out_size(out));
}

static void family_begins_with_help_and_type(void **state)
{
    sp_exposition_t *x = fresh();

    sp_exposition_family(x, SP_METRIC_COUNTER, "a_total", "What \"it\" is.");
    sp_exposition_int(x, NULL, 0);
    sp_exposition_family(x, SP_METRIC_GAUGE, "b", "back\\slash\nline");
    sp_exposition_int(x, NULL, APR_UINT64_MAX);
    assert_string_equal(written(), "# HELP a_total What \"it\" is.\n# TYPE a_total counter\na_total 0\n"
                                   "# HELP b back\\\\slash\\nline\n# TYPE b gauge\nb 18446744073709551615\n");
}

static void label_values_are_escaped(void **state)
{
    static const struct {
        const char *value, *shown;
    } cases[] = {
        {"", "m{l=\"\"} 1\n"},
        {"/api/data/{service}", "m{l=\"/api/data/{service}\"} 1\n"},
        {"a\"b", "m{l=\"a\\\"b\"} 1\n"},
        {"\\", "m{l=\"\\\\\"} 1\n"},
        {"\n\n", "m{l=\"\\n\\n\"} 1\n"},
        {"\"} 2\nm 3", "m{l=\"\\\"} 2\\nm 3\"} 1\n"},
        {"caf\xC3\xA9", "m{l=\"caf\xC3\xA9\"} 1\n"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const sp_metric_label_t labels[] = {{"l", cases[i].value}, {NULL, NULL}};
        sp_exposition_t *x = fresh();
        x->family = "m";
        sp_exposition_int(x, labels, 1);
        assert_string_equal(written(), cases[i].shown);
    }
}

static void millionths_are_exact(void **state)
{
    static const struct {
        apr_uint64_t value;
        const char *shown;
    } cases[] = {{0, "m 0\n"}, {1, "m 0.000001\n"}, {1500000, "m 1.5\n"}, {20000000, "m 20\n"}, {APR_UINT64_MAX, "m 18446744073709.551615\n"}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_exposition_t *x = fresh();
        x->family = "m";
        sp_exposition_millionths(x, NULL, cases[i].value);
        assert_string_equal(written(), cases[i].shown);
    }
}

static void histogram_puts_a_bound_into_its_own_class(void **state)
{
    for (int i = 0; i < SP_HISTOGRAM_BOUNDS; i++) {
        sp_histogram_t histogram = {{0}, 0};
        sp_histogram_add(&histogram, sp_histogram_bounds_us[i]);
        sp_histogram_add(&histogram, sp_histogram_bounds_us[i] + 1);
        assert_int_equal(histogram.counts[i], 1);
        assert_int_equal(histogram.counts[i + 1], 1);
        assert_int_equal(histogram.sum_us, 2 * sp_histogram_bounds_us[i] + 1);
        assert_true(!i || sp_histogram_bounds_us[i] > sp_histogram_bounds_us[i - 1]);
    }
}

static void histogram_is_shown_cumulated_with_its_sum(void **state)
{
    static const sp_metric_label_t labels[] = {{"route", "/"}, {NULL, NULL}};
    sp_histogram_t histogram = {{0}, 0};
    sp_exposition_t *x = fresh();

    sp_histogram_add(&histogram, 0);
    sp_histogram_add(&histogram, 30);
    sp_histogram_add(&histogram, 7000);
    sp_histogram_add(&histogram, 99000000);
    x->family = "h";
    sp_exposition_histogram(x, labels, &histogram);
    assert_string_equal(written(),
                        "h_bucket{route=\"/\",le=\"0.001\"} 2\nh_bucket{route=\"/\",le=\"0.005\"} 2\nh_bucket{route=\"/\",le=\"0.01\"} 3\n"
                        "h_bucket{route=\"/\",le=\"0.025\"} 3\nh_bucket{route=\"/\",le=\"0.05\"} 3\nh_bucket{route=\"/\",le=\"0.1\"} 3\n"
                        "h_bucket{route=\"/\",le=\"0.2\"} 3\nh_bucket{route=\"/\",le=\"0.5\"} 3\nh_bucket{route=\"/\",le=\"1\"} 3\n"
                        "h_bucket{route=\"/\",le=\"2.5\"} 3\nh_bucket{route=\"/\",le=\"10\"} 3\nh_bucket{route=\"/\",le=\"60\"} 3\n"
                        "h_bucket{route=\"/\",le=\"+Inf\"} 4\nh_sum{route=\"/\"} 99.00703\nh_count{route=\"/\"} 4\n");
}

static void histogram_without_labels_has_the_bound_alone(void **state)
{
    const sp_histogram_t histogram = {{0}, 0};
    sp_exposition_t *x = fresh();

    x->family = "h";
    sp_exposition_histogram(x, NULL, &histogram);
    assert_true(!strncmp(written(), "h_bucket{le=\"0.001\"} 0\n", 23));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(family_begins_with_help_and_type),
        SP_UNIT_TEST(label_values_are_escaped),
        SP_UNIT_TEST(millionths_are_exact),
        SP_UNIT_TEST(histogram_puts_a_bound_into_its_own_class),
        SP_UNIT_TEST(histogram_is_shown_cumulated_with_its_sum),
        SP_UNIT_TEST(histogram_without_labels_has_the_bound_alone),
    };

    return cmocka_run_group_tests_name("exposition", tests, NULL, NULL);
}
