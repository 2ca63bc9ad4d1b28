/* The names and events of one statement, found by their fold keys. */
#include "said.h"

#include <apr_hash.h>
#include <apr_strings.h>

/* What sp_said_create really makes: the public part first. */
typedef struct {
    sp_said_t pub;
    apr_pool_t *pool;
    apr_pool_t *scratch;
    apr_hash_t *services, *platforms; /* fold -> its local id, as a pointer to int */
} said_t;

sp_said_t *sp_said_create(apr_pool_t *p, const char *spool_dir)
{
    said_t *said = apr_pcalloc(p, sizeof(*said));

    said->pool = p;
    apr_pool_create(&said->scratch, p);
    said->services = apr_hash_make(p);
    said->platforms = apr_hash_make(p);
    said->pub.services = apr_array_make(p, 8, sizeof(sp_said_name_t));
    said->pub.platforms = apr_array_make(p, 8, sizeof(sp_said_name_t));
    said->pub.events = apr_array_make(p, 8, sizeof(sp_said_event_t));
    said->pub.cells = sp_spool_create(p, spool_dir, 0);
    return &said->pub;
}

static int is_full(const apr_array_header_t *names, int max_names)
{
    return names->nelts >= max_names || names->nelts >= SP_KEY_ID_MAX;
}

static int find_or_add(said_t *said, apr_array_header_t *names, apr_hash_t *ids, sp_name_kind_e kind, const char *clean, int max_names)
{
    sp_said_name_t *name;
    const char *fold;
    int *id;

    apr_pool_clear(said->scratch);
    fold = sp_name_fold(said->scratch, clean, kind);
    id = apr_hash_get(ids, fold, APR_HASH_KEY_STRING);
    if (id) {
        return *id;
    }
    if (is_full(names, max_names)) {
        return 0;
    }
    name = apr_array_push(names);
    name->name = apr_pstrdup(said->pool, clean);
    name->fold = apr_pstrdup(said->pool, fold);
    id = apr_palloc(said->pool, sizeof(*id));
    *id = names->nelts;
    apr_hash_set(ids, name->fold, APR_HASH_KEY_STRING, id);
    return *id;
}

int sp_said_service(sp_said_t *pub, const char *clean, int max_names)
{
    said_t *said = (said_t *)pub;
    return find_or_add(said, pub->services, said->services, SP_NAME_SERVICE, clean, max_names);
}

int sp_said_platform(sp_said_t *pub, const char *clean, int max_names)
{
    said_t *said = (said_t *)pub;
    return find_or_add(said, pub->platforms, said->platforms, SP_NAME_PLATFORM, clean, max_names);
}

int sp_said_event_add(sp_said_t *pub, const char *clean, int max_names)
{
    said_t *said = (said_t *)pub;
    sp_said_event_t *event;

    if (is_full(pub->events, max_names)) {
        return 0;
    }
    event = apr_array_push(pub->events);
    event->name = apr_pstrdup(said->pool, clean);
    event->fold = sp_name_fold(said->pool, clean, SP_NAME_EVENT);
    event->first = event->last = SP_DAY_NONE;
    event->labels = NULL;
    event->whole = 0;
    return pub->events->nelts;
}
