/* Tests of pin_strength.c. */
#include "support.h"

#include "pin_strength.h"

static void refuse(const char *const *pins, size_t count, const char *why)
{
    for (size_t i = 0; i < count; i++) {
        const char *fault = sp_pin_strength_fault(pins[i]);
        if (!fault || !strstr(fault, why))
            fail_msg("\"%s\": %s, not %s", pins[i], fault ? fault : "taken", why);
    }
}
#define REFUSE(why, ...) refuse((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), why)

static void short_ones_are_refused(void **state)
{
    REFUSE("fewer than 6", "", "1", "1234", "48291", "äöüäö");
}

static void what_no_field_takes_is_refused(void **state)
{
    REFUSE("longer than 72", "48291548291548291548291548291548291548291548291548291548291548291548291548291x");
    REFUSE("control", "48\t2915", "482915\n",
           "\x7f"
           "482915");
    REFUSE("UTF-8", "482915\xff");
}

static void patterns_are_refused(void **state)
{
    REFUSE("first", "111111", "aaaaaaaa", "100000", "121212", "112122", "123456", "654321", "890123", "321098", "246802", "135791", "abcdef", "fedcba",
           "123123", "abcabc", "20252025", "482482", "xyzabxyzab");
}

static void common_ones_are_refused(void **state)
{
    REFUSE("first", "password", "Password1!", "qwerty123", "letmein", "iloveyou2", "StreamPulse", "streampulse2025", "admin1", "123321", "159753", "1q2w3e4r",
           "1QAZ2wsx");
}

static void dates_are_refused(void **state)
{
    REFUSE("date", "240391", "032491", "910324", "24031991", "03241991", "19910324", "20261231", "311299");
}

static void others_are_taken(void **state)
{
    static const char *const pins[] = {"482915",   "739184", "7391846205", "correct horse", "correct-horse",
                                       "48 29 15", "4829-1", "éàüöèç",     "19912503x",     "993871"};

    for (size_t i = 0; i < sizeof(pins) / sizeof(pins[0]); i++)
        if (sp_pin_strength_fault(pins[i]))
            fail_msg("\"%s\": %s", pins[i], sp_pin_strength_fault(pins[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(short_ones_are_refused), SP_UNIT_TEST(what_no_field_takes_is_refused),
        SP_UNIT_TEST(patterns_are_refused),   SP_UNIT_TEST(common_ones_are_refused),
        SP_UNIT_TEST(dates_are_refused),      SP_UNIT_TEST(others_are_taken),
    };
    return cmocka_run_group_tests_name("pin_strength", tests, NULL, NULL);
}
