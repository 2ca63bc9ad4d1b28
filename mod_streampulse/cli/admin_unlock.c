/* streampulse-admin unlock: forgives the wrong PINs, so that nobody has to wait any more. */
#include "admin.h"

#include <stdio.h>

#include "pin_attempts.h"

static int run(sp_admin_t *adm)
{
    apr_int64_t forgiven;
    const char *actor;
    sp_db_t *db;
    sp_error_t err;
    int code = sp_admin_actor_read(adm, &actor);
    if (code != SP_ADMIN_DONE || (code = sp_admin_db_open(adm, &db)) != SP_ADMIN_DONE)
        return code;
    sp_error_init(&err, adm->p);
    sp_admin_actor_set(adm, db, actor);
    if (sp_pin_attempts_forgive_all(db, &forgiven, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    printf("%s: %" APR_INT64_T_FMT " wrong PIN%s forgiven\n", sp_admin_report_plain(adm->p, sp_admin_options_db(adm)), forgiven, forgiven == 1 ? "" : "s");
    return SP_ADMIN_DONE;
}

static const sp_admin_option_t options[] = {SP_ADMIN_OPTION_DB, SP_ADMIN_OPTION_ACTOR, {NULL, 0, 0, NULL, NULL}};

const sp_admin_command_t sp_admin_unlock = {"unlock",
                                            NULL,
                                            "end the wait after too many wrong PINs",
                                            "Forgives all wrong PINs, of everybody, at once; it is written into the audit log. The\n"
                                            "server goes on meanwhile.",
                                            options,
                                            run};
