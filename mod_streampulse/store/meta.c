/* The revision of what readers see. */
#include "meta.h"

#include <apr_general.h>
#include <apr_strings.h>

#include "hex.h"

apr_status_t sp_meta_revision(sp_db_t *db, sp_revision_t *revision, sp_error_t *err)
{
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_REVISION, err);
    const char *tag;
    apr_size_t len;
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if ((rv = sp_stmt_step(st, err)) != APR_SUCCESS)
        return rv == APR_EOF ? APR_EGENERAL : rv;
    revision->revision = sp_stmt_int(st, 0);
    tag = sp_stmt_blob(st, 1, &len);
    apr_cpystrn(revision->tag, tag ? tag : "", len + 1 < SP_META_TAG_SIZE ? len + 1 : SP_META_TAG_SIZE);
    sp_stmt_reset(st);
    return APR_SUCCESS;
}

apr_status_t sp_meta_bump(sp_db_t *db, sp_error_t *err)
{
    unsigned char random[(SP_META_TAG_SIZE - 1) / 2];
    char tag[SP_META_TAG_SIZE];
    sp_stmt_t *st = sp_db_stmt(db, SP_Q_META_BUMP, err);
    apr_status_t rv;

    if (!st)
        return APR_EGENERAL;
    if ((rv = sp_stmt_run(st, NULL, err)) != APR_SUCCESS)
        return rv;
    if ((rv = apr_generate_random_bytes(random, sizeof(random))) != APR_SUCCESS)
        return sp_error_set(err, SP_E_INTERNAL, rv, "could not get random bytes");
    sp_hex(tag, random, sizeof(random));
    if (!(st = sp_db_stmt(db, SP_Q_META_SET, err)))
        return APR_EGENERAL;
    sp_stmt_bind_text(st, 1, "revision_tag");
    sp_stmt_bind_text(st, 2, tag);
    rv = sp_stmt_run(st, NULL, err);
    sp_stmt_bind_null(st, 2);
    return rv;
}
