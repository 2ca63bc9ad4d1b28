/* Whether a name that a login provider gives can stand for a person in the ledger. */
#ifndef SP_PERSON_H
#define SP_PERSON_H

#include <apr_errno.h>
#include <apr_pools.h>

#define SP_PERSON_NAME_MAX_BYTES   255
#define SP_PERSON_GROUPS_MAX_BYTES (16 * 1024) /* a hundred groups, the most that Cognito has, of its longest names */

/* What the server calls those that are no persons of a provider. */
#define SP_PERSON_ANONYMOUS    "anonymous"
#define SP_PERSON_PIN          "admin (PIN)"
#define SP_PERSON_TOKEN_SUFFIX " (token)"

/* APR_SUCCESS; APR_EINVAL with *why, a clause ("is longer than 255 bytes"; pool p), for what is no valid UTF-8, too long, holds characters that nobody sees, begins or ends
 * with white space, or is what the server calls somebody itself. */
apr_status_t sp_person_check_name(apr_pool_t *p, const char *name, const char **why);
/* The same for the names of all groups. */
apr_status_t sp_person_check_groups(apr_pool_t *p, const char *groups, const char **why);
/* Only whether it can be shown: valid UTF-8, and no characters that nobody sees or that steer a terminal. */
apr_status_t sp_person_check_shown(apr_pool_t *p, const char *text, const char **why);

#endif
