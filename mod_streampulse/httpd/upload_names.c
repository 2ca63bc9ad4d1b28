/* The parameters that say which name in a file counts as which other. */
#include "upload_names.h"

#include <string.h>

#include <apr_strings.h>

typedef struct {
    sp_req_t *q;
    const char *parameter;
    sp_name_kind_e kind;
    apr_hash_t **map;
} reader_t;

static apr_status_t refuse(const reader_t *r, const char *what)
{
    return sp_error_set(&r->q->err, SP_E_BAD_PARAMETER, APR_EINVAL, "parameter \"%s\" %s", r->parameter, what);
}

static apr_status_t add_pair(const reader_t *r, const char *value)
{
    const char *equals = strchr(value, '='), *from, *to, *fold, *before, *why;

    if (!equals)
        return refuse(r, "must be two names as from=to");
    if (sp_name_clean(r->q->p, value, (apr_size_t)(equals - value), &from, &why) != APR_SUCCESS ||
        sp_name_clean(r->q->p, equals + 1, strlen(equals + 1), &to, &why) != APR_SUCCESS)
        return refuse(r, apr_pstrcat(r->q->p, "has a name that ", why, NULL));
    if (!*r->map)
        *r->map = apr_hash_make(r->q->p);
    fold = sp_name_fold(r->q->p, from, r->kind);
    before = apr_hash_get(*r->map, fold, APR_HASH_KEY_STRING);
    if (before && strcmp(before, to) != 0)
        return refuse(r, "maps one name to two others");
    if (apr_hash_count(*r->map) >= SP_UPLOAD_NAMES_MAX)
        return refuse(r, apr_psprintf(r->q->p, "is given more than %d times", SP_UPLOAD_NAMES_MAX));
    apr_hash_set(*r->map, fold, APR_HASH_KEY_STRING, to);
    return APR_SUCCESS;
}

apr_status_t sp_upload_names_read(sp_req_t *q, const apr_table_t *given, const char *parameter, sp_name_kind_e kind, apr_hash_t **map)
{
    const reader_t reader = {q, parameter, kind, map};
    const apr_array_header_t *pairs = apr_table_elts(given);

    *map = NULL;
    for (int i = 0; i < pairs->nelts; i++) {
        const apr_table_entry_t *pair = &APR_ARRAY_IDX(pairs, i, apr_table_entry_t);
        apr_status_t rv = strcmp(pair->key, parameter) == 0 ? add_pair(&reader, pair->val) : APR_SUCCESS;
        if (rv != APR_SUCCESS)
            return rv;
    }
    return APR_SUCCESS;
}
