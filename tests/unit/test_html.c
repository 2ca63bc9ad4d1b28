/* Tests of html.c. */
#include "support.h"

#include <apr_strings.h>

#include "html.h"

static const char *written(sp_out_t *out)
{
    const char *data;

    sp_assert_ok(sp_out_finish(out, sp_test_err()), sp_test_err());
    sp_out_content(out, &data);
    return apr_pstrmemdup(sp_test_pool(), data, (apr_size_t)sp_out_size(out));
}

static void text_never_becomes_markup(void **state)
{
    static const struct {
        const char *text, *html;
    } cases[] = {
        {"<script>alert(\"x\")</script>", "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"},
        {"PT's & caf\xC3\xA9", "PT&#39;s &amp; caf\xC3\xA9"},
        {"'", "&#39;"},
        {"", ""},
        {NULL, ""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_out_t *out = sp_out_create(sp_test_pool(), NULL);
        sp_html_text(out, cases[i].text);
        assert_string_equal(written(out), cases[i].html);
    }
}

static void count_groups_by_three(void **state)
{
    static const struct {
        apr_int64_t count;
        const char *html;
    } cases[] = {{0, "0"}, {999, "999"}, {1000, "1,000"}, {96254, "96,254"}, {APR_INT64_C(1000000000000), "1,000,000,000,000"}, {-1234, "-1,234"}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_out_t *out = sp_out_create(sp_test_pool(), NULL);
        sp_html_count(out, cases[i].count);
        assert_string_equal(written(out), cases[i].html);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(text_never_becomes_markup),
        SP_UNIT_TEST(count_groups_by_three),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
