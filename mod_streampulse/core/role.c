/* What somebody may do. */
#include "role.h"

#include <strings.h>

static const char *const role_names[] = {"none", "viewer", "editor", "admin"};

static const char *const none_can[] = {NULL};
static const char *const viewer_can[] = {"view", "export", NULL};
static const char *const editor_can[] = {"view", "export", "upload", "edit", "undo", "generate", NULL};
static const char *const admin_can[] = {"view", "export", "upload", "edit", "undo", "generate", "replace_all", "delete", "undo_any", "administer", NULL};

static const char *const *const role_can[] = {none_can, viewer_can, editor_can, admin_can};

const char *sp_role_name(sp_role_e role)
{
    return role_names[role <= SP_ROLE_ADMIN ? role : SP_ROLE_NONE];
}

apr_status_t sp_role_by_name(const char *name, sp_role_e *role)
{
    for (int i = SP_ROLE_NONE; i <= SP_ROLE_ADMIN; i++) {
        if (strcasecmp(name, role_names[i]) == 0) {
            *role = (sp_role_e)i;
            return APR_SUCCESS;
        }
    }
    return APR_NOTFOUND;
}

const char *const *sp_role_can(sp_role_e role)
{
    return role_can[role <= SP_ROLE_ADMIN ? role : SP_ROLE_NONE];
}
