/* Every statement prepares on a fresh schema and finds its rows by a key; the predecessor's tables answer as they did. */
#include "store_support.h"

#include <stdio.h>

#include <apr_strings.h>
#include <sqlite3.h>

static void give_null(sqlite3_context *result, int argc, sqlite3_value **argv) {}

/* With what a connection of ours has besides its tables (see db.h). */
static sqlite3 *open_fresh(void)
{
    const char *path = sp_test_new_path();
    sqlite3 *h;

    sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, NULL, NULL, sp_test_err()), sp_test_err());
    assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
    assert_int_equal(sqlite3_exec(h, "CREATE TEMP TABLE incoming (a, b, c, d, e, f, data)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_create_function(h, "incoming_number", 2, SQLITE_UTF8, NULL, give_null, NULL, NULL), SQLITE_OK);
    return h;
}

static void every_query_prepares_on_a_fresh_schema(void **state)
{
    sqlite3 *h = open_fresh();
    int i;

    for (i = 0; i < SP_Q_COUNT; i++) {
        sqlite3_stmt *st;

        if (sqlite3_prepare_v2(h, sp_queries[i].sqlite, -1, &st, NULL) != SQLITE_OK)
            fail_msg("%s: %s", sp_queries[i].name, sqlite3_errmsg(h));
        assert_non_null(sp_queries[i].postgresql);
        assert_null(strchr(sp_queries[i].sqlite, '$'));
        sqlite3_finalize(st);
    }
    sqlite3_close(h);
}

/* These look at every label, alias, session, job or insight, of which there are few, or at the whole audit log, page by page. */
static int may_scan(const char *query)
{
    static const char *const names[] = {"label_words_days", "label_missing", "label_unsaid", "session_sweep",     "alias_missing",
                                        "alias_unsaid",     "attr_orphans",  "alias_list",   "label_words_until", "audit_scan"};
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(names[i], query) == 0)
            return 1;
    return 0;
}

/* Identities are few and read whole, and so are tokens, people and wrong PINs, which have a limit, and what was spent is one row; numbers, words and entries
 * are not. */
static int is_scan(const char *plan)
{
    static const char *const few[] = {"service",    "platform", "event", "main.event", "api_token",    "person",          "pin_attempt",
                                      "pin_client", "incoming", "s",     "v",          "CONSTANT ROW", "insight_spending"};
    size_t i;

    if (strncmp(plan, "SCAN ", 5) != 0)
        return 0;
    for (i = 0; i < sizeof(few) / sizeof(few[0]); i++) {
        apr_size_t len = strlen(few[i]);

        if (strncmp(plan + 5, few[i], len) == 0 && (plan[5 + len] == '\0' || plan[5 + len] == ' '))
            return 0;
    }
    return 1;
}

static void no_query_scans_what_grows(void **state)
{
    sqlite3 *h = open_fresh();
    int i;

    for (i = 0; i < SP_Q_COUNT; i++) {
        sqlite3_stmt *st;

        if (may_scan(sp_queries[i].name))
            continue;
        assert_int_equal(sqlite3_prepare_v2(h, apr_pstrcat(sp_test_pool(), "EXPLAIN QUERY PLAN ", sp_queries[i].sqlite, NULL), -1, &st, NULL), SQLITE_OK);
        while (sqlite3_step(st) == SQLITE_ROW) {
            const char *plan = (const char *)sqlite3_column_text(st, 3);

            if (is_scan(plan))
                fail_msg("%s: %s", sp_queries[i].name, plan);
        }
        sqlite3_finalize(st);
    }
    sqlite3_close(h);
}

static const char *columns_of(sqlite3 *h, const char *table)
{
    char *sql = apr_pstrcat(sp_test_pool(), "SELECT group_concat(name, ', ') FROM pragma_table_info('", table, "')", NULL);
    const char *columns = NULL;
    sqlite3_stmt *st;

    assert_int_equal(sqlite3_prepare_v2(h, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    columns = apr_pstrdup(sp_test_pool(), (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return columns;
}

static void views_have_the_predecessors_columns(void **state)
{
    sqlite3 *h = open_fresh();

    assert_string_equal(columns_of(h, "weekly_data"), "id, service, platform, week_start, week_end, viewers, created_at");
    assert_string_equal(columns_of(h, "special_events"), "id, name, start_date, end_date, description");
    assert_string_equal(columns_of(h, "special_event_data"), "id, event_id, service, platform, date, viewers");
    assert_string_equal(columns_of(h, "upload_history"), "id, filename, upload_date, rows_imported, mode");
    sqlite3_close(h);
}

static const char *row_of(sp_db_t *db, const char *sql)
{
    sqlite3 *h;
    sqlite3_stmt *st;
    char *row = apr_pstrdup(sp_test_pool(), "");
    int i;

    assert_int_equal(sqlite3_open(sp_db_name(db), &h), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(h, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    for (i = 0; i < sqlite3_column_count(st); i++) {
        const char *text = (const char *)sqlite3_column_text(st, i);

        row = apr_pstrcat(sp_test_pool(), row, i ? "|" : "", text ? text : "NULL", NULL);
    }
    assert_int_equal(sqlite3_step(st), SQLITE_DONE);
    sqlite3_finalize(st);
    sqlite3_close(h);
    return row;
}

static void views_answer_with_the_numbers(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    int event = sp_test_say_event(said, "Easter", sp_calendar_day(2025, 4, 18), sp_calendar_day(2025, 4, 20));

    sp_test_say(said, "Sunday Service", "YouTube", sp_calendar_day(2025, 1, 5), 120);
    sp_test_say_day(said, event, NULL, "YouTube", sp_calendar_day(2025, 4, 18), 10);
    sp_test_say_day(said, event, NULL, "YouTube", sp_calendar_day(2025, 4, 20), 0);
    sp_test_commit(db, said, SP_MODE_MERGE);
    assert_string_equal(row_of(db, "SELECT service, platform, week_start, week_end, viewers FROM weekly_data"),
                        "Sunday Service|YouTube|2025-01-05|2025-01-11|120");
    assert_string_equal(row_of(db, "SELECT * FROM special_events"), "1|Easter|2025-04-18|2025-04-20|NULL");
    assert_string_equal(row_of(db, "SELECT event_id, service, platform, date, viewers FROM special_event_data WHERE viewers = 0"),
                        "1|NULL|YouTube|2025-04-20|0");
    assert_string_equal(row_of(db, "SELECT id, filename, rows_imported, mode FROM upload_history"), "1|test.csv|3|merge");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(every_query_prepares_on_a_fresh_schema),
        SP_UNIT_TEST(no_query_scans_what_grows),
        SP_UNIT_TEST(views_have_the_predecessors_columns),
        SP_UNIT_TEST(views_answer_with_the_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
