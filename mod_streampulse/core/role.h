/* What somebody may do. */
#ifndef SP_ROLE_H
#define SP_ROLE_H

#include <apr_errno.h>

/* In ascending order of rights: compare with <. */
typedef enum { SP_ROLE_NONE, SP_ROLE_VIEWER, SP_ROLE_EDITOR, SP_ROLE_ADMIN } sp_role_e;

const char *sp_role_name(sp_role_e role);                        /* "none", "viewer", "editor", "admin" */
apr_status_t sp_role_by_name(const char *name, sp_role_e *role); /* APR_NOTFOUND; any case */

/* What a role may do, for /api/auth/me: NULL-terminated verbs such as "view", "export", "upload", "delete". Constant. */
const char *const *sp_role_can(sp_role_e role);

#endif
