/* A sheet, arranged in other ways that say the same. */
#ifndef SP_TEST_ARRANGE_SUPPORT_H
#define SP_TEST_ARRANGE_SUPPORT_H

#include "support.h"

#define SP_TEST_DAY_FIRST 16384 /* among changes: dates are written with the day first, labels of days too */

typedef struct {
    const char *name;
    int changes;
    char delimiter;
    const char *newline;
    int utf16; /* 1: little-endian, 2: big-endian, with a byte order mark */
} sp_test_arrangement_t;

/* Ends with a NULL name. */
extern const sp_test_arrangement_t sp_test_arrangements[];

/* The file that results. Pool: the test's. */
const char *sp_test_arrange(const char *text, apr_size_t len, const sp_test_arrangement_t *a, apr_size_t *size);

#endif
