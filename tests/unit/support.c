/* What every unit test shares: a fresh pool for each test, and checks that read well. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>

static apr_pool_t *test_pool;
static sp_error_t test_err;

int sp_test_setup(void **state)
{
    static int initialized;
    if (!initialized) {
        if (apr_initialize() != APR_SUCCESS) {
            return -1;
        }
        atexit(apr_terminate);
        initialized = 1;
    }
    if (apr_pool_create(&test_pool, NULL) != APR_SUCCESS) {
        return -1;
    }
    sp_error_init(&test_err, test_pool);
    return 0;
}

int sp_test_teardown(void **state)
{
    apr_pool_destroy(test_pool);
    test_pool = NULL;
    return 0;
}

apr_pool_t *sp_test_pool(void)
{
    return test_pool;
}

sp_error_t *sp_test_err(void)
{
    return &test_err;
}

/* SplitMix64. */
void sp_test_random_seed(sp_test_random_t *r, uint64_t seed)
{
    r->state = seed;
}

uint32_t sp_test_random(sp_test_random_t *r, uint32_t below)
{
    uint64_t z = (r->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % below);
}

char *sp_test_read_file(const char *path, apr_size_t *len)
{
    apr_file_t *file;
    apr_finfo_t info;
    if (apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, test_pool) != APR_SUCCESS ||
        apr_file_info_get(&info, APR_FINFO_SIZE, file) != APR_SUCCESS) {
        fail_msg("cannot open %s", path);
    }
    *len = (apr_size_t)info.size;
    char *data = apr_palloc(test_pool, *len + 1);
    if (*len > 0 && apr_file_read_full(file, data, *len, NULL) != APR_SUCCESS) {
        fail_msg("cannot read %s", path);
    }
    data[*len] = '\0';
    apr_file_close(file);
    return data;
}

static apr_status_t remove_dir(void *path)
{
    apr_pool_t *p;
    apr_dir_t *dir;
    apr_finfo_t info;
    if (apr_pool_create(&p, NULL) != APR_SUCCESS) {
        return APR_ENOMEM;
    }
    if (apr_dir_open(&dir, path, p) == APR_SUCCESS) {
        while (apr_dir_read(&info, APR_FINFO_NAME, dir) == APR_SUCCESS) {
            if (strcmp(info.name, ".") != 0 && strcmp(info.name, "..") != 0) {
                apr_file_remove(apr_pstrcat(p, path, "/", info.name, NULL), p);
            }
        }
        apr_dir_close(dir);
    }
    apr_dir_remove(path, p);
    apr_pool_destroy(p);
    return APR_SUCCESS;
}

const char *sp_test_dir(void)
{
    const char *temp;
    if (apr_temp_dir_get(&temp, test_pool) != APR_SUCCESS) {
        fail_msg("no folder for temporary files");
    }
    char *path = apr_pstrcat(test_pool, temp, "/streampulse-test-XXXXXX", NULL);
    if (!mkdtemp(path)) {
        fail_msg("cannot make %s", path);
    }
    apr_pool_cleanup_register(test_pool, path, remove_dir, apr_pool_cleanup_null);
    return path;
}

static void describe(apr_status_t rv, const sp_error_t *err)
{
    print_error("status %d; the error says %s: %s\n", (int)rv, sp_error_code_name(err->code), err->message ? err->message : "(no message)");
    if (err->log) {
        print_error("  log: %s\n", err->log);
    }
}

void sp_test_assert_ok(apr_status_t rv, const sp_error_t *err, const char *file, int line)
{
    if (rv == APR_SUCCESS) {
        return;
    }
    describe(rv, err);
    _fail(file, line);
}

void sp_test_assert_error(apr_status_t rv, const sp_error_t *err, sp_error_code_e code, const char *file, int line)
{
    if (rv != APR_SUCCESS && err->code == code) {
        return;
    }
    describe(rv, err);
    print_error("expected %s\n", sp_error_code_name(code));
    _fail(file, line);
}
