/* Form-encoded names and values: query strings and application/x-www-form-urlencoded bodies. */
#ifndef SP_QUERY_H
#define SP_QUERY_H

#include <apr_tables.h>

#include "error.h"

#define SP_QUERY_MAX_PAIRS 100

/* *pairs: names and values decoded ("+" is a space), in order, repeats kept. SP_E_BAD_PARAMETER for broken %-escapes, NUL or other control characters (tab, CR,
 * LF too), invalid UTF-8, and more than SP_QUERY_MAX_PAIRS. s may be NULL or "". Pool: p. */
apr_status_t sp_query_parse(apr_pool_t *p, const char *s, apr_size_t len, apr_table_t **pairs, sp_error_t *err);

/* SP_E_UNKNOWN_PARAMETER for a name that is not in allowed (NULL-terminated), SP_E_BAD_PARAMETER for one that is there twice and not in repeatable (NULL or
 * NULL-terminated). The message names the parameter and lists what is known. */
apr_status_t sp_query_check(const apr_table_t *pairs, const char *const *allowed, const char *const *repeatable, sp_error_t *err);

#endif
