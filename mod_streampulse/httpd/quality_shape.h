/* Remarks about the quality of the numbers, as JSON. */
#ifndef SP_QUALITY_SHAPE_H
#define SP_QUALITY_SHAPE_H

#include "json.h"
#include "ledger.h"
#include "quality.h"
#include "request.h"

#define SP_QUALITY_SHAPE_SERVICES 20 /* of an upload that are looked at: an answer must not wait for a whole large database to be read */

/* Remarks about what an upload touched. */
typedef struct {
    apr_array_header_t *file;     /* of sp_quality_note_t */
    apr_array_header_t *services; /* of sp_quality_shape_service_t, those with a remark */
    int left;                     /* services that were not looked at */
} sp_quality_shape_upload_t;

typedef struct {
    sp_ident_t ident;
    apr_array_header_t *notes; /* of sp_quality_note_t */
} sp_quality_shape_service_t;

/* The member quality of an open object: a list of remarks about one service's weeks. */
void sp_quality_shape_member(sp_json_t *j, const apr_array_header_t *notes);

/* After the commit, with the connection still there: looks at the services that touched (of sp_ledger_touched_t, may be NULL) names and that changed, and at
 * the file's warnings. A service that cannot be read now counts as left: the upload is stored all the same. Pool: q->p. */
void sp_quality_shape_gather(sp_req_t *q, sp_db_t *db, const apr_array_header_t *touched, const sp_import_result_t *result, sp_quality_shape_upload_t *quality);
/* The members quality, a list of remarks each with its service, and quality_left of an open object. */
void sp_quality_shape_upload_members(sp_json_t *j, const sp_quality_shape_upload_t *quality);

#endif
