/* What every unit test shares: a fresh pool for each test, and checks that read well. */
#ifndef SP_TEST_SUPPORT_H
#define SP_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <apr_pools.h>
#include <apr_tables.h>

#include "error.h"

/* A test that has a fresh pool (sp_test_pool) and a fresh error (sp_test_err); both are gone when it ends. */
#define SP_UNIT_TEST(f) cmocka_unit_test_setup_teardown(f, sp_test_setup, sp_test_teardown)

int sp_test_setup(void **state);
int sp_test_teardown(void **state);

/* The running test's pool and empty error. */
apr_pool_t *sp_test_pool(void);
sp_error_t *sp_test_err(void);

/* A repeatable pseudo-random stream: the same seed gives the same numbers on every machine. */
typedef struct {
    uint64_t state;
} sp_test_random_t;

void sp_test_random_seed(sp_test_random_t *r, uint64_t seed);
/* From 0 to below - 1. */
uint32_t sp_test_random(sp_test_random_t *r, uint32_t below);

/* A file's bytes; fails the test where it cannot be read. Pool: the test's. */
char *sp_test_read_file(const char *path, apr_size_t *len);
/* An empty folder of the test's own; it and the files in it are gone when the test ends. */
const char *sp_test_dir(void);

/* Fails the test with the error's texts unless rv is APR_SUCCESS. */
#define sp_assert_ok(rv, err) sp_test_assert_ok((rv), (err), __FILE__, __LINE__)
void sp_test_assert_ok(apr_status_t rv, const sp_error_t *err, const char *file, int line);

/* Fails the test unless rv failed and err says so with that code. */
#define sp_assert_error(rv, err, code) sp_test_assert_error((rv), (err), (code), __FILE__, __LINE__)
void sp_test_assert_error(apr_status_t rv, const sp_error_t *err, sp_error_code_e code, const char *file, int line);

#endif
