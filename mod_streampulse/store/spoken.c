/* Walks the series that an entry spoke about. */
#include "spoken.h"

struct sp_spoken_t {
    sp_db_t *db;
    apr_int64_t entry;
    apr_array_header_t *scopes; /* of sp_scope_t; those of any event first, the others ascending */
    int wide;                   /* how many are of any event */
    int scope;                  /* the first of the others that is not behind */
    sp_walk_t at;

    /* the next series of the words, and of the scopes */
    sp_walk_t words, scoped;
    sp_day_t first, last;
    int words_ended, scopes_ended;
};

static apr_status_t read_scopes(sp_spoken_t *s, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(s->db, SP_Q_SCOPE_OF_ENTRY, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, s->entry);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_scope_t scope = {sp_stmt_int(st, 0), sp_stmt_int(st, 1)};

        APR_ARRAY_PUSH(s->scopes, sp_scope_t) = scope;
        s->wide += scope.event < 0;
    }
    s->scope = s->wide;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t move_words(sp_spoken_t *s, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(s->db, SP_Q_WORDS_NEXT_OF_ENTRY, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, &s->words);
    sp_stmt_bind_int(st, 4, s->entry);
    rv = sp_stmt_step(st, err);
    s->words_ended = rv == APR_EOF;
    if (rv != APR_SUCCESS)
        return rv == APR_EOF ? APR_SUCCESS : rv;
    s->words = (sp_walk_t){sp_stmt_int(st, 0), sp_stmt_int(st, 1), sp_stmt_int(st, 2)};
    s->first = (sp_day_t)sp_stmt_int(st, 3);
    s->last = (sp_day_t)sp_stmt_int(st, 4);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

static int is_inside(const sp_scope_t *scope, const sp_walk_t *at)
{
    return (scope->event < 0 || scope->event == at->event) && (scope->service < 0 || scope->service == at->service);
}

/* Whether all of the scope lies before the series. */
static int is_behind(const sp_scope_t *scope, const sp_walk_t *at)
{
    return at->event > scope->event || (at->event == scope->event && scope->service >= 0 && at->service > scope->service);
}

/* The first series after *at of one service in any event: in each event it is looked for once. */
static apr_status_t next_of_service(sp_spoken_t *s, apr_int64_t service, sp_walk_t *at, sp_error_t *err)
{
    for (;;) {
        apr_status_t rv;

        if (at->service < service)
            *at = (sp_walk_t){at->event, service, -1};
        else if (at->service > service)
            *at = (sp_walk_t){at->event + 1, service, -1};
        if ((rv = sp_walk_next(s->db, SP_Q_WORDS_NEXT_SERIES, at, err)) != APR_SUCCESS || at->service == service)
            return rv;
    }
}

static apr_status_t next_of_scope(sp_spoken_t *s, const sp_scope_t *scope, sp_walk_t *at, sp_error_t *err)
{
    sp_walk_t start = {scope->event, scope->service, -1};
    apr_status_t rv;

    if (scope->event < 0 && scope->service >= 0)
        return next_of_service(s, scope->service, at, err);
    if (scope->event >= 0 && sp_walk_compare(at, &start) < 0)
        *at = start;
    rv = sp_walk_next(s->db, SP_Q_WORDS_NEXT_SERIES, at, err);
    return rv == APR_SUCCESS && !is_inside(scope, at) ? APR_EOF : rv;
}

static apr_status_t take_nearest(sp_spoken_t *s, const sp_scope_t *scope, const sp_walk_t *after, sp_error_t *err)
{
    sp_walk_t at = *after;
    apr_status_t rv = next_of_scope(s, scope, &at, err);

    if (rv == APR_SUCCESS && (s->scopes_ended || sp_walk_compare(&at, &s->scoped) < 0))
        s->scoped = at;
    if (rv == APR_SUCCESS)
        s->scopes_ended = 0;
    return rv;
}

static apr_status_t move_scopes(sp_spoken_t *s, sp_error_t *err)
{
    sp_walk_t after = s->scoped;
    apr_status_t rv;
    int i;

    s->scopes_ended = 1;
    for (i = 0; i < s->wide; i++) {
        rv = take_nearest(s, &APR_ARRAY_IDX(s->scopes, i, sp_scope_t), &after, err);
        if (rv != APR_SUCCESS && rv != APR_EOF)
            return rv;
    }
    for (; s->scope < s->scopes->nelts; s->scope++) {
        const sp_scope_t *scope = &APR_ARRAY_IDX(s->scopes, s->scope, sp_scope_t);

        if (is_behind(scope, &after))
            continue;
        if ((rv = take_nearest(s, scope, &after, err)) != APR_EOF)
            return rv;
    }
    return APR_SUCCESS;
}

apr_status_t sp_spoken_open(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, const sp_walk_t *after, sp_spoken_t **spoken, sp_error_t *err)
{
    sp_spoken_t *s = *spoken = apr_pcalloc(p, sizeof(*s));
    apr_status_t rv;

    s->db = db;
    s->entry = entry;
    s->scopes = apr_array_make(p, 4, sizeof(sp_scope_t));
    s->words = s->scoped = *after;
    if ((rv = read_scopes(s, err)) != APR_SUCCESS)
        return rv;
    if ((rv = move_words(s, err)) != APR_SUCCESS)
        return rv;
    return move_scopes(s, err);
}

apr_status_t sp_spoken_next(sp_spoken_t *s, sp_walk_t *at, sp_day_t *first, sp_day_t *last, sp_error_t *err)
{
    int order;
    apr_status_t rv;

    if (s->words_ended && s->scopes_ended)
        return APR_EOF;
    order = s->words_ended ? 1 : s->scopes_ended ? -1 : sp_walk_compare(&s->words, &s->scoped);
    *at = order <= 0 ? s->words : s->scoped;
    *first = order < 0 ? s->first : 0;
    *last = order < 0 ? s->last : SP_DAY_MAX;
    if (order <= 0 && (rv = move_words(s, err)) != APR_SUCCESS)
        return rv;
    return order >= 0 ? move_scopes(s, err) : APR_SUCCESS;
}

const apr_array_header_t *sp_spoken_scopes(const sp_spoken_t *s)
{
    return s->scopes;
}
