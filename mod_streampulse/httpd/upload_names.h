/* The parameters that say which name in a file counts as which other. */
#ifndef SP_UPLOAD_NAMES_H
#define SP_UPLOAD_NAMES_H

#include <apr_hash.h>

#include "name.h"
#include "request.h"

#define SP_UPLOAD_NAMES_MAX 200 /* of one kind in one request */

/* Every "from=to" that given has under that parameter. *map: fold key of from -> cleaned to; NULL where there is none. SP_E_BAD_PARAMETER. Pool: q->p. */
apr_status_t sp_upload_names_read(sp_req_t *q, const apr_table_t *given, const char *parameter, sp_name_kind_e kind, apr_hash_t **map);

#endif
