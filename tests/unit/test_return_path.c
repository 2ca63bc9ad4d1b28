/* Tests of return_path.c. */
#include "support.h"

#include <apr_strings.h>

#include "return_path.h"

static void check_accepts_addresses_of_the_product(void **state)
{
    static const struct {
        const char *prefix, *path;
    } cases[] = {
        {"", "/"},
        {"", "/trends"},
        {"", "/trends?from=2025-01-01&service=a%20b&x=%2F%2Fevil.example"},
        {"", "/a/b/"},
        {"", "/a%20b"},
        {"", "/?x=//evil.example"},
        {"", "/...x"},
        {"/pulse", "/pulse/"},
        {"/pulse", "/pulse/trends?from=2025"},
        {"/pulse", "/p%75lse/trends"},
        {"/a b", "/a%20b/trends"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        if (sp_return_path_check(cases[i].prefix, cases[i].path) != APR_SUCCESS)
            fail_msg("\"%s\" below \"%s\" is refused", cases[i].path, cases[i].prefix);
    }
}

static void check_refuses_everything_else(void **state)
{
    static const char *const bad[] = {
        "",
        "x",
        "trends",
        "?x",
        "#x",
        /* other hosts */
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "//evil.example/pulse/",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\\/evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "HTTPS://evil.example",
        "http:evil",
        "javascript:alert(1)",
        "data:text/html,x",
        "//user@evil",
        "/ /evil.example",
        " //evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "\x01//evil.example",
        "//evil.example%2f..",
        "/.//evil.example",
        "/..//evil.example",
        "/x/..//evil.example",
        /* encoded, once and twice */
        "/%2fevil.example",
        "/%2Fevil.example",
        "/%5cevil.example",
        "/%5Cevil.example",
        "%2f%2fevil.example",
        "/%252fevil.example",
        "/%255cevil.example",
        "/%09/evil.example",
        "/%0d%0aLocation:%20https://evil.example",
        "/%00",
        "/x%00y",
        "/%7f",
        "/%3f/x",
        "/%68ttps://evil.example",
        /* ways up */
        "/..",
        "/../",
        "/.",
        "/./",
        "/a/../b",
        "/a/./b",
        "/%2e%2e/",
        "/%2e./",
        "/.%2E",
        "/a/%2e%2e/%2e%2e/b",
        "/a//b",
        /* what no browser sends */
        "/a b",
        "/a\"b",
        "/a<b",
        "/a>b",
        "/a`b",
        "/a{b}",
        "/a|b",
        "/a^b",
        "/a[b",
        "/a#b",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a?x=%",
        "/a?x=\\",
        "/a?\r\nX: y",
        "/\xc3\xa9",
        "/a?\xc3\xa9",
        "/\xe2\x80\xae",
        "/a\x7f",
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        if (sp_return_path_check("", bad[i]) != APR_EINVAL)
            fail_msg("\"%s\" passes", bad[i]);
    }
}

static void check_refuses_what_is_not_below_the_prefix(void **state)
{
    static const char *const bad[] = {"/", "/pulse", "/pulses/", "/puls/e", "/other/", "/PULSE/", "/pulse?x=/", "/pulse%2f", "/x/pulse/"};

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        if (sp_return_path_check("/pulse", bad[i]) != APR_EINVAL)
            fail_msg("\"%s\" passes", bad[i]);
    }
}

static void check_has_a_limit(void **state)
{
    char *path = apr_palloc(sp_test_pool(), SP_RETURN_PATH_MAX_BYTES + 2);

    memset(path, 'a', SP_RETURN_PATH_MAX_BYTES + 1);
    path[0] = '/';
    path[SP_RETURN_PATH_MAX_BYTES + 1] = '\0';
    assert_int_equal(sp_return_path_check("", path), APR_EINVAL);
    assert_int_equal(sp_return_path_check_local(path), APR_SUCCESS);
    path[SP_RETURN_PATH_MAX_BYTES] = '\0';
    assert_int_equal(sp_return_path_check("", path), APR_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(check_accepts_addresses_of_the_product),
        SP_UNIT_TEST(check_refuses_everything_else),
        SP_UNIT_TEST(check_refuses_what_is_not_below_the_prefix),
        SP_UNIT_TEST(check_has_a_limit),
    };
    return cmocka_run_group_tests_name("return_path", tests, NULL, NULL);
}
