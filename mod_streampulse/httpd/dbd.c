/* Borrowing connections of mod_dbd's pool, each looked at before it is used. */
#include "dbd.h"

#include <apr_dbd.h>
#include <apr_strings.h>
#include <mod_dbd.h>

#include "daemon.h"
#include "dbd_gate.h"
#include "metrics.h"
#include "migrate.h"
#include "request.h"
#include "sp_module.h"

#define RETRY_BUSY_S        1
#define RETRY_UNAVAILABLE_S 30
#define VERIFY_EVERY        apr_time_from_sec(60)
#define CONN_KEY            "streampulse-connection"

/* What hangs on one of mod_dbd's connections, for as long as that lives. */
typedef struct {
    apr_pool_t *pool;    /* of db */
    sp_db_t *db;         /* NULL: nothing attached */
    sp_dbd_file_t file;  /* that db is on */
    apr_time_t verified; /* 0: to be verified before it is used */
} conn_t;

/* What a request holds. */
typedef struct sp_dbd_lease_t {
    sp_req_t *q;
    int depth; /* acquired so often; 0: holds nothing */
    ap_dbd_t *rec;
    conn_t *conn;
} lease_t;

static APR_OPTIONAL_FN_TYPE(ap_dbd_open) * dbd_open;
static APR_OPTIONAL_FN_TYPE(ap_dbd_close) * dbd_close;

void sp_dbd_retrieve(void)
{
    dbd_open = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_open);
    dbd_close = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_close);
}

/* Servers with one database share mod_dbd's pool, so they share the permits too. */
static sp_dbd_gate_t *find_gate(server_rec *first, const sp_server_config_t *sconf)
{
    for (server_rec *s = first; s && s != sconf->server; s = s->next) {
        const sp_server_config_t *other = sp_config_server(s);
        if (other->gate && !strcmp(other->db_driver, sconf->db_driver) && !strcmp(other->db_params, sconf->db_params) && other->db_max == sconf->db_max)
            return other->gate;
    }
    return NULL;
}

void sp_dbd_child_init(apr_pool_t *pchild, server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next) {
        sp_server_config_t *sconf = sp_config_server(s);
        if (!sconf->db_driver || !sconf->db_params || !sp_config_is_mounted(sconf, NULL))
            continue;
        sconf->gate = find_gate(main_server, sconf);
        if (!sconf->gate)
            sconf->gate = sp_dbd_gate_create(pchild, sconf->db_max, sconf->db_path);
        if (sconf->gate && sconf->verdict)
            sp_dbd_gate_condemn(sconf->gate, sconf->verdict);
        if (!sconf->gate)
            ap_log_error(APLOG_MARK, APLOG_ERR, 0, s, "SP0201: could not make the gate to the database; it stays closed in this child");
    }
}

static apr_status_t refuse_unavailable(sp_req_t *q, apr_status_t rv, const char *log)
{
    rv = sp_error_set(&q->err, SP_E_DATABASE_UNAVAILABLE, rv, "the database cannot be reached at the moment");
    sp_error_set_log(&q->err, "%s", log);
    return rv;
}

static apr_status_t refuse_condemned(sp_req_t *q, sp_error_code_e code)
{
    apr_status_t rv;

    if (code != SP_E_DATABASE_CORRUPT)
        return refuse_unavailable(q, APR_EGENERAL, "it could not be looked at when httpd was started or reloaded: reload it to try again");
    rv = sp_error_set(&q->err, code, APR_EGENERAL, "the database is damaged");
    sp_error_set_log(&q->err, "it was found to be damaged: put a backup in its place, or repair it and reload httpd");
    return rv;
}

/* What was found damaged once is left alone: a write could make it worse, and what is read may be wrong. */
static void condemn_if_damaged(const sp_req_t *q, const sp_dbd_file_t *file)
{
    const sp_dbd_verdict_t verdict = {.file = *file, .code = q->err.code};

    if (q->err.code != SP_E_DATABASE_CORRUPT || sp_dbd_gate_verdict(q->sconf->gate, file) != SP_E_NONE)
        return;
    sp_dbd_gate_condemn(q->sconf->gate, &verdict);
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, q->r,
                  "SP0204: database \"%s\" is damaged and not used any more until it is replaced, or repaired and httpd reloaded", q->sconf->gate->path);
}

/* A refusal can come with every request for hours: one line a minute is enough of it. */
static void log_refusal(sp_req_t *q)
{
    sp_dbd_gate_t *gate = q->sconf->gate;

    if (!q->err.retry_after_s)
        q->err.retry_after_s = RETRY_UNAVAILABLE_S;
    q->err_logged = 1;
    if (gate && sp_dbd_gate_may_log(gate))
        ap_log_rerror(APLOG_MARK, APLOG_ERR, q->err.rv, q->r, "SP0202: database \"%s\" cannot be used: %s%s%s (told at most once a minute)", gate->path,
                      q->err.message, q->err.log ? ": " : "", q->err.log ? q->err.log : "");
}

static void conn_forget(conn_t *conn)
{
    if (conn->pool)
        apr_pool_destroy(conn->pool);
    conn->pool = NULL;
    conn->db = NULL;
    conn->verified = 0;
}

apr_status_t sp_dbd_make_pool(apr_pool_t **pool, apr_pool_t *parent)
{
    apr_allocator_t *allocator;
    apr_status_t rv = apr_allocator_create(&allocator);

    if (rv != APR_SUCCESS)
        return rv;
    rv = apr_pool_create_ex(pool, parent, NULL, allocator);
    if (rv != APR_SUCCESS) {
        apr_allocator_destroy(allocator);
        return rv;
    }
    apr_allocator_owner_set(allocator, *pool);
    return APR_SUCCESS;
}

/* mod_dbd keeps a handle when the file under it is deleted or replaced, and what is written there is lost; it also keeps one that was opened for reading only, when
 * the file can be written again. It offers no way to make it drop one, so its handle is used only while the path names the file that was there when this child
 * started, and for writing; otherwise the connection's place in the pool is used with a handle of ours. */
static apr_status_t conn_open(sp_req_t *q, ap_dbd_t *rec, conn_t *conn, const sp_dbd_file_t *now)
{
    sp_db_options_t options = {.write_timeout_ms = q->sconf->write_timeout_ms, .must_write = 1};
    apr_status_t rv;

    if (sp_dbd_gate_same_file(now, &q->sconf->gate->born)) {
        rv = sp_db_attach_sqlite(&conn->db, conn->pool, apr_dbd_native_handle(rec->driver, rec->handle), &options, &q->err);
        if (!APR_STATUS_IS_EACCES(rv))
            return rv;
        sp_error_clear(&q->err);
        apr_pool_clear(conn->pool);
    }
    return sp_db_open(&conn->db, conn->pool, q->sconf->db_driver, q->sconf->db_params, &options, &q->err);
}

static apr_status_t conn_attach(sp_req_t *q, ap_dbd_t *rec, conn_t *conn, const sp_dbd_file_t *now)
{
    sp_dbd_file_t after;
    apr_status_t rv;

    if (sp_dbd_gate_finds_foreign_log(q->sconf->gate, now, q->p))
        return refuse_unavailable(
            q, APR_EGENERAL,
            "the file was replaced, but the old one's log lies beside it; stop the server, remove the files ending in -wal and -shm, start it again");
    rv = sp_dbd_make_pool(&conn->pool, rec->pool);
    if (rv != APR_SUCCESS)
        return refuse_unavailable(q, rv, "could not make a pool");
    rv = conn_open(q, rec, conn, now);
    if (rv != APR_SUCCESS)
        return rv;
    sp_dbd_gate_look(&after, q->sconf->gate->path, q->p);
    if (!sp_dbd_gate_same_file(now, &after))
        return refuse_unavailable(q, APR_EGENERAL, "the file was replaced while it was opened");
    conn->file = *now;
    return APR_SUCCESS;
}

static apr_status_t conn_verify(sp_req_t *q, conn_t *conn)
{
    apr_time_t time = apr_time_now();
    apr_status_t rv;

    if (conn->verified && time - conn->verified < VERIFY_EVERY)
        return APR_SUCCESS;
    rv = sp_migrate_verify(conn->db, &q->err);
    if (rv != APR_SUCCESS)
        return rv;
    sp_dbd_gate_note_log(q->sconf->gate, &conn->file, q->p);
    conn->verified = time;
    return APR_SUCCESS;
}

static apr_status_t conn_prepare(sp_req_t *q, ap_dbd_t *rec, conn_t *conn, const sp_dbd_file_t *now)
{
    apr_status_t rv = APR_SUCCESS;

    if (conn->db && !sp_dbd_gate_same_file(now, &conn->file)) {
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, q->r, "SP0203: the file \"%s\" was replaced while it was in use", q->sconf->gate->path);
        conn_forget(conn);
    }
    if (!conn->db)
        rv = conn_attach(q, rec, conn, now);
    if (rv != APR_SUCCESS)
        return rv;
    sp_db_set_write_timeout(conn->db, q->sconf->write_timeout_ms);
    return conn_verify(q, conn);
}

static conn_t *conn_of(ap_dbd_t *rec)
{
    void *data = NULL;

    apr_pool_userdata_get(&data, CONN_KEY, rec->pool);
    if (!data) {
        data = apr_pcalloc(rec->pool, sizeof(conn_t));
        apr_pool_userdata_setn(data, CONN_KEY, NULL, rec->pool);
    }
    return data;
}

static apr_status_t open_connection(sp_req_t *q, lease_t *lease)
{
    sp_error_code_e verdict;
    sp_dbd_file_t now;
    apr_status_t rv;

    /* Before mod_dbd is asked, which would log each failure to open it. */
    sp_dbd_gate_look(&now, q->sconf->gate->path, q->p);
    if (!now.inode)
        return refuse_unavailable(q, APR_ENOENT, "there is no such file; it is made when the server is started or reloaded");
    verdict = sp_dbd_gate_verdict(q->sconf->gate, &now);
    if (verdict != SP_E_NONE)
        return refuse_condemned(q, verdict);
    lease->rec = dbd_open(q->p, q->r->server);
    if (!lease->rec)
        return refuse_unavailable(q, APR_EGENERAL, "mod_dbd could not open a connection");
    lease->conn = conn_of(lease->rec);
    rv = conn_prepare(q, lease->rec, lease->conn, &now);
    if (rv == APR_SUCCESS)
        return APR_SUCCESS;
    condemn_if_damaged(q, &now);
    conn_forget(lease->conn);
    dbd_close(q->r->server, lease->rec);
    return rv;
}

static int is_database_trouble(sp_error_code_e code)
{
    return code == SP_E_INTERNAL || code == SP_E_DATABASE_UNAVAILABLE || code == SP_E_DATABASE_REFUSED || code == SP_E_DATABASE_CORRUPT ||
           code == SP_E_STORAGE_FULL;
}

static void log_told(void *ctx, const char *line)
{
    const sp_req_t *q = ctx;

    ap_log_rerror(APLOG_MARK, APLOG_NOTICE, 0, q->r, "SP1400: %s", line);
}

static apr_status_t give_back(void *data)
{
    lease_t *lease = data;

    lease->depth = 0;
    sp_db_rollback(lease->conn->db);
    sp_db_set_actor(lease->conn->db, NULL);
    sp_db_set_listener(lease->conn->db, NULL, NULL);
    condemn_if_damaged(lease->q, &lease->conn->file);
    if (is_database_trouble(lease->q->err.code))
        conn_forget(lease->conn);
    dbd_close(lease->q->r->server, lease->rec);
    sp_dbd_gate_leave(lease->q->sconf->gate);
    return APR_SUCCESS;
}

static apr_status_t take_connection(sp_req_t *q, lease_t *lease, int timeout_ms)
{
    const apr_uint64_t began_us = sp_metrics_now_us();
    apr_status_t rv = sp_dbd_gate_enter(q->sconf->gate, timeout_ms);

    sp_histogram_add(&q->sconf->metrics->connection_wait, sp_metrics_now_us() - began_us);
    if (APR_STATUS_IS_TIMEUP(rv)) {
        rv = sp_error_set(&q->err, SP_E_CONNECTIONS_BUSY, rv, "all connections to the database are in use, try again in a moment");
        q->err.retry_after_s = RETRY_BUSY_S;
        return rv;
    }
    if (rv != APR_SUCCESS)
        return refuse_unavailable(q, rv, "could not wait for a connection");
    rv = open_connection(q, lease);
    if (rv != APR_SUCCESS) {
        sp_dbd_gate_leave(q->sconf->gate);
        log_refusal(q);
    }
    return rv;
}

static apr_status_t acquire(sp_req_t *q, sp_db_t **db, int timeout_ms)
{
    apr_status_t rv;

    *db = NULL;
    if (!dbd_open || !dbd_close || !q->sconf->gate)
        return refuse_unavailable(q, APR_ENOTIMPL, "mod_dbd or its gate is missing");
    if (!q->lease) {
        q->lease = apr_pcalloc(q->p, sizeof(*q->lease));
        q->lease->q = q;
    }
    if (!q->lease->depth) {
        rv = take_connection(q, q->lease, timeout_ms);
        if (rv != APR_SUCCESS)
            return rv;
        apr_pool_cleanup_register(q->p, q->lease, give_back, apr_pool_cleanup_null);
    }
    q->lease->depth++;
    *db = q->lease->conn->db;
    sp_db_set_actor(*db, &q->actor);
    sp_db_set_listener(*db, log_told, q);
    return APR_SUCCESS;
}

apr_status_t sp_dbd_acquire(sp_req_t *q, sp_db_t **db)
{
    return acquire(q, db, q->sconf->pool_timeout_ms);
}

apr_status_t sp_dbd_try_acquire(sp_req_t *q, sp_db_t **db)
{
    return acquire(q, db, 0);
}

void sp_dbd_release(sp_req_t *q, sp_db_t *db)
{
    if (!db || !q->lease || !q->lease->depth || q->lease->conn->db != db || --q->lease->depth)
        return;
    apr_pool_cleanup_run(q->p, q->lease, give_back);
}

/* A write can wait long enough for the file to be replaced under it, and SQLite does not look. */
static apr_status_t confirm(sp_req_t *q)
{
    sp_dbd_file_t now;
    apr_status_t rv;

    sp_dbd_gate_look(&now, q->sconf->gate->path, q->p);
    if (sp_dbd_gate_same_file(&now, &q->lease->conn->file))
        return APR_SUCCESS;
    rv = sp_error_set(&q->err, SP_E_DATABASE_UNAVAILABLE, APR_EGENERAL, "the change was stored into a file that is no longer there: the database was replaced");
    sp_error_set_log(&q->err, "the file \"%s\" was replaced during the write", q->sconf->gate->path);
    return rv;
}

apr_status_t sp_dbd_release_written(sp_req_t *q, sp_db_t *db, apr_status_t rv)
{
    if (rv == APR_SUCCESS)
        rv = confirm(q);
    sp_dbd_release(q, db);
    if (rv == APR_SUCCESS)
        sp_daemon_wake();
    return rv;
}

void sp_dbd_release_all(sp_req_t *q)
{
    if (q->lease && q->lease->depth)
        apr_pool_cleanup_run(q->p, q->lease, give_back);
}
