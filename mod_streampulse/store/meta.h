/* The revision of what readers see. */
#ifndef SP_META_H
#define SP_META_H

#include "db.h"

#define SP_META_TAG_SIZE 17 /* 16 hex digits and the NUL */

typedef struct {
    apr_int64_t revision;               /* counts commits that changed what GETs show; 0: nothing yet */
    char tag[SP_META_TAG_SIZE];         /* random, new with each revision: two histories never share an ETag */
    char insight_tag[SP_META_TAG_SIZE]; /* the same for what was written about the numbers, which is no revision of them */
} sp_revision_t;

apr_status_t sp_meta_revision(sp_db_t *db, sp_revision_t *revision, sp_error_t *err);
/* Inside a write transaction. */
apr_status_t sp_meta_bump(sp_db_t *db, sp_error_t *err);
apr_status_t sp_meta_renew_insight_tag(sp_db_t *db, sp_error_t *err);

#endif
