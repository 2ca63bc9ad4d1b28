/* Tests of role.c. */
#include "support.h"

#include "role.h"

static int can(sp_role_e role, const char *verb)
{
    for (const char *const *v = sp_role_can(role); *v; v++) {
        if (strcmp(*v, verb) == 0) {
            return 1;
        }
    }
    return 0;
}

static void names_round_trip_in_any_case(void **state)
{
    sp_role_e role;
    for (int i = SP_ROLE_NONE; i <= SP_ROLE_ADMIN; i++) {
        assert_int_equal(sp_role_by_name(sp_role_name((sp_role_e)i), &role), APR_SUCCESS);
        assert_int_equal(role, i);
    }
    assert_int_equal(sp_role_by_name("Editor", &role), APR_SUCCESS);
    assert_int_equal(role, SP_ROLE_EDITOR);
    assert_int_equal(sp_role_by_name("root", &role), APR_NOTFOUND);
    assert_int_equal(sp_role_by_name("", &role), APR_NOTFOUND);
    assert_string_equal(sp_role_name((sp_role_e)77), "none");
}

static void rights_grow_with_the_role(void **state)
{
    for (int i = SP_ROLE_NONE; i < SP_ROLE_ADMIN; i++) {
        for (const char *const *v = sp_role_can((sp_role_e)i); *v; v++) {
            assert_true(can((sp_role_e)(i + 1), *v));
        }
    }
    assert_null(sp_role_can(SP_ROLE_NONE)[0]);
    assert_false(can(SP_ROLE_VIEWER, "upload"));
    assert_true(can(SP_ROLE_EDITOR, "upload"));
    assert_false(can(SP_ROLE_EDITOR, "delete"));
    assert_true(can(SP_ROLE_ADMIN, "delete"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(names_round_trip_in_any_case),
        SP_UNIT_TEST(rights_grow_with_the_role),
    };
    return cmocka_run_group_tests_name("role", tests, NULL, NULL);
}
