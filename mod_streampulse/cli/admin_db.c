/* Opens the database that a command is about. */
#include "admin.h"

#include "migrate.h"

#define WRITE_TIMEOUT_MS 30000 /* a person or a script can wait longer than a request */

int sp_admin_db_open(const sp_admin_t *adm, sp_db_t **db)
{
    const sp_db_options_t options = {.write_timeout_ms = WRITE_TIMEOUT_MS};
    const char *params = sp_admin_options_db(adm);
    sp_error_t err;
    if (!params)
        return SP_ADMIN_USAGE;
    sp_error_init(&err, adm->p);
    if (sp_db_open(db, adm->p, SP_ADMIN_DB_DRIVER, params, &options, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    if (sp_migrate_verify(*db, &err) != APR_SUCCESS)
        return sp_admin_report_error(adm, NULL, &err);
    return SP_ADMIN_DONE;
}
