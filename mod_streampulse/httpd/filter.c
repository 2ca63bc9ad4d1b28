/* The query parameters that choose which numbers are asked for. */
#include "filter.h"

#include <string.h>

#include "number_input.h"
#include "past.h"
#include "shape.h"

typedef apr_status_t (*find_fn)(sp_db_t *db, apr_pool_t *p, const char *id, sp_ident_t *ident, sp_error_t *err);
typedef apr_status_t (*guess_fn)(sp_db_t *db, apr_pool_t *p, const char *id, apr_array_header_t *ids, sp_error_t *err);

static apr_status_t parse_day(sp_req_t *q, const char *name, sp_day_t *day)
{
    const char *text = apr_table_get(q->query, name);

    *day = SP_DAY_NONE;
    if (!text)
        return APR_SUCCESS;
    *day = sp_calendar_parse_iso(text, strlen(text));
    if (*day == SP_DAY_NONE)
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"%s\" must be a day such as 2025-01-31", name);
    return APR_SUCCESS;
}

apr_status_t sp_filter_parse_period(sp_req_t *q, sp_day_t *from, sp_day_t *to)
{
    apr_status_t rv = parse_day(q, "from", from);

    if (rv == APR_SUCCESS)
        rv = parse_day(q, "to", to);
    if (rv != APR_SUCCESS)
        return rv;
    if (*to != SP_DAY_NONE && *from > *to)
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"from\" must not be after \"to\"");
    return APR_SUCCESS;
}

apr_status_t sp_filter_parse(sp_req_t *q, sp_filter_input_t *filter)
{
    const char *interval = apr_table_get(q->query, "interval"), *as_of = apr_table_get(q->query, "as_of");
    apr_status_t rv;

    memset(filter, 0, sizeof(*filter));
    rv = sp_filter_parse_period(q, &filter->numbers.from, &filter->numbers.to);
    if (rv != APR_SUCCESS)
        return rv;
    if (as_of && !sp_number_input_parse(as_of, INT64_MAX, &filter->as_of))
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"as_of\" must be the id of an entry");
    if (interval && sp_shape_interval_by_name(interval, &filter->interval) != APR_SUCCESS)
        return sp_error_set(&q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"interval\" must be week, month, quarter or year");
    return APR_SUCCESS;
}

/* *ids: of int, NULL when the parameter is not there. */
static apr_status_t resolve_all(sp_req_t *q, sp_db_t *db, const char *name, find_fn find, apr_array_header_t **ids)
{
    const apr_array_header_t *pairs = apr_table_elts(q->query);

    *ids = NULL;
    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair = &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        sp_ident_t ident;
        apr_status_t rv;
        if (strcmp(pair->key, name) != 0)
            continue;
        rv = find(db, q->p, pair->val, &ident, &q->err);
        if (rv != APR_SUCCESS)
            return rv;
        if (!*ids)
            *ids = apr_array_make(q->p, 4, sizeof(int));
        APR_ARRAY_PUSH(*ids, int) = ident.id;
    }
    return APR_SUCCESS;
}

apr_status_t sp_filter_resolve(sp_req_t *q, sp_db_t *db, sp_filter_input_t *filter)
{
    apr_status_t rv = resolve_all(q, db, "service", sp_series_find_service, &filter->numbers.services);

    if (rv != APR_SUCCESS)
        return rv;
    return resolve_all(q, db, "platform", sp_series_find_platform, &filter->numbers.platforms);
}

/* *ids: of int, NULL when the parameter is not there. */
static apr_status_t guess_all(sp_req_t *q, sp_db_t *db, const char *name, guess_fn guess, apr_array_header_t **ids)
{
    const apr_array_header_t *pairs = apr_table_elts(q->query);
    apr_array_header_t *found = apr_array_make(q->p, 4, sizeof(int));
    int there = 0;

    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair = &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        apr_status_t rv;
        if (strcmp(pair->key, name) != 0)
            continue;
        there = 1;
        if ((rv = guess(db, q->p, pair->val, found, &q->err)) != APR_SUCCESS)
            return rv;
    }
    *ids = there ? found : NULL;
    return APR_SUCCESS;
}

/* The service of the path, or those of the query: no route has both. */
static apr_status_t guess_services(sp_req_t *q, sp_db_t *db, apr_array_header_t **ids)
{
    if (!q->arg)
        return guess_all(q, db, "service", sp_series_may_be_service, ids);
    *ids = apr_array_make(q->p, 2, sizeof(int));
    return sp_series_may_be_service(db, q->p, q->arg, *ids, &q->err);
}

typedef struct {
    sp_req_t *q;
    sp_heavy_t *heavy;
} scales_t;

static apr_status_t weigh(void *ctx, apr_int64_t numbers)
{
    const scales_t *scales = ctx;
    return sp_heavy_add(scales->q, scales->heavy, numbers);
}

apr_status_t sp_filter_enter_past(sp_req_t *q, sp_db_t *db, const sp_filter_input_t *filter, int weekly, sp_heavy_t *heavy)
{
    sp_filter_t scope = {.from = SP_DAY_NONE, .to = SP_DAY_NONE};
    scales_t scales = {q, heavy};
    apr_status_t rv;

    if (!filter->as_of)
        return APR_SUCCESS;
    rv = guess_services(q, db, &scope.services);
    if (rv == APR_SUCCESS)
        rv = guess_all(q, db, "platform", sp_series_may_be_platform, &scope.platforms);
    if (!weekly && !scope.services && !scope.platforms)
        scope.services = apr_array_make(q->p, 1, sizeof(int));
    return rv == APR_SUCCESS ? sp_past_enter(db, q->p, filter->as_of, &scope, weigh, &scales, &q->err) : rv;
}
