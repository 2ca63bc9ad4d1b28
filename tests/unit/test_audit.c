/* The audit log: its chain, what breaks it, and pruning. */
#include "store_support.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_time.h>

#include "audit_prune.h"
#include "audit_verify.h"

static const sp_actor_t ann = {.user = "ann", .role = "editor", .method = "oidc", .address = "192.0.2.1", .request_id = "r1"};

static void run(sp_db_t *db, const char *sql)
{
    sp_assert_ok(sp_db_script(db, sql, sp_test_err()), sp_test_err());
}

static void add(sp_db_t *db, const char *action, const char *target)
{
    const sp_audit_event_t event = {.action = action, .target = target, .result = "ok", .count = 1};

    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_audit_add_for(db, &ann, &event, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_db_commit(db, sp_test_err()), sp_test_err());
}

static sp_db_t *log_of(int entries)
{
    sp_db_t *db = sp_test_db();

    for (int i = 1; i <= entries; i++)
        add(db, "login", apr_itoa(sp_test_pool(), i));
    return db;
}

static sp_audit_verdict_t verify(sp_db_t *db, const sp_audit_mark_t *expect)
{
    sp_audit_verdict_t verdict;

    sp_assert_ok(sp_audit_verify(db, sp_test_pool(), expect, NULL, NULL, &verdict, sp_test_err()), sp_test_err());
    return verdict;
}

static void assert_broken(sp_db_t *db, int id, const char *what)
{
    sp_audit_verdict_t verdict = verify(db, NULL);

    assert_int_equal(verdict.broken, id);
    assert_non_null(strstr(verdict.what, what));
}

static void encode_is_documented(void **state)
{
    const sp_audit_entry_t entry = {7, 1750000000000, "ann", "editor", "oidc", NULL, "r1", "upload", "12", "", "ok", 1};
    apr_size_t len;
    const char *bytes = sp_audit_chain_encode(sp_test_pool(), "ff", &entry, &len);

    assert_string_equal(apr_pstrmemdup(sp_test_pool(), bytes, len),
                        "19:streampulse-audit-1,2:ff,1:7,13:1750000000000,3:ann,6:editor,4:oidc,-,2:r1,6:upload,2:12,0:,2:ok,1:1,");
}

/* A collision would be two neighbours of this table with the same bytes. */
static void encode_keeps_different_entries_apart(void **state)
{
    static const struct {
        const char *target, *detail;
    } rows[] = {{"ab", "c"}, {"a", "bc"}, {NULL, ""}, {"", NULL}, {"", ""}, {NULL, NULL}, {"-", NULL}, {"1:a", ","}, {"1:a,", ""}, {"0:,", ""}, {"", "0:,"}};
    apr_hash_t *seen = apr_hash_make(sp_test_pool());

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const sp_audit_entry_t entry = {1, 1, "a", "b", "c", NULL, NULL, "d", rows[i].target, rows[i].detail, "ok", 1};
        apr_size_t len;
        const char *bytes = sp_audit_chain_encode(sp_test_pool(), "", &entry, &len);
        assert_null(apr_hash_get(seen, bytes, (apr_ssize_t)len));
        apr_hash_set(seen, bytes, (apr_ssize_t)len, bytes);
    }
}

static void mark_is_read_as_it_is_written(void **state)
{
    static const char *const wrong[] = {"",
                                        ":",
                                        "1",
                                        "1:",
                                        "x:0",
                                        "1:00",
                                        "-1:",
                                        "1:0000000000000000000000000000000000000000000000000000000000000000 ",
                                        "1:000000000000000000000000000000000000000000000000000000000000000G",
                                        "1234567890123456789:0000000000000000000000000000000000000000000000000000000000000000"};
    char text[SP_AUDIT_MARK_SIZE];
    sp_audit_mark_t mark;

    assert_int_equal(sp_audit_chain_parse_mark("12:00000000000000000000000000000000000000000000000000000000000000af", &mark), APR_SUCCESS);
    assert_int_equal(mark.id, 12);
    assert_string_equal(sp_audit_chain_mark_text(text, &mark), "12:00000000000000000000000000000000000000000000000000000000000000af");
    assert_int_equal(sp_audit_chain_parse_mark(NULL, &mark), APR_EINVAL);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        assert_int_equal(sp_audit_chain_parse_mark(wrong[i], &mark), APR_EINVAL);
}

static void verify_an_untouched_log(void **state)
{
    sp_audit_verdict_t verdict = verify(log_of(0), NULL);

    assert_int_equal(verdict.broken, 0);
    assert_int_equal(verdict.head.id, 0);
    verdict = verify(log_of(5), NULL);
    assert_int_equal(verdict.broken, 0);
    assert_int_equal(verdict.entries, 5);
    assert_int_equal(verdict.head.id, 5);
}

static void verify_finds_what_was_done_by_sql(void **state)
{
    static const struct {
        const char *sql, *what;
        int id;
    } rows[] = {
        {"UPDATE audit_log SET actor = 'bob' WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET at_ms = at_ms + 1 WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET role = 'viewer' WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET method = 'pin' WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET address = NULL WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET request_id = '' WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET action = 'logout' WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET target = NULL WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET detail = '' WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET result = 'wrong_pin' WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET count = 2 WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET previous = hash WHERE id = 3", "changed", 3},
        {"UPDATE audit_log SET count = 2 WHERE id = 1", "changed", 1},
        {"DELETE FROM audit_log WHERE id = 3", "missing", 3},
        {"DELETE FROM audit_log WHERE id IN (3, 4)", "missing, with all up to 4", 3},
        {"DELETE FROM audit_log WHERE id = 1", "missing", 1},
        {"DELETE FROM audit_log WHERE id > 4", "missing, with all up to the newest", 5},
        {"DELETE FROM audit_log", "missing", 1},
        {"UPDATE audit_log SET id = -id; UPDATE audit_log SET id = CASE id WHEN -3 THEN 5 WHEN -5 THEN 3 ELSE -id END", "moved here: it is entry 5", 3},
        {"DELETE FROM audit_log WHERE id = 3; UPDATE audit_log SET id = id - 1 WHERE id > 3", "moved here: it is entry 4", 3},
        {"INSERT INTO audit_log SELECT 7, at_ms, actor, role, method, address, request_id, action, target, detail, result, count, previous, hash FROM "
         "audit_log WHERE id = 6",
         "added", 7},
        {"INSERT INTO audit_log SELECT 0, at_ms, actor, role, method, address, request_id, action, target, detail, result, count, previous, hash FROM "
         "audit_log WHERE id = 6",
         "added", 0},
        {"UPDATE meta SET value = (SELECT id || ':' || hash FROM audit_log WHERE id = 5) WHERE key = 'audit_head'", "added", 6},
        {"DELETE FROM audit_log WHERE id < 3; UPDATE meta SET value = (SELECT '2:' || previous FROM audit_log WHERE id = 3) WHERE key = 'audit_anchor'",
         "no entry about pruning", 2},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        sp_db_t *db = log_of(6);
        run(db, rows[i].sql);
        if (!rows[i].id)
            assert_non_null(verify(db, NULL).what);
        else
            assert_broken(db, rows[i].id, rows[i].what);
    }
}

/* What was cut off is not made up for by what is written later. */
static void verify_finds_a_cut_below_later_entries(void **state)
{
    sp_db_t *db = log_of(6);

    run(db, "DELETE FROM audit_log WHERE id > 4");
    add(db, "login", "later");
    assert_broken(db, 5, "missing, with all up to 6");
}

static void verify_with_an_expected_head_finds_a_log_made_anew(void **state)
{
    sp_db_t *db = log_of(3);
    sp_audit_mark_t noted = verify(db, NULL).head;

    add(db, "login", "later");
    assert_int_equal(verify(db, &noted).broken, 0);
    run(db, "DELETE FROM audit_log; UPDATE meta SET value = '0:0000000000000000000000000000000000000000000000000000000000000000' WHERE key = 'audit_head'");
    assert_int_equal(verify(db, NULL).broken, 0);
    assert_int_equal(verify(db, &noted).broken, 1);
    for (int i = 0; i < 5; i++)
        add(db, "login", "anew");
    assert_int_equal(verify(db, NULL).broken, 0);
    assert_int_equal(verify(db, &noted).broken, 3);
}

static void marks_that_are_gone_are_damage(void **state)
{
    sp_db_t *db = log_of(1);
    sp_audit_verdict_t verdict;

    run(db, "DELETE FROM meta WHERE key = 'audit_head'");
    assert_int_not_equal(sp_audit_verify(db, sp_test_pool(), NULL, NULL, NULL, &verdict, sp_test_err()), APR_SUCCESS);
    assert_int_equal(sp_test_err()->code, SP_E_DATABASE_CORRUPT);
}

static void prune_keeps_the_chain(void **state)
{
    sp_db_t *db = log_of(6);
    sp_audit_verdict_t verdict;
    apr_int64_t pruned;

    run(db, "UPDATE audit_log SET at_ms = id WHERE id < 5"); /* breaks hashes, but only of what goes */
    sp_assert_ok(sp_audit_prune(db, 4, 2, &pruned, sp_test_err()), sp_test_err());
    assert_int_equal(pruned, 2);
    sp_assert_ok(sp_audit_prune(db, 5, 100, &pruned, sp_test_err()), sp_test_err());
    assert_int_equal(pruned, 2);
    verdict = verify(db, NULL);
    assert_int_equal(verdict.broken, 0);
    assert_int_equal(verdict.pruned, 4);
    assert_int_equal(verdict.entries, 4); /* 5, 6 and two that say what was pruned */
    sp_assert_ok(sp_audit_prune(db, 5, 100, &pruned, sp_test_err()), sp_test_err());
    assert_int_equal(pruned, 0);
    assert_int_equal(verify(db, NULL).head.id, 8);
    sp_assert_ok(sp_audit_prune(db, APR_INT64_MAX, 100, &pruned, sp_test_err()), sp_test_err());
    assert_int_equal(pruned, 4);
    add(db, "login", "later");
    verdict = verify(db, NULL);
    assert_int_equal(verdict.broken, 0);
    assert_int_equal(verdict.entries, 2);
}

static void lived_is_the_newest_entry_of_a_day_ago(void **state)
{
    static const apr_int64_t day = 86400000, now = 100 * APR_INT64_C(86400000);
    sp_db_t *db = log_of(4);
    apr_int64_t lived;

    run(db, "UPDATE audit_log SET at_ms = 86400000 * CASE id WHEN 1 THEN 7 WHEN 2 THEN 99 WHEN 3 THEN 100 ELSE 3650 END");
    sp_assert_ok(sp_audit_prune_lived(db, now, &lived, sp_test_err()), sp_test_err());
    assert_true(lived == 99 * day);
    sp_assert_ok(sp_audit_prune_lived(db, now - 1, &lived, sp_test_err()), sp_test_err());
    assert_true(lived == 7 * day);
    sp_assert_ok(sp_audit_prune_lived(db, 3650 * day, &lived, sp_test_err()), sp_test_err());
    assert_true(lived == 100 * day);
    sp_assert_ok(sp_audit_prune_lived(db, 7 * day, &lived, sp_test_err()), sp_test_err());
    assert_true(lived == 0);
}

static void verify_an_expected_head_that_was_pruned(void **state)
{
    sp_db_t *db = log_of(3);
    sp_audit_mark_t noted = verify(db, NULL).head, wrong = noted, older;
    apr_int64_t pruned;

    assert_int_equal(sp_audit_chain_parse_mark("1:00000000000000000000000000000000000000000000000000000000000000af", &older), APR_SUCCESS);
    sp_assert_ok(sp_audit_prune(db, APR_INT64_MAX, 100, &pruned, sp_test_err()), sp_test_err());
    assert_int_equal(verify(db, &noted).broken, 0);
    wrong.hash[0] = wrong.hash[0] == '0' ? '1' : '0';
    assert_int_equal(verify(db, &wrong).broken, 3);
    assert_non_null(strstr(verify(db, &older).what, "pruned"));
}

static void count_told(void *ctx, const char *line)
{
    ++*(int *)ctx;
    assert_non_null(strstr(line, " by \"ann\" (editor, oidc) from 192.0.2.1"));
}

static void listener_hears_what_is_committed_only(void **state)
{
    const sp_audit_event_t event = {.action = "login", .result = "ok", .count = 1};
    sp_db_t *db = log_of(0);
    int told = 0;

    sp_db_set_listener(db, count_told, &told);
    sp_assert_ok(sp_db_begin_write(db, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_audit_add_for(db, &ann, &event, sp_test_err()), sp_test_err());
    assert_int_equal(told, 0);
    sp_db_rollback(db);
    assert_int_equal(told, 0);
    assert_int_equal(verify(db, NULL).head.id, 0);
    add(db, "login", "x");
    add(db, "login", "y");
    assert_int_equal(told, 2);
}

static apr_status_t count_row(void *ctx, apr_pool_t *p, const sp_audit_row_t *row)
{
    ++*(int *)ctx;
    assert_true(strlen(row->entry.target) <= SP_AUDIT_TEXT_MAX);
    assert_int_equal((unsigned char)row->entry.target[strlen(row->entry.target) - 1], 0xa6); /* the ellipsis ends it, and no character is cut in two */
    assert_int_equal((unsigned char)row->entry.target[strlen(row->entry.target) - 4], 0xa4);
    return APR_SUCCESS;
}

static void add_cuts_long_texts(void **state)
{
    const sp_audit_filter_t all = {.to_ms = APR_INT64_MAX};
    char *text = apr_palloc(sp_test_pool(), 4001);
    sp_db_t *db = log_of(0);
    int rows = 0;

    for (int i = 0; i < 4000; i += 2)
        memcpy(text + i, "\xc3\xa4", 2);
    text[4000] = '\0';
    add(db, "login", text);
    sp_assert_ok(sp_audit_list(db, sp_test_pool(), &all, 0, count_row, &rows, sp_test_err()), sp_test_err());
    assert_int_equal(rows, 1);
    assert_int_equal(verify(db, NULL).broken, 0);
}

static apr_status_t note_id(void *ctx, apr_pool_t *p, const sp_audit_row_t *row)
{
    char **text = ctx;

    *text = apr_psprintf(sp_test_pool(), "%s %d", *text, (int)row->entry.id);
    return APR_SUCCESS;
}

static const char *ids(sp_db_t *db, apr_int64_t before, int limit)
{
    const sp_audit_filter_t filter = {.to_ms = APR_INT64_MAX, .before = before};
    char *text = apr_pstrdup(sp_test_pool(), "");

    sp_assert_ok(sp_audit_list(db, sp_test_pool(), &filter, limit, note_id, &text, sp_test_err()), sp_test_err());
    return text;
}

/* Somebody sets the clock back: no entry is lost or twice between two pages. */
static void list_goes_by_time(void **state)
{
    sp_db_t *db = log_of(5);

    run(db, "UPDATE audit_log SET at_ms = 100; UPDATE audit_log SET at_ms = 200 WHERE id = 2");
    assert_string_equal(ids(db, 0, 0), " 2 5 4 3 1");
    assert_string_equal(ids(db, 0, 2), " 2 5");
    assert_string_equal(ids(db, 5, 2), " 4 3");
    assert_string_equal(ids(db, 3, 2), " 1");
    assert_string_equal(ids(db, 1, 2), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(encode_is_documented),
        SP_UNIT_TEST(encode_keeps_different_entries_apart),
        SP_UNIT_TEST(mark_is_read_as_it_is_written),
        SP_UNIT_TEST(verify_an_untouched_log),
        SP_UNIT_TEST(verify_finds_what_was_done_by_sql),
        SP_UNIT_TEST(verify_finds_a_cut_below_later_entries),
        SP_UNIT_TEST(verify_with_an_expected_head_finds_a_log_made_anew),
        SP_UNIT_TEST(marks_that_are_gone_are_damage),
        SP_UNIT_TEST(prune_keeps_the_chain),
        SP_UNIT_TEST(lived_is_the_newest_entry_of_a_day_ago),
        SP_UNIT_TEST(verify_an_expected_head_that_was_pruned),
        SP_UNIT_TEST(listener_hears_what_is_committed_only),
        SP_UNIT_TEST(add_cuts_long_texts),
        SP_UNIT_TEST(list_goes_by_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
