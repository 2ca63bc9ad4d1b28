/* Finds services, platforms and events by what people call them. */
#include "ident.h"

#include <string.h>

const sp_ident_finder_t sp_ident_services = {SP_NAME_SERVICE, SP_Q_SERVICE_BY_SLUG, SP_Q_SERVICE_BY_FOLD, SP_Q_SERVICE_BY_ID};
const sp_ident_finder_t sp_ident_platforms = {SP_NAME_PLATFORM, SP_Q_PLATFORM_BY_SLUG, SP_Q_PLATFORM_BY_FOLD, SP_Q_PLATFORM_BY_ID};

void sp_ident_read(sp_stmt_t *st, apr_pool_t *p, sp_ident_t *ident)
{
    *ident = (sp_ident_t){(int)sp_stmt_int(st, 0), sp_stmt_text(st, 1, p), sp_stmt_text(st, 2, p), sp_stmt_text(st, 3, p)};
}

apr_status_t sp_ident_by_id(sp_db_t *db, apr_pool_t *p, sp_query_e by_id, apr_int64_t id, sp_ident_t *ident, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, by_id, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, id);
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv;
    sp_ident_read(st, p, ident);
    if (by_id == SP_Q_EVENT_BY_ID)
        ident->color = NULL;
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

apr_status_t sp_ident_id(sp_db_t *db, sp_query_e query, const char *text, apr_int64_t *id, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, text);
    if ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        *id = sp_stmt_int(st, 0);
    sp_stmt_reset(st);
    return rv;
}

const char *sp_ident_fold(apr_pool_t *p, const char *text, sp_name_kind_e kind)
{
    const char *clean, *why;

    return sp_name_clean(p, text, strlen(text), &clean, &why) == APR_SUCCESS ? sp_name_fold(p, clean, kind) : NULL;
}

apr_status_t sp_ident_by_slug(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, const char *slug, sp_ident_t *ident, sp_error_t *err)
{
    apr_int64_t id;
    apr_status_t rv = sp_ident_id(db, f->by_slug, slug, &id, err);

    return rv == APR_SUCCESS ? sp_ident_by_id(db, p, f->by_id, id, ident, err) : rv;
}

apr_status_t sp_ident_by_name(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, const char *name, sp_ident_t *ident, sp_error_t *err)
{
    const char *fold = sp_ident_fold(p, name, f->kind);
    apr_int64_t id;
    apr_status_t rv = fold ? sp_ident_id(db, f->by_fold, fold, &id, err) : APR_EOF;

    return rv == APR_SUCCESS ? sp_ident_by_id(db, p, f->by_id, id, ident, err) : rv;
}

apr_status_t sp_ident_candidates(sp_db_t *db, apr_pool_t *p, const sp_ident_finder_t *f, const char *text, apr_array_header_t *ids, sp_error_t *err)
{
    sp_ident_t ident;
    apr_status_t rv = sp_ident_by_slug(db, p, f, text, &ident, err);

    if (rv == APR_SUCCESS)
        APR_ARRAY_PUSH(ids, int) = ident.id;
    if (rv == APR_SUCCESS || rv == APR_EOF)
        rv = sp_ident_by_name(db, p, f, text, &ident, err);
    if (rv == APR_SUCCESS)
        APR_ARRAY_PUSH(ids, int) = ident.id;
    return rv == APR_EOF ? APR_SUCCESS : rv;
}
