/* Reads stored numbers in order, by steps and by seeks. */
#include "number_cursor.h"

#define STEPS_MAX 4 /* to a number further away a seek is cheaper */

void sp_number_cursor_init(sp_number_cursor_t *c, sp_db_t *db)
{
    *c = (sp_number_cursor_t){.db = db};
}

static int is_id(apr_int64_t id)
{
    return id >= 0 && id <= SP_KEY_ID_MAX;
}

static apr_status_t fail_damaged(sp_error_t *err)
{
    return sp_error_set(err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
}

static apr_status_t take_row(sp_number_cursor_t *c, sp_error_t *err)
{
    apr_int64_t event = sp_stmt_int(c->st, 0), service = sp_stmt_int(c->st, 1), platform = sp_stmt_int(c->st, 2), day = sp_stmt_int(c->st, 3);

    if (!is_id(event) || !is_id(service) || !is_id(platform) || day < 0 || day > SP_DAY_MAX)
        return fail_damaged(err);
    c->key = SP_KEY(event, service, platform, day);
    c->viewers = sp_stmt_int(c->st, 4);
    c->span = (int)sp_stmt_int(c->st, 5);
    return APR_SUCCESS;
}

static void take_row_of_series(sp_number_cursor_t *c)
{
    c->key = c->series + (apr_uint64_t)sp_stmt_int(c->st, 0);
    c->viewers = sp_stmt_int(c->st, 1);
    c->span = (int)sp_stmt_int(c->st, 2);
}

static apr_status_t step(sp_number_cursor_t *c, sp_error_t *err)
{
    apr_status_t rv = sp_stmt_step(c->st, err);

    c->has = rv == APR_SUCCESS;
    c->ended = rv == APR_EOF && !c->in_series;
    if (rv != APR_SUCCESS) {
        c->st = NULL;
        return rv;
    }
    if (!c->in_series)
        return take_row(c, err);
    take_row_of_series(c);
    return APR_SUCCESS;
}

static apr_status_t seek(sp_number_cursor_t *c, apr_uint64_t key, sp_error_t *err)
{
    apr_status_t rv;

    if (!(c->st = sp_db_stmt(c->db, SP_Q_NUMBER_FROM, err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(c->st, 1, SP_KEY_EVENT(key));
    sp_stmt_bind_int(c->st, 2, SP_KEY_SERVICE(key));
    sp_stmt_bind_int(c->st, 3, SP_KEY_PLATFORM(key));
    sp_stmt_bind_int(c->st, 4, SP_KEY_DAY(key));
    rv = step(c, err);
    return rv == APR_SUCCESS && c->key < key ? fail_damaged(err) : rv;
}

static apr_status_t move_in_series(sp_number_cursor_t *c, apr_uint64_t key, sp_error_t *err)
{
    while (c->st && (!c->has || c->key < key)) {
        apr_status_t rv = step(c, err);

        if (rv != APR_SUCCESS)
            return rv;
    }
    return c->st ? APR_SUCCESS : APR_EOF;
}

apr_status_t sp_number_cursor_move(sp_number_cursor_t *c, apr_uint64_t key, sp_error_t *err)
{
    int steps;

    if (c->in_series)
        return move_in_series(c, key, err);
    if (c->ended)
        return APR_EOF;
    for (steps = 0; c->st && c->has && c->key < key && steps < STEPS_MAX; steps++) {
        apr_status_t rv = step(c, err);

        if (rv != APR_SUCCESS)
            return rv;
    }
    return c->has && c->key >= key ? APR_SUCCESS : seek(c, key, err);
}

apr_status_t sp_number_cursor_enter(sp_number_cursor_t *c, apr_uint64_t first, apr_uint64_t last, sp_error_t *err)
{
    if (c->ended || (c->has && c->key > last)) /* it is known that there are none */
        return APR_SUCCESS;
    sp_number_cursor_close(c);
    if (!(c->st = sp_db_stmt(c->db, SP_Q_NUMBER_RANGE, err)))
        return APR_EGENERAL;
    sp_stmt_bind_int(c->st, 1, SP_KEY_EVENT(first));
    sp_stmt_bind_int(c->st, 2, SP_KEY_SERVICE(first));
    sp_stmt_bind_int(c->st, 3, SP_KEY_PLATFORM(first));
    sp_stmt_bind_int(c->st, 4, SP_KEY_DAY(first));
    sp_stmt_bind_int(c->st, 5, SP_KEY_DAY(last));
    c->series = first - (apr_uint64_t)SP_KEY_DAY(first);
    c->in_series = 1;
    c->has = 0;
    return APR_SUCCESS;
}

void sp_number_cursor_leave(sp_number_cursor_t *c)
{
    if (!c->in_series)
        return;
    sp_number_cursor_close(c);
    c->in_series = c->has = 0;
}

void sp_number_cursor_close(sp_number_cursor_t *c)
{
    sp_stmt_reset(c->st);
    c->st = NULL;
}
