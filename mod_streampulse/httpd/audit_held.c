/* Entries of the audit log that wait in memory. */
#include "audit_held.h"

#include <pthread.h>
#include <string.h>

#include <apr_shm.h>
#include <apr_strings.h>
#include <http_config.h>

#include "dbd_gate.h"
#include "hex.h"
#include "json.h"
#include "request.h"
#include "sp_module.h"
#include "text.h"

#define KEPT            "streampulse-audit-held"
#define LAYOUT          1
#define ALIGNMENT       64
#define PLACES          (SP_HELD_CLIENTS + SP_HELD_OTHERS + SP_HELD_EVENTS)
#define REFUSALS_MS     60000 /* how long they are counted */
#define RETRY_MS        5000  /* after a failure */
#define EXIT_TIMEOUT_MS 1000
#define NEVER           APR_INT64_MAX

/* Robust, so that a child that is killed with it leaves it to the next; what it was changing then may be half of it, but ends in a NUL. */
typedef struct {
    pthread_mutex_t mutex;
    apr_int64_t due_ms; /* when somebody is to write next; NEVER: nothing is held */
    sp_held_t places[PLACES];
} table_t;

/* What one generation of the module leaves to the next. */
typedef struct {
    int layout;
    apr_size_t size;
    table_t *table;
} kept_t;

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

static apr_status_t make_table(server_rec *s, kept_t *kept)
{
    apr_shm_t *shm;
    char *base;
    apr_status_t rv = apr_shm_create(&shm, sizeof(table_t) + ALIGNMENT, NULL, s->process->pool);

    if (rv != APR_SUCCESS)
        return rv;
    base = apr_shm_baseaddr_get(shm);
    base += (ALIGNMENT - (apr_uintptr_t)base % ALIGNMENT) % ALIGNMENT;
    kept->table = (table_t *)base;
    memset(kept->table, 0, sizeof(table_t));
    kept->table->due_ms = NEVER;
    kept->layout = LAYOUT;
    kept->size = sizeof(table_t);
    return make_mutex(&kept->table->mutex);
}

apr_status_t sp_audit_held_post_config(server_rec *main_server)
{
    kept_t *kept = ap_retained_data_get(KEPT);
    apr_status_t rv = APR_SUCCESS;

    if (!kept)
        kept = ap_retained_data_create(KEPT, sizeof(*kept));
    if (kept->layout != LAYOUT || kept->size != sizeof(table_t))
        rv = make_table(main_server, kept);
    table = kept->table;
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

static apr_uint64_t hash_text(const char *text)
{
    apr_uint64_t hash = APR_UINT64_C(14695981039346656037);

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * APR_UINT64_C(1099511628211);
    return hash;
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
    const apr_uint64_t bit = hash_text(held->address) % (SP_HELD_SEEN * 8);

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

/* As it was sent, but for bytes that are no part of an address: httpd takes any above 0x7f, and no database has to. Without the query, which may hold anything. */
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

/* What is held for a database is the caller's from here on. */
static apr_array_header_t *take(apr_pool_t *p, apr_uint64_t scope, apr_int64_t now_ms)
{
    apr_array_header_t *taken = apr_array_make(p, 4, sizeof(sp_held_t));
    int left = 0;

    if (!lock())
        return taken;
    for (int i = 0; i < PLACES; i++) {
        sp_held_t *place = &table->places[i];
        if (place->count && place->scope == scope) {
            APR_ARRAY_PUSH(taken, sp_held_t) = *place;
            place->count = 0;
        }
        left |= place->count != 0;
    }
    __atomic_store_n(&table->due_ms, left ? now_ms + RETRY_MS : NEVER, __ATOMIC_RELAXED);
    unlock();
    return taken;
}

static void give_back(const apr_array_header_t *taken, apr_int64_t now_ms)
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

static int count_seen(const sp_held_t *held)
{
    int count = 0;

    for (apr_size_t i = 0; i < sizeof(held->seen); i++)
        count += __builtin_popcount(held->seen[i]);
    return count;
}

/* For people. Of an event the time is told, as that of the entry is later. */
static const char *describe(apr_pool_t *p, const sp_held_t *held)
{
    char first[SP_JSON_TIME_SIZE], last[SP_JSON_TIME_SIZE];

    sp_json_time_text(first, held->first_ms);
    sp_json_time_text(last, held->last_ms);
    switch (held->kind) {
    case SP_HELD_CLIENT:
        return held->count == 1 ? apr_psprintf(p, "%s at %s", held->first, first)
                                : apr_psprintf(p, "from %s at %s to %s at %s", held->first, first, held->last, last);
    case SP_HELD_OTHER:
        return apr_psprintf(p, "of at least %d more addresses, from %s at %s to %s at %s", count_seen(held), held->first, first, held->last, last);
    case SP_HELD_EVENT:
        return held->count == 1 ? apr_psprintf(p, "at %s; it could not be written then", first)
                                : apr_psprintf(p, "from %s to %s; they could not be written then", first, last);
    }
    return NULL;
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static apr_status_t add(sp_db_t *db, apr_pool_t *p, const sp_held_t *held, sp_error_t *err)
{
    const sp_actor_t actor = {
        .user = held->user, .role = held->role, .method = held->method, .address = or_null(held->address), .request_id = or_null(held->request_id)};
    const sp_audit_event_t event = {.action = held->action,
                                    .target = held->kind == SP_HELD_EVENT ? or_null(held->first) : NULL,
                                    .detail = describe(p, held),
                                    .result = held->kind == SP_HELD_OTHER ? "refused" : held->result,
                                    .count = held->count};

    return sp_audit_add_for(db, &actor, &event, err);
}

static apr_status_t write_all(sp_db_t *db, apr_pool_t *p, const apr_array_header_t *taken, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err);

    for (int i = 0; rv == APR_SUCCESS && i < taken->nelts; i++)
        rv = add(db, p, &APR_ARRAY_IDX(taken, i, sp_held_t), err);
    if (rv == APR_SUCCESS)
        return sp_db_commit(db, err);
    sp_db_rollback(db);
    return rv;
}

apr_status_t sp_audit_held_write(sp_req_t *q, sp_db_t *db)
{
    const apr_int64_t now_ms = apr_time_as_msec(q->r->request_time);
    const apr_array_header_t *taken = take(q->p, q->sconf->audit_scope, now_ms);
    apr_status_t rv = taken->nelts ? write_all(db, q->p, taken, &q->err) : APR_SUCCESS;

    if (rv != APR_SUCCESS)
        give_back(taken, now_ms);
    return rv;
}

static void log_told(void *ctx, const char *line)
{
    const server_rec *s = ctx;

    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, s, "SP1411: %s", line);
}

static apr_status_t write_at_exit(apr_pool_t *p, server_rec *s, const sp_server_config_t *sconf, const apr_array_header_t *taken)
{
    const sp_db_options_t options = {.write_timeout_ms = EXIT_TIMEOUT_MS};
    sp_dbd_file_t file;
    sp_db_t *db;
    apr_status_t rv;

    sp_dbd_gate_look(&file, sconf->db_path, p);
    if (!file.inode || (sconf->gate && sp_dbd_gate_verdict(sconf->gate, &file) != SP_E_NONE))
        return APR_EGENERAL;
    if ((rv = sp_db_open(&db, p, sconf->db_driver, sconf->db_params, &options, NULL)) != APR_SUCCESS)
        return rv;
    sp_db_set_listener(db, log_told, s);
    return write_all(db, p, taken, NULL);
}

/* Nobody is left to write them later: the error log is the last place. */
static void log_lost(server_rec *s, apr_pool_t *p, const sp_held_t *held)
{
    ap_log_error(APLOG_MARK, APLOG_WARNING, 0, s, "SP1412: could not write into the audit log: %s by \"%s\" (%s, %s) from %s: %s, %" APR_INT64_T_FMT ", %s",
                 held->action, held->user, held->role, held->method, held->address, held->result, held->count, describe(p, held));
}

static apr_status_t write_at_exit_of(void *data)
{
    server_rec *main_server = data;
    apr_pool_t *p;

    if (apr_pool_create(&p, NULL) != APR_SUCCESS)
        return APR_SUCCESS;
    for (server_rec *s = main_server; s; s = s->next) {
        const sp_server_config_t *sconf = sp_config_server(s);
        const apr_array_header_t *taken = sconf->audit_scope ? take(p, sconf->audit_scope, apr_time_as_msec(apr_time_now())) : NULL;
        if (!taken || !taken->nelts || write_at_exit(p, s, sconf, taken) == APR_SUCCESS)
            continue;
        for (int i = 0; i < taken->nelts; i++)
            log_lost(s, p, &APR_ARRAY_IDX(taken, i, sp_held_t));
    }
    apr_pool_destroy(p);
    return APR_SUCCESS;
}

void sp_audit_held_child_init(apr_pool_t *pchild, server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *sconf = sp_config_server(s);
        sconf->audit_scope = sconf->db_path ? hash_text(sconf->db_path) : 0;
    }
    apr_pool_cleanup_register(pchild, main_server, write_at_exit_of, apr_pool_cleanup_null);
}
