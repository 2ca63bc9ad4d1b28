/* The predecessor's database as a file: other files are refused, and no trace is left. */
#include "legacy_support.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apr_file_io.h>
#include <apr_strings.h>
#include <sqlite3.h>

static void other_tables_and_columns_are_named(void **state)
{
    static const struct {
        const char *sql, *text;
    } files[] = {
        {"CREATE TABLE t (a);", "lacks the tables \"weekly_data\", \"special_events\", \"special_event_data\""},
        {"CREATE TABLE weekly_data (a); CREATE VIEW special_events AS SELECT 1;", "\"special_events\""},
        {SP_LEGACY_TEST_TABLES(SP_LEGACY_TEST_OLDER ", twitch INTEGER, \"tik tok\" INTEGER"),
         "weekly_data is not the predecessor's: it has columns that are not known: \"twitch\", \"tik tok\""},
        {SP_LEGACY_TEST_TABLES(SP_LEGACY_TEST_OLDER ", platforms TEXT"), "both forms"},
        {SP_LEGACY_TEST_TABLES("month2 TEXT"), "\"month2\""},
        {"CREATE TABLE weekly_data (id, date, platforms); CREATE TABLE special_events (id); CREATE TABLE special_event_data (id);",
         "lacks the columns \"service\", \"total\""},
        {"CREATE TABLE weekly_data (id, service, date, total); CREATE TABLE special_events (id); CREATE TABLE special_event_data (id);",
         "no column of a platform"},
        {"CREATE TABLE weekly_data (id, service, date, platforms, total); CREATE TABLE special_events (id);"
         "CREATE TABLE special_event_data (id, event_id, date, x, total);",
         "special_events is not the predecessor's"},
        {SP_LEGACY_TEST_TABLES("platforms TEXT") "CREATE TABLE config (a);", "config is not the predecessor's"},
        {SP_LEGACY_TEST_TABLES("platforms TEXT") SP_LEGACY_TEST_CONFIG "INSERT INTO config VALUES ('services','{');", "config \"services\""},
        {SP_LEGACY_TEST_TABLES("platforms TEXT") SP_LEGACY_TEST_CONFIG "INSERT INTO config VALUES ('services','7');", "config \"services\""},
        {SP_LEGACY_TEST_TABLES("platforms TEXT") SP_LEGACY_TEST_CONFIG "INSERT INTO config VALUES ('services',x'ff');", "config \"services\" is not UTF-8"},
    };
    size_t i;

    for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        const char *path = sp_legacy_test_file(files[i].sql, "");

        sp_legacy_test_refused(path, &sp_legacy_test_options, SP_E_LAYOUT_UNKNOWN, files[i].text);
        unlink(path);
    }
}

static const char *write_bytes(const char *data, apr_size_t len)
{
    const char *path = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/legacy.db", NULL);
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE, APR_FPROT_OS_DEFAULT, sp_test_pool()), APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, data, len, NULL), APR_SUCCESS);
    apr_file_close(file);
    return path;
}

static void other_files_are_refused(void **state)
{
    const char *path = sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'a','2025-01-05','','{\"x\":1}',1);"), *ours = sp_test_new_path();
    apr_size_t len;
    char *bytes = sp_test_read_file(path, &len);

    sp_legacy_test_refused(write_bytes("", 0), &sp_legacy_test_options, SP_E_DATABASE_REFUSED, "empty");
    sp_legacy_test_refused(write_bytes("service,platform\n", 17), &sp_legacy_test_options, SP_E_DATABASE_REFUSED, "not an SQLite database");
    sp_legacy_test_refused(write_bytes(bytes, 50), &sp_legacy_test_options, SP_E_DATABASE_CORRUPT, "cut short");
    sp_legacy_test_refused(write_bytes(bytes, len - 5000), &sp_legacy_test_options, SP_E_DATABASE_CORRUPT, "damaged");
    memset(bytes + 4096, 0xee, 200);
    sp_legacy_test_refused(write_bytes(bytes, len), &sp_legacy_test_options, SP_E_DATABASE_CORRUPT, "damaged");
    sp_legacy_test_refused(sp_test_dir(), &sp_legacy_test_options, SP_E_DATABASE_REFUSED, "is not a file");
    sp_legacy_test_refused("/nowhere/at/all.db", &sp_legacy_test_options, SP_E_DATABASE_UNAVAILABLE, "could not read");
    sp_assert_ok(sp_migrate_run(sp_test_pool(), SP_TEST_DRIVER, ours, NULL, NULL, sp_test_err()), sp_test_err());
    sp_legacy_test_refused(ours, &sp_legacy_test_options, SP_E_DATABASE_REFUSED, "a database of StreamPulse already");
}

/* ---- leaving no trace ---- */

static int files_in(const char *dir)
{
    apr_finfo_t info;
    apr_dir_t *d;
    int count = 0;

    assert_int_equal(apr_dir_open(&d, dir, sp_test_pool()), APR_SUCCESS);
    while (apr_dir_read(&info, APR_FINFO_NAME, d) == APR_SUCCESS)
        count += info.name[0] != '.';
    apr_dir_close(d);
    return count;
}

/* Reads a file with logs beside it in a folder of its own; the folder must stay as it is, to the byte. */
static void assert_untouched(const char *dir, int files, const char *const *tails, apr_int64_t viewers)
{
    const char *path = apr_pstrcat(sp_test_pool(), dir, "/legacy.db", NULL);
    apr_size_t len[3], now;
    char *before[3];
    sp_legacy_t *legacy;
    int i;

    for (i = 0; i < files; i++)
        before[i] = sp_test_read_file(apr_pstrcat(sp_test_pool(), path, tails[i], NULL), &len[i]);
    chmod(dir, 0555);
    legacy = sp_legacy_test_read(path);
    chmod(dir, 0755);
    assert_int_equal(APR_ARRAY_IDX(legacy->sums, 0, sp_legacy_sum_t).viewers, viewers);
    assert_int_equal(files_in(dir), files);
    for (i = 0; i < files; i++) {
        const char *after = sp_test_read_file(apr_pstrcat(sp_test_pool(), path, tails[i], NULL), &now);

        assert_int_equal(now, len[i]);
        assert_memory_equal(after, before[i], now);
    }
}

static const char *make_folder(const char *name)
{
    const char *dir = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/", name, NULL);

    assert_int_equal(mkdir(dir, 0755), 0);
    return dir;
}

static void copy_to(const char *dir, const char *path, const char *tail)
{
    assert_int_equal(apr_file_copy(apr_pstrcat(sp_test_pool(), path, tail, NULL), apr_pstrcat(sp_test_pool(), dir, "/legacy.db", tail, NULL),
                                   APR_FPROT_OS_DEFAULT, sp_test_pool()),
                     APR_SUCCESS);
}

/* With everything in place a crash leaves behind: sql is run, and dir gets a copy of the files before the program ends. */
static const char *copy_while_open(const char *pragmas, const char *sql, const char *const *tails, int files)
{
    const char *path = sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'a','2025-01-05','','{\"x\":1}',1);"), *dir = make_folder("copy");
    sqlite3 *db;
    int i;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, pragmas, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    for (i = 0; i < files; i++)
        copy_to(dir, path, tails[i]);
    sqlite3_close(db);
    return dir;
}

static void remove_folder(const char *dir, const char *const *tails, int files)
{
    int i;

    for (i = 0; i < files; i++)
        unlink(apr_pstrcat(sp_test_pool(), dir, "/legacy.db", tails[i], NULL));
    rmdir(dir);
}

static void log_beside_the_file_is_read_and_left(void **state)
{
    static const char *const tails[] = {"", "-wal"};
    const char *dir = copy_while_open("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;",
                                      "INSERT INTO weekly_data VALUES (2,'a','2025-01-12','','{\"x\":5}',5);", tails, 2);

    assert_untouched(dir, 2, tails, 6);
    remove_folder(dir, tails, 2);
}

static void file_in_wal_mode_without_its_log_is_read_and_left(void **state)
{
    static const char *const tails[] = {""};
    const char *path = sp_legacy_test_newer("PRAGMA journal_mode=WAL; INSERT INTO weekly_data VALUES (1,'a','2025-01-05','','{\"x\":1}',1);"),
               *dir = make_folder("copy");

    copy_to(dir, path, "");
    assert_untouched(dir, 1, tails, 1);
    remove_folder(dir, tails, 1);
}

static void change_cut_half_way_is_undone_in_a_copy_only(void **state)
{
    static const char *const tails[] = {"", "-journal"};
    const char *dir = copy_while_open("WITH RECURSIVE n(i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                                      "INSERT INTO weekly_data SELECT i, 'b' || i, '2025-01-05', '', '{\"x\":1}', 1 FROM n;"
                                      "PRAGMA cache_size=1; PRAGMA cache_spill=1;",
                                      "BEGIN; UPDATE weekly_data SET platforms = '{\"x\":9}', total = 9;", tails, 2);

    assert_untouched(dir, 2, tails, 1);
    remove_folder(dir, tails, 2);
}

static void link_to_the_file_is_followed_to_its_log(void **state)
{
    static const char *const tails[] = {"", "-wal"};
    const char *dir = copy_while_open("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;",
                                      "INSERT INTO weekly_data VALUES (2,'a','2025-01-12','','{\"x\":5}',5);", tails, 2);
    const char *link_path = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/link.db", NULL);

    assert_int_equal(symlink(apr_pstrcat(sp_test_pool(), dir, "/legacy.db", NULL), link_path), 0);
    assert_int_equal(APR_ARRAY_IDX(sp_legacy_test_read(link_path)->sums, 0, sp_legacy_sum_t).viewers, 6);
    remove_folder(dir, tails, 2);
}

static void change_it(void *ctx, const char *table, apr_uint64_t rows)
{
    const char *path = ctx;
    struct stat info;
    struct timespec times[2] = {{0, 0}, {0, 0}};

    assert_int_equal(stat(path, &info), 0);
    times[0] = times[1] = info.st_mtim;
    times[1].tv_sec++;
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void file_that_changes_meanwhile_is_refused(void **state)
{
    const char *path = sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'a','2025-01-05','','{\"x\":1}',1);");
    sp_legacy_options_t options = {.max_problems = 100, .progress = change_it, .progress_ctx = (void *)path};

    sp_legacy_test_refused(path, &options, SP_E_DATABASE_UNAVAILABLE, "was changed while it was read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(other_tables_and_columns_are_named),           SP_UNIT_TEST(other_files_are_refused),
        SP_UNIT_TEST(log_beside_the_file_is_read_and_left),         SP_UNIT_TEST(file_in_wal_mode_without_its_log_is_read_and_left),
        SP_UNIT_TEST(change_cut_half_way_is_undone_in_a_copy_only), SP_UNIT_TEST(link_to_the_file_is_followed_to_its_log),
        SP_UNIT_TEST(file_that_changes_meanwhile_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
