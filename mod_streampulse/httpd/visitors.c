/* Noting who is here. */
#include "visitors.h"

#include <string.h>

#include <apr_time.h>

#include "dbd.h"
#include "people.h"
#include "request.h"
#include "sp_module.h"

#define PLACES    1024 /* a power of two */
#define FNV_START APR_UINT64_C(14695981039346656037)
#define FNV_PRIME APR_UINT64_C(1099511628211)

/* Whom this child has noted, and in which minute, in one number: so that most requests need not ask the database. Who shares a place with somebody else is asked about more often. */
static volatile apr_uint64_t noted[PLACES];

void sp_visitors_child_init(apr_pool_t *pchild)
{
    for (int i = 0; i < PLACES; i++)
        noted[i] = 0;
}

int sp_visitors_nobody_there(const sp_req_t *q)
{
    return q->r->method_number == M_GET && apr_table_get(q->r->headers_in, "StreamPulse-Background") != NULL;
}

static apr_uint64_t mix(apr_uint64_t hash, const void *data, apr_size_t len)
{
    for (const unsigned char *byte = data; len; len--)
        hash = (hash ^ *byte++) * FNV_PRIME;
    return hash;
}

static apr_uint64_t mix_text(apr_uint64_t hash, const char *text)
{
    return text ? mix(hash, text, strlen(text) + 1) : hash;
}

/* Somebody in this state, in this database; whether there is nobody there is noted apart. */
static apr_uint64_t hash_visitor(const sp_req_t *q, int nobody_there)
{
    apr_uint64_t hash = mix(FNV_START, &q->sconf->gate, sizeof(q->sconf->gate));

    hash = mix_text(hash, q->who.user);
    hash = mix(hash, &q->who.method, sizeof(q->who.method));
    hash = mix(hash, &q->who.role, sizeof(q->who.role));
    hash = mix(hash, &nobody_there, sizeof(nobody_there));
    return mix_text(hash, q->who.groups);
}

/* Whether this child has not noted it in this minute yet; it has, from now on. */
static int take_turn(apr_uint64_t visitor, apr_time_t now)
{
    const apr_uint64_t minute = (apr_uint64_t)(now / apr_time_from_sec(60)), mark = mix(visitor, &minute, sizeof(minute)) | 1;

    return __atomic_exchange_n(&noted[visitor % PLACES], mark, __ATOMIC_RELAXED) != mark;
}

void sp_visitors_note(sp_req_t *q)
{
    const sp_person_t person = {.name = q->who.user, .method = sp_identity_method_name(q->who.method), .role = q->who.role, .groups = q->who.groups};
    const int nobody_there = sp_visitors_nobody_there(q);
    sp_db_t *db;

    if ((q->who.method != SP_METHOD_PIN && q->who.method != SP_METHOD_OIDC) || !take_turn(hash_visitor(q, nobody_there), q->r->request_time))
        return;
    if (sp_dbd_try_acquire(q, &db) != APR_SUCCESS) {
        sp_error_clear(&q->err);
        q->err_logged = 0;
        return;
    }
    sp_people_visit(db, q->p, &person, apr_time_as_msec(q->r->request_time), q->sconf->people_days, nobody_there);
    sp_dbd_release(q, db);
}
