/* Whole numbers in paths and parameters. */
#ifndef SP_NUMBER_INPUT_H
#define SP_NUMBER_INPUT_H

#include "request.h"

/* Digits only, from 1 to max; 0 for anything else. */
int sp_number_input_parse(const char *text, apr_int64_t max, apr_int64_t *number);
/* The parameters before and limit: *before 0 and *limit default_limit where they are not given. SP_E_BAD_PARAMETER. */
apr_status_t sp_number_input_page(sp_req_t *q, int default_limit, int max_limit, apr_int64_t *before, int *limit);

#endif
