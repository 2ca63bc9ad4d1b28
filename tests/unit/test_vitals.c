/* Tests of vitals.c. */
#include "store_support.h"

#include <apr_strings.h>

#include "jobs.h"
#include "vitals.h"

static sp_vitals_t read_vitals(sp_db_t *db)
{
    sp_vitals_t vitals;

    memset(&vitals, 0x5a, sizeof(vitals));
    sp_assert_ok(sp_vitals_read(db, &vitals, sp_test_err()), sp_test_err());
    return vitals;
}

static sp_entry_t commit(sp_db_t *db, sp_entry_kind_e kind, apr_int64_t viewers)
{
    sp_entry_t entry = {.kind = kind, .mode = SP_MODE_MERGE, .actor = "test"};
    sp_said_t *said = sp_test_said();

    sp_test_say(said, "Sunday", "YouTube", 20089, viewers);
    sp_assert_ok(sp_ledger_commit(db, sp_test_pool(), said, &entry, NULL, NULL, sp_test_err()), sp_test_err());
    return entry;
}

static void put_insight(sp_db_t *db, int job, const char *generated_at)
{
    const char *sql =
        apr_psprintf(sp_test_pool(),
                     "INSERT INTO ai_insights (generated_at, summary, highlights, platform_analysis, alerts, recommendation, source, dropped_sentences, "
                     "job, revision, checked_revision, stale_sentences, sentences, facts) "
                     "VALUES ('%s', '', '', '', '', '', 'statistics', 0, %d, 0, 0, '[]', '{}', '[]')",
                     generated_at, job);

    sp_assert_ok(sp_db_script(db, sql, sp_test_err()), sp_test_err());
}

static void vitals_of_a_fresh_database_have_no_moments(void **state)
{
    const sp_vitals_t vitals = read_vitals(sp_test_db());

    assert_int_equal(vitals.revision, 0);
    assert_int_equal(vitals.schema_version, SP_SCHEMA_VERSION);
    assert_int_equal(vitals.changed_ms, 0);
    assert_int_equal(vitals.uploaded_ms, 0);
    assert_int_equal(vitals.insight_s, 0);
    assert_int_equal(vitals.jobs_queued, 0);
    assert_int_equal(vitals.jobs_running, 0);
}

static void vitals_tell_the_last_upload_apart_from_the_last_change(void **state)
{
    sp_db_t *db = sp_test_db();
    const sp_entry_t uploaded = commit(db, SP_ENTRY_UPLOAD, 1), changed = commit(db, SP_ENTRY_ENTRY, 2);
    const sp_vitals_t vitals = read_vitals(db);

    assert_int_equal(vitals.revision, 2);
    assert_int_equal(vitals.uploaded_ms, uploaded.at_ms);
    assert_int_equal(vitals.changed_ms, changed.at_ms);
    assert_int_equal(vitals.jobs_queued, 1);
}

static void vitals_tell_jobs_by_their_state(void **state)
{
    sp_db_t *db = sp_test_db();
    const apr_int64_t now_ms = commit(db, SP_ENTRY_UPLOAD, 1).at_ms + 1000;
    sp_job_t job;

    sp_assert_ok(sp_jobs_claim(db, sp_test_pool(), "holder", 0, now_ms, &job, sp_test_err()), sp_test_err());
    assert_int_equal(read_vitals(db).jobs_queued, 0);
    assert_int_equal(read_vitals(db).jobs_running, 1);
    commit(db, SP_ENTRY_ENTRY, 2);
    assert_int_equal(read_vitals(db).jobs_queued, 1);
    assert_int_equal(read_vitals(db).jobs_running, 1);
}

static void vitals_tell_when_the_newest_insight_was_written(void **state)
{
    sp_db_t *db = sp_test_db();

    put_insight(db, 1, "1970-01-02T00:00:01Z");
    put_insight(db, 2, "1970-01-01T00:01:40Z");
    assert_int_equal(read_vitals(db).insight_s, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(vitals_of_a_fresh_database_have_no_moments),
        SP_UNIT_TEST(vitals_tell_the_last_upload_apart_from_the_last_change),
        SP_UNIT_TEST(vitals_tell_jobs_by_their_state),
        SP_UNIT_TEST(vitals_tell_when_the_newest_insight_was_written),
    };

    return cmocka_run_group_tests_name("vitals", tests, NULL, NULL);
}
