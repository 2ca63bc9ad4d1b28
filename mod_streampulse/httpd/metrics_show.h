/* Metrics as Prometheus reads them: what was counted, and how the database and the insight process are doing. */
#ifndef SP_METRICS_SHOW_H
#define SP_METRICS_SHOW_H

#include "exposition.h"
#include "metrics.h"
#include "spending.h"
#include "vitals.h"

/* What was counted, in families of their own each. */
void sp_metrics_show_requests(sp_exposition_t *x, const sp_metrics_t *metrics);
void sp_metrics_show_refusals(sp_exposition_t *x, const sp_metrics_t *metrics);
void sp_metrics_show_uploads(sp_exposition_t *x, const sp_metrics_t *metrics);
/* Nothing where no server with this database has insights on; and of Claude nothing where it is not asked. */
void sp_metrics_show_insights(sp_exposition_t *x, const sp_metrics_t *metrics);

/* What is so now. path: of the database's file. vitals NULL: it cannot be read. */
void sp_metrics_show_database(sp_exposition_t *x, const sp_metrics_t *metrics, const char *path, const sp_vitals_t *vitals, apr_pool_t *ptemp);
void sp_metrics_show_jobs(sp_exposition_t *x, const sp_metrics_t *metrics, const sp_vitals_t *vitals, const sp_spending_t *spending, apr_int64_t now_ms);

#endif
