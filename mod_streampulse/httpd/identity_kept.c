/* Whom a cookie or a token stands for, kept in a child for as long as its database is as it was. */
#include "identity_kept.h"

#include <string.h>

#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <ap_mpm.h>

#include "request.h"
#include "sp_module.h"

#define PLACES 128

typedef struct {
    const sp_freshness_t *database; /* NULL: the place is free */
    char key[SP_DIGEST_HEX_SIZE];
    sp_freshness_look_t look; /* of the database when it said so */
    sp_identity_record_t record;
} kept_t;

static struct {
    apr_thread_mutex_t *mutex; /* NULL in a child with one thread */
    int ready;
    kept_t places[PLACES];
} table;

void sp_identity_kept_child_init(apr_pool_t *pchild)
{
    int threaded = 0;

    ap_mpm_query(AP_MPMQ_IS_THREADED, &threaded);
    table.ready = threaded == AP_MPMQ_NOT_SUPPORTED || apr_thread_mutex_create(&table.mutex, APR_THREAD_MUTEX_DEFAULT, pchild) == APR_SUCCESS;
}

static void lock(void)
{
    if (table.mutex)
        apr_thread_mutex_lock(table.mutex);
}

static void unlock(void)
{
    if (table.mutex)
        apr_thread_mutex_unlock(table.mutex);
}

apr_status_t sp_identity_kept_key(const char *secret, const char *given_for, char key[SP_DIGEST_HEX_SIZE])
{
    char text[512];

    if (apr_snprintf(text, sizeof(text), "%s\n%s", secret, given_for ? given_for : "") >= (int)sizeof(text) - 1)
        return APR_ENOSPC;
    return sp_digest_of(text, strlen(text), key);
}

/* Its first two digits are as good as chance. */
static kept_t *place_of(const char *key)
{
    static const char digits[] = "0123456789abcdef";
    apr_size_t number = (apr_size_t)(strchr(digits, key[0]) - digits) * 16 + (apr_size_t)(strchr(digits, key[1]) - digits);

    return &table.places[number % PLACES];
}

static int holds(const kept_t *place, const sp_req_t *q, const char *key)
{
    return place->database == q->sconf->freshness && !memcmp(place->key, key, sizeof(place->key));
}

static int take_copy(const sp_req_t *q, const char *key, kept_t *copy)
{
    const kept_t *place = place_of(key);
    int found;

    lock();
    found = holds(place, q, key);
    if (found)
        *copy = *place;
    unlock();
    return found;
}

int sp_identity_kept_find(sp_req_t *q, const char *key, sp_identity_record_t *record)
{
    kept_t copy;

    if (!table.ready || !q->sconf->freshness || !take_copy(q, key, &copy) || !sp_freshness_holds(q, &copy.look))
        return 0;
    *record = copy.record;
    return 1;
}

void sp_identity_kept_put(sp_req_t *q, const char *key, const sp_freshness_look_t *before, const sp_identity_record_t *record)
{
    kept_t *place = place_of(key);

    if (!table.ready || !q->sconf->freshness || !sp_freshness_holds(q, before))
        return;
    lock();
    place->database = q->sconf->freshness;
    memcpy(place->key, key, sizeof(place->key));
    place->look = *before;
    place->record = *record;
    unlock();
}

int sp_identity_kept_knew(sp_req_t *q, const char *key)
{
    kept_t copy;

    return table.ready && q->sconf->freshness && take_copy(q, key, &copy);
}

void sp_identity_kept_forget(sp_req_t *q, const char *key)
{
    kept_t *place = place_of(key);

    if (!table.ready || !q->sconf->freshness)
        return;
    lock();
    if (holds(place, q, key))
        place->database = NULL;
    unlock();
}

sp_identity_t sp_identity_kept_who(sp_req_t *q, const sp_identity_record_t *record, sp_identity_method_e method)
{
    return (sp_identity_t){.user = apr_pstrdup(q->p, record->user),
                           .role = record->role,
                           .method = method,
                           .token_id = record->token_id,
                           .session_id = *record->session_id ? apr_pstrdup(q->p, record->session_id) : NULL};
}
