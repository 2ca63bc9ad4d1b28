/* Keeps names, colours, order, aliases and dates as the ledger says they are. */
#include "attr.h"

#include <string.h>

#include <apr_strings.h>

static const char *kind_text(char kind)
{
    return kind == 's' ? "s" : kind == 'p' ? "p" : "e";
}

static sp_query_e settle_query(char kind)
{
    return kind == 's' ? SP_Q_SERVICE_SETTLE : kind == 'p' ? SP_Q_PLATFORM_SETTLE : SP_Q_EVENT_SETTLE;
}

static apr_status_t settle_identity(sp_db_t *db, const sp_attr_t *attr, int *changes, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, settle_query(attr->kind), err);
    apr_int64_t changed = 0;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_int(st, 1, attr->id);
    if ((rv = sp_stmt_run(st, &changed, err)) == APR_SUCCESS)
        *changes += (int)changed;
    return rv;
}

static apr_status_t run_alias(sp_db_t *db, sp_query_e query, const sp_attr_t *attr, int *changes, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, query, err);
    apr_int64_t changed = 0;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, kind_text(attr->kind));
    sp_stmt_bind_text(st, 2, attr->attr + strlen(SP_ATTR_ALIAS));
    if ((rv = sp_stmt_run(st, &changed, err)) == APR_SUCCESS)
        *changes += (int)changed;
    return rv;
}

static apr_status_t settle_one(sp_db_t *db, const sp_attr_t *attr, int *changes, sp_error_t *err)
{
    apr_status_t rv;

    if (strncmp(attr->attr, SP_ATTR_ALIAS, strlen(SP_ATTR_ALIAS)) != 0)
        return settle_identity(db, attr, changes, err);
    rv = run_alias(db, SP_Q_ALIAS_DROP, attr, changes, err);
    return rv == APR_SUCCESS ? run_alias(db, SP_Q_ALIAS_PUT, attr, changes, err) : rv;
}

static apr_status_t settle_all(sp_db_t *db, const apr_array_header_t *attrs, int *changes, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    for (i = 0; rv == APR_SUCCESS && i < attrs->nelts; i++)
        rv = settle_one(db, &APR_ARRAY_IDX(attrs, i, sp_attr_t), changes, err);
    return rv;
}

apr_status_t sp_attr_said(sp_db_t *db, apr_pool_t *p, apr_int64_t entry, apr_array_header_t **attrs, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ATTR_OF_ENTRY, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    *attrs = apr_array_make(p, 4, sizeof(sp_attr_t));
    sp_stmt_bind_int(st, 1, entry);
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        sp_attr_t *attr = apr_array_push(*attrs);
        const char *kind = sp_stmt_text(st, 0, p);

        attr->kind = kind ? *kind : 'e';
        attr->id = (int)sp_stmt_int(st, 1);
        attr->attr = sp_stmt_text(st, 2, p);
        attr->value = sp_stmt_text(st, 3, p);
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

apr_status_t sp_attr_settle_entry(sp_db_t *db, apr_int64_t entry, int *changes, sp_error_t *err)
{
    apr_array_header_t *attrs;
    apr_pool_t *ptemp;
    apr_status_t rv;

    *changes = 0;
    if ((rv = apr_pool_create(&ptemp, NULL)) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "out of memory");
    if ((rv = sp_attr_said(db, ptemp, entry, &attrs, err)) == APR_SUCCESS)
        rv = settle_all(db, attrs, changes, err);
    apr_pool_destroy(ptemp);
    return rv;
}

static apr_status_t add_word(sp_db_t *db, apr_int64_t entry, const sp_attr_t *attr, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ATTR_ADD, err);

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, kind_text(attr->kind));
    sp_stmt_bind_int(st, 2, attr->id);
    sp_stmt_bind_text(st, 3, attr->attr);
    sp_stmt_bind_int(st, 4, entry);
    sp_stmt_bind_text(st, 5, attr->value);
    return sp_stmt_run(st, NULL, err);
}

apr_status_t sp_attr_say(sp_db_t *db, apr_int64_t entry, const apr_array_header_t *attrs, int *changes, sp_error_t *err)
{
    apr_status_t rv = APR_SUCCESS;
    int i;

    *changes = 0;
    for (i = 0; rv == APR_SUCCESS && i < attrs->nelts; i++)
        rv = add_word(db, entry, &APR_ARRAY_IDX(attrs, i, sp_attr_t), err);
    return rv == APR_SUCCESS ? settle_all(db, attrs, changes, err) : rv;
}
