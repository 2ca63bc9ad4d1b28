/* What the insight process does: looks at each database for changes and jobs, and does what is due. */
#ifndef SP_INSIGHT_WORKER_H
#define SP_INSIGHT_WORKER_H

#include <httpd.h>

/* Until the process is to end. hear: readable when a request has committed something. holder: see jobs.h. why: what ended the process before, for people; NULL:
 * not known. */
void sp_insight_worker_run(apr_pool_t *p, server_rec *main_server, int hear, const char *holder, const char *why);

#endif
