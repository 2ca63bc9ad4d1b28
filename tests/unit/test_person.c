/* Tests of person.c. */
#include "support.h"

#include <apr_strings.h>

#include "person.h"

static char *of_length(apr_size_t len)
{
    char *text = apr_palloc(sp_test_pool(), len + 1);

    memset(text, 'a', len);
    text[len] = '\0';
    return text;
}

static void names_that_may_stand_in_the_ledger(void **state)
{
    const char *const good[] = {"ann@example.org",
                                "Ann Smith (Finance)",
                                "J\xc3\xbcrgen",
                                "a",
                                "0e5b7c6a-1111-2222-3333-444455556666",
                                "\xe5\xbc\xa0\xe4\xbc\x9f",
                                of_length(SP_PERSON_NAME_MAX_BYTES)};
    const char *why;

    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        if (sp_person_check_name(sp_test_pool(), good[i], &why) != APR_SUCCESS)
            fail_msg("\"%s\" %s", good[i], why);
    }
}

static void names_that_may_not(void **state)
{
    const char *const bad[] = {
        "",
        of_length(SP_PERSON_NAME_MAX_BYTES + 1),
        "a\nb",
        "a\rb",
        "a\tb",
        "a\x01",
        "a\x7f",
        "\xc2\x85"
        "a",
        "\xff",
        "a\xc3",
        "\xc0\x80",
        "\xed\xa0\x80",
        " a",
        "a ",
        "a\xe2\x80\xae"
        "b",
        "\xef\xbb\xbf"
        "a",
        "a\xe2\x80\x8b"
        "b",
        "anonymous",
        "Anonymous",
        "system",
        "admin (PIN)",
        "ADMIN (pin)",
        "x (token)",
        "root (command line)",
    };
    const char *why;

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        why = NULL;
        if (sp_person_check_name(sp_test_pool(), bad[i], &why) != APR_EINVAL || !why)
            fail_msg("\"%s\" passed", bad[i]);
    }
}

static void groups_have_their_limits_too(void **state)
{
    const char *why;

    assert_int_equal(sp_person_check_groups(sp_test_pool(), "", &why), APR_SUCCESS);
    assert_int_equal(sp_person_check_groups(sp_test_pool(), "Admins Viewers", &why), APR_SUCCESS);
    assert_int_equal(sp_person_check_groups(sp_test_pool(), of_length(SP_PERSON_GROUPS_MAX_BYTES), &why), APR_SUCCESS);
    assert_int_equal(sp_person_check_groups(sp_test_pool(), of_length(SP_PERSON_GROUPS_MAX_BYTES + 1), &why), APR_EINVAL);
    assert_int_equal(sp_person_check_groups(sp_test_pool(), "a\nAdmins", &why), APR_EINVAL);
    assert_int_equal(sp_person_check_groups(sp_test_pool(), "\xff Admins", &why), APR_EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(names_that_may_stand_in_the_ledger),
        SP_UNIT_TEST(names_that_may_not),
        SP_UNIT_TEST(groups_have_their_limits_too),
    };
    return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}
