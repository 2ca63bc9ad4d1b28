/* GET /metrics: what was counted and how things are, for Prometheus. */
#include "api.h"

#include <apr_time.h>

#include "dbd.h"
#include "metrics_show.h"
#include "reply.h"

typedef struct {
    int is_up;
    sp_vitals_t vitals;
    sp_spending_t spending;
} look_t;

/* Whatever is wrong with the database is one of the things to tell. */
static void look_at_database(sp_req_t *q, apr_int64_t now_ms, look_t *look)
{
    sp_db_t *db;
    apr_status_t rv = sp_dbd_acquire(q, &db);

    if (rv == APR_SUCCESS)
        rv = sp_vitals_read(db, &look->vitals, &q->err);
    if (rv == APR_SUCCESS)
        rv = sp_spending_get(db, now_ms, &look->spending, &q->err);
    sp_dbd_release(q, db);
    sp_error_clear(&q->err);
    look->is_up = rv == APR_SUCCESS;
}

static void show_build(sp_exposition_t *x)
{
    static const sp_metric_label_t labels[] = {{"version", SP_VERSION}, {NULL, NULL}};

    sp_exposition_family(x, SP_METRIC_GAUGE, "streampulse_build_info", "Which version of StreamPulse this is.");
    sp_exposition_int(x, labels, 1);
}

apr_status_t sp_api_metrics_get(sp_req_t *q)
{
    const apr_int64_t now_ms = apr_time_as_msec(apr_time_now());
    const sp_metrics_t *metrics = q->sconf->metrics;
    sp_out_t *out = sp_reply_out(q);
    sp_exposition_t x;
    look_t look;

    look_at_database(q, now_ms, &look);
    sp_exposition_init(&x, out);
    show_build(&x);
    sp_metrics_show_requests(&x, metrics);
    sp_metrics_show_refusals(&x, metrics);
    sp_metrics_show_uploads(&x, metrics);
    sp_metrics_show_database(&x, metrics, q->sconf->db_path, look.is_up ? &look.vitals : NULL, q->p);
    sp_metrics_show_insights(&x, metrics);
    sp_metrics_show_jobs(&x, metrics, look.is_up ? &look.vitals : NULL, &look.spending, now_ms);
    sp_reply_no_store(q);
    return sp_reply_send(q, HTTP_OK, SP_EXPOSITION_TYPE, out);
}
