/* The plain pages: figures at a glance, and signing in. */
#ifndef SP_PAGE_H
#define SP_PAGE_H

#include "ledger.h"
#include "reply.h"
#include "stats.h"

/* One service's line. */
typedef struct {
    sp_ident_t service;
    int weeks;
    apr_int64_t viewers, latest;
    double change;
    sp_day_t last_week;
} sp_page_service_t;

typedef struct {
    apr_array_header_t *services; /* of sp_page_service_t */
    int events;
    apr_int64_t event_viewers;
} sp_page_figures_t;

/* Whether the client is a person's browser that would rather have a page than JSON. */
int sp_page_is_wanted(sp_req_t *q);

/* The figures, links, and what the visitor's role allows. */
apr_status_t sp_page_send_figures(sp_req_t *q, const sp_page_figures_t *figures);
/* Asks for the PIN (where one is configured); problem: what went wrong with the last one, or NULL. */
apr_status_t sp_page_send_sign_in(sp_req_t *q, int status, const char *problem);
apr_status_t sp_page_send_style(sp_req_t *q);

#endif
