/* Answers that show one state of the database: conditional, and sent when the connection is free again. */
#include "snapshot.h"

#include <apr_strings.h>

#include "dbd.h"

/* Of a body that is not kept. httpd lets a worker go as long as less than 64 KiB of memory wait for the client; more goes to a file, which does not count. */
#define MEMORY_BYTES ((apr_size_t)32 * 1024)

static int is_kept(const sp_req_t *q, const sp_snapshot_spec_t *spec)
{
    return spec->kept && q->sconf->cache;
}

const char *sp_snapshot_representation(sp_req_t *q, const sp_snapshot_spec_t *spec, const sp_revision_t *revision)
{
    return spec->shows_insights ? apr_pstrcat(q->p, spec->representation, " ", revision->insight_tag, NULL) : spec->representation;
}

apr_status_t sp_snapshot_begin(sp_req_t *q, sp_snapshot_t *snapshot)
{
    apr_status_t rv = sp_db_begin_read(snapshot->db, &q->err);

    return rv == APR_SUCCESS ? sp_meta_revision(snapshot->db, &snapshot->revision, &q->err) : rv;
}

apr_status_t sp_snapshot_find(sp_req_t *q, const sp_snapshot_spec_t *spec, const sp_snapshot_t *snapshot)
{
    return spec->prepare ? spec->prepare(q, snapshot->db, spec->ctx) : APR_SUCCESS;
}

apr_status_t sp_snapshot_write(sp_req_t *q, const sp_snapshot_spec_t *spec, sp_snapshot_t *snapshot)
{
    snapshot->out = sp_reply_out_long(q, is_kept(q, spec) ? SP_OUT_MEMORY : MEMORY_BYTES);
    sp_json_init(&snapshot->json, snapshot->out);
    return spec->write(q, snapshot, spec->ctx);
}

apr_status_t sp_snapshot_made(sp_req_t *q, const sp_snapshot_spec_t *spec)
{
    return spec->made ? spec->made(q, spec->ctx) : APR_SUCCESS;
}

const char *sp_snapshot_content_type(const sp_snapshot_spec_t *spec)
{
    return spec->content_type ? spec->content_type : SP_REPLY_JSON;
}

static apr_status_t set_validity(sp_req_t *q, const sp_snapshot_spec_t *spec, const sp_snapshot_t *snapshot)
{
    if (!spec->no_store)
        return sp_reply_conditional(q, sp_reply_make_tag(q, &snapshot->revision, sp_snapshot_representation(q, spec, &snapshot->revision)));
    sp_reply_no_store(q);
    return APR_SUCCESS;
}

/* APR_EOF: the 304 is to be sent. */
static apr_status_t render(sp_req_t *q, const sp_snapshot_spec_t *spec, sp_snapshot_t *snapshot)
{
    apr_status_t rv = sp_snapshot_begin(q, snapshot);

    if (rv == APR_SUCCESS)
        rv = sp_snapshot_find(q, spec, snapshot);
    if (rv == APR_SUCCESS)
        rv = set_validity(q, spec, snapshot);
    return rv == APR_SUCCESS ? sp_snapshot_write(q, spec, snapshot) : rv;
}

static apr_status_t reply_rendered(sp_req_t *q, const sp_snapshot_spec_t *spec)
{
    sp_snapshot_t snapshot = {0};
    apr_status_t rv = sp_dbd_acquire(q, &snapshot.db);

    if (rv != APR_SUCCESS)
        return rv;
    rv = render(q, spec, &snapshot);
    sp_dbd_release(q, snapshot.db);
    if (rv == APR_EOF)
        return APR_SUCCESS;
    if (rv == APR_SUCCESS)
        rv = sp_snapshot_made(q, spec);
    if (rv != APR_SUCCESS)
        return rv;
    return sp_reply_send(q, HTTP_OK, sp_snapshot_content_type(spec), snapshot.out);
}

apr_status_t sp_snapshot_reply(sp_req_t *q, const sp_snapshot_spec_t *spec)
{
    return is_kept(q, spec) ? sp_snapshot_kept_reply(q, spec) : reply_rendered(q, spec);
}
