/* Whole numbers in paths and parameters. */
#include "number_input.h"

int sp_number_input_parse(const char *text, apr_int64_t max, apr_int64_t *number)
{
    *number = 0;
    if (!*text)
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || *number > (max - (*text - '0')) / 10)
            return 0;
        *number = *number * 10 + (*text - '0');
    }
    return *number > 0;
}
