/* Replays the ledger up to an entry into tables that hide the projection until the transaction ends. */
#include "past.h"

#include <string.h>

#include <apr_strings.h>

#include "ledger.h"
#include "replay.h"
#include "row_queue.h"
#include "series_filter.h"

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    sp_replay_t *replay;
    sp_replay_view_t view;
    sp_row_queue_t *put;
    sp_past_fn fn;
    void *ctx;
    sp_error_t *err;
} past_t;

static apr_status_t run(past_t *past, sp_query_e query)
{
    sp_stmt_t *st = sp_db_stmt(past->db, query, past->err);

    return st ? sp_stmt_run(st, NULL, past->err) : APR_EGENERAL;
}

static apr_status_t put_number(past_t *past, const sp_walk_t *at, sp_day_t day)
{
    const apr_int64_t row[SP_DB_ROW_NUMBERS] = {at->event, at->service, at->platform, day, past->replay->viewers[day], past->replay->span[day]};

    return sp_row_queue_add(past->put, row, NULL, 0, past->err);
}

static apr_status_t put_series(past_t *past, const sp_walk_t *at)
{
    const sp_replay_t *r = past->replay;
    apr_status_t rv = sp_replay_series(past->db, past->replay, &past->view, at, past->err);
    apr_int64_t numbers = 0;
    sp_day_t day;

    if (rv == APR_SUCCESS && r->damaged)
        return sp_error_set(past->err, SP_E_DATABASE_CORRUPT, APR_EGENERAL, "the database is damaged");
    for (day = r->lo; rv == APR_SUCCESS && day <= r->hi; day++)
        if (r->viewers[day] != SP_VIEWERS_NONE) {
            rv = put_number(past, at, day);
            numbers++;
        }
    return rv == APR_SUCCESS && past->fn ? past->fn(past->ctx, numbers) : rv;
}

/* The weekly series of a filter, but for those of the services that were put before. */
static apr_status_t put_weekly(past_t *past, const sp_filter_t *filter, const apr_array_header_t *put)
{
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv;

    while ((rv = sp_series_next_said(past->db, filter, &at, past->err)) == APR_SUCCESS && at.event == 0)
        if ((!put || !sp_series_has(put, at.service)) && (rv = put_series(past, &at)) != APR_SUCCESS)
            return rv;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t put_scope(past_t *past, const sp_filter_t *scope)
{
    const sp_filter_t services = {.services = scope->services}, platforms = {.platforms = scope->platforms};
    apr_status_t rv = APR_SUCCESS;

    if (scope->services || !scope->platforms)
        rv = put_weekly(past, &services, NULL);
    if (rv == APR_SUCCESS && scope->platforms)
        rv = put_weekly(past, &platforms, scope->services);
    return rv;
}

static apr_status_t put_events_numbers(past_t *past)
{
    sp_walk_t at = {0, SP_WALK_ANY, SP_WALK_ANY};
    apr_status_t rv;

    while ((rv = sp_series_next_said(past->db, NULL, &at, past->err)) == APR_SUCCESS)
        if ((rv = put_series(past, &at)) != APR_SUCCESS)
            return rv;
    return rv == APR_EOF ? sp_row_queue_flush(past->put, past->err) : rv;
}

static apr_status_t put_label(past_t *past, apr_int64_t event, apr_int64_t day, const char *label)
{
    sp_stmt_t *st = sp_db_stmt(past->db, SP_Q_LABEL_SET, past->err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, event);
    sp_stmt_bind_int(st, 2, day);
    sp_stmt_bind_text(st, 3, label);
    return sp_stmt_run(st, NULL, past->err);
}

/* By day, the latest first: the first that counts is the one. */
static apr_status_t put_labels(past_t *past)
{
    apr_int64_t event = -1, day = -1;
    sp_stmt_t *st = sp_db_stmt(past->db, SP_Q_LABEL_WORDS_UNTIL, past->err);
    apr_pool_t *ptemp;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    apr_pool_create(&ptemp, past->p);
    sp_stmt_bind_int(st, 1, past->view.until);
    while ((rv = sp_stmt_step(st, past->err)) == APR_SUCCESS) {
        const char *label;

        if ((sp_stmt_int(st, 0) == event && sp_stmt_int(st, 1) == day) || !sp_replay_view_has(&past->view, sp_stmt_int(st, 3), sp_stmt_int(st, 4) != 0))
            continue;
        apr_pool_clear(ptemp);
        event = sp_stmt_int(st, 0);
        day = sp_stmt_int(st, 1);
        label = sp_stmt_text(st, 2, ptemp);
        if (label && (rv = put_label(past, event, day, label)) != APR_SUCCESS)
            break;
    }
    apr_pool_destroy(ptemp);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t put_event(past_t *past, apr_int64_t event, const char *attr, const char *value)
{
    sp_stmt_t *st = sp_db_stmt(past->db, SP_Q_PAST_EVENT_SAY, past->err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, event);
    sp_stmt_bind_text(st, 2, attr);
    sp_stmt_bind_text(st, 3, value);
    return sp_stmt_run(st, NULL, past->err);
}

/* By event and attribute, the latest first: the first that counts is the one. */
static apr_status_t put_events(past_t *past)
{
    sp_stmt_t *st = sp_db_stmt(past->db, SP_Q_ATTR_OF_EVENTS_UNTIL, past->err);
    apr_int64_t event = -1;
    char said[16] = "";
    apr_pool_t *ptemp;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    apr_pool_create(&ptemp, past->p);
    sp_stmt_bind_int(st, 1, past->view.until);
    while ((rv = sp_stmt_step(st, past->err)) == APR_SUCCESS) {
        const char *attr;

        apr_pool_clear(ptemp);
        attr = sp_stmt_text(st, 1, ptemp);
        if ((sp_stmt_int(st, 0) == event && strcmp(attr, said) == 0) || !sp_replay_view_has(&past->view, sp_stmt_int(st, 3), sp_stmt_int(st, 4) != 0))
            continue;
        event = sp_stmt_int(st, 0);
        apr_cpystrn(said, attr, sizeof(said));
        if ((rv = put_event(past, event, attr, sp_stmt_text(st, 2, ptemp))) != APR_SUCCESS)
            break;
    }
    apr_pool_destroy(ptemp);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_past_enter(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, const sp_filter_t *scope, sp_past_fn fn, void *ctx, sp_error_t *err)
{
    static const sp_filter_t all = {SP_DAY_NONE, SP_DAY_NONE, NULL, NULL};
    past_t past = {.db = db, .fn = fn, .ctx = ctx, .err = err};
    sp_entry_t known;
    apr_status_t rv;

    apr_pool_create(&past.p, p);
    rv = sp_ledger_get(db, past.p, entry, &known, err);
    if (rv == APR_SUCCESS)
        rv = sp_replay_view_as_of(db, past.p, entry, &past.view, err);
    /* From here on the statements mean these tables. The transaction takes them away. */
    if (rv == APR_SUCCESS)
        rv = run(&past, SP_Q_PAST_NUMBER);
    if (rv == APR_SUCCESS)
        rv = run(&past, SP_Q_PAST_LABEL);
    past.replay = sp_replay_create(past.p);
    past.put = sp_row_queue_create(db, past.p, SP_Q_NUMBER_PUT, past.view.until, 0);
    if (rv == APR_SUCCESS)
        rv = put_scope(&past, scope ? scope : &all);
    if (rv == APR_SUCCESS)
        rv = put_events_numbers(&past);
    if (rv == APR_SUCCESS)
        rv = put_labels(&past);
    if (rv == APR_SUCCESS)
        rv = run(&past, SP_Q_PAST_EVENT);
    if (rv == APR_SUCCESS)
        rv = run(&past, SP_Q_PAST_EVENT_COPY);
    if (rv == APR_SUCCESS)
        rv = put_events(&past);
    if (rv == APR_SUCCESS)
        rv = run(&past, SP_Q_PAST_EVENTS);
    apr_pool_destroy(past.p);
    return rv;
}
