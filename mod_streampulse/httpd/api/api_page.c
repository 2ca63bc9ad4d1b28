/* GET /: the figures at a glance, or a way to sign in. */
#include "api.h"

#include "dbd.h"
#include "page.h"
#include "series.h"

static apr_status_t read_service(sp_req_t *q, sp_db_t *db, sp_page_service_t *line, apr_pool_t *ptemp)
{
    const sp_stats_t *stats;
    sp_table_t *t;
    apr_status_t rv = sp_series_weekly(db, ptemp, &line->service, NULL, &t, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    stats = sp_stats_of(ptemp, t);
    line->weeks = stats->weeks;
    line->viewers = stats->viewers;
    line->latest = stats->latest;
    line->change = stats->change;
    line->last_week = stats->last_week;
    return APR_SUCCESS;
}

/* One service's table in memory at a time. */
static apr_status_t read_services(sp_req_t *q, sp_db_t *db, sp_page_figures_t *figures, apr_pool_t *ptemp)
{
    apr_array_header_t *services;
    apr_status_t rv = sp_series_services(db, q->p, &services, &q->err);

    if (rv != APR_SUCCESS)
        return rv;
    figures->services = apr_array_make(q->p, services->nelts, sizeof(sp_page_service_t));
    for (int i = 0; i < services->nelts; i++) {
        sp_page_service_t *line = apr_array_push(figures->services);
        line->service = APR_ARRAY_IDX(services, i, sp_ident_t);
        apr_pool_clear(ptemp);
        rv = read_service(q, db, line, ptemp);
        if (rv != APR_SUCCESS)
            return rv;
    }
    return APR_SUCCESS;
}

static apr_status_t read_events(sp_req_t *q, sp_db_t *db, sp_page_figures_t *figures, apr_pool_t *ptemp)
{
    apr_array_header_t *events;
    apr_status_t rv;

    apr_pool_clear(ptemp);
    rv = sp_series_events(db, ptemp, NULL, &events, &q->err);
    if (rv != APR_SUCCESS)
        return rv;
    figures->events = events->nelts;
    for (int i = 0; i < events->nelts; i++) {
        const sp_table_t *t = APR_ARRAY_IDX(events, i, sp_table_t *);
        for (int r = 0; r < t->rows; r++)
            figures->event_viewers = sp_table_add(figures->event_viewers, t->total[r]);
    }
    return APR_SUCCESS;
}

static apr_status_t read_figures(sp_req_t *q, sp_db_t *db, sp_page_figures_t *figures)
{
    apr_pool_t *ptemp;
    apr_status_t rv = sp_db_begin_read(db, &q->err);

    apr_pool_create(&ptemp, q->p);
    if (rv == APR_SUCCESS)
        rv = read_services(q, db, figures, ptemp);
    if (rv == APR_SUCCESS)
        rv = read_events(q, db, figures, ptemp);
    apr_pool_destroy(ptemp);
    return rv;
}

/* A browser is shown where to sign in; a program is told what it lacks. */
static apr_status_t refuse(sp_req_t *q)
{
    int known = q->who.method != SP_METHOD_ANONYMOUS;

    if (sp_page_is_wanted(q))
        return sp_page_send_sign_in(q, known ? HTTP_FORBIDDEN : HTTP_UNAUTHORIZED, known ? "Your account may not look at these numbers." : NULL);
    if (known)
        return sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES, "this needs the role viewer");
    return sp_error_set(&q->err, SP_E_SIGN_IN_REQUIRED, APR_EACCES, "sign in first");
}

apr_status_t sp_api_page_get(sp_req_t *q)
{
    sp_page_figures_t figures = {0};
    sp_db_t *db;
    apr_status_t rv;

    if (q->who.role < SP_ROLE_VIEWER)
        return refuse(q);
    rv = sp_dbd_acquire(q, &db);
    if (rv != APR_SUCCESS)
        return rv;
    rv = read_figures(q, db, &figures);
    sp_dbd_release(q, db);
    if (rv != APR_SUCCESS)
        return rv;
    return sp_page_send_figures(q, &figures);
}

apr_status_t sp_api_page_style_get(sp_req_t *q)
{
    return sp_page_send_style(q);
}
