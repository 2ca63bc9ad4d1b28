/* Commands for the login provider, held against a real shell. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include <apr_strings.h>

#include "cognito.h"

static const sp_cognito_group_t groups[] = {{"Viewers", "viewer", 0}, {"Editors", "editor", 1}, {"Admins", "admin", 0}};

static apr_array_header_t *steps_of(const char *name)
{
    return sp_cognito_steps(sp_test_pool(), "eu-central-1_AbC123", name, groups, 3);
}

static void is_pool_takes_ids_of_pools_only(void **state)
{
    static const char *const right[] = {"eu-central-1_AbCdEf123", "us-east-1_POOL", "us-gov-west-1_x"};
    static const char *const wrong[] = {"",
                                        "_",
                                        "eu-central-1",
                                        "eu-central-1_",
                                        "eu central-1_A",
                                        "eu-central-1_A;rm",
                                        "eu-central-1_A b",
                                        "$(x)-1_A",
                                        "EU-central-1_A",
                                        "eu-central-1_A'",
                                        "-x-1_A",
                                        "eu-central_A"};

    for (size_t i = 0; i < sizeof(right) / sizeof(*right); i++)
        assert_true(sp_cognito_is_pool(right[i]));
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        assert_false(sp_cognito_is_pool(wrong[i]));
}

static void steps_say_what_to_run(void **state)
{
    apr_array_header_t *steps = steps_of("jane@example.org");
    const char *expected[] = {
        "aws cognito-idp admin-add-user-to-group --region eu-central-1 --user-pool-id eu-central-1_AbC123 --username='jane@example.org' --group-name='Viewers'",
        "aws cognito-idp admin-add-user-to-group --region eu-central-1 --user-pool-id eu-central-1_AbC123 --username='jane@example.org' --group-name='Admins'",
        "aws cognito-idp admin-remove-user-from-group --region eu-central-1 --user-pool-id eu-central-1_AbC123 --username='jane@example.org' "
        "--group-name='Editors'",
        "aws cognito-idp admin-disable-user --region eu-central-1 --user-pool-id eu-central-1_AbC123 --username='jane@example.org'",
        "aws cognito-idp admin-user-global-sign-out --region eu-central-1 --user-pool-id eu-central-1_AbC123 --username='jane@example.org'",
    };

    assert_int_equal(steps->nelts, 5);
    for (int i = 0; i < 5; i++)
        assert_string_equal(APR_ARRAY_IDX(steps, i, sp_cognito_step_t).command, expected[i]);
}

static void steps_without_a_name_or_a_pool_have_placeholders(void **state)
{
    apr_array_header_t *steps = sp_cognito_steps(sp_test_pool(), NULL, NULL, groups, 3);

    assert_string_equal(APR_ARRAY_IDX(steps, 0, sp_cognito_step_t).command,
                        "aws cognito-idp admin-create-user --user-pool-id REGION_POOLID --username='somebody@example.org' --user-attributes "
                        "Name=email,Value=somebody@example.org Name=email_verified,Value=true");
}

/* What "aws" is given, as a shell reads the command: one argument a line. */
static char *arguments_of(const char *command)
{
    const char *script = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/script", NULL), *out = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/out", NULL);
    FILE *f = fopen(script, "w");
    apr_size_t len;

    assert_non_null(f);
    fprintf(f, "aws() { printf '%%s\\n' \"$@\"; }\n%s\n", command);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(system(apr_pstrcat(sp_test_pool(), "sh ", script, " >", out, " 2>&1", NULL)), 0);
    return sp_test_read_file(out, &len);
}

static void shell_takes_any_name_as_it_is(void **state)
{
    static const char *const names[] = {"o'brien@example.org",
                                        "'; touch hacked; '",
                                        "$(touch hacked)@example.org",
                                        "`id`",
                                        "a\"b",
                                        "a\\",
                                        "a & b | c > d",
                                        "-x",
                                        "--cli-input-json",
                                        "*",
                                        "!x",
                                        "~",
                                        "a'''b",
                                        "é@example.org"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        apr_array_header_t *steps = steps_of(names[i]);
        const char *expected = apr_pstrcat(sp_test_pool(), "\n--username=", names[i], "\n", NULL);
        assert_int_equal(steps->nelts, 5);
        for (int n = 0; n < steps->nelts; n++)
            assert_non_null(strstr(arguments_of(APR_ARRAY_IDX(steps, n, sp_cognito_step_t).command), expected));
    }
}

static void name_that_is_not_safe_to_paste_has_no_steps(void **state)
{
    static const char *const names[] = {"a\nb", "a\rb", "a\x1b[201~b", "a\tb", "a\x7f", "", " a", "file:///etc/passwd", "a\xe2\x80\xae b"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        assert_int_equal(steps_of(names[i])->nelts, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(is_pool_takes_ids_of_pools_only),
        SP_UNIT_TEST(steps_say_what_to_run),
        SP_UNIT_TEST(steps_without_a_name_or_a_pool_have_placeholders),
        SP_UNIT_TEST(shell_takes_any_name_as_it_is),
        SP_UNIT_TEST(name_that_is_not_safe_to_paste_has_no_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
