/* Tests of web_origin.c. */
#include "support.h"

#include "web_origin.h"

static void complaint_is_null_for_what_browsers_send(void **state)
{
    static const char *const good[] = {"https://wall.example.org", "http://localhost:5173",         "https://127.0.0.1:8443",
                                       "http://[::1]:8080",        "https://xn--bcher-kva.example", "https://a"};

    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        if (sp_web_origin_complaint(sp_test_pool(), good[i]))
            fail_msg("\"%s\" %s", good[i], sp_web_origin_complaint(sp_test_pool(), good[i]));
    }
}

static void complaint_says_why_not(void **state)
{
    static const char *const bad[] = {
        "",
        "*",
        "null",
        "NULL",
        "https://*",
        "https://*.example.org",
        "example.org",
        "//example.org",
        "https:example.org",
        "https://",
        "ftp://example.org",
        "file://",
        "javascript:x",
        "HTTPS://example.org",
        "https://Example.org",
        "https://example.org/",
        "https://example.org/path",
        "https://example.org?x",
        "https://example.org#x",
        "https://example.org:443",
        "http://example.org:80",
        "https://example.org:0",
        "https://example.org:",
        "https://example.org:08443",
        "https://example.org:65537",
        "https://example.org:x",
        "https://user@example.org",
        "https://user:pass@example.org",
        "https://b\xc3\xbc"
        "cher.example",
        "https://a b",
        "https://.example.org",
        "https://-a",
        "https://[::1",
        "https://[]",
        "https://a.example,https://b.example",
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        if (!sp_web_origin_complaint(sp_test_pool(), bad[i]))
            fail_msg("\"%s\" passes", bad[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(complaint_is_null_for_what_browsers_send),
        SP_UNIT_TEST(complaint_says_why_not),
    };
    return cmocka_run_group_tests_name("web_origin", tests, NULL, NULL);
}
