/* Which requests are ours: the prefixes that the configuration mounts. */
#ifndef SP_MOUNT_H
#define SP_MOUNT_H

#include "sp_config.h"

/* What is noted about a request. */
typedef struct {
    const char *prefix; /* "" at the root, and where the request is not ours */
    const char *path;   /* below it; "" for the bare prefix without its slash; NULL: not ours */
    struct sp_req_t *q; /* see sp_request_of */
} sp_mount_claim_t;

/* translate_name, first for prefixes, last for the root. OK: ours, and no file is looked for. */
int sp_mount_translate_prefix(request_rec *r);
int sp_mount_translate_root(request_rec *r);
/* map_to_storage. OK: no walk through folders, so neither <Directory> rules nor .htaccess files apply. */
int sp_mount_map_to_storage(request_rec *r);
/* type_checker. OK: the type and the handler are ours, not guessed from the name. */
int sp_mount_check_type(request_rec *r);

/* NULL: not ours. */
const sp_mount_claim_t *sp_mount_claimed(const request_rec *r);
/* Of any request: never NULL. */
sp_mount_claim_t *sp_mount_notes(request_rec *r);

#endif
