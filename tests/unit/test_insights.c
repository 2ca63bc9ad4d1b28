/* Insights as JSON and as rows. */
#include "store_support.h"

#include <math.h>

#include <apr_strings.h>

#include "insights.h"
#include "meta.h"

#define START_MS APR_INT64_C(1790000000000)

static const sp_authorship_t statistics = {SP_SOURCE_STATISTICS, NULL, SP_INSIGHTS_NO_NUMBER, SP_INSIGHTS_NO_NUMBER, SP_INSIGHTS_NO_NUMBER, NULL};

static sp_fact_t fact(const char *id, const char *shown)
{
    sp_fact_t f = {.id = id, .kind = "total", .label = "viewers of <Hall>", .unit = SP_UNIT_VIEWERS, .value = 3362, .shown = shown, .sign = -1};

    f.marks = SP_FACT_RECORD_HIGH | SP_FACT_ESTIMATE;
    f.low = f.high = NAN;
    f.low_shown = "1";
    f.service = "Hall";
    f.season = "December";
    f.from = 20000;
    f.to = SP_DAY_NONE;
    return f;
}

static apr_array_header_t *facts(void)
{
    apr_array_header_t *list = apr_array_make(sp_test_pool(), 3, sizeof(sp_fact_t));

    APR_ARRAY_PUSH(list, sp_fact_t) = fact("total.unused", "7");
    APR_ARRAY_PUSH(list, sp_fact_t) = fact("total.hall", "3,362");
    return list;
}

static void add_sentence(sp_insight_t *insight, sp_part_e part, const char *text, const char *value, const char *id)
{
    sp_sentence_t *sentence = apr_array_push(insight->parts[part]);
    sp_sentence_value_t *v;

    sentence->text = text;
    sentence->values = apr_array_make(sp_test_pool(), 1, sizeof(sp_sentence_value_t));
    if (!value)
        return;
    v = apr_array_push(sentence->values);
    v->start = (apr_size_t)(strstr(text, value) - text);
    v->len = strlen(value);
    v->fact = id;
}

static sp_insight_t content(void)
{
    sp_insight_t insight;

    sp_insight_init(sp_test_pool(), &insight);
    add_sentence(&insight, SP_PART_SUMMARY, "\xC3\x84ltere \xF0\x9F\x8E\x89 Hall had 3,362 viewers.", "3,362", "total.hall");
    add_sentence(&insight, SP_PART_SUMMARY, "So it is.", NULL, NULL);
    add_sentence(&insight, SP_PART_ALERTS, "\"Quoted\" & <b>.", NULL, NULL);
    insight.dropped = 2;
    return insight;
}

static sp_job_t claimed(sp_db_t *db)
{
    sp_job_t job;

    sp_assert_ok(sp_jobs_request(db, sp_test_pool(), START_MS, &job, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_jobs_claim(db, sp_test_pool(), "holder", 0, START_MS, &job, sp_test_err()), sp_test_err());
    return job;
}

static apr_status_t publish(sp_db_t *db, const sp_job_t *job, int kept, apr_int64_t *id)
{
    const sp_insight_t insight = content();

    return sp_insights_publish(db, sp_test_pool(), job, &statistics, &insight, facts(), 5, kept, START_MS, id, sp_test_err());
}

static sp_published_t latest(sp_db_t *db)
{
    sp_published_t insight;

    sp_assert_ok(sp_insights_latest(db, sp_test_pool(), &insight, sp_test_err()), sp_test_err());
    return insight;
}

static const char *json_of(const sp_insight_t *insight)
{
    sp_out_t *out = sp_out_create(sp_test_pool(), NULL);
    const char *data;
    sp_json_t j;

    sp_json_init(&j, out);
    sp_json_object(&j);
    sp_insight_json_write_parts(&j, insight);
    sp_json_object_end(&j);
    sp_assert_ok(sp_out_finish(out, sp_test_err()), sp_test_err());
    sp_out_content(out, &data);
    return apr_pstrmemdup(sp_test_pool(), data, (apr_size_t)sp_out_size(out));
}

static void places_of_values_are_counted_as_a_browser_does(void **state)
{
    const sp_insight_t insight = content();

    /* Six letters and a space, two units for the emoji, " Hall had ". */
    assert_non_null(strstr(json_of(&insight), "\"values\":[{\"start\":19,\"end\":24,\"fact\":\"total.hall\"}]"));
}

static void what_is_written_is_read_back(void **state)
{
    const sp_insight_t insight = content();
    const sp_sentence_value_t *value;
    sp_insight_t back;

    sp_assert_ok(sp_insight_json_read_parts(sp_test_pool(), json_of(&insight), &back), sp_test_err());
    assert_string_equal(json_of(&back), json_of(&insight));
    value = &APR_ARRAY_IDX(APR_ARRAY_IDX(back.parts[SP_PART_SUMMARY], 0, sp_sentence_t).values, 0, sp_sentence_value_t);
    assert_memory_equal(APR_ARRAY_IDX(back.parts[SP_PART_SUMMARY], 0, sp_sentence_t).text + value->start, "3,362", 5);
    assert_int_equal(value->len, 5);
}

static void damage_is_refused(void **state)
{
    static const char *const damaged[] = {
        NULL,
        "",
        "[]",
        "{",
        "{}",
        "{\"summary\":[{}],\"highlights\":[],\"platform_analysis\":[],\"alerts\":[],\"recommendation\":[]}",
        "{\"summary\":[{\"text\":\"a\",\"values\":[{\"start\":2,\"end\":1,\"fact\":\"x\"}]}],\"highlights\":[],\"platform_analysis\":[],\"alerts\":[],"
        "\"recommendation\":[]}",
    };
    apr_array_header_t *list;
    sp_insight_t back;
    apr_size_t i;

    for (i = 0; i < sizeof(damaged) / sizeof(*damaged); i++)
        assert_int_not_equal(sp_insight_json_read_parts(sp_test_pool(), damaged[i], &back), APR_SUCCESS);
    assert_int_not_equal(sp_insight_json_read_facts(sp_test_pool(), "{\"a\":{\"kind\":\"total\"}}", &list), APR_SUCCESS);
    assert_int_not_equal(sp_insight_json_read_places(sp_test_pool(), "[{\"part\":\"nothing\",\"index\":0}]", &list), APR_SUCCESS);
}

static void publish_stores_what_is_referred_to_and_ends_the_job(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_job_t job = claimed(db);
    sp_published_t insight;
    const sp_fact_t *f;
    apr_int64_t id;

    assert_int_equal(latest(db).id, 0);
    sp_assert_ok(publish(db, &job, 10, &id), sp_test_err());
    insight = latest(db);
    assert_int_equal(insight.id, id);
    assert_string_equal(insight.generated_at, "2026-09-21T14:13:20Z");
    assert_int_equal(insight.revision, 5);
    assert_int_equal(insight.checked_revision, 5);
    assert_int_equal(insight.content.dropped, 2);
    assert_int_equal(insight.by.cost_microdollars, SP_INSIGHTS_NO_NUMBER);
    assert_int_equal(insight.facts->nelts, 1);
    f = &APR_ARRAY_IDX(insight.facts, 0, sp_fact_t);
    assert_string_equal(f->id, "total.hall");
    assert_string_equal(f->shown, "3,362");
    assert_int_equal(f->marks, SP_FACT_RECORD_HIGH | SP_FACT_ESTIMATE);
    assert_int_equal(f->sign, -1);
    assert_int_equal(f->from, 20000);
    assert_int_equal(f->to, SP_DAY_NONE);
    assert_string_equal(f->low_shown, "1");
    assert_string_equal(f->season, "December");
    assert_null(f->high_shown);
    sp_assert_ok(sp_jobs_current(db, sp_test_pool(), &job, sp_test_err()), sp_test_err());
    assert_int_equal(job.state, SP_JOB_DONE);
    assert_int_equal(job.insight, id);
}

static apr_int64_t standing(sp_db_t *db, const sp_authorship_t *by, const sp_insight_t *insight, apr_int64_t revision)
{
    apr_int64_t id;

    sp_assert_ok(sp_insights_find_standing(db, sp_test_pool(), by, insight, revision, &id, sp_test_err()), sp_test_err());
    return id;
}

static void what_would_be_written_once_more_stands(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_insight_t same = content(), other = content();
    sp_authorship_t remarked = statistics, claude = statistics, paid = statistics;
    sp_job_t job;
    apr_int64_t id;

    assert_int_equal(standing(db, &statistics, &same, 5), 0);
    job = claimed(db);
    sp_assert_ok(publish(db, &job, 10, &id), sp_test_err());
    assert_int_equal(standing(db, &statistics, &same, 5), id);
    assert_int_equal(standing(db, &statistics, &same, 6), 0);
    add_sentence(&other, SP_PART_SUMMARY, "And more.", NULL, NULL);
    assert_int_equal(standing(db, &statistics, &other, 5), 0);
    remarked.remark = "the API was down";
    assert_int_equal(standing(db, &remarked, &same, 5), 0);
    claude.source = SP_SOURCE_CLAUDE;
    assert_int_equal(standing(db, &claude, &same, 5), 0);
    paid.cost_microdollars = 7;
    assert_int_equal(standing(db, &paid, &same, 5), 0);
}

static void a_job_that_finds_one_standing_tells_it(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_job_t job = claimed(db), done;
    apr_int64_t id;

    sp_assert_ok(publish(db, &job, 10, &id), sp_test_err());
    job = claimed(db);
    sp_assert_ok(sp_jobs_finish_standing(db, &job, id, "it stands", 5, START_MS, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_jobs_current(db, sp_test_pool(), &done, sp_test_err()), sp_test_err());
    assert_int_equal(done.id, job.id);
    assert_int_equal(done.state, SP_JOB_DONE);
    assert_int_equal(done.insight, id);
    assert_string_equal(done.message, "it stands");
    assert_int_equal(latest(db).id, id);
    assert_int_equal(sp_jobs_finish_standing(db, &job, id, "it stands", 5, START_MS, sp_test_err()), APR_NOTFOUND);
}

static void publish_without_the_lease_stores_nothing(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_job_t job = claimed(db);
    apr_int64_t id;

    job.lease = "somebody else's";
    assert_int_equal(publish(db, &job, 10, &id), APR_NOTFOUND);
    assert_int_equal(latest(db).id, 0);
    sp_assert_ok(sp_jobs_current(db, sp_test_pool(), &job, sp_test_err()), sp_test_err());
    assert_int_equal(job.state, SP_JOB_RUNNING);
    sp_assert_ok(publish(db, &job, 10, &id), sp_test_err());
    assert_int_equal(publish(db, &job, 10, &id), APR_NOTFOUND);
}

static void publish_refuses_what_is_too_long(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_job_t job = claimed(db);
    sp_insight_t insight;
    char *text = apr_palloc(sp_test_pool(), SP_INSIGHTS_ROW_BYTES + 1);
    apr_int64_t id;

    memset(text, 'a', SP_INSIGHTS_ROW_BYTES);
    text[SP_INSIGHTS_ROW_BYTES] = '\0';
    sp_insight_init(sp_test_pool(), &insight);
    add_sentence(&insight, SP_PART_SUMMARY, text, NULL, NULL);
    assert_int_equal(sp_insights_publish(db, sp_test_pool(), &job, &statistics, &insight, facts(), 5, 10, START_MS, &id, sp_test_err()), APR_ENOSPC);
    assert_int_equal(sp_test_err()->code, SP_E_INTERNAL);
    assert_int_equal(latest(db).id, 0);
}

static void pages_go_back_and_the_oldest_go(void **state)
{
    sp_db_t *db = sp_test_db();
    apr_array_header_t *briefs;
    sp_published_t insight;
    apr_int64_t id, next;
    int i;

    for (i = 0; i < 6; i++) {
        sp_job_t job = claimed(db);
        sp_assert_ok(publish(db, &job, 4, &id), sp_test_err());
    }
    sp_assert_ok(sp_insights_page(db, sp_test_pool(), 0, 3, &briefs, &next, sp_test_err()), sp_test_err());
    assert_int_equal(briefs->nelts, 3);
    assert_int_equal(APR_ARRAY_IDX(briefs, 0, sp_insight_brief_t).id, 6);
    assert_int_equal(next, 4);
    sp_assert_ok(sp_insights_page(db, sp_test_pool(), next, 3, &briefs, &next, sp_test_err()), sp_test_err());
    assert_int_equal(briefs->nelts, 1);
    assert_int_equal(next, 0);
    sp_assert_error(sp_insights_get(db, sp_test_pool(), 2, &insight, sp_test_err()), sp_test_err(), SP_E_INSIGHT_UNKNOWN);
}

static void checking_again_is_no_revision_and_another_tag(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_job_t job = claimed(db);
    apr_array_header_t *stale = apr_array_make(sp_test_pool(), 1, sizeof(sp_insight_place_t));
    const sp_insight_place_t place = {SP_PART_SUMMARY, 1};
    sp_revision_t before, after;
    apr_int64_t id, to_check;

    sp_assert_ok(sp_insights_to_check(db, &to_check, sp_test_err()), sp_test_err());
    assert_int_equal(to_check, 0);
    sp_assert_ok(publish(db, &job, 10, &id), sp_test_err());
    sp_assert_ok(sp_meta_revision(db, &before, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_insights_to_check(db, &to_check, sp_test_err()), sp_test_err());
    assert_int_equal(to_check, id);
    APR_ARRAY_PUSH(stale, sp_insight_place_t) = place;
    sp_assert_ok(sp_insights_set_checked(db, sp_test_pool(), id, before.revision, stale, sp_test_err()), sp_test_err());
    sp_assert_ok(sp_meta_revision(db, &after, sp_test_err()), sp_test_err());
    assert_string_equal(before.tag, after.tag);
    assert_string_not_equal(before.insight_tag, after.insight_tag);
    sp_assert_ok(sp_insights_to_check(db, &to_check, sp_test_err()), sp_test_err());
    assert_int_equal(to_check, 0);
    stale = latest(db).stale;
    assert_int_equal(stale->nelts, 1);
    assert_int_equal(APR_ARRAY_IDX(stale, 0, sp_insight_place_t).index, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(places_of_values_are_counted_as_a_browser_does),
        SP_UNIT_TEST(what_is_written_is_read_back),
        SP_UNIT_TEST(damage_is_refused),
        SP_UNIT_TEST(publish_stores_what_is_referred_to_and_ends_the_job),
        SP_UNIT_TEST(what_would_be_written_once_more_stands),
        SP_UNIT_TEST(a_job_that_finds_one_standing_tells_it),
        SP_UNIT_TEST(publish_without_the_lease_stores_nothing),
        SP_UNIT_TEST(publish_refuses_what_is_too_long),
        SP_UNIT_TEST(pages_go_back_and_the_oldest_go),
        SP_UNIT_TEST(checking_again_is_no_revision_and_another_tag),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
