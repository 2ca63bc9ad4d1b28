/* The body of an upload: a form with a file, or the file itself. */
#ifndef SP_UPLOAD_BODY_H
#define SP_UPLOAD_BODY_H

#include "upload_options.h"

/* Reads the whole body and imports it; no database connection is held meanwhile. A raw body streams straight into the import; a form's file waits in a
 * temporary file until every field is known. Errors are those of the body, the form, the options and the import. Pool: q->p. */
apr_status_t sp_upload_body_receive(sp_req_t *q, sp_upload_options_t *options, sp_import_result_t **result);

#endif
