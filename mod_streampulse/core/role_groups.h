/* The role that somebody's groups give. */
#ifndef SP_ROLE_GROUPS_H
#define SP_ROLE_GROUPS_H

#include <apr_tables.h>

#include "role.h"

/* Which groups give which role. */
typedef struct {
    const apr_array_header_t *of[SP_ROLE_ADMIN + 1]; /* of const char *; NULL: the default. SP_ROLE_NONE has none */
} sp_role_groups_t;

#define SP_ROLE_GROUPS_VIEWER "Viewers"
#define SP_ROLE_GROUPS_EDITOR "Editors"
#define SP_ROLE_GROUPS_ADMIN  "Admins"

/* The highest role that any of the groups gives. groups: names with single or more spaces between them, as "OIDCClaimDelimiter ' '" joins them; NULL: none.
 * Whole names only, in exact case: a comma is part of a name, as providers allow it there. */
sp_role_e sp_role_of_groups(const sp_role_groups_t *rule, const char *groups);

/* One after the other the groups that give a role; NULL: no more. */
const char *sp_role_groups_name(const sp_role_groups_t *rule, sp_role_e role, int i);
/* Whether somebody is in that group. */
int sp_role_groups_hold(const char *groups, const char *name);

/* NULL, or why no such name can ever match, as a clause. */
const char *sp_role_group_complaint(const char *name);

#endif
