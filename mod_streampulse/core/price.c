/* What tokens of a language model cost. */
#include "price.h"

#include <apr_lib.h>

#define MICRO APR_INT64_C(1000000)

static int parse_decimals(const char *text, apr_int64_t *microdollars)
{
    apr_int64_t unit = MICRO / 10;

    if (!apr_isdigit(*text)) {
        return 0;
    }
    for (; apr_isdigit(*text) && unit > 0; text++, unit /= 10) {
        *microdollars += (*text - '0') * unit;
    }
    return *text == '\0';
}

int sp_price_parse_dollars(const char *text, apr_int64_t *microdollars)
{
    apr_int64_t dollars = 0;

    if (!apr_isdigit(*text)) {
        return 0;
    }
    for (; apr_isdigit(*text) && dollars <= SP_PRICE_MAX_DOLLARS; text++) {
        dollars = dollars * 10 + (*text - '0');
    }
    *microdollars = dollars * MICRO;
    if (*text && (*text != '.' || !parse_decimals(text + 1, microdollars))) {
        return 0;
    }
    return *microdollars <= SP_PRICE_MAX_DOLLARS * MICRO;
}

apr_int64_t sp_price_cost(const sp_price_t *price, apr_int64_t input_tokens, apr_int64_t output_tokens)
{
    return (input_tokens * price->input + output_tokens * price->output + MICRO - 1) / MICRO;
}
