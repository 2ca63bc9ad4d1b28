/* streampulse-admin migrate: creates a database, or brings it to this build's schema. */
#include "admin.h"

#include <stdio.h>

#include "migrate.h"

static int run(sp_admin_t *adm)
{
    const char *params = sp_admin_options_db(adm);
    sp_error_t err;
    int from, to;
    if (!params)
        return SP_ADMIN_USAGE;
    sp_error_init(&err, adm->p);
    if (sp_migrate_run(adm->p, SP_ADMIN_DB_DRIVER, params, &from, &to, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    params = sp_admin_report_plain(adm->p, params);
    if (from == 0)
        printf("%s: created, schema %d\n", params, to);
    else if (from == to)
        printf("%s: schema %d, nothing to do\n", params, to);
    else
        printf("%s: schema %d -> %d\n", params, from, to);
    return SP_ADMIN_DONE;
}

static const sp_admin_option_t options[] = {SP_ADMIN_OPTION_DB, {NULL, 0, 0, NULL, NULL}};

const sp_admin_command_t sp_admin_migrate = {"migrate",
                                             NULL,
                                             "create a database, or bring it to this version's schema",
                                             "Creates the database when there is none, else applies the migrations that it lacks.\n"
                                             "A file that is not a StreamPulse database, is damaged, or belongs to a newer version\n"
                                             "is refused and not touched. Run it as the user of the web server.",
                                             options,
                                             run};
