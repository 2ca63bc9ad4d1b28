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
    /* Finds what was asked for, before the ETag is looked at, so that an unknown thing is never "not modified". NULL: nothing to find. */
    apr_status_t (*prepare)(sp_req_t *q, sp_db_t *db, void *ctx);
    apr_status_t (*write)(sp_req_t *q, sp_snapshot_t *snapshot, void *ctx);
    void *ctx;
} sp_snapshot_spec_t;

apr_status_t sp_snapshot_reply(sp_req_t *q, const sp_snapshot_spec_t *spec);

#endif
