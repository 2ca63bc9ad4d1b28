/* Tests that sorting a spool stops where its file cannot be read. */
#include "support.h"

#include <apr_file_io.h>

#include "spool.h"

#define CHUNK 16

static int reads_left;

/* Takes the place of APR's, and fails when it is told to. */
apr_status_t apr_file_read_full(apr_file_t *file, void *buf, apr_size_t bytes, apr_size_t *bytes_read)
{
    apr_size_t done = 0;

    if (reads_left-- <= 0) {
        return APR_EGENERAL;
    }
    while (done < bytes) {
        apr_size_t len = bytes - done;
        apr_status_t rv = apr_file_read(file, (char *)buf + done, &len);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        done += len;
    }
    if (bytes_read) {
        *bytes_read = done;
    }
    return APR_SUCCESS;
}

static apr_status_t sort_with(int reads)
{
    sp_spool_t *spool = sp_spool_create(sp_test_pool(), NULL, CHUNK), *sorted;
    sp_error_t *err = sp_test_err();

    sp_error_clear(err);
    for (int i = 0; i < 4 * CHUNK; i++) {
        sp_cell_t cell = {.key = SP_KEY(0, 1, 1, 10000 - i)};
        sp_assert_ok(sp_spool_add(spool, &cell, err), err);
    }
    reads_left = reads;
    return sp_spool_sort(spool, sp_test_pool(), NULL, NULL, &sorted, err);
}

static void sort_stops_at_the_first_failing_read(void **state)
{
    int reads = 0;

    while (sort_with(reads) != APR_SUCCESS) {
        assert_int_equal(sp_test_err()->code, SP_E_INTERNAL);
        reads++;
    }
    assert_true(reads > 8);
    sp_error_clear(sp_test_err());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(sort_stops_at_the_first_failing_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
