/* Reads services and platforms as an editor sees them. */
#include "identities.h"

#include <string.h>

#include <apr_strings.h>

#include "series_filter.h"
#include "spool.h"

/* By id, from 0 to SP_KEY_ID_MAX. */
typedef struct {
    apr_int64_t *numbers;
    apr_array_header_t **aliases; /* NULL: none */
} by_id_t;

static int is_id(apr_int64_t id)
{
    return id >= 0 && id <= SP_KEY_ID_MAX;
}

static apr_status_t count_series(sp_db_t *db, const sp_walk_t *at, apr_int64_t *count, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_NUMBER_COUNT_SERIES, err);

    if (!st)
        return APR_EGENERAL;
    sp_walk_bind(st, at);
    return sp_stmt_number(st, count, err);
}

/* Of the series inside the filter (NULL: all). */
static apr_status_t count_numbers(sp_db_t *db, sp_name_kind_e kind, const sp_filter_t *filter, apr_int64_t *numbers, sp_error_t *err)
{
    sp_walk_t at = SP_WALK_START;
    apr_status_t rv;

    while ((rv = sp_series_next(db, filter, &at, err)) == APR_SUCCESS) {
        apr_int64_t id = kind == SP_NAME_PLATFORM ? at.platform : at.service, count = 0;

        if (!is_id(id))
            continue; /* a damaged database: sp_ledger_check tells */
        if ((rv = count_series(db, &at, &count, err)) != APR_SUCCESS)
            return rv;
        numbers[id] += count;
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static apr_status_t read_aliases(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, apr_array_header_t **aliases, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_ALIAS_LIST, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, kind == SP_NAME_PLATFORM ? "p" : "s");
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS) {
        apr_int64_t id = sp_stmt_int(st, 0);

        if (!is_id(id))
            continue;
        if (!aliases[id])
            aliases[id] = apr_array_make(p, 2, sizeof(sp_identities_alias_t));
        APR_ARRAY_PUSH(aliases[id], sp_identities_alias_t) = (sp_identities_alias_t){sp_stmt_text(st, 1, p), sp_stmt_text(st, 2, p)};
    }
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static void read_item(sp_stmt_t *st, apr_pool_t *p, const by_id_t *by_id, sp_identities_item_t *item)
{
    int id = (int)sp_stmt_int(st, 0);

    item->ident = (sp_ident_t){id, sp_stmt_text(st, 1, p), sp_stmt_text(st, 2, p), sp_stmt_text(st, 3, p)};
    item->position = sp_stmt_int(st, 4);
    item->fold = sp_stmt_text(st, 5, p);
    item->original_name = sp_stmt_text(st, 6, p);
    item->aliases = is_id(id) && by_id->aliases[id] ? by_id->aliases[id] : apr_array_make(p, 1, sizeof(sp_identities_alias_t));
    item->numbers = is_id(id) ? by_id->numbers[id] : 0;
}

static apr_status_t read_items(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, const by_id_t *by_id, apr_array_header_t *items, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, kind == SP_NAME_PLATFORM ? SP_Q_PLATFORM_ALL : SP_Q_SERVICE_ALL, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    while ((rv = sp_stmt_step(st, err)) == APR_SUCCESS)
        read_item(st, p, by_id, apr_array_push(items));
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

/* The alias that the present name needs is that name and no other. */
static void drop_own_name(apr_pool_t *p, sp_name_kind_e kind, sp_identities_item_t *item)
{
    const char *fold = sp_name_fold(p, item->ident.name, kind);
    int i, kept = 0;

    for (i = 0; i < item->aliases->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(item->aliases, i, sp_identities_alias_t).fold, fold) != 0)
            APR_ARRAY_IDX(item->aliases, kept++, sp_identities_alias_t) = APR_ARRAY_IDX(item->aliases, i, sp_identities_alias_t);
    item->aliases->nelts = kept;
}

static apr_status_t list(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, const sp_filter_t *counted, apr_array_header_t **items, sp_error_t *err)
{
    by_id_t by_id = {apr_pcalloc(p, sizeof(apr_int64_t) * (SP_KEY_ID_MAX + 1)), apr_pcalloc(p, sizeof(void *) * (SP_KEY_ID_MAX + 1))};
    int opened, i;
    apr_status_t rv = sp_series_begin(db, &opened, err);

    *items = apr_array_make(p, 16, sizeof(sp_identities_item_t));
    if (rv == APR_SUCCESS)
        rv = count_numbers(db, kind, counted, by_id.numbers, err);
    if (rv == APR_SUCCESS)
        rv = read_aliases(db, p, kind, by_id.aliases, err);
    if (rv == APR_SUCCESS)
        rv = read_items(db, p, kind, &by_id, *items, err);
    sp_series_end(db, opened);
    for (i = 0; i < (*items)->nelts; i++)
        drop_own_name(p, kind, &APR_ARRAY_IDX(*items, i, sp_identities_item_t));
    return rv;
}

apr_status_t sp_identities_list(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, apr_array_header_t **items, sp_error_t *err)
{
    return list(db, p, kind, NULL, items, err);
}

/* Only its own numbers are counted, as an edit holds the write lock meanwhile. */
apr_status_t sp_identities_get(sp_db_t *db, apr_pool_t *p, sp_name_kind_e kind, int id, sp_identities_item_t *item, sp_error_t *err)
{
    apr_array_header_t only = {.elt_size = sizeof(int), .nelts = 1, .elts = (char *)&id}, *items;
    const sp_filter_t own = {.services = kind == SP_NAME_PLATFORM ? NULL : &only, .platforms = kind == SP_NAME_PLATFORM ? &only : NULL};
    apr_status_t rv = list(db, p, kind, &own, &items, err);
    int i;

    for (i = 0; rv == APR_SUCCESS && i < items->nelts; i++) {
        *item = APR_ARRAY_IDX(items, i, sp_identities_item_t);
        if (item->ident.id == id)
            return APR_SUCCESS;
    }
    return rv == APR_SUCCESS ? APR_NOTFOUND : rv;
}
