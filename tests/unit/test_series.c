/* Reading the numbers by service, by event and in export order. */
#include "store_support.h"

#include <apr_strings.h>

static sp_db_t *db_with_numbers(void)
{
    sp_db_t *db = sp_test_db();
    sp_said_t *said = sp_test_said();
    int march = sp_test_say_event(said, "Retreat", 500, 502), january = sp_test_say_event(said, "Retreat", 400, 400);

    sp_test_say(said, "Sunday Service", "YouTube", 100, 10);
    sp_test_say(said, "Sunday Service", "YouTube", 114, 30);
    sp_test_say_span(said, "Sunday Service", "Zoom", 100, 1, 8);
    sp_test_say(said, "Sunday Service", "Zoom", 107, 0);
    sp_test_say(said, "Bible Study", "Zoom", 107, 4);
    sp_test_say_day(said, march, NULL, "Zoom", 500, 5);
    sp_test_say_day(said, march, "Bible Study", "Zoom", 500, 6);
    sp_test_say_day(said, march, NULL, "YouTube", 502, 7);
    sp_test_say_label(said, march, 502, "March 2nd");
    sp_test_say_day(said, january, "Only Here", "Telegram", 400, 8);
    sp_test_commit(db, said, SP_MODE_MERGE);
    return db;
}

static sp_ident_t service_of(sp_db_t *db, const char *id)
{
    sp_ident_t ident;

    sp_assert_ok(sp_series_find_service(db, sp_test_pool(), id, &ident, sp_test_err()), sp_test_err());
    return ident;
}

static const char *names_of(const apr_array_header_t *idents)
{
    char *names = apr_pstrdup(sp_test_pool(), "");
    int i;

    for (i = 0; i < idents->nelts; i++)
        names = apr_pstrcat(sp_test_pool(), names, i ? "," : "", APR_ARRAY_IDX(idents, i, sp_ident_t).slug, NULL);
    return names;
}

static void lists_hold_what_has_numbers_in_display_order(void **state)
{
    sp_db_t *db = db_with_numbers();
    apr_array_header_t *idents;
    sp_said_t *said = sp_test_said();

    sp_assert_ok(sp_series_services(db, sp_test_pool(), &idents, sp_test_err()), sp_test_err());
    assert_string_equal(names_of(idents), "sunday-service,bible-study");
    sp_assert_ok(sp_series_platforms(db, sp_test_pool(), &idents, sp_test_err()), sp_test_err());
    assert_string_equal(names_of(idents), "youtube,zoom,telegram");
    sp_test_say(said, "Bible Study", "Zoom", 107, SP_VIEWERS_NONE);
    sp_test_commit(db, said, SP_MODE_MERGE);
    sp_assert_ok(sp_series_services(db, sp_test_pool(), &idents, sp_test_err()), sp_test_err());
    assert_string_equal(names_of(idents), "sunday-service");
}

static void find_takes_slug_and_any_spelling(void **state)
{
    sp_db_t *db = db_with_numbers();
    sp_ident_t ident;

    assert_string_equal(service_of(db, "sunday-service").name, "Sunday Service");
    assert_string_equal(service_of(db, " SUNDAY  service").name, "Sunday Service");
    assert_string_equal(service_of(db, "only-here").name, "Only Here");
    assert_int_equal(sp_series_find_service(db, sp_test_pool(), "other", &ident, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(sp_test_err()->code, SP_E_SERVICE_UNKNOWN);
    sp_error_clear(sp_test_err());
    sp_assert_ok(sp_series_find_platform(db, sp_test_pool(), "YT", &ident, sp_test_err()), sp_test_err());
    assert_string_equal(ident.slug, "youtube");
    assert_int_equal(sp_series_find_platform(db, sp_test_pool(), "\x01", &ident, sp_test_err()), APR_NOTFOUND);
    assert_int_equal(sp_test_err()->code, SP_E_PLATFORM_UNKNOWN);
}

static void weekly_is_the_union_of_the_weeks(void **state)
{
    sp_db_t *db = db_with_numbers();
    sp_ident_t service = service_of(db, "sunday-service");
    sp_table_t *t;

    sp_assert_ok(sp_series_weekly(db, sp_test_pool(), &service, NULL, &t, sp_test_err()), sp_test_err());
    assert_int_equal(t->rows, 3);
    assert_int_equal(t->columns, 2);
    assert_string_equal(t->ident.slug, "sunday-service");
    assert_string_equal(t->platform[0].slug, "youtube");
    assert_int_equal(t->first[1], 107);
    assert_int_equal(t->last[0], 108);
    assert_int_equal(t->last[1], 113);
    assert_int_equal(t->viewers[0][0], 10);
    assert_int_equal(t->viewers[0][1], SP_VIEWERS_NONE);
    assert_int_equal(t->viewers[1][1], 0);
    assert_int_equal(t->total[0], 11);
    assert_int_equal(t->total[1], 0);
    assert_int_equal(t->total[2], 30);
}

static apr_array_header_t *ids(int id)
{
    apr_array_header_t *list = apr_array_make(sp_test_pool(), 1, sizeof(int));

    if (id)
        APR_ARRAY_PUSH(list, int) = id;
    return list;
}

static void weekly_keeps_to_the_filter(void **state)
{
    sp_db_t *db = db_with_numbers();
    sp_ident_t service = service_of(db, "sunday-service"), platform;
    sp_filter_t filter = {107, 114, NULL, NULL};
    sp_table_t *t;

    sp_assert_ok(sp_series_weekly(db, sp_test_pool(), &service, &filter, &t, sp_test_err()), sp_test_err());
    assert_int_equal(t->rows, 2);
    assert_int_equal(t->columns, 2);
    filter.to = 113;
    sp_assert_ok(sp_series_weekly(db, sp_test_pool(), &service, &filter, &t, sp_test_err()), sp_test_err());
    assert_int_equal(t->rows, 1);
    assert_int_equal(t->columns, 1);
    assert_string_equal(t->platform[0].slug, "zoom");
    sp_assert_ok(sp_series_find_platform(db, sp_test_pool(), "youtube", &platform, sp_test_err()), sp_test_err());
    filter.platforms = ids(platform.id);
    sp_assert_ok(sp_series_weekly(db, sp_test_pool(), &service, &filter, &t, sp_test_err()), sp_test_err());
    assert_int_equal(t->rows, 0);
    assert_int_equal(t->columns, 0);
}

static void events_come_in_date_order_with_labels(void **state)
{
    sp_db_t *db = db_with_numbers();
    apr_array_header_t *tables;
    sp_table_t *t;

    sp_assert_ok(sp_series_events(db, sp_test_pool(), NULL, &tables, sp_test_err()), sp_test_err());
    assert_int_equal(tables->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(tables, 0, sp_table_t *)->ident.slug, "retreat-1971-2");
    t = APR_ARRAY_IDX(tables, 1, sp_table_t *);
    assert_string_equal(t->ident.slug, "retreat-1971");
    assert_int_equal(t->rows, 2);
    assert_string_equal(t->platform[0].slug, "youtube");
    assert_int_equal(t->viewers[1][0], 11);
    assert_int_equal(t->total[1], 7);
    assert_int_equal(t->last[1], 502);
    assert_null(t->label[0]);
    assert_string_equal(t->label[1], "March 2nd");
    assert_null(t->description);
}

static void events_keep_to_the_filter(void **state)
{
    sp_db_t *db = db_with_numbers();
    sp_filter_t filter = {501, SP_DAY_NONE, NULL, NULL};
    apr_array_header_t *tables;

    sp_assert_ok(sp_series_events(db, sp_test_pool(), &filter, &tables, sp_test_err()), sp_test_err());
    assert_int_equal(tables->nelts, 1);
    assert_int_equal(APR_ARRAY_IDX(tables, 0, sp_table_t *)->rows, 1);
    filter = (sp_filter_t){SP_DAY_NONE, SP_DAY_NONE, ids(service_of(db, "bible-study").id), NULL};
    sp_assert_ok(sp_series_events(db, sp_test_pool(), &filter, &tables, sp_test_err()), sp_test_err());
    assert_int_equal(tables->nelts, 1);
    assert_int_equal(APR_ARRAY_IDX(tables, 0, sp_table_t *)->total[0], 6);
    filter.services = ids(0);
    sp_assert_ok(sp_series_events(db, sp_test_pool(), &filter, &tables, sp_test_err()), sp_test_err());
    assert_int_equal(tables->nelts, 0);
}

static apr_status_t write_row(void *ctx, const sp_series_row_t *row)
{
    char **text = ctx;

    *text = apr_psprintf(sp_test_pool(), "%s%s/%s/%d-%d=%d", *text, row->service ? row->service : "", row->platform, row->first, row->last, (int)row->viewers);
    if (row->event)
        *text = apr_psprintf(sp_test_pool(), "%s(%s %d %s)", *text, row->event, row->event_start, row->label ? row->label : "");
    *text = apr_pstrcat(sp_test_pool(), *text, "\n", NULL);
    return APR_SUCCESS;
}

static void each_gives_every_number_in_order(void **state)
{
    sp_db_t *db = db_with_numbers();
    char *text = apr_pstrdup(sp_test_pool(), "");

    sp_assert_ok(sp_series_each(db, sp_test_pool(), NULL, write_row, &text, sp_test_err()), sp_test_err());
    assert_string_equal(text, "Sunday Service/YouTube/100-106=10\n"
                              "Sunday Service/YouTube/114-120=30\n"
                              "Sunday Service/Zoom/100-108=1\n"
                              "Sunday Service/Zoom/107-113=0\n"
                              "Bible Study/Zoom/107-113=4\n"
                              "/YouTube/502-502=7(Retreat 500 March 2nd)\n"
                              "/Zoom/500-500=5(Retreat 500 )\n"
                              "Bible Study/Zoom/500-500=6(Retreat 500 )\n"
                              "Only Here/Telegram/400-400=8(Retreat 400 )\n");
    assert_false(sp_db_in_transaction(db));
}

static void each_skips_to_the_services_asked_for(void **state)
{
    sp_db_t *db = db_with_numbers();
    sp_filter_t filter = {107, 500, ids(service_of(db, "bible-study").id), NULL};
    char *text = apr_pstrdup(sp_test_pool(), "");

    sp_assert_ok(sp_series_each(db, sp_test_pool(), &filter, write_row, &text, sp_test_err()), sp_test_err());
    assert_string_equal(text, "Bible Study/Zoom/107-113=4\n"
                              "Bible Study/Zoom/500-500=6(Retreat 500 )\n");
}

static apr_status_t refuse_row(void *ctx, const sp_series_row_t *row)
{
    return APR_ECONNABORTED;
}

static void each_passes_on_what_the_reader_returns(void **state)
{
    sp_db_t *db = db_with_numbers();

    assert_int_equal(sp_series_each(db, sp_test_pool(), NULL, refuse_row, NULL, sp_test_err()), APR_ECONNABORTED);
    assert_false(sp_db_in_transaction(db));
}

static void reads_of_nothing_are_empty(void **state)
{
    sp_db_t *db = sp_test_db();
    sp_ident_t nobody = {1, "x", "x", "#000000"};
    apr_array_header_t *list;
    sp_table_t *t;

    sp_assert_ok(sp_series_services(db, sp_test_pool(), &list, sp_test_err()), sp_test_err());
    assert_int_equal(list->nelts, 0);
    sp_assert_ok(sp_series_platforms(db, sp_test_pool(), &list, sp_test_err()), sp_test_err());
    assert_int_equal(list->nelts, 0);
    sp_assert_ok(sp_series_events(db, sp_test_pool(), NULL, &list, sp_test_err()), sp_test_err());
    assert_int_equal(list->nelts, 0);
    sp_assert_ok(sp_series_weekly(db, sp_test_pool(), &nobody, NULL, &t, sp_test_err()), sp_test_err());
    assert_int_equal(t->rows, 0);
    assert_int_equal(sp_test_count(db), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(lists_hold_what_has_numbers_in_display_order),
        SP_UNIT_TEST(find_takes_slug_and_any_spelling),
        SP_UNIT_TEST(weekly_is_the_union_of_the_weeks),
        SP_UNIT_TEST(weekly_keeps_to_the_filter),
        SP_UNIT_TEST(events_come_in_date_order_with_labels),
        SP_UNIT_TEST(events_keep_to_the_filter),
        SP_UNIT_TEST(each_gives_every_number_in_order),
        SP_UNIT_TEST(each_skips_to_the_services_asked_for),
        SP_UNIT_TEST(each_passes_on_what_the_reader_returns),
        SP_UNIT_TEST(reads_of_nothing_are_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
