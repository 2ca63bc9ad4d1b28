/* The engine-independent side of a connection: its statements and its transaction. */
#include "db.h"

#include <apr_strings.h>

#include "db_engine.h"

int sp_db_set_write_timeout(sp_db_t *db, int timeout_ms)
{
    int before = db->write_timeout_ms;

    db->write_timeout_ms = timeout_ms < 0 ? 0 : timeout_ms;
    return before;
}

const sp_actor_t sp_db_system = {.user = "system", .role = "none", .method = "system"};

void sp_db_set_actor(sp_db_t *db, const sp_actor_t *actor)
{
    db->actor = actor;
}

const sp_actor_t *sp_db_actor(const sp_db_t *db)
{
    return db->actor ? db->actor : &sp_db_system;
}

const char *sp_db_name(const sp_db_t *db)
{
    return db->name;
}

sp_stmt_t *sp_db_stmt(sp_db_t *db, sp_query_e query, sp_error_t *err)
{
    sp_stmt_t *st = &db->statements[query];

    if (st->native) {
        db->engine->clear(st);
        st->bind_failed = 0;
        return st;
    }
    st->db = db;
    st->query = query;
    return db->engine->prepare(st, err) == APR_SUCCESS ? st : NULL;
}

void sp_stmt_bind_int(sp_stmt_t *st, int i, apr_int64_t v)
{
    st->db->engine->bind_int(st, i, v);
}

void sp_stmt_bind_text(sp_stmt_t *st, int i, const char *text)
{
    if (!text) {
        st->db->engine->bind_null(st, i);
        return;
    }
    st->db->engine->bind_text(st, i, text);
}

void sp_stmt_bind_null(sp_stmt_t *st, int i)
{
    st->db->engine->bind_null(st, i);
}

apr_status_t sp_stmt_step(sp_stmt_t *st, sp_error_t *err)
{
    return st->db->engine->step(st, err);
}

void sp_stmt_reset(sp_stmt_t *st)
{
    if (st && st->native)
        st->db->engine->reset(st);
}

apr_status_t sp_stmt_number(sp_stmt_t *st, apr_int64_t *number, sp_error_t *err)
{
    apr_status_t rv = sp_stmt_step(st, err);

    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_EGENERAL : rv;
    *number = sp_stmt_int(st, 0);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

apr_status_t sp_stmt_run(sp_stmt_t *st, apr_int64_t *changed, sp_error_t *err)
{
    apr_status_t rv;

    do {
        rv = st->db->engine->step(st, err);
    } while (rv == APR_SUCCESS);
    if (rv != APR_EOF)
        return rv;
    if (changed)
        *changed = st->db->engine->changed(st);
    return APR_SUCCESS;
}

apr_status_t sp_stmt_run_rows(sp_stmt_t *st, const sp_db_row_t *rows, int count, sp_error_t *err)
{
    apr_status_t rv;

    st->db->incoming = rows;
    st->db->incoming_count = count;
    st->db->incoming_at = 0;
    rv = sp_stmt_run(st, NULL, err);
    st->db->incoming = NULL;
    st->db->incoming_count = 0;
    return rv;
}

int sp_stmt_is_null(sp_stmt_t *st, int column)
{
    return st->db->engine->is_null(st, column);
}

apr_int64_t sp_stmt_int(sp_stmt_t *st, int column)
{
    return st->db->engine->get_int(st, column);
}

const char *sp_stmt_text(sp_stmt_t *st, int column, apr_pool_t *p)
{
    const char *text = st->db->engine->get_text(st, column);

    return text ? apr_pstrdup(p, text) : NULL;
}

const void *sp_stmt_blob(sp_stmt_t *st, int column, apr_size_t *len)
{
    return st->db->engine->get_blob(st, column, len);
}

static apr_status_t run_plain(sp_db_t *db, sp_query_e query, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);

    if (!st)
        return APR_EGENERAL;
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_db_begin_read(sp_db_t *db, sp_error_t *err)
{
    if (sp_db_in_transaction(db))
        return sp_error_set(err, SP_E_INTERNAL, APR_EGENERAL, "a transaction is open already");
    return run_plain(db, SP_Q_BEGIN_READ, err);
}

apr_status_t sp_db_begin_write(sp_db_t *db, sp_error_t *err)
{
    apr_status_t rv;

    if (sp_db_in_transaction(db))
        return sp_error_set(err, SP_E_INTERNAL, APR_EGENERAL, "a transaction is open already");
    db->engine->will_write(db, 1);
    rv = run_plain(db, SP_Q_BEGIN_WRITE, err);
    db->engine->will_write(db, 0);
    db->locked_at = rv == APR_SUCCESS ? apr_time_now() : 0;
    return rv;
}

apr_status_t sp_db_commit(sp_db_t *db, sp_error_t *err)
{
    apr_status_t rv = run_plain(db, SP_Q_COMMIT, err);

    if (rv != APR_SUCCESS) {
        sp_db_rollback(db);
        return rv;
    }
    sp_db_engine_unlocked(db); /* where nothing was written the engine does not tell */
    db->engine->committed(db);
    sp_db_told_end(db, 1);
    return APR_SUCCESS;
}

apr_status_t sp_db_end_write(sp_db_t *db, apr_status_t rv, sp_error_t *err)
{
    if (rv == APR_SUCCESS)
        return sp_db_commit(db, err);
    sp_db_rollback(db);
    return rv;
}

void sp_db_rollback(sp_db_t *db)
{
    int i;

    for (i = 0; i < SP_Q_COUNT; i++)
        if (db->statements[i].active)
            db->engine->reset(&db->statements[i]);
    if (sp_db_in_transaction(db))
        (void)run_plain(db, SP_Q_ROLLBACK, NULL);
    sp_db_engine_unlocked(db);
    sp_db_told_end(db, 0);
}

void sp_db_engine_unlocked(sp_db_t *db)
{
    if (db->locked_at)
        db->lock_held = apr_time_now() - db->locked_at;
    db->locked_at = 0;
}

apr_interval_time_t sp_db_lock_held(const sp_db_t *db)
{
    return db->lock_held;
}

int sp_db_in_transaction(const sp_db_t *db)
{
    return db->engine->in_transaction(db);
}

apr_status_t sp_db_script(sp_db_t *db, const char *sql, sp_error_t *err)
{
    return db->engine->script(db, sql, err);
}

apr_status_t sp_db_quick_check(sp_db_t *db, sp_error_t *err)
{
    return db->engine->check(db, 0, err);
}

apr_status_t sp_db_integrity(sp_db_t *db, sp_error_t *err)
{
    return db->engine->check(db, 1, err);
}
