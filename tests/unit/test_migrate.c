/* Making, recognising and refusing databases. */
#include "store_support.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <apr_strings.h>
#include <sqlite3.h>

#include "migrations.h"

static apr_status_t run(const char *path, int *from, int *to)
{
    return sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, from, to, sp_test_err());
}

static void write_file(const char *path, const void *data, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, len, f), len);
    fclose(f);
}

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *h;

    assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
    assert_int_equal(sqlite3_exec(h, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(h), SQLITE_OK);
}

static int files_beside(const char *path)
{
    char *folder = apr_pstrdup(sp_test_pool(), path);
    apr_dir_t *dir;
    apr_finfo_t info;
    int count = 0;

    *strrchr(folder, '/') = '\0';
    assert_int_equal(apr_dir_open(&dir, folder, sp_test_pool()), APR_SUCCESS);
    while (apr_dir_read(&info, APR_FINFO_NAME, dir) == APR_SUCCESS)
        count += info.name[0] != '.';
    apr_dir_close(dir);
    return count;
}

static void run_creates_a_whole_database(void **state)
{
    const char *path = sp_test_new_path();
    struct stat info;
    int from = -1, to = -1;

    sp_assert_ok(run(path, &from, &to), sp_test_err());
    assert_int_equal(from, 0);
    assert_int_equal(to, SP_SCHEMA_VERSION);
    assert_int_equal(files_beside(path), 1);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07, 0);
    sp_assert_ok(sp_migrate_verify(sp_test_open(path, 100), sp_test_err()), sp_test_err());
}

static void run_twice_changes_nothing(void **state)
{
    const char *path = sp_test_new_path();
    apr_size_t before_len, after_len;
    char *before, *after;
    int from = -1, to = -1;

    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    before = sp_test_read_file(path, &before_len);
    sp_assert_ok(run(path, &from, &to), sp_test_err());
    after = sp_test_read_file(path, &after_len);
    assert_int_equal(from, SP_SCHEMA_VERSION);
    assert_int_equal(to, SP_SCHEMA_VERSION);
    assert_int_equal(before_len, after_len);
    assert_memory_equal(before, after, before_len);
    assert_int_equal(files_beside(path), 1);
}

static void run_by_several_at_once_makes_one(void **state)
{
    const char *path = sp_test_new_path();
    int i, status, failed = 0;

    for (i = 0; i < 6; i++)
        if (fork() == 0)
            _exit(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, path, NULL, NULL, sp_test_err()) == APR_SUCCESS ? 0 : 1);
    for (i = 0; i < 6; i++) {
        wait(&status);
        failed += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    assert_int_equal(failed, 0);
    assert_int_equal(files_beside(path), 1);
    sp_assert_ok(sp_db_integrity(sp_test_open(path, 100), sp_test_err()), sp_test_err());
}

static void run_takes_a_uri_with_escapes(void **state)
{
    const char *folder = sp_test_dir(), *path = apr_pstrcat(sp_test_pool(), folder, "/a b.db", NULL);
    apr_finfo_t info;

    sp_assert_ok(run(apr_pstrcat(sp_test_pool(), "file:", folder, "/a%20b.db?mode=rw", NULL), NULL, NULL), sp_test_err());
    assert_int_equal(apr_stat(&info, path, APR_FINFO_SIZE, sp_test_pool()), APR_SUCCESS);
    sp_assert_ok(run(apr_pstrcat(sp_test_pool(), "file://", folder, "/a%20b.db?mode=rw", NULL), NULL, NULL), sp_test_err());
}

static void run_without_a_folder_says_so(void **state)
{
    const char *path = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/none/x.db", NULL);

    sp_assert_error(run(path, NULL, NULL), sp_test_err(), SP_E_DATABASE_UNAVAILABLE);
    assert_non_null(strstr(sp_test_err()->log, path));
    sp_error_clear(sp_test_err());
    sp_assert_error(run(":memory:", NULL, NULL), sp_test_err(), SP_E_DATABASE_REFUSED);
}

/* Refused with that code and those words in the log; not a byte changed, nothing left beside it. */
static void assert_refused(const char *path, sp_error_code_e code, const char *words)
{
    apr_size_t before_len, after_len;
    char *before = sp_test_read_file(path, &before_len), *after;
    int files = files_beside(path);

    sp_error_clear(sp_test_err());
    sp_assert_error(run(path, NULL, NULL), sp_test_err(), code);
    if (!strstr(sp_test_err()->log, words))
        fail_msg("\"%s\" is not in \"%s\"", words, sp_test_err()->log);
    assert_non_null(strstr(sp_test_err()->log, path));
    assert_null(strstr(sp_test_err()->message, path));
    after = sp_test_read_file(path, &after_len);
    assert_int_equal(before_len, after_len);
    assert_memory_equal(before, after, before_len);
    assert_int_equal(files_beside(path), files);
    sp_error_clear(sp_test_err());
}

static void run_refuses_what_is_not_ours(void **state)
{
    const char *path = sp_test_new_path();

    write_file(path, "", 0);
    assert_refused(path, SP_E_DATABASE_REFUSED, "is an empty file");
    write_file(path, "service,platform\n", 17);
    assert_refused(path, SP_E_DATABASE_REFUSED, "is not an SQLite database");
    write_file(path, "SQLite format 3", 16);
    assert_refused(path, SP_E_DATABASE_CORRUPT, "is cut short");
    unlink(path);
    run_sql(path, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    assert_refused(path, SP_E_DATABASE_REFUSED, "another application");
}

static void run_refuses_a_database_without_meta(void **state)
{
    const char *path = sp_test_new_path();

    run_sql(path, "PRAGMA application_id=1400131701; CREATE TABLE theirs (x)");
    assert_refused(path, SP_E_DATABASE_REFUSED, "is not StreamPulse's");
}

static void run_refuses_a_newer_database(void **state)
{
    const char *path = sp_test_new_path();
    sp_db_t *db;

    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    run_sql(path, "UPDATE meta SET value = 999 WHERE key IN ('schema_version', 'compatible_since')");
    assert_refused(path, SP_E_DATABASE_REFUSED, "its schema needs version 999, this one has");
    db = sp_test_open(path, 100);
    sp_assert_error(sp_migrate_verify(db, sp_test_err()), sp_test_err(), SP_E_DATABASE_REFUSED);
}

static void run_accepts_a_newer_database_that_is_compatible(void **state)
{
    const char *path = sp_test_new_path();
    int from = 0, to = 0;

    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    run_sql(path, "UPDATE meta SET value = 999 WHERE key = 'schema_version'");
    sp_assert_ok(run(path, &from, &to), sp_test_err());
    assert_int_equal(to, 999);
    sp_assert_ok(sp_migrate_verify(sp_test_open(path, 100), sp_test_err()), sp_test_err());
}

static void verify_refuses_an_older_database(void **state)
{
    sp_db_t *db = sp_test_db();

    run_sql(sp_db_name(db), "UPDATE meta SET value = 0 WHERE key = 'schema_version'");
    sp_assert_error(sp_migrate_verify(db, sp_test_err()), sp_test_err(), SP_E_DATABASE_REFUSED);
}

static void run_refuses_a_damaged_database(void **state)
{
    const char *path = sp_test_new_path();
    apr_size_t len;
    char *data;

    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    data = sp_test_read_file(path, &len);
    write_file(path, data, len - 4096);
    assert_refused(path, SP_E_DATABASE_CORRUPT, "is cut short");
    memset(data + 4096, 0x5a, len - 4096);
    write_file(path, data, len);
    assert_refused(path, SP_E_DATABASE_CORRUPT, "");
}

static void run_refuses_a_newer_database_in_use(void **state)
{
    const char *path = sp_test_new_path();
    sp_db_t *db;
    pid_t child;
    int status;

    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    db = sp_test_open(path, 100);
    sp_assert_ok(sp_db_script(db, "UPDATE meta SET value = 999 WHERE key = 'compatible_since'", sp_test_err()), sp_test_err());
    if ((child = fork()) == 0)
        _exit(run(path, NULL, NULL) != APR_SUCCESS && sp_test_err()->code == SP_E_DATABASE_REFUSED ? 0 : 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void run_sets_wal_on_a_restored_copy(void **state)
{
    const char *path = sp_test_new_path();
    apr_size_t len;

    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    run_sql(path, "PRAGMA journal_mode=DELETE");
    assert_int_equal(sp_test_read_file(path, &len)[18], 1);
    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    assert_int_equal(sp_test_read_file(path, &len)[18], 2);
}

static void run_sweeps_what_killed_makers_left(void **state)
{
    const char *path = sp_test_new_path();
    const char *left = apr_pstrcat(sp_test_pool(), path, ".new-0123456789abcdef", NULL);
    const char *orphan = apr_pstrcat(sp_test_pool(), path, ".new-fedcba9876543210-wal", NULL);
    const char *at_work = apr_pstrcat(sp_test_pool(), path, ".new-00000000deadbeef", NULL);
    const char *other = apr_pstrcat(sp_test_pool(), path, ".new-year", NULL);
    int fd;

    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    write_file(left, "x", 1);
    write_file(apr_pstrcat(sp_test_pool(), left, "-wal", NULL), "x", 1);
    write_file(orphan, "x", 1);
    write_file(at_work, "x", 1);
    write_file(other, "x", 1);
    fd = open(at_work, O_RDWR);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    sp_assert_ok(run(path, NULL, NULL), sp_test_err());
    assert_int_equal(access(at_work, F_OK), 0);
    assert_int_equal(access(other, F_OK), 0);
    assert_int_equal(files_beside(path), 3);
    close(fd);
}

/* What the release before people, tokens and the audit log made: its migrations, and a row in each table that later ones touch. */
static const char *make_database_of_schema_5(void)
{
    const char *path = sp_test_new_path();

    for (const sp_migration_t *m = sp_migrations_sqlite; m->version && m->version <= 5; m++)
        run_sql(path, m->sql);
    run_sql(path, "PRAGMA journal_mode=WAL; PRAGMA application_id=1400131701; UPDATE meta SET value = 5 WHERE key = 'schema_version';"
                  "INSERT INTO session (token_hash, made_with, actor, role, created_ms, seen_ms) VALUES ('aa', 'pin', 'admin (PIN)', 'admin', 1, 2), ('bb', "
                  "'pin', 'admin (PIN)', 'admin', 3, 4);"
                  "INSERT INTO service (id, slug, fold, name, color, position, base_name, base_color, base_position) VALUES (1, 'a', 'a', 'A', '#000000', 1, "
                  "'A', '#000000', 1);"
                  "INSERT INTO platform (id, slug, fold, name, color, position, base_name, base_color, base_position) VALUES (1, 'x', 'x', 'X', '#000000', 1, "
                  "'X', '#000000', 1)");
    return path;
}

static void run_keeps_what_an_earlier_release_stored(void **state)
{
    const char *path = make_database_of_schema_5();
    int from = 0, to = 0;
    sp_db_t *db;

    sp_assert_ok(run(path, &from, &to), sp_test_err());
    assert_int_equal(from, 5);
    assert_int_equal(to, SP_SCHEMA_VERSION);
    db = sp_test_open(path, 100);
    sp_assert_ok(sp_migrate_verify(db, sp_test_err()), sp_test_err());
    assert_int_equal(sp_test_ask(db, "SELECT value FROM meta WHERE key = 'compatible_since'"), 2);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM session WHERE actor = 'admin (PIN)' AND role = 'admin' AND seen_ms = created_ms + 1"), 2);
    assert_int_equal(sp_test_ask(db, "SELECT count(DISTINCT public_id) FROM session WHERE length(public_id) = 16"), 2);
    assert_int_equal(sp_test_ask(db, "SELECT count(*) FROM service JOIN platform"), 1);
    sp_assert_ok(sp_db_integrity(db, sp_test_err()), sp_test_err());
}

/* One may go back a release: what that one writes must fit. */
static void an_earlier_release_can_still_sign_in(void **state)
{
    sp_db_t *db = sp_test_db();

    run_sql(sp_db_name(db), "INSERT INTO session (token_hash, made_with, actor, role, created_ms, seen_ms) VALUES ('aa', 'pin', 'admin (PIN)', 'admin', 1, 2)");
    assert_int_equal(sp_test_ask(db, "SELECT length(public_id) FROM session"), 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(run_creates_a_whole_database),
        SP_UNIT_TEST(run_twice_changes_nothing),
        SP_UNIT_TEST(run_by_several_at_once_makes_one),
        SP_UNIT_TEST(run_takes_a_uri_with_escapes),
        SP_UNIT_TEST(run_without_a_folder_says_so),
        SP_UNIT_TEST(run_refuses_what_is_not_ours),
        SP_UNIT_TEST(run_refuses_a_database_without_meta),
        SP_UNIT_TEST(run_refuses_a_newer_database),
        SP_UNIT_TEST(run_accepts_a_newer_database_that_is_compatible),
        SP_UNIT_TEST(verify_refuses_an_older_database),
        SP_UNIT_TEST(run_refuses_a_damaged_database),
        SP_UNIT_TEST(run_refuses_a_newer_database_in_use),
        SP_UNIT_TEST(run_sets_wal_on_a_restored_copy),
        SP_UNIT_TEST(run_sweeps_what_killed_makers_left),
        SP_UNIT_TEST(run_keeps_what_an_earlier_release_stored),
        SP_UNIT_TEST(an_earlier_release_can_still_sign_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
