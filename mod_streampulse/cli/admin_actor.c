/* On whose behalf a command changes something. */
#include "admin.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include <apr_strings.h>

#include "person.h"

#define ACTOR_MAX_BYTES 200

int sp_admin_actor_read(const sp_admin_t *adm, const char **name)
{
    const struct passwd *user = getpwuid(getuid());
    const char *why;
    *name = sp_admin_options_get(adm, "actor");
    if (!*name)
        *name = apr_pstrcat(adm->p, user ? user->pw_name : "somebody", " (command line)", NULL);
    if (!**name || strlen(*name) > ACTOR_MAX_BYTES)
        return sp_admin_report_usage(adm, "--actor wants 1 to %d bytes of UTF-8", ACTOR_MAX_BYTES);
    if (sp_person_check_shown(adm->p, *name, &why) != APR_SUCCESS)
        return sp_admin_report_usage(adm, "--actor will not do: it %s", why);
    return SP_ADMIN_DONE;
}

void sp_admin_actor_set(const sp_admin_t *adm, sp_db_t *db, const char *name)
{
    sp_actor_t *actor = apr_pcalloc(adm->p, sizeof(*actor));
    actor->user = name;
    actor->role = "admin"; /* whoever may write the file may do anything */
    actor->method = "command";
    sp_db_set_actor(db, actor);
}
