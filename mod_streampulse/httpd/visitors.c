/* Noting who is here. */
#include "visitors.h"

#include <string.h>

#include <apr_time.h>

#include "dbd.h"
#include "fnv.h"
#include "people.h"
#include "request.h"
#include "sp_module.h"

#define PLACES 1024 /* a power of two */

/* Whom this child has noted, and in which minute, in one number: so that most requests need not ask the database. Who shares a place with somebody else is
 * asked about more often. */
static apr_uint64_t noted[PLACES];

int sp_visitors_nobody_there(const sp_req_t *q)
{
    return q->r->method_number == M_GET && apr_table_get(q->r->headers_in, "StreamPulse-Background") != NULL;
}

static apr_uint64_t mix_text(apr_uint64_t hash, const char *text)
{
    return text ? sp_fnv_add(hash, text, strlen(text) + 1) : hash;
}

/* Somebody in this state, in this database; whether there is nobody there is noted apart. */
static apr_uint64_t hash_visitor(const sp_req_t *q, int nobody_there)
{
    apr_uint64_t hash = sp_fnv_add(SP_FNV_START, &q->sconf->gate, sizeof(q->sconf->gate));

    hash = mix_text(hash, q->who.user);
    hash = sp_fnv_add(hash, &q->who.method, sizeof(q->who.method));
    hash = sp_fnv_add(hash, &q->who.role, sizeof(q->who.role));
    hash = sp_fnv_add(hash, &nobody_there, sizeof(nobody_there));
    return mix_text(hash, q->who.groups);
}

/* Whether this child has not noted it in this minute yet; it has, from now on. */
static int take_turn(apr_uint64_t visitor, apr_time_t now)
{
    const apr_uint64_t minute = (apr_uint64_t)(now / apr_time_from_sec(60)), mark = sp_fnv_add(visitor, &minute, sizeof(minute)) | 1;

    return __atomic_exchange_n(&noted[visitor % PLACES], mark, __ATOMIC_RELAXED) != mark;
}

/* Without waiting, and without an error. */
static int try_connection(sp_req_t *q, sp_db_t **db)
{
    if (sp_dbd_try_acquire(q, db) == APR_SUCCESS)
        return 1;
    sp_error_clear(&q->err);
    q->err_logged = 0;
    return 0;
}

void sp_visitors_note(sp_req_t *q)
{
    const sp_person_t person = {.name = q->who.user, .method = sp_identity_method_name(q->who.method), .role = q->who.role, .groups = q->who.groups};
    const sp_people_rule_t rule = {
        .days = q->sconf->people_days, .idle_s = q->who.method == SP_METHOD_OIDC ? q->conf->session_idle_s : 0, .nobody_there = sp_visitors_nobody_there(q)};
    sp_db_t *db;

    if ((q->who.method != SP_METHOD_PIN && q->who.method != SP_METHOD_OIDC) || !take_turn(hash_visitor(q, rule.nobody_there), q->r->request_time))
        return;
    if (!try_connection(q, &db))
        return;
    sp_people_visit(db, q->p, &person, apr_time_as_msec(q->r->request_time), &rule);
    sp_dbd_release(q, db);
}

void sp_visitors_note_sign_out(sp_req_t *q)
{
    sp_db_t *db;

    if (!try_connection(q, &db))
        return;
    sp_people_sign_out(db, q->who.user, sp_identity_method_name(q->who.method), apr_time_as_msec(q->r->request_time));
    sp_dbd_release(q, db);
    __atomic_store_n(&noted[hash_visitor(q, 0) % PLACES], 0, __ATOMIC_RELAXED);
}
