/* Tests of pin.c. */
#include "support.h"

#include <time.h>

#include <apr_file_io.h>
#include <apr_strings.h>

#include "pin.h"

/* "1234" at bcrypt's least cost. */
#define HASH "$2y$04$HR7XqQ.HJG3IGLS8g0Egj.ohw1rFSv182L0E5.XPvZvYdeU.O49/m"

static const char *file_with(const char *text)
{
    const char *path = apr_pstrcat(sp_test_pool(), sp_test_dir(), "/pin", NULL);
    apr_file_t *f;

    assert_int_equal(apr_file_open(&f, path, APR_FOPEN_CREATE | APR_FOPEN_WRITE | APR_FOPEN_TRUNCATE, APR_FPROT_OS_DEFAULT, sp_test_pool()), APR_SUCCESS);
    assert_int_equal(apr_file_write_full(f, text, strlen(text), NULL), APR_SUCCESS);
    apr_file_close(f);
    return path;
}

static void read_takes_the_first_line(void **state)
{
    static const char *const texts[] = {HASH, HASH "\n", HASH "\r\nanything\n"};
    const char *hash;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        sp_assert_ok(sp_pin_read(sp_test_pool(), file_with(texts[i]), &hash, sp_test_err()), sp_test_err());
        assert_string_equal(hash, HASH);
    }
}

static void read_refuses_what_is_no_bcrypt_hash(void **state)
{
    static const char *const texts[] = {"", "\n", "1234\n", "$1$abc$def\n", "\n" HASH, HASH "x\n", "$apr1$salt$hash\n"};
    const char *hash;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        sp_error_clear(sp_test_err());
        sp_assert_error(sp_pin_read(sp_test_pool(), file_with(texts[i]), &hash, sp_test_err()), sp_test_err(), SP_E_INTERNAL);
        assert_null(strstr(sp_test_err()->message, "/"));
    }
    sp_error_clear(sp_test_err());
    sp_assert_error(sp_pin_read(sp_test_pool(), "/nonexistent/pin", &hash, sp_test_err()), sp_test_err(), SP_E_INTERNAL);
    assert_non_null(strstr(sp_test_err()->log, "/nonexistent/pin"));
}

static void matches_only_the_pin_itself(void **state)
{
    char longest[80];

    assert_true(sp_pin_matches("1234", HASH));
    assert_false(sp_pin_matches("1235", HASH));
    assert_false(sp_pin_matches("12345", HASH));
    assert_false(sp_pin_matches("", HASH));
    memset(longest, '1', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    assert_false(sp_pin_matches(longest, HASH));
}

/* Processor time of this thread, which other programs do not lengthen. The least of some, in microseconds. */
static apr_int64_t cost_us(const char *pin)
{
    apr_int64_t least = APR_INT64_MAX;

    for (int i = 0; i < 20; i++) {
        struct timespec before, after;
        apr_int64_t us;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
        sp_pin_matches(pin, HASH);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
        us = (after.tv_sec - before.tv_sec) * APR_INT64_C(1000000) + (after.tv_nsec - before.tv_nsec) / 1000;
        least = us < least ? us : least;
    }
    return least;
}

/* Only as ratios, and far apart: a comparison that stops at the first other character would cost a thousandth. */
static void matches_costs_as_much_for_a_wrong_pin(void **state)
{
    static const char *const wrong[] = {"1", "1235", "0234", "12345", "999999999999999999999999999999999999999999999999999999999999"};
    const apr_int64_t right_us = cost_us("1234");

    assert_true(right_us > 0);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        const apr_int64_t us = cost_us(wrong[i]);
        assert_true(us * 2 > right_us && us < right_us * 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(read_takes_the_first_line),
        SP_UNIT_TEST(read_refuses_what_is_no_bcrypt_hash),
        SP_UNIT_TEST(matches_only_the_pin_itself),
        SP_UNIT_TEST(matches_costs_as_much_for_a_wrong_pin),
    };
    return cmocka_run_group_tests_name("pin", tests, NULL, NULL);
}
