/* What a handler is given, and where it leaves its error. */
#ifndef SP_REQUEST_H
#define SP_REQUEST_H

#include "sp_config.h"
#include "db.h"
#include "identity.h"
#include "routes.h"

typedef struct sp_req_t {
    request_rec *r;
    apr_pool_t *p; /* r->pool */
    const sp_dir_config_t *conf;
    sp_server_config_t *sconf;
    const char *prefix; /* of the mount, "" at the root */
    const char *path;   /* below the prefix, starts with "/" */
    const char *arg;    /* the decoded path parameter of the route, or NULL */
    const sp_route_t *route;
    apr_table_t *query; /* checked against the route's parameters */
    sp_identity_t who;
    sp_actor_t actor;       /* who, for the audit log */
    const char *request_id; /* in every error and in the log */
    sp_error_t err;
    const struct sp_plan_t *plan;           /* with plan_touched, of sp_ledger_touched_t: what the error plan_changed tells */
    const apr_array_header_t *plan_touched; /* NULL: not known */

    /* The rest is between the files of httpd/; handlers leave it alone. */
    struct sp_dbd_lease_t *lease; /* the connection it holds; dbd.c */
    apr_uint64_t began_us;        /* when the router began, see metrics.h; 0: it has not */
    apr_uint64_t body_bytes;      /* of the request's body, as far as it was read */
    unsigned err_logged : 1;      /* where it happened, with a limit on how often */
    unsigned not_modified : 1;    /* the 304 is to be sent once the handler is done */
    unsigned body_read : 1;       /* to its end */
    unsigned filter_answered : 1; /* an input filter of httpd has sent the error already */
    unsigned answering : 1;       /* the error that is on its way is ours, with its headers */
    unsigned identified : 1;      /* who is established, for the person below */
    const char *identified_user;  /* r->user at that time: authentication may come later */
} sp_req_t;

/* The request as ours, made when it is first asked for; also where it is not below a mount (its path is NULL then), for the authorization of others. Pool: r->pool. */
sp_req_t *sp_request_of(request_rec *r);
/* child_init. */
void sp_request_child_init(void);

#endif
