/* Writing what waited in memory into the audit log: when it is due, and when a child ends. */
#include "audit_held.h"

#include <string.h>

#include <apr_strings.h>

#include "dbd_gate.h"
#include "fnv.h"
#include "json.h"
#include "request.h"
#include "sp_module.h"

#define EXIT_TIMEOUT_MS 1000

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
    return sp_db_end_write(db, rv, err);
}

apr_status_t sp_audit_held_write(sp_req_t *q, sp_db_t *db)
{
    const apr_int64_t now_ms = apr_time_as_msec(q->r->request_time);
    const apr_array_header_t *taken = sp_audit_held_take(q->p, q->sconf->audit_scope, now_ms, 0);
    apr_status_t rv = taken->nelts ? write_all(db, q->p, taken, &q->err) : APR_SUCCESS;

    if (rv != APR_SUCCESS)
        sp_audit_held_give_back(taken, now_ms);
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
        const apr_array_header_t *taken = sconf->audit_scope ? sp_audit_held_take(p, sconf->audit_scope, apr_time_as_msec(apr_time_now()), 1) : NULL;
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
        sconf->audit_scope = sconf->db_path ? sp_fnv_add(SP_FNV_START, sconf->db_path, strlen(sconf->db_path)) : 0;
    }
    apr_pool_cleanup_register(pchild, main_server, write_at_exit_of, apr_pool_cleanup_null);
}
