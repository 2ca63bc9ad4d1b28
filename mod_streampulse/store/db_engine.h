/* What an engine does for db.h; for db.c and the engines only. */
#ifndef SP_DB_ENGINE_H
#define SP_DB_ENGINE_H

#include <apr_tables.h>

#include "db.h"

typedef struct {
    apr_status_t (*prepare)(sp_stmt_t *st, sp_error_t *err);
    void (*bind_int)(sp_stmt_t *st, int i, apr_int64_t v);
    void (*bind_text)(sp_stmt_t *st, int i, const char *text);
    void (*bind_null)(sp_stmt_t *st, int i);
    void (*clear)(sp_stmt_t *st); /* resets and unbinds */
    void (*reset)(sp_stmt_t *st);
    apr_status_t (*step)(sp_stmt_t *st, sp_error_t *err); /* resets unless there is a row */
    apr_int64_t (*changed)(sp_stmt_t *st);
    int (*is_null)(sp_stmt_t *st, int column);
    apr_int64_t (*get_int)(sp_stmt_t *st, int column);
    const char *(*get_text)(sp_stmt_t *st, int column); /* valid until the next step */
    const void *(*get_blob)(sp_stmt_t *st, int column, apr_size_t *len);
    int (*in_transaction)(const sp_db_t *db);
    void (*will_write)(sp_db_t *db, int yes); /* around taking the write lock */
    void (*committed)(sp_db_t *db);
    apr_status_t (*script)(sp_db_t *db, const char *sql, sp_error_t *err);
    apr_status_t (*check)(sp_db_t *db, int full, sp_error_t *err);
} sp_db_engine_t;

struct sp_stmt_t {
    sp_db_t *db;
    sp_query_e query;
    void *native;
    int bind_failed; /* the engine's code of the first bind that failed since the last reset */
    int active;      /* stepped and not reset */
};

struct sp_db_t {
    const sp_db_engine_t *engine;
    apr_pool_t *pool;
    void *handle;
    const char *name;
    int write_timeout_ms;
    const sp_actor_t *actor; /* NULL: the program itself */
    sp_db_listener_fn listener;
    void *listener_ctx;
    apr_pool_t *told_pool;    /* of told; NULL: nothing was ever told */
    apr_array_header_t *told; /* of const char *, by the open transaction */
    int wait_ms;              /* how long a lock is waited for now */
    apr_time_t wait_since;
    apr_time_t locked_at; /* 0: no write transaction is open */
    apr_interval_time_t lock_held;
    int changes_before;          /* the engine's row counter when the transaction began */
    const sp_db_row_t *incoming; /* what the table incoming holds now */
    int incoming_count;
    int incoming_at; /* the row that was found last by its d */
    int log_pages;   /* in the engine's log since the last commit */
    sp_stmt_t statements[SP_Q_COUNT];
};

/* Ends what the open transaction told: the listener hears it, or it is forgotten. */
void sp_db_told_end(sp_db_t *db, int committed);

/* The engine tells that the write lock is free again. */
void sp_db_engine_unlocked(sp_db_t *db);

#endif
