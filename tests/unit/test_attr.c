/* Attributes in the ledger: the latest entry in effect wins, else what the identity was created with; and databases from before there were any. */
#include "store_support.h"

#include <sqlite3.h>

#include "attr.h"
#include "ident.h"
#include "ledger_entry.h"
#include "migrations.h"

#define SUNDAY 20093 /* 2025-01-05 */

/* An entry that says one attribute of the first service or platform. */
static apr_int64_t say(sp_db_t *db, char kind, int id, const char *attr, const char *value, int *changes)
{
    sp_entry_t entry = {.kind = SP_ENTRY_EDIT, .mode = SP_MODE_MERGE, .actor = "tester"};
    apr_array_header_t *attrs = apr_array_make(sp_test_pool(), 1, sizeof(sp_attr_t));

    APR_ARRAY_PUSH(attrs, sp_attr_t) = (sp_attr_t){kind, id, attr, value};
    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_ledger_entry_add(db, &entry, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_attr_say(db, entry.id, attrs, changes, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_db_commit(db, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    return entry.id;
}

static int put_in_effect(sp_db_t *db, apr_int64_t entry, int in_effect)
{
    sp_stmt_t *st;
    int changes = -1;

    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    st = sp_db_stmt(db, SP_Q_ENTRY_STATE, sp_test_err());
    sp_stmt_bind_int(st, 1, entry);
    sp_stmt_bind_int(st, 2, in_effect);
    sp_stmt_bind_null(st, 3);
    sp_assert_ok(sp_stmt_run(st, NULL, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_attr_settle_entry(db, entry, &changes, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_db_commit(db, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    return changes;
}

static const char *text(sp_db_t *db, sp_query_e query, int id, int column)
{
    sp_stmt_t *st = sp_db_stmt(db, query, sp_test_err());
    const char *value;

    sp_stmt_bind_int(st, 1, id);
    assert_int_equal(sp_stmt_step(st, sp_test_err()), APR_SUCCESS);
    value = sp_stmt_text(st, column, sp_test_pool());
    sp_stmt_reset(st);
    return value;
}

static const char *service_name(sp_db_t *db)
{
    return text(db, SP_Q_SERVICE_BY_ID, 1, 2);
}

/* The id that a platform's fold leads to; 0: none. */
static int platform_of(sp_db_t *db, const char *fold)
{
    apr_int64_t id = 0;

    (void)sp_ident_id(db, SP_Q_PLATFORM_BY_FOLD, fold, &id, sp_test_err());
    return (int)id;
}

static sp_db_t *db_with_two_platforms(void)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();

    sp_test_say(said, "Sunday", "Zoom", SUNDAY, 1);
    sp_test_say(said, "Sunday", "YouTube", SUNDAY, 2);
    sp_test_commit(db, said, SP_MODE_MERGE);
    return db;
}

static void the_latest_entry_in_effect_wins(void **state)
{
    sp_db_t *db = db_with_two_platforms();
    int changes;
    apr_int64_t a = say(db, 's', 1, "name", "A", &changes), b;

    assert_int_equal(changes, 1);
    b = say(db, 's', 1, "name", "B", &changes);
    assert_string_equal(service_name(db), "B");
    assert_int_equal(put_in_effect(db, a, 0), 0);
    assert_string_equal(service_name(db), "B");
    assert_int_equal(put_in_effect(db, b, 0), 1);
    assert_string_equal(service_name(db), "Sunday");
    put_in_effect(db, a, 1);
    assert_string_equal(service_name(db), "A");
    put_in_effect(db, b, 1);
    assert_string_equal(service_name(db), "B");
    assert_int_equal(put_in_effect(db, b, 1), 0);
}

static void one_platform_has_an_alias(void **state)
{
    sp_db_t *db = db_with_two_platforms();
    int changes;
    apr_int64_t first = say(db, 'p', 1, "alias:tube", "Tube", &changes), second = say(db, 'p', 2, "alias:tube", "The Tube", &changes), none;

    assert_int_equal(platform_of(db, "tube"), 2);
    none = say(db, 'p', 2, "alias:tube", NULL, &changes);
    assert_int_equal(platform_of(db, "tube"), 1);
    put_in_effect(db, none, 0);
    assert_int_equal(platform_of(db, "tube"), 2);
    put_in_effect(db, second, 0);
    assert_int_equal(platform_of(db, "tube"), 1);
    put_in_effect(db, first, 0);
    assert_int_equal(platform_of(db, "tube"), 0);
    say(db, 'p', 2, "alias:zoom", "Zoom", &changes);
    assert_int_equal(platform_of(db, "zoom"), 2); /* before the fold key that the first was created with */
}

static void an_entry_tells_what_it_says(void **state)
{
    sp_db_t *db = db_with_two_platforms();
    apr_array_header_t *attrs;
    int changes;
    apr_int64_t entry = say(db, 'p', 2, "color", "#010203", &changes);

    sp_assert_ok(sp_attr_said(db, sp_test_pool(), entry, &attrs, sp_test_err()), sp_test_err());
    assert_int_equal(attrs->nelts, 1);
    assert_int_equal(APR_ARRAY_IDX(attrs, 0, sp_attr_t).kind, 'p');
    assert_int_equal(APR_ARRAY_IDX(attrs, 0, sp_attr_t).id, 2);
    assert_string_equal(APR_ARRAY_IDX(attrs, 0, sp_attr_t).attr, "color");
    assert_string_equal(APR_ARRAY_IDX(attrs, 0, sp_attr_t).value, "#010203");
}

static apr_int64_t differences(sp_db_t *db, const char *words)
{
    apr_array_header_t *list;
    apr_int64_t total;

    sp_assert_ok(sp_ledger_check(db, sp_test_pool(), NULL, NULL, &list, &total, sp_test_err()), sp_test_err());
    if (total)
        assert_non_null(strstr(APR_ARRAY_IDX(list, 0, const char *), words));
    return total;
}

static void the_check_finds_what_was_not_said(void **state)
{
    sp_db_t *db = db_with_two_platforms();
    int changes;

    say(db, 'p', 2, "alias:tube", "Tube", &changes);
    sp_assert_ok(sp_db_script(db, "UPDATE service SET name = 'Monday'", sp_test_err()), sp_test_err());
    assert_int_equal(differences(db, "service \"Monday\": the ledger says name is \"Sunday\", stored is \"Monday\""), 1);
    sp_assert_ok(sp_db_script(db, "UPDATE service SET name = base_name; DELETE FROM alias", sp_test_err()), sp_test_err());
    assert_int_equal(differences(db, "platform 2, \"tube\" (Tube): the ledger has the alias"), 1);
    sp_assert_ok(sp_db_script(db, "INSERT INTO alias VALUES ('p', 'tube', 2, 'Tube'), ('s', 'x', 1, 'X')", sp_test_err()), sp_test_err());
    assert_int_equal(differences(db, "service 1, \"x\" (X): the alias is stored, but the ledger has none"), 1);
    sp_assert_ok(sp_db_script(db, "DELETE FROM alias WHERE kind = 's'; INSERT INTO attr_words VALUES ('e', 9, 'name', 1, 'X')", sp_test_err()), sp_test_err());
    assert_int_equal(differences(db, "an identity that does not exist"), 1);
}

static void run_sql(const char *path, const char *sql)
{
    char *message = NULL;
    sqlite3 *h;

    assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
    if (sqlite3_exec(h, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    sqlite3_close(h);
}

static void migration_keeps_what_a_schema_1_database_has(void **state)
{
    const char *path = sp_test_new_path();
    int from = 0, to = 0, changes;
    sp_db_t *db;

    run_sql(path, sp_migrations_sqlite[0].sql);
    run_sql(path, "INSERT INTO service VALUES (1, 'sunday', 'sunday', 'Sunday', '#111111', 4);"
                  "INSERT INTO platform VALUES (1, 'zoom', 'zoom', 'Zoom', '#222222', 1);"
                  "INSERT INTO event VALUES (1, 'easter-2025', 'easter', 'Easter', 'Four days');"
                  "INSERT INTO entry VALUES (1, 'upload', 'merge', 'a.csv', NULL, 'x', 1, 1, 1, 0, 0, 0, NULL, NULL, 1);"
                  "INSERT INTO words VALUES (1, 1, 1, 1, 20198, 20198, x'01e69d0106000000');"
                  "INSERT INTO label_words VALUES (1, 20198, 1, 'April 20');"
                  "INSERT INTO number VALUES (1, 1, 1, 20198, 5, 0, 1);"
                  "INSERT INTO day_label VALUES (1, 20198, 'April 20');");
    sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, &from, &to, sp_test_err()), sp_test_err());
    assert_int_equal(from, 1);
    assert_int_equal(to, SP_SCHEMA_VERSION);
    db = sp_test_open(path, 1000);
    sp_assert_ok(sp_migrate_verify(db, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_db_integrity(db, sp_test_err()), sp_test_err());
    sp_test_assert_ledger(db);
    assert_int_equal(sp_test_number(db, "Easter", "Sunday", "Zoom", 20198), 5);
    put_in_effect(db, say(db, 's', 1, "name", "Worship", &changes), 0);
    assert_string_equal(service_name(db), "Sunday");
    assert_string_equal(text(db, SP_Q_SERVICE_BY_ID, 1, 4), "4");
    assert_string_equal(text(db, SP_Q_EVENT_BY_ID, 1, 3), "Four days");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(the_latest_entry_in_effect_wins),
        SP_UNIT_TEST(one_platform_has_an_alias),
        SP_UNIT_TEST(an_entry_tells_what_it_says),
        SP_UNIT_TEST(the_check_finds_what_was_not_said),
        SP_UNIT_TEST(migration_keeps_what_a_schema_1_database_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
