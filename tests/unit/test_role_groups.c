/* Tests of role_groups.c. */
#include "support.h"

#include <apr_strings.h>

#include "role_groups.h"

static const apr_array_header_t *names(const char *first, const char *second)
{
    apr_array_header_t *list = apr_array_make(sp_test_pool(), 2, sizeof(const char *));

    APR_ARRAY_PUSH(list, const char *) = first;
    if (second)
        APR_ARRAY_PUSH(list, const char *) = second;
    return list;
}

static void defaults_are_whole_words_in_exact_case(void **state)
{
    static const struct {
        const char *groups;
        sp_role_e role;
    } cases[] = {
        {NULL, SP_ROLE_NONE},
        {"", SP_ROLE_NONE},
        {" ", SP_ROLE_NONE},
        {"Admins", SP_ROLE_ADMIN},
        {"Editors", SP_ROLE_EDITOR},
        {"Viewers", SP_ROLE_VIEWER},
        {"Viewers Admins", SP_ROLE_ADMIN},
        {"Admins Viewers", SP_ROLE_ADMIN},
        {"Staff Editors Viewers", SP_ROLE_EDITOR},
        {"  Viewers  ", SP_ROLE_VIEWER},
        {"a b c d Viewers", SP_ROLE_VIEWER},
        {"Staff", SP_ROLE_NONE},
        {"admins", SP_ROLE_NONE},
        {"ADMINS", SP_ROLE_NONE},
        {"Admin", SP_ROLE_NONE},
        {"AdminsX", SP_ROLE_NONE},
        {"XAdmins", SP_ROLE_NONE},
        {"Not-Admins", SP_ROLE_NONE},
        {"Admins-Former", SP_ROLE_NONE},
        /* One group whose name holds commas, or several that were joined by one: nobody can tell. */
        {"Viewers,Admins", SP_ROLE_NONE},
        {"Viewers,Admins Viewers", SP_ROLE_VIEWER},
        {"Admins,", SP_ROLE_NONE},
        {"[\"Admins\"]", SP_ROLE_NONE},
        {"{\"Admins\":true}", SP_ROLE_NONE},
        {"Viewers\tAdmins", SP_ROLE_NONE},
        {"Viewers\nAdmins", SP_ROLE_NONE},
        {"Viewers;Admins", SP_ROLE_NONE},
        {"Viewers\xc2\xa0"
         "Admins",
         SP_ROLE_NONE},
        {"\xd0\x90"
         "dmins",
         SP_ROLE_NONE}, /* a Cyrillic letter */
        {"none", SP_ROLE_NONE},
        {"admin", SP_ROLE_NONE},
    };
    const sp_role_groups_t rule = {{NULL}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        if (sp_role_of_groups(&rule, cases[i].groups) != cases[i].role)
            fail_msg("\"%s\" gives %s", cases[i].groups, sp_role_name(sp_role_of_groups(&rule, cases[i].groups)));
    }
}

static void what_is_configured_replaces_the_default(void **state)
{
    const sp_role_groups_t rule = {{NULL, NULL, NULL, names("Owners", "Root")}};

    assert_int_equal(sp_role_of_groups(&rule, "Owners"), SP_ROLE_ADMIN);
    assert_int_equal(sp_role_of_groups(&rule, "x Root"), SP_ROLE_ADMIN);
    assert_int_equal(sp_role_of_groups(&rule, "Admins"), SP_ROLE_NONE);
    assert_int_equal(sp_role_of_groups(&rule, "Admins Editors"), SP_ROLE_EDITOR);
}

static void one_group_in_two_roles_gives_the_higher(void **state)
{
    const sp_role_groups_t rule = {{NULL, names("Team", NULL), names("Team", NULL), NULL}};

    assert_int_equal(sp_role_of_groups(&rule, "Team"), SP_ROLE_EDITOR);
}

static void complaint_says_why_a_name_cannot_match(void **state)
{
    static const char *const bad[] = {"Media Team", "Admins,Owners", "a\tb", "a\x7f"};

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_non_null(sp_role_group_complaint(bad[i]));
    assert_null(sp_role_group_complaint("Admins"));
    assert_null(sp_role_group_complaint("us-east-1_abc_Google"));
    assert_null(sp_role_group_complaint("\xc3\x84rzte"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(defaults_are_whole_words_in_exact_case),
        SP_UNIT_TEST(what_is_configured_replaces_the_default),
        SP_UNIT_TEST(one_group_in_two_roles_gives_the_higher),
        SP_UNIT_TEST(complaint_says_why_a_name_cannot_match),
    };
    return cmocka_run_group_tests_name("role_groups", tests, NULL, NULL);
}
