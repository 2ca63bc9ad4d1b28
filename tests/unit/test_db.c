/* Connections, statements and transactions. */
#include "store_support.h"

#include <sqlite3.h>

#include <apr_strings.h>
#include <apr_time.h>

#include "meta.h"

static void open_never_creates(void **state)
{
    const char *path = sp_test_new_path();
    apr_finfo_t info;
    sp_db_t *db;

    sp_assert_error(sp_db_open(&db, sp_test_pool(), SP_TEST_DRIVER, path, NULL, sp_test_err()), sp_test_err(), SP_E_DATABASE_UNAVAILABLE);
    assert_null(strstr(sp_test_err()->message, path));
    assert_non_null(strstr(sp_test_err()->log, path));
    assert_int_not_equal(apr_stat(&info, path, APR_FINFO_SIZE, sp_test_pool()), APR_SUCCESS);
}

static void open_refuses_another_driver(void **state)
{
    sp_db_t *db;

    sp_assert_error(sp_db_open(&db, sp_test_pool(), "oracle", "x", NULL, sp_test_err()), sp_test_err(), SP_E_DATABASE_REFUSED);
}

static void open_takes_a_file_uri(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_revision_t revision;

    db = sp_test_open(apr_pstrcat(sp_test_pool(), "file:", sp_db_name(db), "?mode=rw", NULL), 10);
    sp_assert_ok(sp_meta_revision(db, &revision, sp_test_err()), sp_test_err());
    assert_int_equal(revision.revision, 0);
    assert_int_equal(strlen(revision.tag), 16);
}

static void stmt_binds_and_reads_each_type(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_SET, sp_test_err());
    apr_int64_t changed = -1;
    apr_size_t len;

    sp_stmt_bind_text(st, 1, "revision_tag");
    sp_stmt_bind_text(st, 2, "ab");
    sp_assert_ok(sp_stmt_run(st, &changed, sp_test_err()), sp_test_err());
    assert_int_equal(changed, 1);
    st = sp_db_stmt(db, SP_Q_META_REVISION, sp_test_err());
    assert_int_equal(sp_stmt_step(st, sp_test_err()), APR_SUCCESS);
    assert_string_equal(sp_stmt_text(st, 1, sp_test_pool()), "ab");
    sp_assert_ok(sp_db_script(db, "UPDATE meta SET value = x'610062' WHERE key = 'revision_tag'", sp_test_err()), sp_test_err());
    st = sp_db_stmt(db, SP_Q_META_REVISION, sp_test_err());
    assert_int_equal(sp_stmt_step(st, sp_test_err()), APR_SUCCESS);
    assert_memory_equal(sp_stmt_blob(st, 1, &len), "a\0b", 3);
    assert_int_equal(len, 3);
    assert_false(sp_stmt_is_null(st, 0));
    assert_int_equal(sp_stmt_step(st, sp_test_err()), APR_EOF);
    st = sp_db_stmt(db, SP_Q_META_SET, sp_test_err());
    sp_stmt_bind_text(st, 1, "revision_tag");
    sp_stmt_bind_text(st, 2, NULL);
    sp_assert_ok(sp_stmt_run(st, NULL, sp_test_err()), sp_test_err());
    st = sp_db_stmt(db, SP_Q_META_REVISION, sp_test_err());
    assert_int_equal(sp_stmt_step(st, sp_test_err()), APR_SUCCESS);
    assert_true(sp_stmt_is_null(st, 1));
    assert_null(sp_stmt_text(st, 1, sp_test_pool()));
    sp_stmt_reset(st);
}

static void begin_write_gives_up_after_the_timeout(void **state)
{
    sp_db_t *first = sp_test_db(), *second = sp_test_open(sp_db_name(first), 150);
    apr_time_t start;
    apr_interval_time_t took;

    sp_assert_ok(sp_db_begin_write(first, sp_test_err()), sp_test_err());
    start = apr_time_now();
    sp_assert_error(sp_db_begin_write(second, sp_test_err()), sp_test_err(), SP_E_DATABASE_BUSY);
    took = apr_time_now() - start;
    assert_true(took >= apr_time_from_msec(140));
    assert_true(sp_test_err()->retry_after_s >= 1);
    assert_false(sp_db_in_transaction(second));
    sp_error_clear(sp_test_err());
    sp_db_rollback(first);
    sp_assert_ok(sp_db_begin_write(second, sp_test_err()), sp_test_err());
    sp_db_rollback(second);
}

static void reader_is_not_blocked_by_a_writer(void **state)
{
    sp_db_t *writer = sp_test_db(), *reader = sp_test_open(sp_db_name(writer), 150);
    sp_revision_t revision;

    sp_assert_ok(sp_db_begin_write(writer, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_meta_bump(writer, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_meta_revision(reader, &revision, sp_test_err()), sp_test_err());
    assert_int_equal(revision.revision, 0);
    sp_assert_ok(sp_db_commit(writer, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_meta_revision(reader, &revision, sp_test_err()), sp_test_err());
    assert_int_equal(revision.revision, 1);
}

static void destroyed_pool_rolls_back_and_leaves_a_clean_handle(void **state)
{
    sp_db_t *db = sp_test_db(), *attached;
    sp_revision_t revision;
    apr_pool_t *sub;
    sqlite3 *h;

    assert_int_equal(sqlite3_open_v2(sp_db_name(db), &h, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    apr_pool_create(&sub, sp_test_pool());
    sp_assert_ok(sp_db_attach_sqlite(&attached, sub, h, NULL, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_db_begin_write(attached, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_meta_bump(attached, sp_test_err()), sp_test_err());
    apr_pool_destroy(sub);
    assert_true(sqlite3_get_autocommit(h));
    assert_null(sqlite3_next_stmt(h, NULL));
    assert_int_equal(sqlite3_close(h), SQLITE_OK);
    sp_assert_ok(sp_meta_revision(db, &revision, sp_test_err()), sp_test_err());
    assert_int_equal(revision.revision, 0);
}

static void full_disk_is_storage_full_and_ends_the_transaction(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .actor = "tester"};
    sp_said_t *said = sp_test_said();
    int i;

    for (i = 0; i < 20000; i++)
        sp_test_say(said, "A", "P", i, 1000000 + i);
    sp_assert_ok(sp_db_script(db, "PRAGMA max_page_count=40", sp_test_err()), sp_test_err());
    sp_assert_error(sp_ledger_commit(db, sp_test_pool(), said, &entry, NULL, NULL, sp_test_err()), sp_test_err(), SP_E_STORAGE_FULL);
    assert_int_equal(entry.id, 0);
    assert_false(sp_db_in_transaction(db));
    sp_error_clear(sp_test_err());
    assert_int_equal(sp_test_count(db), 0);
    sp_assert_ok(sp_db_integrity(db, sp_test_err()), sp_test_err());
}

static void rollback_lets_go_of_a_half_read_statement(void **state)
{
    sp_db_t *db = sp_test_db(), *other = sp_test_open(sp_db_name(db), 100);
    sp_revision_t revision;
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_REVISION, sp_test_err());

    assert_int_equal(sp_stmt_step(st, sp_test_err()), APR_SUCCESS);
    sp_assert_ok(sp_db_begin_write(other, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_meta_bump(other, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_db_commit(other, sp_test_err()), sp_test_err());
    sp_db_rollback(db);
    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_meta_revision(db, &revision, sp_test_err()), sp_test_err());
    assert_int_equal(revision.revision, 1);
    sp_db_rollback(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(open_never_creates),
        SP_UNIT_TEST(open_refuses_another_driver),
        SP_UNIT_TEST(open_takes_a_file_uri),
        SP_UNIT_TEST(stmt_binds_and_reads_each_type),
        SP_UNIT_TEST(begin_write_gives_up_after_the_timeout),
        SP_UNIT_TEST(reader_is_not_blocked_by_a_writer),
        SP_UNIT_TEST(destroyed_pool_rolls_back_and_leaves_a_clean_handle),
        SP_UNIT_TEST(full_disk_is_storage_full_and_ends_the_transaction),
        SP_UNIT_TEST(rollback_lets_go_of_a_half_read_statement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
