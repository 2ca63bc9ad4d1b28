/* Tests of spool.c and spool_sort.c. */
#include "support.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <apr_file_info.h>

#include "spool.h"

#define COUNT 5000

static sp_cell_t random_cell(sp_test_random_t *random, apr_uint32_t i)
{
    sp_cell_t cell = {.viewers = i, .line = i, .span = 6};

    cell.key = SP_KEY(sp_test_random(random, 3), 1 + sp_test_random(random, 4), 1 + sp_test_random(random, 4), sp_test_random(random, 40));
    return cell;
}

static sp_spool_t *fill(apr_size_t chunk, apr_uint32_t count)
{
    sp_spool_t *spool = sp_spool_create(sp_test_pool(), sp_test_dir(), chunk);
    sp_test_random_t random;

    sp_test_random_seed(&random, count);
    for (apr_uint32_t i = 0; i < count; i++) {
        sp_cell_t cell = random_cell(&random, i);
        sp_assert_ok(sp_spool_add(spool, &cell, sp_test_err()), sp_test_err());
    }
    assert_int_equal(sp_spool_count(spool), count);
    return spool;
}

static apr_status_t keep_even(void *ctx, sp_cell_t *cell)
{
    if (cell->viewers % 2) {
        return APR_EOF;
    }
    cell->key = SP_KEY(0, 0, 0, 100 - SP_KEY_DAY(cell->key));
    return APR_SUCCESS;
}

/* Ascending keys, and cells of one key in the order they came. */
static apr_uint64_t check_order(sp_spool_t *sorted)
{
    sp_cell_t cell, before = {0};
    apr_uint64_t n = 0;

    sp_assert_ok(sp_spool_rewind(sorted, sp_test_err()), sp_test_err());
    while (sp_spool_next(sorted, &cell, sp_test_err()) == APR_SUCCESS) {
        if (n++) {
            assert_true(cell.key > before.key || (cell.key == before.key && cell.line > before.line));
        }
        before = cell;
    }
    return n;
}

static void check_unchanged(sp_spool_t *spool, apr_uint32_t count)
{
    sp_cell_t cell;

    sp_assert_ok(sp_spool_rewind(spool, sp_test_err()), sp_test_err());
    for (apr_uint32_t i = 0; i < count; i++) {
        sp_assert_ok(sp_spool_next(spool, &cell, sp_test_err()), sp_test_err());
        assert_int_equal(cell.line, i);
    }
    assert_int_equal(sp_spool_next(spool, &cell, sp_test_err()), APR_EOF);
}

static void sort_orders_cells_for_every_chunk_size(void **state)
{
    static const apr_size_t chunks[] = {1, 2, 7, 100, 4999, 5000, 5001, 0};

    for (apr_size_t i = 0; i < sizeof(chunks) / sizeof(*chunks); i++) {
        sp_spool_t *spool = fill(chunks[i], chunks[i] == 1 ? 50 : COUNT), *sorted;
        apr_uint64_t count = sp_spool_count(spool);
        sp_assert_ok(sp_spool_sort(spool, sp_test_pool(), NULL, NULL, &sorted, sp_test_err()), sp_test_err());
        assert_int_equal(check_order(sorted), count);
        assert_int_equal(check_order(sorted), count);
        sp_assert_ok(sp_spool_sort(spool, sp_test_pool(), keep_even, NULL, &sorted, sp_test_err()), sp_test_err());
        assert_int_equal(check_order(sorted), (count + 1) / 2);
        assert_int_equal(sp_spool_count(sorted), (count + 1) / 2);
        check_unchanged(spool, (apr_uint32_t)count);
    }
}

static void sort_of_ordered_runs_needs_no_merge(void **state)
{
    sp_spool_t *spool = sp_spool_create(sp_test_pool(), sp_test_dir(), 16), *sorted;

    for (apr_uint32_t i = 0; i < 1000; i++) {
        sp_cell_t cell = {.key = SP_KEY(0, 1, 1, i / 2), .line = i};
        sp_assert_ok(sp_spool_add(spool, &cell, sp_test_err()), sp_test_err());
    }
    sp_assert_ok(sp_spool_sort(spool, sp_test_pool(), NULL, NULL, &sorted, sp_test_err()), sp_test_err());
    assert_int_equal(check_order(sorted), 1000);
    sp_assert_ok(sp_spool_sort(sorted, sp_test_pool(), keep_even, NULL, &sorted, sp_test_err()), sp_test_err());
    assert_int_equal(check_order(sorted), 1000);
}

static void an_empty_spool_sorts_to_an_empty_one(void **state)
{
    sp_spool_t *spool = sp_spool_create(sp_test_pool(), "/nowhere", 4), *sorted;

    sp_assert_ok(sp_spool_sort(spool, sp_test_pool(), NULL, NULL, &sorted, sp_test_err()), sp_test_err());
    assert_int_equal(check_order(sorted), 0);
}

static void no_file_stays_in_the_folder(void **state)
{
    sp_spool_t *spool = fill(10, 100), *sorted;
    apr_dir_t *dir;
    apr_finfo_t info;
    int files = 0;

    sp_assert_ok(sp_spool_sort(spool, sp_test_pool(), NULL, NULL, &sorted, sp_test_err()), sp_test_err());
    assert_int_equal(apr_dir_open(&dir, sp_test_dir(), sp_test_pool()), APR_SUCCESS);
    while (apr_dir_read(&info, APR_FINFO_TYPE | APR_FINFO_NAME, dir) == APR_SUCCESS) {
        files += info.filetype == APR_REG && strncmp(info.name, "streampulse-spool", 17) == 0;
    }
    apr_dir_close(dir);
    assert_int_equal(files, 0);
}

static apr_status_t add_cells(const char *dir, apr_uint32_t count)
{
    sp_spool_t *spool = sp_spool_create(sp_test_pool(), dir, 8);
    apr_status_t rv = APR_SUCCESS;

    for (apr_uint32_t i = 0; rv == APR_SUCCESS && i < count; i++) {
        sp_cell_t cell = {.key = i};
        rv = sp_spool_add(spool, &cell, sp_test_err());
    }
    return rv;
}

static void a_folder_that_is_not_there_is_storage_full(void **state)
{
    sp_assert_ok(add_cells("/nowhere/at/all", 8), sp_test_err());
    sp_assert_error(add_cells("/nowhere/at/all", 9), sp_test_err(), SP_E_STORAGE_FULL);
}

static void a_full_disk_is_storage_full(void **state)
{
    struct rlimit before, small;

    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    apr_status_t rv = add_cells(sp_test_dir(), 100);
    setrlimit(RLIMIT_FSIZE, &before);
    sp_assert_error(rv, sp_test_err(), SP_E_STORAGE_FULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SP_UNIT_TEST(sort_orders_cells_for_every_chunk_size),     SP_UNIT_TEST(sort_of_ordered_runs_needs_no_merge),
        SP_UNIT_TEST(an_empty_spool_sorts_to_an_empty_one),       SP_UNIT_TEST(no_file_stays_in_the_folder),
        SP_UNIT_TEST(a_folder_that_is_not_there_is_storage_full), SP_UNIT_TEST(a_full_disk_is_storage_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
