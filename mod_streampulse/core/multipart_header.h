/* Header fields with parameters, as multipart/form-data has them. */
#ifndef SP_MULTIPART_HEADER_H
#define SP_MULTIPART_HEADER_H

#include <apr_errno.h>
#include <apr_pools.h>

/* Whether value begins with the token wanted (any case), before any parameter: "form-data; name=x", "multipart/form-data". */
int sp_multipart_header_is(const char *value, const char *wanted);

/* *found: the parameter's value, of a token or a quoted string (\" and \\ are unescaped, any other backslash stays); NULL where it is missing. Names in any
 * case. APR_EINVAL where the parameters are malformed or this one is there twice. Pool: p. */
apr_status_t sp_multipart_header_parameter(apr_pool_t *p, const char *value, const char *name, const char **found);

#endif
