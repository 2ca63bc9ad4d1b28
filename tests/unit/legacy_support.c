/* Files of the predecessor, made for tests. */
#include "legacy_support.h"

#include <apr_strings.h>
#include <sqlite3.h>

const sp_legacy_options_t sp_legacy_test_options = {.max_problems = 100};

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    char *text = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK)
        fail_msg("%s", text);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

const char *sp_legacy_test_file(const char *first, const char *second)
{
    const char *path = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/legacy.db", NULL);

    run_sql(path, apr_pstrcat(sp_test_pool(), first, second, NULL));
    return path;
}

const char *sp_legacy_test_older(const char *rows)
{
    return sp_legacy_test_file(SP_LEGACY_TEST_TABLES(SP_LEGACY_TEST_OLDER) SP_LEGACY_TEST_CONFIG, rows);
}

const char *sp_legacy_test_newer(const char *rows)
{
    return sp_legacy_test_file(SP_LEGACY_TEST_TABLES("platforms TEXT") SP_LEGACY_TEST_CONFIG, rows);
}

sp_legacy_t *sp_legacy_test_read_with(const char *path, const sp_legacy_options_t *options)
{
    sp_legacy_t *legacy;

    sp_assert_ok(sp_legacy_read(&legacy, sp_test_pool(), path, options, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_legacy_reconcile(legacy, sp_test_pool(), sp_test_dir(), sp_test_err()), sp_test_err());
    return legacy;
}

sp_legacy_t *sp_legacy_test_read(const char *path)
{
    return sp_legacy_test_read_with(path, &sp_legacy_test_options);
}

void sp_legacy_test_refused(const char *path, const sp_legacy_options_t *options, sp_error_code_e code, const char *text)
{
    sp_legacy_t *legacy;
    apr_status_t rv = sp_legacy_read(&legacy, sp_test_pool(), path, options, sp_test_err());
    const apr_array_header_t *details = sp_test_err()->details;
    int i, found;

    sp_assert_error(rv, sp_test_err(), code);
    found = strstr(sp_test_err()->message, text) != NULL;
    for (i = 0; details && i < details->nelts; i++)
        found |= strstr(APR_ARRAY_IDX(details, i, sp_error_detail_t).message, text) != NULL;
    if (!found)
        fail_msg("\"%s\" is not in: %s; %s", text, sp_test_err()->message, details ? APR_ARRAY_IDX(details, 0, sp_error_detail_t).message : "");
    sp_error_clear(sp_test_err());
}
