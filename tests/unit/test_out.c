/* Tests of out.c. */
#include "support.h"

#include <stdlib.h>

#include "out.h"

/* Writes size bytes of a recognisable pattern in pieces of chunk, and reads them back from memory or file. */
static void check_round_trip(apr_size_t size, apr_size_t chunk, int in_memory)
{
    sp_out_t *out = sp_out_create(sp_test_pool(), sp_test_dir());
    char *given = malloc(size + 1), *got = malloc(size + 1);
    const char *data;
    apr_file_t *file;

    for (apr_size_t i = 0; i < size; i++)
        given[i] = (char)(i * 31 + i / 251);
    for (apr_size_t at = 0; at < size; at += chunk)
        sp_out_write(out, given + at, at + chunk > size ? size - at : chunk);
    sp_assert_ok(sp_out_finish(out, sp_test_err()), sp_test_err());
    assert_int_equal(sp_out_size(out), size);
    file = sp_out_content(out, &data);
    if (in_memory) {
        assert_null(file);
        assert_memory_equal(data, given, size);
    } else {
        assert_null(data);
        assert_int_equal(apr_file_read_full(file, got, size, NULL), APR_SUCCESS);
        assert_memory_equal(got, given, size);
    }
    free(given);
    free(got);
}

static void out_keeps_small_answers_in_memory(void **state)
{
    check_round_trip(0, 1, 1);
    check_round_trip(1, 1, 1);
    check_round_trip(100000, 7, 1);
    check_round_trip(SP_OUT_MEMORY, 4096, 1);
}

static void out_spills_large_answers_to_a_file(void **state)
{
    check_round_trip(SP_OUT_MEMORY + 1, 4096, 0);
    check_round_trip(SP_OUT_MEMORY + 1, SP_OUT_MEMORY + 1, 0);
    check_round_trip(3 * SP_OUT_MEMORY + 17, 1000, 0);
    check_round_trip(3 * SP_OUT_MEMORY + 17, 64 * 1024, 0);
    check_round_trip(3 * SP_OUT_MEMORY + 17, 64 * 1024 - 1, 0);
}

static void out_leaves_no_file_behind(void **state)
{
    const char *dir = sp_test_dir();
    sp_out_t *out = sp_out_create(sp_test_pool(), dir);
    apr_finfo_t info;
    apr_dir_t *open;
    int files = 0;

    for (int i = 0; i < 2 * SP_OUT_MEMORY / 16; i++)
        sp_out_puts(out, "sixteen letters.");
    assert_int_equal(apr_dir_open(&open, dir, sp_test_pool()), APR_SUCCESS);
    while (apr_dir_read(&info, APR_FINFO_NAME, open) == APR_SUCCESS)
        files += info.name[0] != '.';
    apr_dir_close(open);
    assert_int_equal(files, 0);
}

static void out_tells_a_failed_write_at_the_end(void **state)
{
    sp_out_t *out = sp_out_create(sp_test_pool(), "/nonexistent/folder");

    for (int i = 0; i < 2 * SP_OUT_MEMORY / 16; i++)
        sp_out_puts(out, "sixteen letters.");
    sp_assert_error(sp_out_finish(out, sp_test_err()), sp_test_err(), SP_E_STORAGE_FULL);
    assert_non_null(strstr(sp_test_err()->log, "/nonexistent/folder"));
    assert_null(strstr(sp_test_err()->message, "/nonexistent"));
}

static void out_compresses_its_file_and_not_its_memory(void **state)
{
    const sp_out_options_t options = {.dir = sp_test_dir(), .memory_bytes = 1000, .coding = SP_CODING_GZIP};
    sp_out_t *small = sp_out_create_as(sp_test_pool(), &options), *large = sp_out_create_as(sp_test_pool(), &options);
    unsigned char head[2];
    const char *data;

    sp_out_puts(small, "short");
    sp_assert_ok(sp_out_finish(small, sp_test_err()), sp_test_err());
    assert_int_equal(sp_out_coding(small), SP_CODING_IDENTITY);
    assert_null(sp_out_content(small, &data));
    assert_memory_equal(data, "short", 5);
    for (int i = 0; i < 10000; i++)
        sp_out_puts(large, "sixteen letters.");
    sp_assert_ok(sp_out_finish(large, sp_test_err()), sp_test_err());
    assert_int_equal(sp_out_coding(large), SP_CODING_GZIP);
    assert_in_range(sp_out_size(large), 20, 16000);
    assert_int_equal(apr_file_read_full(sp_out_content(large, &data), head, 2, NULL), APR_SUCCESS);
    assert_memory_equal(head, "\x1f\x8b", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(out_keeps_small_answers_in_memory),          SP_UNIT_TEST(out_spills_large_answers_to_a_file),
        SP_UNIT_TEST(out_compresses_its_file_and_not_its_memory), SP_UNIT_TEST(out_leaves_no_file_behind),
        SP_UNIT_TEST(out_tells_a_failed_write_at_the_end),
    };
    return cmocka_run_group_tests_name("out", tests, NULL, NULL);
}
