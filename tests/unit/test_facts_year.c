/* Facts of a whole year, from its file through the store, against values that were found by hand. */
#include "facts_support.h"
#include "import_support.h"
#include "store_support.h"

#include <apr_strings.h>

#include "facts_read.h"

static apr_array_header_t *facts_of_file(const char *path)
{
    apr_size_t len;
    const char *text = sp_test_read_file(path, &len);
    sp_test_import_t t = sp_test_import(text, len, 0, NULL);
    sp_db_t *db = sp_test_db();
    sp_facts_input_t input;
    sp_revision_t revision, now;
    apr_array_header_t *facts;

    sp_assert_ok(t.rv, t.err);
    sp_test_commit(db, t.result->said, SP_MODE_MERGE);
    sp_assert_ok(sp_facts_read(db, sp_test_pool(), &input, &revision, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_meta_revision(db, &now, sp_test_err()), sp_test_err());
    assert_int_equal(revision.revision, now.revision);
    assert_string_equal(revision.tag, now.tag);
    assert_false(sp_db_in_transaction(db));
    assert_int_equal(sp_facts_compute(sp_test_pool(), &input, &facts), APR_SUCCESS);
    sp_test_facts_assert_sound(facts);
    return facts;
}

typedef struct {
    const char *id, *shown;
    int sign;
} expected_t;

static void assert_all(const apr_array_header_t *facts, const expected_t *expected)
{
    for (; expected->id; expected++) {
        const sp_fact_t *f = sp_test_fact(facts, expected->id);
        if (strcmp(f->shown, expected->shown) != 0 || f->sign != expected->sign) {
            fail_msg("%s: %s (%d) instead of %s (%d)", f->id, f->shown, f->sign, expected->shown, expected->sign);
        }
    }
}

/* No other fact of that kind than those that were expected. */
static void assert_count(const apr_array_header_t *facts, const char *kind, int count)
{
    int met = 0;

    for (int i = 0; i < facts->nelts; i++) {
        met += strcmp(APR_ARRAY_IDX(facts, i, sp_fact_t).kind, kind) == 0;
    }
    if (met != count) {
        fail_msg("%d facts of the kind %s instead of %d", met, kind, count);
    }
}

static apr_int64_t sum_of_parts(const apr_array_header_t *facts, const char *service)
{
    const char *begin = apr_pstrcat(sp_test_pool(), "week_difference_platform.", service, ".", NULL);
    apr_int64_t sum = 0;

    for (int i = 0; i < facts->nelts; i++) {
        const sp_fact_t *f = &APR_ARRAY_IDX(facts, i, sp_fact_t);
        sum += strncmp(f->id, begin, strlen(begin)) == 0 ? (apr_int64_t)f->value : 0;
    }
    return sum;
}

static const expected_t real[] = {
    {"total._all", "96,254", 0},
    {"total.jesus-house-baltimore", "63,167", 0},
    {"total.insights-with-pt", "9,294", 0},
    {"platform_total.bible-study.zoom", "3,397", 0},
    {"weeks.bible-study", "42 weeks", 0},
    {"week_total.jesus-house-baltimore", "779", 0},
    {"week_before.jesus-house-baltimore", "1,031", 0},
    {"week_difference.jesus-house-baltimore", "252", -1},
    {"week_change.jesus-house-baltimore", "24.4 %", -1},
    {"week_difference_platform.jesus-house-baltimore.youtube", "189", -1}, /* 670 to 481 */
    {"week_difference_platform.jesus-house-baltimore.facebook", "45", -1}, /* 168 to 123 */
    {"week_difference_platform.jesus-house-baltimore.boxcast", "15", -1},  /* 73 to 58 */
    {"week_difference_platform.jesus-house-baltimore.instagram", "5", 1},  /* 103 to 108 */
    {"week_change_year.jesus-house-baltimore", "29.2 %", -1},              /* 1,100 to 779 */
    {"outlier.insights-with-pt.2025-02-14", "49", -1},
    {"outlier.jesus-house-baltimore.2025-01-05", "2,122", 1},
    {"outlier.jesus-house-baltimore.2025-03-23", "3,362", 1},
    {"gap.insights-with-pt.2025-09-19", "14 days", 0},
    {"gap.bible-study.2025-03-18", "14 days", 0},
    {"gap.bible-study.2025-05-27", "14 days", 0},
    {"gap.bible-study.2025-12-16", "49 days", 0},
    {"record_high.jesus-house-baltimore", "3,362", 0},
    {"record_platform.jesus-house-baltimore.facebook", "2,365", 1},
    {"record_high._all", "4,269", 0}, /* 178 + 3,362 + 24 + 705 */
    {"platform_started.jesus-house-baltimore.boxcast", "2 November 2025", 0},
    {"platform_started.bible-study.boxcast", "4 November 2025", 0},
    {"week_total._all", "1,400", 0}, /* 174 + 779 + 47 + 400 */
    {"growth.jesus-house-baltimore", "20 %", -1},
    {"event_total.14-days-of-glory-jhb-2025", "14,292", 0},
    {"event_edition_now.14-days-of-glory-jhb-2026", "6,264", 0},
    {"event_record._all", "14,292", 0},
    {NULL, NULL, 0},
};

static void the_real_year(void **state)
{
    const char *dir = sp_test_shared_data();
    apr_array_header_t *facts;

    if (!dir) {
        skip();
    }
    facts = facts_of_file(apr_pstrcat(sp_test_pool(), dir, "/jhb-2025-sheet.csv", NULL));
    assert_all(facts, real);
    assert_count(facts, "outlier", 3);
    assert_count(facts, "gap", 4);
    assert_count(facts, "platform_started", 2);
    assert_count(facts, "platform_ended", 0);
    assert_count(facts, "season_month_high", 0);
    assert_int_equal(sum_of_parts(facts, "jesus-house-baltimore"), -252);
    assert_int_equal(sum_of_parts(facts, "bible-study"), 8);
    assert_null(sp_test_facts_find(facts, "week_change._all")); /* one of them has no number in the week before */
    assert_int_equal(sp_test_fact(facts, "record_high.jesus-house-baltimore")->from, sp_calendar_day(2025, 3, 23));
}

static const expected_t sample[] = {
    {"total._all", "101,009", 0},
    {"total.sunday-gathering", "67,721", 0},
    {"week_total.sunday-gathering", "973", 0},
    {"week_before.sunday-gathering", "1,078", 0},
    {"week_change.sunday-gathering", "9.7 %", -1},
    {"record_high.sunday-gathering", "3,077", 0},
    {"record_high.friday-prayer", "222", 0},
    {"week_change.midweek-study", "18.6 %", -1},
    {"week_difference.campus-north", "0", 0},
    {"weeks.campus-north", "54 weeks", 0},
    {"events._all", "9", 0},
    {"event_total.harvest-weekend-all-in-2025", "2,254", 0},
    {NULL, NULL, 0},
};

static void the_sample_year(void **state)
{
    apr_array_header_t *facts = facts_of_file("tests/data/sample-year.csv");

    assert_all(facts, sample);
    assert_int_equal(sum_of_parts(facts, "sunday-gathering"), 973 - 1078);
    assert_int_equal(sum_of_parts(facts, "midweek-study"), 394 - 484);
}

static void an_empty_database_has_no_tables(void **state)
{
    sp_facts_input_t input;
    sp_revision_t revision;

    sp_assert_ok(sp_facts_read(sp_test_db(), sp_test_pool(), &input, &revision, sp_test_err()), sp_test_err());
    assert_int_equal(input.services->nelts, 0);
    assert_int_equal(input.events->nelts, 0);
    assert_int_equal(revision.revision, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(the_real_year),
        SP_UNIT_TEST(the_sample_year),
        SP_UNIT_TEST(an_empty_database_has_no_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
