/* Who has been here. */
#include "store_support.h"

#include <apr_strings.h>
#include <apr_time.h>

#include "people.h"

#define START_MS APR_INT64_C(1750000000000)
#define DAY_MS   APR_INT64_C(86400000)
#define DAYS     400
#define IDLE_S   1800

static void visit(sp_db_t *db, const char *name, sp_role_e role, const char *groups, apr_int64_t now_ms)
{
    const sp_person_t person = {.name = name, .method = "oidc", .role = role, .groups = groups};

    sp_people_visit(db, sp_test_pool(), &person, now_ms, &(sp_people_rule_t){.days = DAYS, .idle_s = IDLE_S});
}

static apr_array_header_t *list(sp_db_t *db, apr_int64_t now_ms)
{
    apr_array_header_t *people;

    sp_assert_ok(sp_people_list(db, sp_test_pool(), now_ms, DAYS, &people, sp_test_err()), sp_test_err());
    return people;
}

static void list_gives_who_was_here_last_seen_first(void **state)
{
    sp_db_t *db = sp_test_db();
    const sp_person_t *jane;

    visit(db, "jane@example.org", SP_ROLE_ADMIN, "Admins Staff", START_MS);
    visit(db, "'; DROP TABLE person; --", SP_ROLE_VIEWER, NULL, START_MS + 5);
    assert_int_equal(list(db, START_MS + 10)->nelts, 2);
    jane = &APR_ARRAY_IDX(list(db, START_MS + 10), 1, sp_person_t);
    assert_string_equal(jane->name, "jane@example.org");
    assert_int_equal(jane->role, SP_ROLE_ADMIN);
    assert_string_equal(jane->groups, "Admins Staff");
    assert_int_equal(jane->first_ms, START_MS);
    assert_int_equal(jane->last_ms, START_MS);
}

static void visit_is_noted_once_a_minute_or_when_the_role_is_another(void **state)
{
    sp_db_t *db = sp_test_db();

    visit(db, "jane", SP_ROLE_ADMIN, "Admins", START_MS);
    visit(db, "jane", SP_ROLE_ADMIN, "Admins", START_MS + 59999);
    assert_int_equal(sp_test_ask(db, "SELECT last_seen_ms FROM person"), START_MS);
    visit(db, "jane", SP_ROLE_ADMIN, "Admins", START_MS + 60000);
    assert_int_equal(sp_test_ask(db, "SELECT last_seen_ms FROM person"), START_MS + 60000);
    visit(db, "jane", SP_ROLE_VIEWER, "Viewers", START_MS + 60001);
    assert_int_equal(sp_test_ask(db, "SELECT last_seen_ms FROM person WHERE role = 'viewer' AND groups = 'Viewers'"), START_MS + 60001);
    assert_int_equal(sp_test_ask(db, "SELECT first_seen_ms FROM person"), START_MS);
    visit(db, "jane", SP_ROLE_NONE, NULL, START_MS + 60002);
    assert_int_equal(sp_test_ask(db, "SELECT last_seen_ms FROM person WHERE role = 'none' AND groups IS NULL"), START_MS + 60002);
}

static void visit_does_not_wait_for_another_writer(void **state)
{
    sp_db_t *db = sp_test_db(), *other = sp_test_open(sp_db_name(db), 120000);
    apr_time_t start;

    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    start = apr_time_now();
    visit(other, "jane", SP_ROLE_ADMIN, NULL, START_MS);
    assert_true(apr_time_now() - start < apr_time_from_sec(60));
    sp_db_rollback(db);
    assert_int_equal(list(other, START_MS)->nelts, 0);
}

static void visit_forgets_who_did_not_come_back(void **state)
{
    sp_db_t *db = sp_test_db();

    visit(db, "old", SP_ROLE_ADMIN, NULL, START_MS);
    assert_int_equal(list(db, START_MS + DAYS * DAY_MS)->nelts, 1);
    assert_int_equal(list(db, START_MS + DAYS * DAY_MS + 1)->nelts, 0);
    visit(db, "new", SP_ROLE_ADMIN, NULL, START_MS + DAYS * DAY_MS + 1);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM person"), 1);
}

static void visit_keeps_those_with_a_role_when_there_are_too_many(void **state)
{
    sp_db_t *db = sp_test_db();

    visit(db, "jane", SP_ROLE_VIEWER, "Viewers", START_MS);
    for (int i = 1; i <= SP_PEOPLE_MAX + 5; i++)
        visit(db, apr_psprintf(sp_test_pool(), "nobody%d", i), SP_ROLE_NONE, NULL, START_MS + i);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM person"), SP_PEOPLE_MAX);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM person WHERE name IN ('jane', 'nobody1005')"), 2);
}

/* Entries of the audit log about it. */
static apr_int64_t told(sp_db_t *db, const char *action)
{
    return sp_test_ask(db, apr_psprintf(sp_test_pool(), "SELECT count(*) FROM audit_log WHERE action = '%s' AND actor = 'jane'", action));
}

static void arriving_is_a_login_of_the_audit_log(void **state)
{
    const sp_actor_t jane = {.user = "jane", .role = "admin", .method = "oidc"};
    const apr_int64_t idle_ms = APR_INT64_C(1000) * IDLE_S;
    sp_db_t *db = sp_test_db();

    sp_db_set_actor(db, &jane);
    visit(db, "jane", SP_ROLE_ADMIN, NULL, START_MS);
    visit(db, "jane", SP_ROLE_ADMIN, NULL, START_MS + idle_ms);
    assert_int_equal(told(db, "login"), 1);
    visit(db, "jane", SP_ROLE_ADMIN, NULL, START_MS + 2 * idle_ms + 1);
    assert_int_equal(told(db, "login"), 2);
    sp_people_visit(db, sp_test_pool(), &(sp_person_t){.name = "admin", .method = "pin"}, START_MS, &(sp_people_rule_t){.days = DAYS});
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM audit_log"), 2);
}

static void signing_out_is_a_logout_and_the_next_visit_a_login(void **state)
{
    const sp_actor_t jane = {.user = "jane", .role = "admin", .method = "oidc"};
    sp_db_t *db = sp_test_db();

    sp_db_set_actor(db, &jane);
    sp_people_sign_out(db, "jane", "oidc", START_MS);
    assert_int_equal(told(db, "logout"), 0);
    visit(db, "jane", SP_ROLE_ADMIN, NULL, START_MS);
    sp_people_sign_out(db, "jane", "oidc", START_MS + 1);
    sp_people_sign_out(db, "jane", "oidc", START_MS + 2);
    assert_int_equal(told(db, "logout"), 1);
    visit(db, "jane", SP_ROLE_ADMIN, NULL, START_MS + 3);
    assert_int_equal(told(db, "login"), 1);
    visit(db, "jane", SP_ROLE_ADMIN, NULL, START_MS + 20000);
    visit(db, "jane", SP_ROLE_ADMIN, NULL, START_MS + 20001);
    assert_int_equal(told(db, "login"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(list_gives_who_was_here_last_seen_first),
        SP_UNIT_TEST(visit_is_noted_once_a_minute_or_when_the_role_is_another),
        SP_UNIT_TEST(visit_does_not_wait_for_another_writer),
        SP_UNIT_TEST(visit_forgets_who_did_not_come_back),
        SP_UNIT_TEST(visit_keeps_those_with_a_role_when_there_are_too_many),
        SP_UNIT_TEST(arriving_is_a_login_of_the_audit_log),
        SP_UNIT_TEST(signing_out_is_a_logout_and_the_next_visit_a_login),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
