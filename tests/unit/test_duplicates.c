/* Tests of numbers that a file gives twice: the importer's statement, committed. */
#include "import_support.h"
#include "store_support.h"

#include <apr_strings.h>

typedef struct {
    const char *name;
    const char *file;
    int skip;
    const char *problems; /* the messages, one a line; "": it comes in */
    const char *warnings; /* codes */
    int added;
    int skipped;
} case_t;

static const case_t cases[] = {
    {"two rows of one platform in a block", "A,\nDate,1/31/2025\nYouTube,5\nYoutube,5\n", 0,
     "\"A\" on \"YouTube\", 2025-01-31 is given twice in one block, 5 (line 3, column 2) and 5 (line 4, column 2)\n", "", 0, 0},
    {"an alias", "A,\nDate,1/31/2025\nX,5\nTwitter,5\n", 0,
     "\"A\" on \"X\", 2025-01-31 is given twice in one block, 5 (line 3, column 2) and 5 (line 4, column 2)\n", "", 0, 0},
    {"two columns of one day", "A,,\nDate,1/31/2025,2025-01-31\nYouTube,5,5\n", 0,
     "\"A\" on \"YouTube\", 2025-01-31 is given twice in one block, 5 (line 3, column 2) and 5 (line 3, column 3)\n", "", 0, 0},
    {"two columns of one day of an event", "Special Programs\nGala,1/31/2025,1/31/2025\nYouTube,5,5\n", 0,
     "\"Gala\" on \"YouTube\", 2025-01-31 is given twice in one block, 5 (line 3, column 2) and 5 (line 3, column 3)\n", "", 0, 0},
    {"two rows of one platform in an event", "Special Programs\nGala,1/31/2025\nYouTube,5\nYoutube,6\n", 0,
     "\"Gala\" on \"YouTube\", 2025-01-31 is both 5 (line 3, column 2) and 6 (line 4, column 2)\n", "", 0, 0},
    {"the same week in another block", "A,\nDate,1/31/2025\nYouTube,5\n\nDate,1/31/2025\nYouTube,5\n", 0, "", "duplicate_same ", 1, 0},
    {"another number in another block", "A,\nDate,1/31/2025\nYouTube,5\n\nDate,1/31/2025\nYouTube,6\n", 0,
     "\"A\" on \"YouTube\", 2025-01-31 is both 5 (line 3, column 2) and 6 (line 6, column 2)\n", "", 0, 0},
    {"equal rows", "service,platform,date,viewers\nA,b,2025-01-05,1\nA,B,2025-01-05,1\nA,b,2025-01-12,2\n", 0, "", "duplicate_same ", 2, 0},
    {"rows that differ are left out, both of them",
     "service,platform,date,viewers\nA,b,2025-01-05,1\nA,b,2025-01-12,2\nA,b,2025-01-05,3\nA,c,2025-01-05,4\nA,c,2025-01-05,4\n", 1,
     "\"A\" on \"b\", 2025-01-05 is both 1 (line 2, column 4) and 3 (line 4, column 4)\n", "duplicate_same skipped ", 2, 1},
    {"the last ones too", "service,platform,date,viewers\nA,b,2025-01-05,x\nA,c,2025-01-05,1\nA,d,2025-01-05,1\nA,d,2025-01-05,2\n", 1,
     "\"x\" in line 2, column 4 is not a number of viewers; expected a whole number from 0 to 1,000,000,000,000 without unit\n"
     "\"A\" on \"d\", 2025-01-05 is both 1 (line 4, column 4) and 2 (line 5, column 4)\n",
     "skipped ", 1, 2},
    {"all there is", "service,platform,date,viewers\nA,d,2025-01-05,1\nA,d,2025-01-05,2\n", 1,
     "\"A\" on \"d\", 2025-01-05 is both 1 (line 2, column 4) and 2 (line 3, column 4)\n", "skipped ", 0, 1},
};

static const char *messages(const apr_array_header_t *details)
{
    const char *text = "";

    for (int i = 0; details && i < details->nelts; i++) {
        text = apr_pstrcat(sp_test_pool(), text, APR_ARRAY_IDX(details, i, sp_error_detail_t).message, "\n", NULL);
    }
    return text;
}

static const char *codes(const apr_array_header_t *notes)
{
    const char *text = "";

    for (int i = 0; i < notes->nelts; i++) {
        text = apr_pstrcat(sp_test_pool(), text, APR_ARRAY_IDX(notes, i, sp_import_note_t).code, " ", NULL);
    }
    return text;
}

static void check_refused(const case_t *c, apr_status_t rv)
{
    sp_assert_error(rv, sp_test_err(), SP_E_CSV_DUPLICATE);
    assert_string_equal(messages(sp_test_err()->details), c->problems);
    sp_error_clear(sp_test_err());
}

static void every_double_is_told(void **state)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const case_t *c = &cases[i];
        sp_import_options_t options = {.skip_bad = c->skip};
        sp_test_import_t t = sp_test_import(c->file, strlen(c->file), 0, &options);
        sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .actor = "tester"};
        sp_db_t *db = sp_test_db();
        sp_assert_ok(t.rv, t.err);
        apr_status_t rv = sp_ledger_commit(db, sp_test_pool(), t.result->said, &entry, NULL, NULL, sp_test_err());
        if (*c->problems && !c->skip) {
            check_refused(c, rv);
            assert_int_equal(sp_test_count(db), 0);
            continue;
        }
        sp_assert_ok(rv, sp_test_err());
        sp_import_result_take_doubles(t.result);
        assert_string_equal(codes(t.result->warnings), c->warnings);
        assert_string_equal(messages(t.result->problems), c->problems);
        assert_int_equal(t.result->problems_total, c->skipped);
        assert_int_equal(entry.added, c->added);
        assert_int_equal(sp_test_count(db), c->added);
        sp_test_assert_ledger(db);
    }
}

static void the_note_names_both_places(void **state)
{
    sp_test_import_t t = sp_import_text("service,platform,date,viewers\nA,b,2025-01-05,1\nA,B,2025-01-05,1\n");
    sp_entry_t entry = {.kind = SP_ENTRY_UPLOAD, .actor = "tester"};
    const sp_import_note_t *note;

    sp_assert_ok(sp_ledger_commit(sp_test_db(), sp_test_pool(), t.result->said, &entry, NULL, NULL, sp_test_err()), sp_test_err());
    sp_import_result_take_doubles(t.result);
    note = &APR_ARRAY_IDX(t.result->warnings, 0, sp_import_note_t);
    assert_int_equal(note->line, 3);
    assert_int_equal(note->column, 4);
    assert_string_equal(note->message,
                        "\"A\" on \"b\", 2025-01-05 is given twice with the same number, 1 (line 2, column 4) and (line 3, column 4); it is taken once");
}

static void more_doubles_than_are_listed_are_counted(void **state)
{
    sp_entry_t entry = {.actor = "tester"};
    sp_said_t *said = sp_test_said();

    for (int i = 0; i < 300; i++) {
        sp_test_say(said, "A", "YouTube", 100 + i % 150, i < 150 ? i : i % 150);
    }
    sp_assert_ok(sp_ledger_commit(sp_test_db(), sp_test_pool(), said, &entry, NULL, NULL, sp_test_err()), sp_test_err());
    assert_int_equal(said->doubles.same_total, 150);
    assert_int_equal(said->doubles.same->nelts, SP_SAID_MAX_DOUBLES);
    assert_int_equal(entry.added, 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(every_double_is_told),
        SP_UNIT_TEST(the_note_names_both_places),
        SP_UNIT_TEST(more_doubles_than_are_listed_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
