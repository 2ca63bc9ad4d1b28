/* Remarks about odd numbers: each kind is found, and ordinary data has none. */
#include "support.h"

#include "quality.h"

#define SUNDAY 20093 /* 2025-01-05 */

/* Weeks from SUNDAY on; -1: no number. */
static sp_table_t *make_table(int rows, const apr_int64_t *viewers)
{
    sp_table_t *t = sp_table_create(sp_test_pool(), rows, 1, 0);
    int i;

    t->platform[0] = (sp_ident_t){1, "zoom", "Zoom", "#000000"};
    for (i = 0; i < rows; i++) {
        t->first[i] = SUNDAY + 7 * i;
        t->last[i] = t->first[i] + 6;
        t->viewers[0][i] = viewers ? viewers[i] : 100 + i;
    }
    sp_table_sum(t);
    return t;
}

static int count_code(const apr_array_header_t *notes, const char *code)
{
    int i, count = 0;

    for (i = 0; i < notes->nelts; i++)
        count += strcmp(APR_ARRAY_IDX(notes, i, sp_quality_note_t).code, code) == 0;
    return count;
}

static const sp_quality_note_t *only_note(const apr_array_header_t *notes, const char *code)
{
    if (notes->nelts != 1)
        fail_msg("%d remarks instead of one %s", notes->nelts, code);
    assert_string_equal(APR_ARRAY_IDX(notes, 0, sp_quality_note_t).code, code);
    return &APR_ARRAY_IDX(notes, 0, sp_quality_note_t);
}

static void ordinary_weeks_have_no_remark(void **state)
{
    static const apr_int64_t lively[] = {80, 120, 95, 210, 60, 100, 140, 75, 90, 260, 110, 100};

    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(12, lively))->nelts, 0);
    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(52, NULL))->nelts, 0);
    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(1, NULL))->nelts, 0);
    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(0, NULL))->nelts, 0);
}

/* In an order in which each place that the search for the median looks at holds the smallest number that is left: it would be quadratic. */
static apr_int64_t *numbers_against_the_median(int count)
{
    apr_int64_t *values = apr_palloc(sp_test_pool(), (apr_size_t)count * sizeof(*values));
    int *place = apr_palloc(sp_test_pool(), (apr_size_t)count * sizeof(*place));

    for (int i = 0; i < count; i++)
        place[i] = i;
    for (int k = 0; k < count; k++) {
        int middle = k + (count - 1 - k) / 2, held = place[middle];
        values[held] = count + k;
        place[middle] = place[k];
        place[k] = held;
    }
    return values;
}

static void numbers_against_the_median_take_no_longer(void **state)
{
    const int count = 300000;

    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(count, numbers_against_the_median(count)))->nelts, 0);
}

static void missing_weeks_are_counted(void **state)
{
    sp_table_t *t = make_table(10, NULL);
    const sp_quality_note_t *note;
    int i;

    for (i = 5; i < 10; i++)
        t->first[i] += 14;
    note = only_note(sp_quality_of(sp_test_pool(), t), "missing_weeks");
    assert_string_equal(note->message, "2 weeks are missing between 2025-02-02 and 2025-02-23");
    assert_int_equal(note->week, SUNDAY + 35);
}

static void a_shifted_week_is_a_weekday_and_no_gap(void **state)
{
    sp_table_t *t = make_table(10, NULL);
    const sp_quality_note_t *note;

    t->first[4] += 1;
    note = only_note(sp_quality_of(sp_test_pool(), t), "weekday");
    assert_string_equal(note->message, "the week of 2025-02-03 begins on a Monday; most begin on a Sunday");
    t = make_table(3, NULL);
    t->first[1] += 1;
    assert_int_equal(sp_quality_of(sp_test_pool(), t)->nelts, 0);
}

static void zeros_before_the_start(void **state)
{
    static const apr_int64_t four[] = {0, 0, SP_VIEWERS_NONE, 0, 0, 20, 22, 21}, three[] = {0, 0, 0, 20, 22, 21, 20, 22}, always[] = {0, 0, 0, 0, 0, 0, 0, 0};
    const sp_quality_note_t *note = only_note(sp_quality_of(sp_test_pool(), make_table(8, four)), "zero_before_start");

    assert_int_equal(note->week, SUNDAY + 35);
    assert_string_equal(note->platform->slug, "zoom");
    assert_int_equal(count_code(sp_quality_of(sp_test_pool(), make_table(8, three)), "zero_before_start"), 0);
    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(8, always))->nelts, 0);
}

static void outliers_by_median_and_mad(void **state)
{
    apr_int64_t viewers[20];
    const sp_quality_note_t *note;
    int i;

    for (i = 0; i < 20; i++)
        viewers[i] = 300 + 10 * (i % 7);
    viewers[11] = 32000;
    note = only_note(sp_quality_of(sp_test_pool(), make_table(20, viewers)), "outlier");
    assert_int_equal(note->week, SUNDAY + 77);
    assert_string_equal(note->message, "Zoom has 32000 in the week of 2025-03-23, where about 330 is usual");
    viewers[11] = 3;
    only_note(sp_quality_of(sp_test_pool(), make_table(20, viewers)), "outlier");
    viewers[11] = 640; /* far off for so regular a platform, but not by the factor */
    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(20, viewers))->nelts, 0);
    for (i = 0; i < 20; i++)
        viewers[i] = 50;
    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(20, viewers))->nelts, 0);
    viewers[3] = 5000; /* the MAD is 0 */
    only_note(sp_quality_of(sp_test_pool(), make_table(20, viewers)), "outlier");
    assert_int_equal(sp_quality_of(sp_test_pool(), make_table(7, viewers))->nelts, 0);
}

static void a_long_list_is_cut(void **state)
{
    sp_table_t *t = make_table(80, NULL);
    apr_array_header_t *notes;
    int i;

    for (i = 0; i < 30; i++)
        t->first[i] += 1;
    notes = sp_quality_of(sp_test_pool(), t);
    assert_int_equal(count_code(notes, "weekday"), SP_QUALITY_LISTED + 1);
    assert_string_equal(APR_ARRAY_IDX(notes, SP_QUALITY_LISTED, sp_quality_note_t).message, "10 more like these");
}

static void a_files_remarks(void **state)
{
    apr_array_header_t *warnings = apr_array_make(sp_test_pool(), 2, sizeof(sp_import_note_t)), *notes;

    APR_ARRAY_PUSH(warnings, sp_import_note_t) = (sp_import_note_t){.code = "total_differs", .line = 4, .column = 9, .message = "the total is 5, the sum 6"};
    APR_ARRAY_PUSH(warnings, sp_import_note_t) = (sp_import_note_t){.code = "skipped", .line = 0, .column = 0, .message = "left out"};
    APR_ARRAY_PUSH(warnings, sp_import_note_t) = (sp_import_note_t){.code = "duplicate_same", .line = 7, .column = 2, .message = "twice"};
    notes = sp_quality_of_file(sp_test_pool(), warnings);
    assert_int_equal(notes->nelts, 2);
    assert_int_equal(APR_ARRAY_IDX(notes, 0, sp_quality_note_t).line, 4);
    assert_string_equal(APR_ARRAY_IDX(notes, 1, sp_quality_note_t).code, "duplicate_same");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(ordinary_weeks_have_no_remark),
        SP_UNIT_TEST(missing_weeks_are_counted),
        SP_UNIT_TEST(numbers_against_the_median_take_no_longer),
        SP_UNIT_TEST(a_shifted_week_is_a_weekday_and_no_gap),
        SP_UNIT_TEST(zeros_before_the_start),
        SP_UNIT_TEST(outliers_by_median_and_mad),
        SP_UNIT_TEST(a_long_list_is_cut),
        SP_UNIT_TEST(a_files_remarks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
