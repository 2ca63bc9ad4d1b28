/* Tests of name.c and name_alias.c. */
#include "support.h"

#include <apr_strings.h>

#include "name.h"

static const char *clean_ok(const char *s)
{
    const char *clean, *why;
    if (sp_name_clean(sp_test_pool(), s, strlen(s), &clean, &why) != APR_SUCCESS) {
        fail_msg("\"%s\" %s", s, why);
    }
    return clean;
}

static const char *fold(const char *s, sp_name_kind_e kind)
{
    return sp_name_fold(sp_test_pool(), clean_ok(s), kind);
}

static void check_bad(const char *s, apr_size_t len, const char *reason)
{
    const char *clean, *why;
    assert_int_equal(sp_name_clean(sp_test_pool(), s, len, &clean, &why), APR_EINVAL);
    assert_string_equal(why, reason);
}

static void clean_folds_white_space(void **state)
{
    assert_string_equal(clean_ok("YouTube"), "YouTube");
    assert_string_equal(clean_ok("  Jesus \t House\r\nBaltimore "), "Jesus House Baltimore");
    assert_string_equal(clean_ok("\xc2\xa0"
                                 "a\xe3\x80\x80\xe2\x80\xa8"
                                 "b\xe2\x80\xaf"),
                        "a b");
    static const char curly[] = "Mother\xe2\x80\x99s \xe2\x80\x9cYear\xe2\x80\x9d";
    assert_string_equal(clean_ok(curly), curly);
}

static void clean_composes(void **state)
{
    assert_string_equal(clean_ok("Cafe\xcc\x81"), "Caf\xc3\xa9");
}

static void clean_keeps_joined_emoji(void **state)
{
    static const char family[] = "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9 \xe2\x9d\xa4\xef\xb8\x8f";
    assert_string_equal(clean_ok(family), family);
}

static void clean_rejects_what_is_hidden(void **state)
{
    check_bad("a\x07", 2, "holds the control character U+0007");
    check_bad("a\0b", 3, "holds the control character U+0000");
    check_bad("a\x7f", 2, "holds the control character U+007F");
    check_bad("a\xc2\x9b", 3, "holds the control character U+009B");
    check_bad("a\xe2\x80\xae", 4, "holds the invisible character U+202E");
    check_bad("a\xe2\x81\xa6", 4, "holds the invisible character U+2066");
    check_bad("a\xe2\x80\x8e", 4, "holds the invisible character U+200E");
    check_bad("\xef\xbb\xbf"
              "a",
              4, "holds the invisible character U+FEFF");
    check_bad("a\xe2\x80\x8b", 4, "holds the invisible character U+200B");
    check_bad("a\xc2\xad", 3, "holds the invisible character U+00AD");
}

static void clean_rejects_empty_long_and_invalid(void **state)
{
    char s[5000];
    memset(s, 'x', sizeof(s));
    check_bad("", 0, "is empty");
    check_bad(" \xc2\xa0 ", 4, "is empty");
    check_bad("\xe2\x80\x8d", 3, "is empty");
    check_bad("a\xff", 2, "is not valid UTF-8");
    check_bad(s, 201, "is longer than 200 characters");
    check_bad(s, sizeof(s), "is longer than 200 characters");
    s[200] = '\0';
    assert_int_equal(strlen(clean_ok(s)), 200);
    for (int i = 0; i < 400; i += 2) {
        memcpy(s + i, "\xc3\xa9", 3);
    }
    assert_int_equal(strlen(clean_ok(s)), 400);
}

static void fold_matches_spellings_of_one_name(void **state)
{
    static const char *const same[][2] = {
        {"YouTube", "Youtube"},
        {"You Tube", "youtube"},
        {"X (formerly Twitter)", "Twitter"},
        {"X", "x"},
        {"Caf\xc3\xa9", "CAFE"},
        {"Stra\xc3\x9f"
         "e",
         "STRASSE"},
        {"Mother's Day", "Mother\xe2\x80\x99s Day"},
        {"\xef\xbc\xb9\xef\xbc\xb4", "YT"},
        {"YT", "YouTube"},
        {"FB", "Facebook"},
        {"IG", "Instagram"},
        {"Insta", "Instagram"},
        {"Pt. YouTube", "PT-YouTube"},
        {"\xce\xa3\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x82", "\xcf\x83\xce\xb9\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x83"},
    };
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        assert_string_equal(fold(same[i][0], SP_NAME_PLATFORM), fold(same[i][1], SP_NAME_PLATFORM));
    }
    assert_string_equal(fold("X (formerly Twitter)", SP_NAME_PLATFORM), "x");
}

static void fold_keeps_other_names_apart(void **state)
{
    static const char *const other[][2] = {
        {"YouTube", "YouTube Live"},
        {"!!!", "???"},
        {"\xf0\x9f\x8e\xb8", "\xf0\x9f\x8e\xb9"},
        {"\xe0\xa4\x95\xe0\xa4\xbf", "\xe0\xa4\x95\xe0\xa5\x80"}, /* the Hindi syllables ki, kii */
        {"\xe3\x81\x8b", "\xe3\x81\x8c"},                         /* the kana ka, ga */
        {"Service 1", "Service 2"},
    };
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        assert_string_not_equal(fold(other[i][0], SP_NAME_PLATFORM), fold(other[i][1], SP_NAME_PLATFORM));
    }
    assert_string_equal(fold("!!!", SP_NAME_EVENT), "!!!");
    assert_string_equal(fold("Twitter", SP_NAME_SERVICE), "twitter");
}

static void clean_and_fold_are_idempotent(void **state)
{
    static const char *const words[] = {"e\xcc\x81",        " ",           "\xc2\xa0",         "A",        "\xc3\x9f", "\xef\xac\x81",
                                        "\xe1\xba\x9e",     "!",           "\xf0\x9f\x8e\xb8", "\xcc\x81", "9",        "\xea\xb0\x80",
                                        "\xd7\xa9\xd7\x81", "\xe2\x80\x8d"};
    sp_test_random_t r;
    sp_test_random_seed(&r, 7);
    for (int n = 0; n < 2000; n++) {
        const char *s = "x", *clean, *why;
        for (uint32_t k = sp_test_random(&r, 8); k > 0; k--) {
            s = apr_pstrcat(sp_test_pool(), s, words[sp_test_random(&r, sizeof(words) / sizeof(words[0]))], NULL);
        }
        assert_int_equal(sp_name_clean(sp_test_pool(), s, strlen(s), &clean, &why), APR_SUCCESS);
        assert_string_equal(clean_ok(clean), clean);
        const char *key = sp_name_fold(sp_test_pool(), clean, SP_NAME_SERVICE);
        assert_string_equal(sp_name_fold(sp_test_pool(), key, SP_NAME_SERVICE), key);
    }
}

static void check_slug(const char *name, const char *slug)
{
    assert_string_equal(sp_name_slug(sp_test_pool(), clean_ok(name), SP_NAME_EVENT), slug);
}

static void slug_is_plain_and_short(void **state)
{
    check_slug("Jesus House Baltimore", "jesus-house-baltimore");
    check_slug("Caf\xc3\xa9 \xc3\x9c", "cafe-u");
    check_slug("X (formerly Twitter)", "x-formerly-twitter");
    check_slug("14 Days of Glory (JHB)", "14-days-of-glory-jhb");
    check_slug("Mother\xe2\x80\x99s Day & More!", "mothers-day-more");
    check_slug("\xc5\x81\xc3\xb3"
               "d\xc5\xba \xc3\x98re Stra\xc3\x9f"
               "e",
               "lodz-ore-strasse");
    check_slug("--a--", "a");
    check_slug("!!!", "event");
    check_slug("\xe4\xb8\xad\xe6\x96\x87", "event");
    assert_string_equal(sp_name_slug(sp_test_pool(), "?", SP_NAME_SERVICE), "service");
    assert_string_equal(sp_name_slug(sp_test_pool(), "?", SP_NAME_PLATFORM), "platform");
}

static void slug_is_cut_without_a_dash_at_the_end(void **state)
{
    char s[101];
    for (int i = 0; i < 100; i++) {
        s[i] = i % 6 == 5 ? ' ' : 'a';
    }
    s[99] = 'a';
    s[100] = '\0';
    const char *slug = sp_name_slug(sp_test_pool(), s, SP_NAME_EVENT);
    assert_in_range(strlen(slug), 55, 60);
    assert_int_not_equal(slug[strlen(slug) - 1], '-');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(clean_folds_white_space),
        SP_UNIT_TEST(clean_composes),
        SP_UNIT_TEST(clean_keeps_joined_emoji),
        SP_UNIT_TEST(clean_rejects_what_is_hidden),
        SP_UNIT_TEST(clean_rejects_empty_long_and_invalid),
        SP_UNIT_TEST(fold_matches_spellings_of_one_name),
        SP_UNIT_TEST(fold_keeps_other_names_apart),
        SP_UNIT_TEST(clean_and_fold_are_idempotent),
        SP_UNIT_TEST(slug_is_plain_and_short),
        SP_UNIT_TEST(slug_is_cut_without_a_dash_at_the_end),
    };
    return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
