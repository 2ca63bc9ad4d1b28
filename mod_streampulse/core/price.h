/* What tokens of a language model cost. */
#ifndef SP_PRICE_H
#define SP_PRICE_H

#include <apr.h>

#define SP_PRICE_MAX_DOLLARS 100000

/* In microdollars per million tokens. */
typedef struct {
    apr_int64_t input, output;
} sp_price_t;

/* Dollars such as "3", "0.25" or "2.5" as microdollars, with at most six decimals, up to SP_PRICE_MAX_DOLLARS. 0: it is no such number. */
int sp_price_parse_dollars(const char *text, apr_int64_t *microdollars);
/* In microdollars, rounded up. */
apr_int64_t sp_price_cost(const sp_price_t *price, apr_int64_t input_tokens, apr_int64_t output_tokens);

#endif
