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

/* How somebody's visits are noted. */
typedef struct {
    int days;         /* after which somebody is forgotten */
    int nobody_there; /* the page asks by itself: only who is not known yet is noted */
    int idle_s;       /* after so long away, after signing out and at first, being here is a "login" of the audit log; 0: signing in was one already */
} sp_people_rule_t;

/* Somebody, the connection's actor, is here (first_ms and last_ms are not looked at). Noted at most once a minute, or when role or groups are others, or after
 * signing out;
 * a database that cannot be written does not hinder it. Forgets who was not seen for days. ptemp: for what is read. */
void sp_people_visit(sp_db_t *db, apr_pool_t *ptemp, const sp_person_t *person, apr_int64_t now_ms, const sp_people_rule_t *rule);
/* Somebody, the connection's actor, signs out at their provider: a "logout" of the audit log, once for each time they were here. Never in the way, either. */
void sp_people_sign_out(sp_db_t *db, const char *name, const char *method, apr_int64_t now_ms);
/* Those seen in the last days, last seen first. *people: of sp_person_t. Pool: p. */
apr_status_t sp_people_list(sp_db_t *db, apr_pool_t *p, apr_int64_t now_ms, int days, apr_array_header_t **people, sp_error_t *err);

#endif
