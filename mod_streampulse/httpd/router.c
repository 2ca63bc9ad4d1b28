/* Finding the route of a request, checking what it asks for, and sending what goes wrong. */
#include "router.h"

#include <apr_strings.h>
#include <http_log.h>
#include <util_filter.h>

#include "assets.h"
#include "audit_held.h"
#include "audit_upkeep.h"
#include "cors.h"
#include "dbd.h"
#include "metrics.h"
#include "mount.h"
#include "origin.h"
#include "query.h"
#include "rate_limit.h"
#include "reply.h"
#include "request.h"
#include "sp_module.h"
#include "visitors.h"

#define READ_ONLY_RETRY_S 60 /* a guess: who switched it on knows when it ends */

static apr_size_t *literal_len; /* of each route's pattern: up to its {parameter} */

static void measure_patterns(apr_pool_t *pchild)
{
    apr_size_t count = 0;

    while (sp_routes[count].method)
        count++;
    literal_len = apr_palloc(pchild, count * sizeof(*literal_len));
    for (apr_size_t i = 0; i < count; i++)
        literal_len[i] = strcspn(sp_routes[i].pattern, "{");
}

void sp_router_child_init(apr_pool_t *pchild)
{
    measure_patterns(pchild);
}

/* *arg: what stands for the pattern's {parameter}, a whole segment; NULL for a pattern without one. Outside of /api/ only what is there matches. */
static int pattern_matches(sp_req_t *q, const sp_route_t *route, apr_size_t path_len, const char **arg)
{
    const apr_size_t len = literal_len[route - sp_routes];
    const char *open = route->pattern + len, *close;
    apr_size_t arg_len;

    *arg = NULL;
    if (path_len < len || (!*open && path_len > len) || memcmp(route->pattern, q->path, len))
        return 0;
    if (!*open)
        return 1;
    close = strchr(open, '}');
    arg_len = strcspn(q->path + len, "/");
    if (!close || !arg_len || strcmp(close + 1, q->path + len + arg_len))
        return 0;
    *arg = apr_pstrmemdup(q->p, q->path + len, arg_len);
    return !strncmp(route->pattern, "/api/", 5) || sp_assets_find(q->path) != NULL;
}

static int method_matches(const char *route_method, const char *method)
{
    return !strcmp(route_method, method) || (!strcmp(method, "HEAD") && !strcmp(route_method, "GET"));
}

static void add_allowed(sp_req_t *q, const char *method)
{
    apr_table_mergen(q->r->headers_out, "Allow", !strcmp(method, "GET") ? "GET, HEAD" : method);
}

static int is_there(const sp_req_t *q, const sp_route_t *route)
{
    return !route->is_of_metrics || q->conf->metrics;
}

/* The first route of the pattern that the path is, whatever the method: the one that it is word for word, else one with a parameter. NULL: none. */
static const sp_route_t *find_pattern(sp_req_t *q, const char **arg)
{
    const sp_route_t *found = NULL;
    const apr_size_t path_len = strlen(q->path);

    for (const sp_route_t *route = sp_routes; route->method; route++) {
        const char *route_arg;
        if (!pattern_matches(q, route, path_len, &route_arg) || (found && route_arg) || !is_there(q, route))
            continue;
        found = route;
        *arg = route_arg;
        if (!route_arg)
            break;
    }
    return found;
}

static apr_status_t find_route(sp_req_t *q)
{
    const sp_route_t *first = find_pattern(q, &q->arg);

    if (!first)
        return sp_error_set(&q->err, SP_E_NOT_FOUND, APR_NOTFOUND, "there is nothing at \"%s%s\"", q->prefix, q->path);
    for (const sp_route_t *route = first; route->method && !q->route; route++) {
        if (!strcmp(route->pattern, first->pattern) && method_matches(route->method, q->r->method))
            q->route = route;
    }
    if (!q->route)
        return sp_error_set(&q->err, SP_E_METHOD_NOT_ALLOWED, APR_EGENERAL, "%s is not possible here", q->r->method);
    return APR_SUCCESS;
}

static void set_allow(sp_req_t *q)
{
    const char *arg;
    const sp_route_t *first = find_pattern(q, &arg);

    for (const sp_route_t *route = first; route && route->method; route++) {
        if (!strcmp(route->pattern, first->pattern))
            add_allowed(q, route->method);
    }
}

static int is_safe(const sp_req_t *q)
{
    return !strcmp(q->route->method, "GET");
}

/* Probes and the page are open to anybody and are not about the database's people: they must answer, and at once, when the database does not. */
static int needs_no_identity(const sp_req_t *q)
{
    return q->route->least_from == SP_LEAST_FIXED && q->route->least == SP_ROLE_NONE && strncmp(q->route->pattern, "/api/", 5);
}

static apr_status_t establish_identity(sp_req_t *q)
{
    apr_status_t rv;

    if (needs_no_identity(q)) {
        sp_identity_set_anonymous(q);
        return APR_SUCCESS;
    }
    rv = sp_identity_establish(q);
    if (rv == APR_SUCCESS)
        sp_visitors_note(q);
    return rv;
}

/* The usual cause, when it is ours: mod_auth_openidc joins groups by a comma unless it is told otherwise. */
static apr_status_t refuse_groupless(sp_req_t *q)
{
    sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES, "you are signed in as %s, but no group of yours gives access here: ask an admin to add you to one",
                 q->who.user);
    if (q->who.groups && strchr(q->who.groups, ','))
        sp_error_set_log(&q->err, "there is a comma in the groups, write OIDCClaimDelimiter \" \" to have them told apart");
    return APR_EACCES;
}

static apr_status_t check_role(sp_req_t *q)
{
    sp_role_e least = q->route->least_from == SP_LEAST_EXPORT ? (sp_role_e)q->conf->export_role : q->route->least;

    if (q->who.role >= least)
        return APR_SUCCESS;
    if (q->who.role == SP_ROLE_NONE && q->who.method == SP_METHOD_OIDC)
        return refuse_groupless(q);
    if (q->who.method == SP_METHOD_ANONYMOUS)
        return sp_error_set(&q->err, SP_E_SIGN_IN_REQUIRED, APR_EACCES, "sign in first: this needs the role %s", sp_role_name(least));
    return sp_error_set(&q->err, SP_E_ROLE_REQUIRED, APR_EACCES, "this needs the role %s, and yours is %s", sp_role_name(least), sp_role_name(q->who.role));
}

/* Whoever moves the server, or repairs it, must still be able to keep somebody out. */
static apr_status_t check_read_only(sp_req_t *q)
{
    apr_status_t rv;

    if (!q->conf->read_only || is_safe(q) || q->route->is_of_access)
        return APR_SUCCESS;
    rv = sp_error_set(&q->err, SP_E_READ_ONLY, APR_EACCES, "%s", q->conf->read_only);
    q->err.retry_after_s = READ_ONLY_RETRY_S;
    q->err_logged = 1;
    return rv;
}

static apr_status_t read_query(sp_req_t *q)
{
    static const char *const none[] = {NULL};
    apr_status_t rv;

    if (q->route->parameters == sp_route_any_parameters)
        return APR_SUCCESS;
    rv = sp_query_parse(q->p, q->r->args, q->r->args ? strlen(q->r->args) : 0, &q->query, &q->err);
    if (rv != APR_SUCCESS)
        return rv;
    return sp_query_check(q->query, q->route->parameters ? q->route->parameters : none, q->route->repeatable, &q->err);
}

static apr_status_t dispatch(sp_req_t *q)
{
    apr_status_t rv = find_route(q);

    if (rv == APR_SUCCESS && !is_safe(q))
        rv = sp_origin_check(q);
    if (rv == APR_SUCCESS)
        rv = establish_identity(q);
    if (rv == APR_SUCCESS && !needs_no_identity(q))
        rv = sp_rate_limit_take(q);
    if (rv == APR_SUCCESS)
        rv = check_role(q);
    if (rv == APR_SUCCESS)
        rv = check_read_only(q);
    if (rv == APR_SUCCESS)
        rv = read_query(q);
    return rv == APR_SUCCESS ? q->route->handler(q) : rv;
}

static apr_status_t answer(sp_req_t *q)
{
    if (!*q->path)
        sp_reply_add_slash(q);
    else if (sp_cors_is_granted_preflight(q))
        sp_reply_no_content(q);
    else
        return dispatch(q);
    return APR_SUCCESS;
}

static int finish(sp_req_t *q, apr_status_t rv)
{
    sp_dbd_release_all(q);
    if (rv != APR_SUCCESS && q->filter_answered)
        return AP_FILTER_ERROR;
    if (rv == APR_SUCCESS && q->not_modified)
        sp_reply_not_modified(q, NULL);
    if (rv == APR_SUCCESS)
        return OK;
    sp_metrics_add(&q->sconf->metrics->errors[q->err.code], 1);
    if (q->err.code == SP_E_METHOD_NOT_ALLOWED)
        set_allow(q);
    sp_audit_held_count_refusal(q);
    sp_reply_error(q);
    return OK;
}

int sp_router_handle(request_rec *r)
{
    sp_req_t *q;
    int rc;

    /* A SetHandler of somebody else's below our mount, such as server-status, goes first. */
    if (!sp_mount_claimed(r) || !r->handler || strcmp(r->handler, SP_HANDLER_NAME))
        return DECLINED;
    q = sp_request_of(r);
    q->began_us = sp_metrics_now_us();
    rc = finish(q, answer(q));
    sp_metrics_note_request(q);
    if (q->route && !needs_no_identity(q))
        sp_audit_upkeep_run(q);
    return rc;
}
