/* Tests of filename.c. */
#include "support.h"

#include "filename.h"

static void clean_keeps_what_names_the_file(void **state)
{
    static const struct {
        const char *sent, *clean;
    } cases[] = {
        {"year.csv", "year.csv"},
        {"C:\\Users\\me\\year 2025.csv", "year 2025.csv"},
        {"../../etc/passwd", "passwd"},
        {"a/b\\c.csv", "c.csv"},
        {"z\xC3\xA4hlung.csv", "z\xC3\xA4hlung.csv"},
        {"a\x01\x1f\x7f\xC2\x85.csv", "a.csv"},
        {"a\xFF\xC3.csv", "a.csv"},
        {"gpj\xE2\x80\xAE.csv", "gpj.csv"},
        {"<b>.csv", "<b>.csv"},
        {"", NULL},
        {"folder/", NULL},
        {"\x01", NULL},
        {NULL, NULL},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *clean = sp_filename_clean(sp_test_pool(), cases[i].sent);
        if (cases[i].clean)
            assert_string_equal(clean, cases[i].clean);
        else
            assert_null(clean);
    }
}

static void clean_cuts_at_the_end_of_a_character(void **state)
{
    char sent[301];

    memset(sent, 'a', 254);
    memcpy(sent + 254, "\xC3\xA4\xC3\xA4", 5);
    assert_int_equal(strlen(sp_filename_clean(sp_test_pool(), sent)), 254);
    memset(sent, 'a', 300);
    sent[300] = '\0';
    assert_int_equal(strlen(sp_filename_clean(sp_test_pool(), sent)), 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(clean_keeps_what_names_the_file),
        SP_UNIT_TEST(clean_cuts_at_the_end_of_a_character),
    };
    return cmocka_run_group_tests_name("filename", tests, NULL, NULL);
}
