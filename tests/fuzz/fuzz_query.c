/* Fuzzes query strings: what comes out is clean text, whatever went in. */
#include "fuzz_support.h"

#include <unistr.h>

#include "query.h"

static void check_text(const char *s)
{
    if (u8_check((const uint8_t *)s, strlen(s))) {
        abort();
    }
    for (; *s; s++) {
        if ((unsigned char)*s < 0x20 || *s == 0x7F) {
            abort();
        }
    }
}

static void check_pairs(const apr_table_t *pairs)
{
    const apr_array_header_t *elts = apr_table_elts(pairs);
    if (elts->nelts > SP_QUERY_MAX_PAIRS) {
        abort();
    }
    for (int i = 0; i < elts->nelts; i++) {
        const apr_table_entry_t *pair = &APR_ARRAY_IDX(elts, i, apr_table_entry_t);
        check_text(pair->key);
        check_text(pair->val);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const allowed[] = {"from", "to", "service", "platform", NULL};
    static const char *const repeatable[] = {"service", "platform", NULL};
    apr_pool_t *p = fuzz_begin();
    apr_table_t *pairs;
    sp_error_t err;
    sp_error_init(&err, p);
    char *s = fuzz_copy(data, size);
    apr_status_t rv = sp_query_parse(p, s, size, &pairs, &err);
    free(s);
    if (rv == APR_SUCCESS) {
        check_pairs(pairs);
        rv = sp_query_check(pairs, allowed, repeatable, &err);
    }
    if ((rv != APR_SUCCESS) != (err.code != SP_E_NONE)) {
        abort();
    }
    if (err.message) {
        check_text(err.message);
    }
    return fuzz_end();
}
