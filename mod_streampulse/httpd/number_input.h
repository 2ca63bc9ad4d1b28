/* Whole numbers in paths and parameters. */
#ifndef SP_NUMBER_INPUT_H
#define SP_NUMBER_INPUT_H

#include "request.h"

/* Digits only, from 1 to max; 0 for anything else. */
int sp_number_input_parse(const char *text, apr_int64_t max, apr_int64_t *number);

#endif
