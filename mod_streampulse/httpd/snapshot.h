/* Answers that show one state of the database: conditional, and sent when the connection is free again. */
#ifndef SP_SNAPSHOT_H
#define SP_SNAPSHOT_H

#include "reply.h"

typedef struct {
    sp_db_t *db; /* in a read transaction */
    sp_revision_t revision;
    sp_out_t *out;
    sp_json_t json; /* on out */
} sp_snapshot_t;

typedef struct {
    const char *representation; /* for the ETag: what differs between two answers of one revision and URL */
    const char *content_type;   /* NULL: JSON */
    /* It shows what changes without a new revision: it has no ETag and is stored nowhere. Not together with kept. */
    int no_store;
    /* Ready answers are kept: it depends on nothing but the revision, the mount, path and query, the visitor's role and way to sign in, and the representation;
     * and it says nothing in headers of its own. */
    int kept;
    /* It shows what was written about the numbers, too: it is another one when that changes. */
    int shows_insights;
    /* Finds what was asked for, before the ETag is looked at, so that an unknown thing is never "not modified". NULL: nothing to find. */
    apr_status_t (*prepare)(sp_req_t *q, sp_db_t *db, void *ctx);
    apr_status_t (*write)(sp_req_t *q, sp_snapshot_t *snapshot, void *ctx);
    /* The answer is there, made or kept, and is sent from now on: that takes as long as the client wants. A failure is sent instead of it. NULL: nobody needs
     * to know. */
    apr_status_t (*made)(sp_req_t *q, void *ctx);
    void *ctx;
} sp_snapshot_spec_t;

apr_status_t sp_snapshot_reply(sp_req_t *q, const sp_snapshot_spec_t *spec);

/* The rest is between snapshot.c and snapshot_kept.c. */

/* What tells the answer from others of that revision and URL. Pool: q->p. */
const char *sp_snapshot_representation(sp_req_t *q, const sp_snapshot_spec_t *spec, const sp_revision_t *revision);
/* A read transaction on the snapshot's connection, and the revision that it sees. */
apr_status_t sp_snapshot_begin(sp_req_t *q, sp_snapshot_t *snapshot);
/* Finds what was asked for, in the state that was asked for. */
apr_status_t sp_snapshot_find(sp_req_t *q, const sp_snapshot_spec_t *spec, const sp_snapshot_t *snapshot);
/* The body into snapshot->out. */
apr_status_t sp_snapshot_write(sp_req_t *q, const sp_snapshot_spec_t *spec, sp_snapshot_t *snapshot);
/* Before it is sent. */
apr_status_t sp_snapshot_made(sp_req_t *q, const sp_snapshot_spec_t *spec);
const char *sp_snapshot_content_type(const sp_snapshot_spec_t *spec);

/* The same answer, from what is kept or into it. */
apr_status_t sp_snapshot_kept_reply(sp_req_t *q, const sp_snapshot_spec_t *spec);

#endif
