/* Who has been here. */
#ifndef SP_PEOPLE_H
#define SP_PEOPLE_H

#include <apr_tables.h>

#include "db.h"
#include "role.h"

#define SP_PEOPLE_MAX 1000 /* kept: those with a role before those without, then those who were seen last */

typedef struct {
    const char *name;
    const char *method; /* "pin", "oidc" */
    sp_role_e role;
    const char *groups; /* what the role follows from, as the provider gave it; NULL: none */
    apr_int64_t first_ms, last_ms;
} sp_person_t;

/* Somebody is here (first_ms and last_ms are not looked at). Noted at most once a minute, or when role or groups are others; a database that cannot be written does
 * not hinder it. Forgets who was not seen for days. nobody_there: the page asks by itself, so that only who is not known yet is noted. */
void sp_people_visit(sp_db_t *db, apr_pool_t *p, const sp_person_t *person, apr_int64_t now_ms, int days, int nobody_there);
/* Those seen in the last days, last seen first. *people: of sp_person_t. Pool: p. */
apr_status_t sp_people_list(sp_db_t *db, apr_pool_t *p, apr_int64_t now_ms, int days, apr_array_header_t **people, sp_error_t *err);

#endif
