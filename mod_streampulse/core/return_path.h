/* Whether an address given by a client may be redirected to. */
#ifndef SP_RETURN_PATH_H
#define SP_RETURN_PATH_H

#include <apr_errno.h>

#define SP_RETURN_PATH_MAX_BYTES 2048

/* APR_SUCCESS for a path on this host below the prefix ("" or "/pulse"), with or without a query, as a browser writes it: no other host however a reader takes
 * it, no way up, nothing encoded that means something else when it is decoded once more. APR_EINVAL for anything else. */
apr_status_t sp_return_path_check(const char *prefix, const char *path);
/* The same below "", without the limit on what a directive says: a directive's own address may hold encoded addresses in its query. */
apr_status_t sp_return_path_check_local(const char *path);

#endif
