/* The predecessor's database: both forms, what is left out, and every problem in it. */
#include "legacy_support.h"

#include <unistd.h>

#include <apr_strings.h>

#define NONE SP_VIEWERS_NONE

static int has_note(const apr_array_header_t *notes, const char *code, const char *text)
{
    int i;

    for (i = 0; i < notes->nelts; i++) {
        const sp_import_note_t *note = &APR_ARRAY_IDX(notes, i, sp_import_note_t);

        if (strcmp(note->code, code) == 0 && strstr(note->message, text))
            return 1;
    }
    return 0;
}

static sp_db_t *commit_legacy(sp_legacy_t *legacy, int numbers)
{
    sp_db_t *db = sp_test_db();
    sp_entry_t entry = sp_test_commit(db, legacy->said, SP_MODE_MERGE);

    sp_assert_counts(entry, numbers, 0, 0, 0);
    assert_int_equal(legacy->cells, numbers);
    sp_test_assert_ledger(db);
    return db;
}

static sp_day_t day_of(const char *iso)
{
    return sp_calendar_parse_iso(iso, strlen(iso));
}

static void assert_number(sp_db_t *db, const char *event, const char *service, const char *platform, const char *day, apr_int64_t viewers)
{
    assert_int_equal(sp_test_number(db, event, service, platform, day_of(day)), viewers);
}

/* ---- both forms ---- */

static void older_form_is_read_by_its_columns(void **state)
{
    const char *path = sp_legacy_test_older(
        "INSERT INTO weekly_data VALUES (1,'sun','1/5/2025','January', 10,20,0,0,0,0,0,3,0, 33), (2,'sun','2025-01-12','', 0,NULL,0,0,0,0,0,4,0, 4),"
        "(3,'bible','1/7/2025','', 0,0,7,0,0,0,0,0,5, 12);"
        "INSERT INTO config VALUES ('services','{\"sun\":{\"name\":\"Sunday Service\",\"color\":\"#123456\"},\"other\":\"Other\"}');");
    sp_legacy_t *legacy = sp_legacy_test_read(path);
    sp_db_t *db = commit_legacy(legacy, 7);

    assert_int_equal(legacy->newer, 0);
    assert_number(db, NULL, "Sunday Service", "YouTube", "2025-01-05", 10);
    assert_number(db, NULL, "Sunday Service", "YouTube", "2025-01-12", 0);
    assert_number(db, NULL, "Sunday Service", "Facebook", "2025-01-12", NONE);
    assert_number(db, NULL, "Sunday Service", "PT's YouTube", "2025-01-12", 4);
    assert_number(db, NULL, "Sunday Service", "Zoom", "2025-01-12", NONE);
    assert_number(db, NULL, "bible", "X", "2025-01-07", 7);
    assert_true(has_note(legacy->notes, "never_there", "\"Sunday Service\" is taken not to have been on X, Instagram, Telegram, Emerge, BoxCast, Zoom"));
    assert_true(has_note(legacy->notes, "not_carried_over", "colours of 1 services"));
}

static void newer_form_is_read_from_its_object(void **state)
{
    const char *path = sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'1','2025-01-05','', "
                                            "'{\"youtube\":10,\"X\":0,\"Kick\":\"1,200\",\"zoom\":null,\"facebook\":\"N/A\",\"emerge\":2.0}', 1212),"
                                            "(2,'1','2025-01-12','', '{}', 0), (3,'1','2025-01-19','', NULL, NULL);"
                                            "INSERT INTO config VALUES ('services','[{\"id\":1,\"name\":\"Sunday\"}]');");
    sp_legacy_t *legacy = sp_legacy_test_read(path);
    sp_db_t *db = commit_legacy(legacy, 4);

    assert_int_equal(legacy->newer, 1);
    assert_number(db, NULL, "Sunday", "X", "2025-01-05", 0);
    assert_number(db, NULL, "Sunday", "Kick", "2025-01-05", 1200);
    assert_number(db, NULL, "Sunday", "Zoom", "2025-01-05", NONE);
    assert_number(db, NULL, "Sunday", "Emerge", "2025-01-05", 2);
    assert_true(has_note(legacy->notes, "total_missing", "weekly_data, row 3"));
}

static void events_get_their_years_and_keep_their_labels(void **state)
{
    const char *path = sp_legacy_test_newer(
        "INSERT INTO weekly_data VALUES (1,'a','2025-01-05','', '{\"x\":1}', 1), (2,'a','2026-01-25','', '{\"x\":2}', 2);"
        "INSERT INTO special_events VALUES (1,'Glory','Jan'), (2,'Months',''), (3,'Glory',''), (4,'Empty',''), (5,'Dated','');"
        "INSERT INTO special_event_data VALUES (1,1,'01-19','{\"youtube\":5}',5), (2,1,'01-20','{\"youtube\":6}',6), (3,2,'Feb','{\"youtube\":7}',7),"
        "(4,2,' Apr ','{\"youtube\":8}',8), (5,3,'Jan 19th','{\"youtube\":9}',9), (6,5,'12/31/2025','{\"x\":1}',1), (7,5,'01-01','{\"x\":2}',2);");
    sp_legacy_t *legacy = sp_legacy_test_read(path);
    sp_db_t *db = commit_legacy(legacy, 9);
    const sp_said_event_t *months = &APR_ARRAY_IDX(legacy->said->events, 1, sp_said_event_t);

    assert_number(db, "Glory", NULL, "YouTube", "2025-01-19", 5);
    assert_number(db, "Glory", NULL, "YouTube", "2026-01-19", 9);
    assert_number(db, "Months", NULL, "YouTube", "2025-04-01", 8);
    assert_number(db, "Dated", NULL, "X", "2026-01-01", 2);
    assert_int_equal(months->labels->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(months->labels, 1, sp_said_label_t).label, "Apr");
    assert_true(has_note(legacy->notes, "no_number", "\"Empty\""));
    assert_true(has_note(legacy->assumed, "year_assumed", "\"Glory\" have no year; they are taken to begin on 2026-01-19"));
}

static void years_can_be_given(void **state)
{
    sp_legacy_options_t options = sp_legacy_test_options;
    const char *path = sp_legacy_test_newer("INSERT INTO special_events VALUES (1,'E','');"
                                            "INSERT INTO special_event_data VALUES (1,1,'March 24','{\"x\":5}',5);");

    sp_legacy_test_refused(path, &options, SP_E_CSV_BAD_DATE, "special_event_data, row 1: \"March 24\" has no year");
    options.event_year = 2024;
    assert_number(commit_legacy(sp_legacy_test_read_with(path, &options), 1), "E", NULL, "X", "2024-03-24", 5);
}

static void day_first_dates_want_to_be_told(void **state)
{
    sp_legacy_options_t options = sp_legacy_test_options;
    const char *path = sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'a','5/1/2025','', '{\"x\":1}', 1), (2,'a','19/1/2025','', '{\"x\":2}', 2);");

    sp_legacy_test_refused(path, &options, SP_E_CSV_BAD_DATE, "weekly_data, row 2: \"19/1/2025\" is not a date with the month first");
    options.date_order = SP_DATE_ORDER_DMY;
    assert_number(commit_legacy(sp_legacy_test_read_with(path, &options), 2), NULL, "a", "X", "2025-01-05", 1);
}

static void zeros_of_an_event_leave_a_platform_out_and_not_a_day(void **state)
{
    const char *path = sp_legacy_test_older(
        "INSERT INTO weekly_data VALUES (1,'a','2025-01-05','', 0,0,0,0,0,0,0,0,0, 0), (2,'b','2025-01-05','', 1,0,0,0,0,0,0,0,0, 1);"
        "INSERT INTO special_events VALUES (1,'E',''), (2,'Zeros','');"
        "INSERT INTO special_event_data VALUES (1,1,'Feb',0,0,0,0,0,0,0,0,0,0), (2,1,'Apr',9,0,0,0,0,0,0,0,0,9), (3,2,'Apr',0,0,0,0,0,0,0,0,0,0);");
    sp_legacy_t *legacy = sp_legacy_test_read(path);
    sp_db_t *db = commit_legacy(legacy, 3);

    assert_number(db, "E", NULL, "YouTube", "2025-02-01", 0);
    assert_number(db, "E", NULL, "Facebook", "2025-02-01", NONE);
    assert_true(has_note(legacy->notes, "no_number", "service \"a\""));
    assert_true(has_note(legacy->notes, "no_number", "event \"Zeros\""));
}

static void services_of_one_name_become_one(void **state)
{
    sp_legacy_t *legacy = sp_legacy_test_read(
        sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'a','2025-01-05','', '{\"x\":1}', 1), (2,'b','2025-01-12','', '{\"x\":2}', 2);"
                             "INSERT INTO config VALUES ('services','{\"a\":\"Sunday\",\"b\":\"SUNDAY \"}');"));

    assert_int_equal(legacy->sums->nelts, 1);
    assert_int_equal(APR_ARRAY_IDX(legacy->sums, 0, sp_legacy_sum_t).said, 3);
    assert_number(commit_legacy(legacy, 2), NULL, "Sunday", "X", "2025-01-12", 2);
}

static void twice_changes_nothing(void **state)
{
    const char *path =
        sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'a','2025-01-05','', '{\"x\":1}', 1);INSERT INTO special_events VALUES (1,'E','');"
                             "INSERT INTO special_event_data VALUES (1,1,'Feb','{\"x\":5}',5);");
    sp_db_t *db = commit_legacy(sp_legacy_test_read(path), 2);
    sp_entry_t entry = sp_test_commit(db, sp_legacy_test_read(path)->said, SP_MODE_MERGE);

    assert_int_equal(entry.id, 0);
    sp_assert_counts(entry, 0, 0, 0, 2);
}

static void what_is_not_carried_over_is_counted(void **state)
{
    sp_legacy_t *legacy = sp_legacy_test_read(
        sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'a','2025-01-05','', '{\"x\":1}', 1);"
                             "CREATE TABLE upload_history (filename); INSERT INTO upload_history VALUES ('a'),('b');"
                             "CREATE TABLE ai_insights (id); INSERT INTO ai_insights VALUES (1); CREATE TABLE session (sid); INSERT INTO session VALUES (1);"));

    assert_true(has_note(legacy->notes, "not_carried_over", "2 uploads"));
    assert_true(has_note(legacy->notes, "not_carried_over", "1 written insights"));
    assert_int_equal(legacy->notes_total, 2);
    assert_int_equal(strlen(legacy->sha256), 64);
}

/* ---- problems ---- */

static void totals_that_differ_are_refused_row_by_row_and_by_service(void **state)
{
    const char *path =
        sp_legacy_test_older("INSERT INTO weekly_data VALUES (7,'a','2025-01-05','', 1,2,0,0,0,0,0,0,0, 3), (9,'a','2025-01-12','', 1,2,0,0,0,0,0,0,0, 103);"
                             "INSERT INTO special_events VALUES (1,'E',''),(2,'Z','');"
                             "INSERT INTO special_event_data VALUES (4,1,'Feb',5,0,0,0,0,0,0,0,0,6), (5,2,'Feb',0,0,0,0,0,0,0,0,0,11);");

    sp_legacy_test_refused(path, &sp_legacy_test_options, SP_E_BAD_ENTRY,
                           "weekly_data, row 9: \"a\" on 2025-01-12 has the total 103, but its platforms have 3 together");
    sp_legacy_test_refused(path, &sp_legacy_test_options, SP_E_BAD_ENTRY,
                           "the totals differ for the service \"a\": the file's own add up to 106, its numbers to 6");
    sp_legacy_test_refused(path, &sp_legacy_test_options, SP_E_BAD_ENTRY,
                           "special_event_data, row 4: \"E\" on 2025-02-01 has the total 6, but its platforms have 5 together");
    sp_legacy_test_refused(path, &sp_legacy_test_options, SP_E_BAD_ENTRY,
                           "the totals differ for the event \"E\": the file's own add up to 6, its numbers to 5");
    sp_legacy_test_refused(path, &sp_legacy_test_options, SP_E_BAD_ENTRY,
                           "the totals differ for the event \"Z\": the file's own add up to 11, its numbers to 0");
}

static void totals_that_differ_and_even_out_are_refused(void **state)
{
    sp_legacy_test_refused(
        sp_legacy_test_older("INSERT INTO weekly_data VALUES (1,'a','2025-01-05','', 1,2,0,0,0,0,0,0,0, 4), (2,'a','2025-01-12','', 1,2,0,0,0,0,0,0,0, 2);"),
        &sp_legacy_test_options, SP_E_BAD_ENTRY, "2 problems");
}

static void reconcile_finds_what_the_store_would_not_hold(void **state)
{
    sp_legacy_t *legacy = sp_legacy_test_read(
        sp_legacy_test_newer("INSERT INTO weekly_data VALUES (1,'a','2025-01-05','', '{\"x\":1}', 1);INSERT INTO special_events VALUES (1,'E','');"
                             "INSERT INTO special_event_data VALUES (1,1,'Feb','{\"x\":5}',5);"));
    sp_cell_t stray = {SP_KEY(1, 0, 1, 20200), 7, 0, 0, 0};

    sp_assert_ok(sp_spool_add(legacy->said->cells, &stray, sp_test_err()), sp_test_err());
    APR_ARRAY_IDX(legacy->sums, 0, sp_legacy_sum_t).said++;
    sp_assert_error(sp_legacy_reconcile(legacy, sp_test_pool(), sp_test_dir(), sp_test_err()), sp_test_err(), SP_E_BAD_ENTRY);
    assert_int_equal(sp_test_err()->details->nelts, 2);
    assert_non_null(strstr(APR_ARRAY_IDX(sp_test_err()->details, 0, sp_error_detail_t).message, "service \"a\": the file says 2, stored would be 1"));
}

static void bad_values_are_listed_with_their_rows(void **state)
{
    static const struct {
        const char *row;
        sp_error_code_e code;
        const char *text;
    } rows[] = {
        {"(3,'a','2025-01-05','','{\"x\":-1}',0)", SP_E_CSV_BAD_COUNT, "weekly_data, row 3: \"-1\" of \"x\" is not a number of viewers"},
        {"(3,'a','2025-01-05','','{\"x\":1.5}',0)", SP_E_CSV_BAD_COUNT, "\"1.5\" of \"x\""},
        {"(3,'a','2025-01-05','','{\"x\":2000000000000}',0)", SP_E_CSV_BAD_COUNT, "\"2000000000000\" of \"x\""},
        {"(3,'a','2025-01-05','','{\"x\":\"1.2K\"}',0)", SP_E_CSV_BAD_COUNT, "1.2K"},
        {"(3,'a','2025-01-05','','{\"x\":[1]}',0)", SP_E_CSV_BAD_COUNT, "[1]"},
        {"(3,'a','2025-01-05','','{\"x\":true}',0)", SP_E_CSV_BAD_COUNT, "true"},
        {"(3,'a','2025-01-05','','{\"x\":1}','n1')", SP_E_CSV_BAD_COUNT, "\"n1\" of \"total\""},
        {"(3,'a','2025-01-05','','{\"x\":1}',x'00ff')", SP_E_CSV_BAD_COUNT, "bytes that are no text"},
        {"(3,'a','2025-01-05','','{\"x\":1',1)", SP_E_BAD_JSON, "row 3: \"platforms\" is not a JSON object"},
        {"(3,'a','2025-01-05','','[1]',1)", SP_E_BAD_JSON, "is not a JSON object"},
        {"(3,'a','2025-01-05','','{\"x\":1,\"x\":1}',1)", SP_E_BAD_JSON, "duplicate object key"},
        {"(3,'a','2025-01-05','','{\"x\":1,\"Twitter\":1}',2)", SP_E_CSV_DUPLICATE, "\"X\" is there twice"},
        {"(3,'a','2025-01-05','','{\"\\u202e\":1}',1)", SP_E_CSV_BAD_NAME, "the platform"},
        {"(3,'a','13/45/2025','','{\"x\":1}',1)", SP_E_CSV_BAD_DATE, "row 3: \"13/45/2025\""},
        {"(3,'a','soon','','{\"x\":1}',1)", SP_E_CSV_BAD_DATE, "\"soon\""},
        {"(3,'a','01-19','','{\"x\":1}',1)", SP_E_CSV_BAD_DATE, "\"01-19\""},
        {"(3,'a',NULL,'','{\"x\":1}',1)", SP_E_CSV_MISSING_VALUE, "\"date\" is missing"},
        {"(3,NULL,'2025-01-05','','{\"x\":1}',1)", SP_E_CSV_MISSING_VALUE, "\"service\" is missing"},
        {"(3,CAST(x'ff' AS TEXT),'2025-01-05','','{\"x\":1}',1)", SP_E_CSV_MISSING_VALUE, "\"service\" is not UTF-8"},
        {"(3,char(7),'2025-01-05','','{\"x\":1}',1)", SP_E_CSV_BAD_NAME, "the service"},
        {"(3,'a','2025-01-05','','{\"x\":1}',1),(4,'A','1/5/2025','','{\"x\":1}',1)", SP_E_CSV_DUPLICATE,
         "row 4: \"a\" on 2025-01-05 is there already in row 3"},
        {"(3,'a','2025-01-05','','{}',0)", SP_E_CSV_EMPTY, "no number"},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *path = sp_legacy_test_newer(apr_pstrcat(sp_test_pool(), "INSERT INTO weekly_data VALUES ", rows[i].row, ";", NULL));

        sp_legacy_test_refused(path, &sp_legacy_test_options, rows[i].code, rows[i].text);
        unlink(path);
    }
}

static void bad_events_are_listed_with_their_rows(void **state)
{
    static const struct {
        const char *rows;
        sp_error_code_e code;
        const char *text;
    } rows[] = {
        {"INSERT INTO special_event_data VALUES (5,77,'Feb','{\"x\":1}',1);", SP_E_CSV_MISSING_VALUE,
         "special_event_data, row 5: special_events has no event 77"},
        {"INSERT INTO special_event_data VALUES (5,1,'Day one','{\"x\":1}',1);", SP_E_CSV_BAD_DATE, "special_event_data, row 5: \"Day one\" is not a day"},
        {"INSERT INTO special_event_data VALUES (5,1,'Feb','{\"x\":1}',1),(6,1,'02-01','{\"x\":1}',1);", SP_E_CSV_DUPLICATE,
         "row 6: \"E\" on 2025-02-01 is there already in row 5"},
        {"INSERT INTO special_events VALUES (2,'','');", SP_E_CSV_BAD_NAME, "special_events, row 2: the event"},
        {"INSERT INTO special_events VALUES (2,'e','');INSERT INTO special_event_data VALUES "
         "(5,1,'2025-02-01','{\"x\":1}',1),(6,2,'2025-02-01','{\"x\":1}',1);",
         SP_E_CSV_DUPLICATE, "special_events, row 2: another event is named \"e\" and begins on 2025-02-01"},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *path = sp_legacy_test_newer(
            apr_pstrcat(sp_test_pool(), "INSERT INTO weekly_data VALUES (1,'a','2025-01-05','','{\"x\":1}',1);INSERT INTO special_events VALUES (1,'E','');",
                        rows[i].rows, NULL));

        sp_legacy_test_refused(path, &sp_legacy_test_options, rows[i].code, rows[i].text);
        unlink(path);
    }
}

static void problems_are_counted_beyond_those_listed(void **state)
{
    sp_legacy_options_t options = {.max_problems = 2};
    const char *path = sp_legacy_test_newer("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
                                            "INSERT INTO weekly_data SELECT i, 'a', 'never', '', '{}', 0 FROM n;");
    sp_legacy_t *legacy;

    sp_assert_error(sp_legacy_read(&legacy, sp_test_pool(), path, &options, sp_test_err()), sp_test_err(), SP_E_CSV_BAD_DATE);
    assert_int_equal(sp_test_err()->details->nelts, 2);
    assert_int_equal(sp_test_err()->details_total, 50);
    assert_int_equal(APR_ARRAY_IDX(sp_test_err()->details, 1, sp_error_detail_t).line, 2);
}

static void too_many_rows_are_refused(void **state)
{
    const char *path = sp_legacy_test_newer("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 200001)"
                                            "INSERT INTO weekly_data SELECT i, 'a', '2025-01-05', '', '{}', 0 FROM n;");

    sp_legacy_test_refused(path, &sp_legacy_test_options, SP_E_TOO_MANY_ROWS, "weekly_data has more than 200000 rows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(older_form_is_read_by_its_columns),
        SP_UNIT_TEST(newer_form_is_read_from_its_object),
        SP_UNIT_TEST(events_get_their_years_and_keep_their_labels),
        SP_UNIT_TEST(years_can_be_given),
        SP_UNIT_TEST(day_first_dates_want_to_be_told),
        SP_UNIT_TEST(zeros_of_an_event_leave_a_platform_out_and_not_a_day),
        SP_UNIT_TEST(services_of_one_name_become_one),
        SP_UNIT_TEST(twice_changes_nothing),
        SP_UNIT_TEST(what_is_not_carried_over_is_counted),
        SP_UNIT_TEST(totals_that_differ_are_refused_row_by_row_and_by_service),
        SP_UNIT_TEST(totals_that_differ_and_even_out_are_refused),
        SP_UNIT_TEST(reconcile_finds_what_the_store_would_not_hold),
        SP_UNIT_TEST(bad_values_are_listed_with_their_rows),
        SP_UNIT_TEST(bad_events_are_listed_with_their_rows),
        SP_UNIT_TEST(problems_are_counted_beyond_those_listed),
        SP_UNIT_TEST(too_many_rows_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
