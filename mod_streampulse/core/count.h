/* A viewer count as people write it in a cell. */
#ifndef SP_COUNT_H
#define SP_COUNT_H

#include <apr.h>

#define SP_VIEWERS_MAX  APR_INT64_C(1000000000000) /* 10^12 */
#define SP_VIEWERS_NONE APR_INT64_C(-1)            /* no number; 0 is a number */

typedef enum {
    SP_COUNT_VALUE,     /* *viewers is in [0, SP_VIEWERS_MAX] */
    SP_COUNT_BLANK,     /* blank, white space (also U+00A0) or N/A in any case: no value, which is not 0 */
    SP_COUNT_NEGATIVE,  /* -5 */
    SP_COUNT_FRACTION,  /* 12.9, 12,5 */
    SP_COUNT_TOO_LARGE, /* an integer above SP_VIEWERS_MAX, of any length */
    SP_COUNT_TEXT       /* anything else: 1.2K, 350 est, #REF!, 1,23, ١٢٣ */
} sp_count_e;

/* Integers in ASCII digits, optionally in groups of three separated by one kind of "," or U+00A0 or U+202F or "'" ("1,234"); surrounding white space ignored.
 * *viewers is set for SP_COUNT_VALUE only. */
sp_count_e sp_count_parse(const char *s, apr_size_t len, apr_int64_t *viewers);

/* What would have been right, for a message: "a whole number from 0 to 1,000,000,000,000 without unit". Constant. */
const char *sp_count_expected(void);

#endif
