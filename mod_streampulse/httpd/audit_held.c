/* Entries of the audit log that wait in memory. */
#include "audit_held.h"

#include <pthread.h>
#include <string.h>

#include <apr_strings.h>

#include "fnv.h"
#include "hex.h"
#include "request.h"
#include "shared_memory.h"
#include "sp_module.h"
#include "text.h"

#define KEPT        "streampulse-audit-held"
#define LAYOUT      1
#define PLACES      (SP_HELD_CLIENTS + SP_HELD_OTHERS + SP_HELD_EVENTS)
#define REFUSALS_MS 60000 /* how long they are counted */
#define RETRY_MS    5000  /* after a failure */
#define NEVER       APR_INT64_MAX

/* Robust, so that a child that is killed with it leaves it to the next; what it was changing then may be half of it, but ends in a NUL. */
typedef struct {
    pthread_mutex_t mutex;
    apr_int64_t due_ms; /* when somebody is to write next; NEVER: nothing is held */
    sp_held_t places[PLACES];
} table_t;

static const struct {
    int first, count;
} ranges[] = {{0, SP_HELD_CLIENTS}, {SP_HELD_CLIENTS, SP_HELD_OTHERS}, {SP_HELD_CLIENTS + SP_HELD_OTHERS, SP_HELD_EVENTS}}; /* by kind */

static table_t *table;

static apr_status_t make_mutex(pthread_mutex_t *mutex)
{
    pthread_mutexattr_t attributes;
    int rc = pthread_mutexattr_init(&attributes);

    if (rc)
        return rc;
    rc = pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    if (!rc)
        rc = pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    if (!rc)
        rc = pthread_mutex_init(mutex, &attributes);
    pthread_mutexattr_destroy(&attributes);
    return rc;
}

apr_status_t sp_audit_held_post_config(server_rec *main_server)
{
    void *memory;
    int fresh;
    apr_status_t rv = sp_shared_memory_get(main_server, KEPT, LAYOUT, sizeof(*table), &memory, &fresh);

    if (rv == APR_SUCCESS) {
        table = memory;
        if (fresh) {
            table->due_ms = NEVER;
            rv = make_mutex(&table->mutex);
        }
    }
    if (rv != APR_SUCCESS)
        ap_log_error(APLOG_MARK, APLOG_EMERG, rv, main_server, "SP1410: could not make shared memory for the audit log");
    return rv;
}

static int lock(void)
{
    int rc = pthread_mutex_lock(&table->mutex);

    if (rc == EOWNERDEAD)
        rc = pthread_mutex_consistent(&table->mutex);
    return rc == 0;
}

static void unlock(void)
{
    pthread_mutex_unlock(&table->mutex);
}

static void put_text(char *to, const char *from, apr_size_t size)
{
    const char *text = from ? from : "";
    const apr_size_t len = sp_text_cut(text, size - 1);

    memcpy(to, text, len);
    to[len] = '\0';
}

static void be_due(apr_int64_t at_ms)
{
    if (at_ms < table->due_ms)
        __atomic_store_n(&table->due_ms, at_ms, __ATOMIC_RELAXED);
}

static sp_held_t make_held(const sp_req_t *q, sp_held_kind_e kind, const char *action, const char *result)
{
    sp_held_t held = {.count = 1, .kind = kind, .scope = q->sconf->audit_scope};

    held.first_ms = held.last_ms = apr_time_as_msec(q->r->request_time);
    put_text(held.action, action, sizeof(held.action));
    put_text(held.result, result, sizeof(held.result));
    put_text(held.user, q->actor.user ? q->actor.user : "anonymous", sizeof(held.user));
    put_text(held.role, q->actor.role ? q->actor.role : "none", sizeof(held.role));
    put_text(held.method, q->actor.method ? q->actor.method : "anonymous", sizeof(held.method));
    put_text(held.address, q->r->useragent_ip, sizeof(held.address));
    return held;
}

static int is_same(const sp_held_t *a, const sp_held_t *b)
{
    if (!a->count || a->scope != b->scope || a->kind != b->kind)
        return 0;
    if (a->kind == SP_HELD_OTHER)
        return 1;
    return strcmp(a->address, b->address) == 0 && strcmp(a->user, b->user) == 0 && strcmp(a->result, b->result) == 0 && strcmp(a->action, b->action) == 0 &&
           (a->kind == SP_HELD_CLIENT || strcmp(a->first, b->first) == 0);
}

static void merge(sp_held_t *into, const sp_held_t *held)
{
    into->count += held->count;
    if (held->first_ms < into->first_ms) {
        into->first_ms = held->first_ms;
        memcpy(into->first, held->first, sizeof(into->first));
    }
    if (held->last_ms >= into->last_ms) {
        into->last_ms = held->last_ms;
        memcpy(into->last, held->last, sizeof(into->last));
    }
    for (apr_size_t i = 0; i < sizeof(into->seen); i++)
        into->seen[i] |= held->seen[i];
}

/* Where it belongs, or a free place; NULL: there is none. */
static sp_held_t *find_place(const sp_held_t *held)
{
    sp_held_t *places = table->places + ranges[held->kind].first, *unused = NULL;

    for (int i = 0; i < ranges[held->kind].count; i++) {
        if (is_same(&places[i], held))
            return &places[i];
        if (!places[i].count && !unused)
            unused = &places[i];
    }
    return unused;
}

static int put(const sp_held_t *held)
{
    sp_held_t *place = find_place(held);

    if (!place)
        return 0;
    if (place->count)
        merge(place, held);
    else
        *place = *held;
    return 1;
}

/* A client too many becomes one of the others, whose names are not kept. */
static void put_refusal(sp_held_t *held)
{
    const apr_uint64_t bit = sp_fnv_add(SP_FNV_START, held->address, strlen(held->address)) % (SP_HELD_SEEN * 8);

    if (put(held))
        return;
    held->kind = SP_HELD_OTHER;
    held->seen[bit / 8] |= (unsigned char)(1 << bit % 8);
    put_text(held->user, "others", sizeof(held->user));
    put_text(held->role, "none", sizeof(held->role));
    put_text(held->method, "anonymous", sizeof(held->method));
    held->address[0] = '\0';
    (void)put(held);
}

static int is_refusal(sp_error_code_e code)
{
    const int status = sp_error_http_status(code);

    if (status == HTTP_UNAUTHORIZED)
        return code != SP_E_SIGN_IN_REQUIRED && code != SP_E_WRONG_PIN;
    return status == HTTP_FORBIDDEN || status == HTTP_TOO_MANY_REQUESTS;
}

/* As it was sent, but for bytes that are no part of an address: httpd takes any above 0x7f, and no database has to. Without the query, which may hold
 * anything. */
static const char *show_path(const sp_req_t *q)
{
    const char *sent = q->r->unparsed_uri ? q->r->unparsed_uri : "", *end = sent + strcspn(sent, "?");
    char *path = apr_palloc(q->p, 3 * (apr_size_t)(end - sent) + 1), *at = path;

    for (; sent < end; sent++) {
        if (*sent > ' ' && *sent < 0x7f) {
            *at++ = *sent;
            continue;
        }
        *at++ = '%';
        sp_hex(at, (const unsigned char *)sent, 1);
        at += 2;
    }
    *at = '\0';
    return path;
}

void sp_audit_held_count_refusal(sp_req_t *q)
{
    sp_held_t held;

    if (!is_refusal(q->err.code))
        return;
    held = make_held(q, SP_HELD_CLIENT, "refused", sp_error_code_name(q->err.code));
    put_text(held.first, apr_pstrcat(q->p, q->r->method, " ", show_path(q), NULL), sizeof(held.first));
    memcpy(held.last, held.first, sizeof(held.last));
    if (!lock())
        return;
    put_refusal(&held);
    be_due(held.last_ms + REFUSALS_MS);
    unlock();
}

apr_status_t sp_audit_held_keep(sp_req_t *q, const sp_audit_event_t *event)
{
    sp_held_t held = make_held(q, SP_HELD_EVENT, event->action, event->result);
    int kept;

    put_text(held.request_id, q->request_id, sizeof(held.request_id));
    put_text(held.first, event->target, sizeof(held.first));
    if (!lock())
        return APR_ENOSPC;
    kept = put(&held);
    be_due(held.last_ms + RETRY_MS);
    unlock();
    return kept ? APR_SUCCESS : APR_ENOSPC;
}

int sp_audit_held_is_due(const sp_req_t *q)
{
    return apr_time_as_msec(q->r->request_time) >= __atomic_load_n(&table->due_ms, __ATOMIC_RELAXED);
}

static apr_int64_t due_of(const sp_held_t *held)
{
    return held->first_ms + (held->kind == SP_HELD_EVENT ? RETRY_MS : REFUSALS_MS);
}

/* Of what is held for a database. */
static apr_int64_t due_of_scope(apr_uint64_t scope)
{
    apr_int64_t due_ms = NEVER;

    for (const sp_held_t *place = table->places; place < table->places + PLACES; place++) {
        if (place->count && place->scope == scope && due_of(place) < due_ms)
            due_ms = due_of(place);
    }
    return due_ms;
}

static void take_scope(apr_array_header_t *taken, apr_uint64_t scope)
{
    for (sp_held_t *place = table->places; place < table->places + PLACES; place++) {
        if (!place->count || place->scope != scope)
            continue;
        APR_ARRAY_PUSH(taken, sp_held_t) = *place;
        place->count = 0;
    }
}

/* When somebody is to look again; not at once, as what is due by now is another database's, and wants a request of its own. */
static void set_next_due(apr_int64_t now_ms)
{
    apr_int64_t due_ms = NEVER;

    for (const sp_held_t *place = table->places; place < table->places + PLACES; place++) {
        if (place->count && due_of(place) < due_ms)
            due_ms = due_of(place);
    }
    __atomic_store_n(&table->due_ms, due_ms < now_ms + RETRY_MS ? now_ms + RETRY_MS : due_ms, __ATOMIC_RELAXED);
}

apr_array_header_t *sp_audit_held_take(apr_pool_t *p, apr_uint64_t scope, apr_int64_t now_ms, int even_early)
{
    apr_array_header_t *taken = apr_array_make(p, 4, sizeof(sp_held_t));

    if (!lock())
        return taken;
    if (even_early || due_of_scope(scope) <= now_ms)
        take_scope(taken, scope);
    set_next_due(now_ms);
    unlock();
    return taken;
}

void sp_audit_held_give_back(const apr_array_header_t *taken, apr_int64_t now_ms)
{
    if (!lock())
        return;
    for (int i = 0; i < taken->nelts; i++) {
        sp_held_t *held = &APR_ARRAY_IDX(taken, i, sp_held_t);
        if (held->kind == SP_HELD_CLIENT)
            put_refusal(held);
        else
            (void)put(held);
    }
    be_due(now_ms + RETRY_MS);
    unlock();
}
