/* The key of the Messages API: what is one, which file may hold it, and that nothing of it is told. */
#include "support.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apr_strings.h>

#include "api_key.h"

#define KEY    "sk-ant-api03-CANARY_of.the~key-9"
#define CANARY "CANARY"

static const char *path_of(const char *name)
{
    return apr_pstrcat(sp_test_pool(), sp_test_dir(), "/", name, NULL);
}

static const char *file_with(const char *text, apr_size_t len, mode_t mode)
{
    const char *path = path_of("key");
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, len), len);
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
    return path;
}

static const char *repeat(char letter, apr_size_t count)
{
    char *text = apr_palloc(sp_test_pool(), count + 1);

    memset(text, letter, count);
    text[count] = '\0';
    return text;
}

/* Neither in what people read nor in the log. */
static void assert_tells_nothing(const sp_error_t *err)
{
    assert_null(strstr(err->message, CANARY));
    assert_true(!err->log || !strstr(err->log, CANARY));
}

static void assert_refused(const char *path, const char *why)
{
    char key[SP_MESSAGES_KEY_MAX] = {0};

    sp_error_clear(sp_test_err());
    sp_assert_error(sp_api_key_read(path, key, sp_test_err()), sp_test_err(), SP_E_INSIGHT_ANSWER);
    if (!strstr(sp_test_err()->message, why)) {
        fail_msg("\"%s\" is not in \"%s\"", why, sp_test_err()->message);
    }
    assert_non_null(strstr(sp_test_err()->message, path));
    assert_tells_nothing(sp_test_err());
    assert_null(memmem(key, sizeof(key), CANARY, strlen(CANARY)));
}

static void read_takes_the_first_line(void **state)
{
    const char *const texts[] = {KEY, KEY "\n", KEY "\r\n", KEY "\nwhat else there is\n"};
    const char *longest = repeat('k', SP_MESSAGES_KEY_MAX - 1);
    char key[SP_MESSAGES_KEY_MAX];

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        sp_assert_ok(sp_api_key_read(file_with(texts[i], strlen(texts[i]), 0640), key, sp_test_err()), sp_test_err());
        assert_string_equal(key, KEY);
    }
    sp_assert_ok(sp_api_key_read(file_with(longest, strlen(longest), 0400), key, sp_test_err()), sp_test_err());
    assert_string_equal(key, longest);
}

static void read_refuses_what_is_no_key(void **state)
{
    static const char with_nul[] = CANARY "\0" CANARY;
    const char *too_long = apr_pstrcat(sp_test_pool(), CANARY, repeat('k', SP_MESSAGES_KEY_MAX - 6), NULL);

    assert_refused(file_with("", 0, 0600), "is empty");
    assert_refused(file_with("\n" KEY, strlen(KEY) + 1, 0600), "is empty");
    assert_refused(file_with(too_long, strlen(too_long), 0600), "is too long for a key");
    assert_refused(file_with(apr_pstrcat(sp_test_pool(), too_long, "\n", NULL), strlen(too_long) + 1, 0600), "is too long for a key");
    assert_refused(file_with(with_nul, sizeof(with_nul) - 1, 0600), "something else than letters");
    assert_refused(file_with(KEY " " KEY, 2 * strlen(KEY) + 1, 0600), "something else than letters");
    assert_refused(file_with(KEY "\303\251", strlen(KEY) + 2, 0600), "something else than letters");
}

static void read_refuses_a_file_that_is_open_to_everybody(void **state)
{
    static const mode_t modes[] = {0604, 0602, 0601, 0777};

    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        assert_refused(file_with(KEY, strlen(KEY), modes[i]), "is open to everybody on this machine: write chmod o=");
    }
}

static void read_refuses_what_is_no_file(void **state)
{
    const char *key = file_with(KEY, strlen(KEY), 0600), *pipe = path_of("pipe");

    assert_refused(path_of("none"), "does not exist");
    assert_refused(apr_pstrcat(sp_test_pool(), key, "/below", NULL), "may not be read by the server's user");
    assert_refused(sp_test_dir(), "is no plain file");
    /* Nobody ever writes into it: it is not waited for. */
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_refused(pipe, "is no plain file");
}

/* What the environment may hold is asked here, too. */
static void complaint_names_what_is_wrong(void **state)
{
    static const char *const bad[] = {"a b", "a\tb", "a\nb", "\177", "\200"};

    assert_null(sp_api_key_complaint(KEY, strlen(KEY)));
    assert_null(sp_api_key_complaint("!", 1));
    assert_string_equal(sp_api_key_complaint("", 0), "is empty");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_string_equal(sp_api_key_complaint(bad[i], strlen(bad[i])), "holds something else than letters, digits and marks");
    }
    assert_null(sp_api_key_complaint(repeat('k', SP_MESSAGES_KEY_MAX - 1), SP_MESSAGES_KEY_MAX - 1));
    assert_string_equal(sp_api_key_complaint(repeat('k', SP_MESSAGES_KEY_MAX), SP_MESSAGES_KEY_MAX), "is too long for a key");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(read_takes_the_first_line),    SP_UNIT_TEST(read_refuses_what_is_no_key),   SP_UNIT_TEST(read_refuses_a_file_that_is_open_to_everybody),
        SP_UNIT_TEST(read_refuses_what_is_no_file), SP_UNIT_TEST(complaint_names_what_is_wrong),
    };
    return cmocka_run_group_tests_name("api_key", tests, NULL, NULL);
}
