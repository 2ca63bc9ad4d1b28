/* Counting wrong PINs in rows. */
#include "pin_attempts.h"

#include "audit.h"
#include "calendar.h"

#define KNOWN_MS  (30 * SP_DAY_MS)
#define KNOWN_MAX 256

/* Rows count a window to either side of now: what is far ahead is from before somebody set the clock back. */
typedef struct {
    apr_int64_t from_ms, to_ms;
} window_t;

static window_t window_of(const sp_pin_limits_t *limits, apr_int64_t now_ms)
{
    const apr_int64_t length_ms = (apr_int64_t)limits->window_s * 1000;

    return (window_t){now_ms - length_ms + 1, now_ms + length_ms};
}

/* oldest_ms may lie ahead, when another server's clock does. */
static apr_status_t refuse(apr_int64_t oldest_ms, const sp_pin_limits_t *limits, apr_int64_t now_ms, sp_error_t *err)
{
    const apr_int64_t ago_ms = oldest_ms < now_ms ? now_ms - oldest_ms : 0, wait_ms = (apr_int64_t)limits->window_s * 1000 - ago_ms;
    const apr_status_t rv = sp_error_set(err, SP_E_TOO_MANY_ATTEMPTS, APR_EGENERAL, "there were too many wrong PINs; wait before the next attempt");

    err->retry_after_s = (int)((wait_ms + 999) / 1000);
    return rv;
}

/* The statement tells how many there are, and when the one was whose end makes room for another. *left: how many more may be. */
static apr_status_t weigh(sp_stmt_t *st, int limit, const sp_pin_limits_t *limits, apr_int64_t now_ms, apr_int64_t *left, sp_error_t *err)
{
    apr_status_t rv = sp_stmt_step(st, err);

    if (rv != APR_SUCCESS)
        return rv;
    *left = limit - sp_stmt_int(st, 0);
    rv = *left > 0 ? APR_SUCCESS : refuse(sp_stmt_int(st, 1), limits, now_ms, err);
    sp_stmt_reset(st);
    return rv;
}

static apr_status_t weigh_client(sp_db_t *db, const char *client, const sp_pin_limits_t *limits, apr_int64_t now_ms, apr_int64_t *left, sp_error_t *err)
{
    const window_t window = window_of(limits, now_ms);
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PIN_ATTEMPT_OF_CLIENT, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, client);
    sp_stmt_bind_int(st, 2, window.from_ms);
    sp_stmt_bind_int(st, 3, window.to_ms);
    sp_stmt_bind_int(st, 4, limits->of_client - 1);
    return weigh(st, limits->of_client, limits, now_ms, left, err);
}

static apr_status_t weigh_all(sp_db_t *db, const sp_pin_limits_t *limits, apr_int64_t now_ms, apr_int64_t *left, sp_error_t *err)
{
    const window_t window = window_of(limits, now_ms);
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PIN_ATTEMPT_OF_ALL, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, window.from_ms);
    sp_stmt_bind_int(st, 2, window.to_ms);
    sp_stmt_bind_int(st, 3, limits->of_all - 1);
    return weigh(st, limits->of_all, limits, now_ms, left, err);
}

static apr_status_t find_known(sp_db_t *db, const char *client, apr_int64_t now_ms, int *known, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PIN_CLIENT_KNOWN, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, client);
    sp_stmt_bind_int(st, 2, now_ms - KNOWN_MS);
    rv = sp_stmt_step(st, err);
    *known = rv == APR_SUCCESS;
    sp_stmt_reset(st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t check(sp_db_t *db, const char *client, const sp_pin_limits_t *limits, apr_int64_t now_ms, apr_int64_t *left, sp_error_t *err)
{
    apr_int64_t left_for_all;
    int known;
    apr_status_t rv = weigh_client(db, client, limits, now_ms, left, err);

    if (rv == APR_SUCCESS)
        rv = find_known(db, client, now_ms, &known, err);
    if (rv != APR_SUCCESS || known)
        return rv;
    rv = weigh_all(db, limits, now_ms, &left_for_all, err);
    if (rv == APR_SUCCESS && left_for_all < *left)
        *left = left_for_all;
    return rv;
}

apr_status_t sp_pin_attempts_check(sp_db_t *db, const char *client, const sp_pin_limits_t *limits, apr_int64_t now_ms, sp_error_t *err)
{
    apr_int64_t left;

    return check(db, client, limits, now_ms, &left, err);
}

static apr_status_t sweep(sp_db_t *db, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PIN_ATTEMPT_SWEEP, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t add(sp_db_t *db, const char *client, const sp_pin_limits_t *limits, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PIN_ATTEMPT_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, client);
    sp_stmt_bind_int(st, 2, now_ms);
    sp_stmt_bind_int(st, 3, limits->window_s);
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_pin_attempts_count(sp_db_t *db, const char *client, const sp_pin_limits_t *limits, apr_int64_t now_ms, int *is_last, sp_error_t *err)
{
    apr_int64_t left = 0;
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    rv = check(db, client, limits, now_ms, &left, err);
    if (rv == APR_SUCCESS)
        rv = sweep(db, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = add(db, client, limits, now_ms, err);
    *is_last = left == 1;
    return sp_db_end_write(db, rv, err);
}

static apr_status_t forgive(sp_db_t *db, const char *client, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PIN_ATTEMPT_FORGIVE, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, client);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t remember(sp_db_t *db, const char *client, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PIN_CLIENT_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, client);
    sp_stmt_bind_int(st, 2, now_ms);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t sweep_known(sp_db_t *db, apr_int64_t now_ms, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_PIN_CLIENT_SWEEP, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, now_ms - KNOWN_MS);
    sp_stmt_bind_int(st, 2, KNOWN_MAX);
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_pin_attempts_forgive(sp_db_t *db, const char *client, apr_int64_t now_ms, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    rv = forgive(db, client, err);
    if (rv == APR_SUCCESS)
        rv = remember(db, client, now_ms, err);
    if (rv == APR_SUCCESS)
        rv = sweep_known(db, now_ms, err);
    return sp_db_end_write(db, rv, err);
}

apr_status_t sp_pin_attempts_forgive_all(sp_db_t *db, apr_int64_t *forgiven, sp_error_t *err)
{
    const sp_audit_event_t event = {.action = "pin_unlocked", .result = "ok", .count = 1};
    apr_status_t rv = sp_db_begin_write(db, err);
    sp_stmt_t *st;

    if (rv != APR_SUCCESS)
        return rv;
    st = sp_db_stmt(db, SP_Q_PIN_ATTEMPT_FORGIVE_ALL, err);
    rv = st ? sp_stmt_run(st, forgiven, err) : APR_EGENERAL;
    if (rv == APR_SUCCESS)
        rv = sp_audit_add(db, &event, err);
    return sp_db_end_write(db, rv, err);
}
