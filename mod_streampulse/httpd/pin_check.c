/* Looking at a PIN: few at a time, and each counted first. */
#include "pin_check.h"

#include <string.h>

#include "audit_note.h"
#include "client_address.h"
#include "dbd.h"
#include "metrics.h"
#include "pin.h"
#include "pin_attempts.h"
#include "pin_gate.h"
#include "sp_module.h"

static sp_pin_limits_t limits_of(const sp_req_t *q)
{
    return (sp_pin_limits_t){.of_client = q->sconf->pin_attempts, .of_all = q->sconf->pin_attempts_all, .window_s = q->sconf->pin_window_s};
}

static apr_int64_t now_ms(void)
{
    return apr_time_as_msec(apr_time_now());
}

/* Whoever has to wait is told so without a write, and without a place among those whose PIN is looked at. */
static apr_status_t check_attempts(sp_req_t *q, const char *client)
{
    const sp_pin_limits_t limits = limits_of(q);
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_pin_attempts_check(db, client, &limits, now_ms(), &q->err);
    sp_dbd_release(q, db);
    return rv;
}

static apr_status_t count_attempt(sp_req_t *q, const char *client, int *is_last)
{
    const sp_pin_limits_t limits = limits_of(q);
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_pin_attempts_count(db, client, &limits, now_ms(), is_last, &q->err);
    return sp_dbd_release_written(q, db, rv);
}

/* The place is held while the attempt is counted, too: what was counted is looked at. */
static apr_status_t count_and_match(sp_req_t *q, const char *client, const char *pin, const char *hash, int *matches, int *is_last)
{
    apr_status_t rv = sp_pin_gate_enter(q->r);

    if (rv != APR_SUCCESS) {
        rv = sp_error_set(&q->err, SP_E_TOO_MANY_ATTEMPTS, rv, "too many people are signing in just now; try again in a moment");
        q->err.retry_after_s = 1;
        return rv;
    }
    rv = count_attempt(q, client, is_last);
    if (rv == APR_SUCCESS)
        *matches = sp_pin_matches(pin, hash);
    sp_pin_gate_leave(q->r);
    return rv;
}

static apr_status_t forgive(sp_req_t *q, const char *client)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_pin_attempts_forgive(db, client, now_ms(), &q->err);
    return sp_dbd_release_written(q, db, rv);
}

static apr_status_t refuse(sp_req_t *q)
{
    return sp_error_set(&q->err, SP_E_WRONG_PIN, APR_EACCES, "that is not the PIN");
}

/* It was counted, so that it is told as well, whatever hinders the writing. */
static apr_status_t note_wrong(sp_req_t *q, const char *client, int is_last)
{
    const sp_audit_event_t event = {.action = "login_failed", .result = sp_error_code_name(SP_E_WRONG_PIN), .count = 1};
    const apr_status_t rv = sp_audit_note_event(q, &event);

    if (is_last)
        sp_metrics_add(&q->sconf->metrics->pin_lockouts, 1);
    if (is_last)
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, q->r, "SP0316: wrong PIN from %s, which was the last one that is looked at for a while", client);
    return rv == APR_SUCCESS ? refuse(q) : rv;
}

static void count(sp_req_t *q, sp_pin_result_e result)
{
    sp_metrics_add(&q->sconf->metrics->pins[result], 1);
}

apr_status_t sp_pin_check(sp_req_t *q, const char *pin, const char *hash)
{
    const char *client = sp_client_address_text(q->r);
    int matches = 0, is_last = 0;
    apr_status_t rv;

    /* No guess, as it cannot be right. */
    if (!*pin || strlen(pin) > SP_PIN_MAX_BYTES)
        return refuse(q);
    rv = check_attempts(q, client);
    if (rv == APR_SUCCESS)
        rv = count_and_match(q, client, pin, hash, &matches, &is_last);
    if (rv == APR_SUCCESS)
        count(q, matches ? SP_PIN_RIGHT : SP_PIN_WRONG);
    else if (q->err.code == SP_E_TOO_MANY_ATTEMPTS)
        count(q, SP_PIN_REFUSED);
    if (rv != APR_SUCCESS)
        return rv;
    return matches ? forgive(q, client) : note_wrong(q, client, is_last);
}
