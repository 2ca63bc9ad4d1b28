/* The revision of what readers see. */
#include "meta.h"

#include <apr_general.h>
#include <apr_strings.h>

#include "hex.h"

static void copy_tag(sp_stmt_t *st, int column, char tag[SP_META_TAG_SIZE])
{
    apr_size_t len;
    const char *text = sp_stmt_blob(st, column, &len);

    apr_cpystrn(tag, text ? text : "", len + 1 < SP_META_TAG_SIZE ? len + 1 : SP_META_TAG_SIZE);
}

apr_status_t sp_meta_revision(sp_db_t *db, sp_revision_t *revision, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_REVISION, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? APR_EGENERAL : rv;
    revision->revision = sp_stmt_int(st, 0);
    copy_tag(st, 1, revision->tag);
    copy_tag(st, 2, revision->insight_tag);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

/* Inside a write transaction. */
static apr_status_t renew_tag(sp_db_t *db, const char *key, sp_error_t *err)
{
    unsigned char random[(SP_META_TAG_SIZE - 1) / 2];
    char tag[SP_META_TAG_SIZE];
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_SET, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if ((rv = apr_generate_random_bytes(random, sizeof(random))) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not get random bytes");
    sp_hex(tag, random, sizeof(random));
    sp_stmt_bind_text(st, 1, key);
    sp_stmt_bind_text(st, 2, tag);
    rv = sp_stmt_run(st, NULL, err);
    sp_stmt_bind_null(st, 2);
    return rv;
}

apr_status_t sp_meta_bump(sp_db_t *db, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_BUMP, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if ((rv = sp_stmt_run(st, NULL, err)) != APR_SUCCESS)
        return rv;
    return renew_tag(db, "revision_tag", err);
}

apr_status_t sp_meta_renew_insight_tag(sp_db_t *db, sp_error_t *err)
{
    return renew_tag(db, "insight_tag", err);
}
