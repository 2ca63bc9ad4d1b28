/* Answers that show one state of the database: conditional, and sent when the connection is free again. */
#include "snapshot.h"

#include "dbd.h"

/* APR_EOF: the 304 was sent. */
static apr_status_t render(sp_req_t *q, const sp_snapshot_spec_t *spec, sp_snapshot_t *snapshot)
{
    apr_status_t rv = sp_db_begin_read(snapshot->db, &q->err);

    if (rv == APR_SUCCESS)
        rv = sp_meta_revision(snapshot->db, &snapshot->revision, &q->err);
    if (rv == APR_SUCCESS && spec->prepare)
        rv = spec->prepare(q, snapshot->db, spec->ctx);
    if (rv == APR_SUCCESS)
        rv = sp_reply_conditional(q, &snapshot->revision, spec->representation);
    if (rv != APR_SUCCESS)
        return rv;
    snapshot->out = sp_reply_out(q);
    sp_json_init(&snapshot->json, snapshot->out);
    return spec->write(q, snapshot, spec->ctx);
}

apr_status_t sp_snapshot_reply(sp_req_t *q, const sp_snapshot_spec_t *spec)
{
    sp_snapshot_t snapshot = {0};
    apr_status_t rv = sp_dbd_acquire(q, &snapshot.db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = render(q, spec, &snapshot);
    sp_dbd_release(q, snapshot.db);
    if (rv == APR_EOF)
        return APR_SUCCESS;
    if (rv != APR_SUCCESS)
        return rv;
    return sp_reply_send(q, HTTP_OK, spec->content_type ? spec->content_type : SP_REPLY_JSON, snapshot.out);
}
