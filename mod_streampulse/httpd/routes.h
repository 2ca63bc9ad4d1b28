/* The table of routes: the one place that says what is answered to whom. */
#ifndef SP_ROUTES_H
#define SP_ROUTES_H

#include <apr_errno.h>

#include "rate.h"
#include "role.h"

struct sp_req_t;

/* Reads its input, calls store or core, replies (reply.h). Anything but APR_SUCCESS: the router sends q->err. */
typedef apr_status_t (*sp_handler_fn)(struct sp_req_t *q);

/* Where the least role comes from. */
typedef enum { SP_LEAST_FIXED, SP_LEAST_EXPORT } sp_least_e;

typedef struct {
    const char *method;  /* "GET" answers HEAD too */
    const char *pattern; /* "/api/data/{service}": one {parameter}, a whole segment; outside of /api/ it stands for what assets.h has */
    sp_role_e least;     /* SP_ROLE_NONE: anybody */
    sp_least_e least_from;
    sp_handler_fn handler;
    const char *const *parameters; /* query parameters, NULL-terminated; others are 400. NULL: none */
    const char *const *repeatable; /* those that may be there more than once; NULL: none */
    sp_rate_class_e rate;          /* SP_RATE_BY_METHOD: a read for GET, else a write */
    int is_of_metrics;             /* there only where StreamPulseMetrics is On */
    int is_of_access;              /* signing in and out, and taking access away: possible where StreamPulseReadOnly keeps the figures as they are, too */
} sp_route_t;

/* For the pages: what they show is in their query, which they read themselves. */
extern const char *const sp_route_any_parameters[];

/* Ends with a row whose method is NULL. */
extern const sp_route_t sp_routes[];

#endif
