/* Commands that add people to an AWS Cognito user pool and remove them, ready to be pasted into a POSIX shell. */
#ifndef SP_COGNITO_H
#define SP_COGNITO_H

#include <apr_tables.h>

#define SP_COGNITO_SOMEBODY "somebody@example.org" /* where no name is known */

typedef struct {
    const char *action; /* "add", "give_role", "take_role", "disable", "sign_out" */
    const char *summary;
    const char *command;
} sp_cognito_step_t;

/* A group and the role that its members have by it. */
typedef struct {
    const char *name;
    const char *role;
    int member; /* whether the person is in it */
} sp_cognito_group_t;

/* Whether it is written like the id of a user pool: "eu-central-1_AbCdEf123". */
int sp_cognito_is_pool(const char *text);

/* Of sp_cognito_step_t. user_pool: NULL writes a placeholder. name: of the user; NULL: adding somebody, with a placeholder as the name. Empty for a name that
 * cannot be pasted safely: one with characters that nobody sees, or that the command would take for a file's address. Pool: p. */
apr_array_header_t *sp_cognito_steps(apr_pool_t *p, const char *user_pool, const char *name, const sp_cognito_group_t *groups, int count);

#endif
