/* Compares names, colours, order, aliases and dates with what the ledger says. */
#include "attr_check.h"

#include <string.h>

#include <apr_strings.h>

typedef struct {
    sp_db_t *db;
    apr_pool_t *p;
    sp_attr_check_fn fn;
    void *ctx;
    sp_error_t *err;
} checker_t;

/* One kind of identity: after the id its query gives pairs of stored and said, of these attributes. */
typedef struct {
    sp_query_e query;
    const char *kind;
    const char *attrs[6];
} kind_t;

static const kind_t kinds[] = {
    {SP_Q_SERVICE_UNSETTLED, "service", {"name", "color", "position", NULL}},
    {SP_Q_PLATFORM_UNSETTLED, "platform", {"name", "color", "position", NULL}},
    {SP_Q_EVENT_UNSETTLED, "event", {"name", "description", "start_day", "end_day", "shown", NULL}},
};

static const char *quoted(checker_t *c, const char *text)
{
    return text ? apr_psprintf(c->p, "\"%s\"", text) : "none";
}

static void report_row(checker_t *c, const kind_t *kind, sp_stmt_t *st)
{
    const char *name = sp_stmt_text(st, 1, c->p);
    int i;

    for (i = 0; kind->attrs[i]; i++) {
        const char *stored = sp_stmt_text(st, 1 + 2 * i, c->p), *said = sp_stmt_text(st, 2 + 2 * i, c->p);

        if (stored && said ? strcmp(stored, said) != 0 : stored != said)
            c->fn(c->ctx, apr_psprintf(c->p, "%s \"%s\": the ledger says %s is %s, stored is %s", kind->kind, name ? name : "", kind->attrs[i], quoted(c, said),
                                       quoted(c, stored)));
    }
}

static apr_status_t check_kind(checker_t *c, const kind_t *kind)
{
    sp_stmt_t *st = sp_db_stmt(c->db, kind->query, c->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, c->err)) == APR_SUCCESS)
        report_row(c, kind, st);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* Rows begin with kind, id and two texts. */
static apr_status_t check_rows(checker_t *c, sp_query_e query, const char *what)
{
    sp_stmt_t *st = sp_db_stmt(c->db, query, c->err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, c->err)) == APR_SUCCESS) {
        const char *kind = sp_stmt_text(st, 0, c->p), *first = sp_stmt_text(st, 2, c->p), *second = sp_stmt_text(st, 3, c->p);

        kind = kind && *kind == 's' ? "service" : kind && *kind == 'p' ? "platform" : "event";
        c->fn(c->ctx, apr_psprintf(c->p, "%s %" APR_INT64_T_FMT ", \"%s\" (%s): %s", kind, sp_stmt_int(st, 1), first ? first : "", second ? second : "", what));
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_attr_check(sp_db_t *db, apr_pool_t *p, sp_attr_check_fn fn, void *ctx, sp_error_t *err)
{
    checker_t c = {db, p, fn, ctx, err};
    apr_status_t rv = APR_SUCCESS;
    size_t i;

    for (i = 0; rv == APR_SUCCESS && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        rv = check_kind(&c, &kinds[i]);
    if (rv == APR_SUCCESS)
        rv = check_rows(&c, SP_Q_ALIAS_MISSING, "the ledger has the alias, stored is none");
    if (rv == APR_SUCCESS)
        rv = check_rows(&c, SP_Q_ALIAS_UNSAID, "the alias is stored, but the ledger has none");
    if (rv == APR_SUCCESS)
        rv = check_rows(&c, SP_Q_ATTR_ORPHANS, "an entry says this about an identity that does not exist");
    return rv;
}
