/* What asking the language model has cost today, how often it was asked for a job, and how often it failed: one row. */
#include "spending.h"

#define DAY_MS (24 * 60 * 60 * 1000)

static void read_row(sp_stmt_t *st, sp_spending_t *s)
{
    s->day = sp_stmt_int(st, 0);
    s->jobs = (int)sp_stmt_int(st, 1);
    s->cost_microdollars = sp_stmt_int(st, 2);
    s->job = sp_stmt_int(st, 3);
    s->calls = (int)sp_stmt_int(st, 4);
    s->failures = (int)sp_stmt_int(st, 5);
    s->open_ms = sp_stmt_int(st, 6);
    sp_stmt_reset(st);
}

apr_status_t sp_spending_get(sp_db_t *db, apr_int64_t now_ms, sp_spending_t *spending, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SPENDING_GET, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    rv = sp_stmt_step(st, err);
    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? sp_error_set(err, SP_E_DATABASE_CORRUPT, rv, "the row of what was spent is missing") : rv;
    read_row(st, spending);
    if (spending->day != now_ms / DAY_MS) {
        spending->day = now_ms / DAY_MS;
        spending->jobs = 0;
        spending->cost_microdollars = 0;
    }
    return APR_SUCCESS;
}

static apr_status_t set(sp_db_t *db, const sp_spending_t *s, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_SPENDING_SET, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, s->day);
    sp_stmt_bind_int(st, 2, s->jobs);
    sp_stmt_bind_int(st, 3, s->cost_microdollars);
    sp_stmt_bind_int(st, 4, s->job);
    sp_stmt_bind_int(st, 5, s->calls);
    return sp_stmt_run(st, NULL, err);
}

static apr_status_t refuse(sp_error_t *err, const char *why)
{
    return sp_error_set(err, SP_E_INSIGHT_ANSWER, APR_EACCES, "%s", why);
}

/* *s with one call more. */
static apr_status_t count_call(sp_spending_t *s, apr_int64_t job, const sp_spending_limits_t *limits, apr_int64_t may_cost, sp_error_t *err)
{
    if (s->job != job) {
        if (s->jobs >= limits->jobs_per_day)
            return refuse(err, "Claude has written as many insights today as StreamPulseInsightDailyMax allows");
        s->job = job;
        s->calls = 0;
        s->jobs++;
    }
    if (s->calls >= limits->calls_per_job)
        return refuse(err, "Claude was asked as often as it may be asked for one insight");
    if (s->cost_microdollars + may_cost > limits->microdollars_per_day)
        return refuse(err, "one call more might cost more than StreamPulseInsightDailyCost allows today");
    s->calls++;
    s->cost_microdollars += may_cost;
    return APR_SUCCESS;
}

apr_status_t sp_spending_begin_call(sp_db_t *db, apr_int64_t job, const sp_spending_limits_t *limits, apr_int64_t may_cost, apr_int64_t now_ms, sp_error_t *err)
{
    sp_spending_t spending;
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_spending_get(db, now_ms, &spending, err);
    if (rv == APR_SUCCESS)
        rv = count_call(&spending, job, limits, may_cost, err);
    if (rv == APR_SUCCESS)
        rv = set(db, &spending, err);
    return sp_db_end_write(db, rv, err);
}

apr_status_t sp_spending_end_call(sp_db_t *db, apr_int64_t may_cost, apr_int64_t cost, apr_int64_t now_ms, sp_error_t *err)
{
    sp_spending_t spending;
    apr_status_t rv = sp_db_begin_write(db, err);

    if (rv != APR_SUCCESS)
        return rv;
    rv = sp_spending_get(db, now_ms, &spending, err);
    if (rv == APR_SUCCESS) {
        /* It may have begun on the day before. */
        spending.cost_microdollars = spending.cost_microdollars >= may_cost ? spending.cost_microdollars - may_cost + cost : cost;
        rv = set(db, &spending, err);
    }
    return sp_db_end_write(db, rv, err);
}

apr_status_t sp_spending_set_failures(sp_db_t *db, int failures, apr_int64_t open_ms, sp_error_t *err)
{
    apr_status_t rv = sp_db_begin_write(db, err);
    sp_stmt_t *st;

    if (rv != APR_SUCCESS)
        return rv;
    st = sp_db_stmt(db, SP_Q_SPENDING_SET_FAILURES, err);
    if (!st)
        return sp_db_end_write(db, APR_EGENERAL, err);
    sp_stmt_bind_int(st, 1, failures);
    sp_stmt_bind_int(st, 2, open_ms);
    return sp_db_end_write(db, sp_stmt_run(st, NULL, err), err);
}
