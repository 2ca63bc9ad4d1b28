/* How an upload is to be read and stored: query parameters and form fields, in any order. */
#ifndef SP_UPLOAD_OPTIONS_H
#define SP_UPLOAD_OPTIONS_H

#include "ledger.h"
#include "request.h"

typedef struct {
    sp_import_options_t import;
    sp_mode_e mode;
    const char *filename; /* cleaned; NULL: not given */
    sp_plan_t *plan;      /* a dry run, or what is expected; NULL: neither */
} sp_upload_options_t;

/* given: what the query and the form say together. SP_E_BAD_PARAMETER; SP_E_ROLE_REQUIRED for a mode that asks for more than the visitor's role. */
apr_status_t sp_upload_options_read(sp_req_t *q, const apr_table_t *given, sp_upload_options_t *options);

/* Adds a form field to given, which starts as a copy of the query. SP_E_UNKNOWN_PARAMETER, SP_E_BAD_PARAMETER for a field that contradicts the query or another
 * field. */
apr_status_t sp_upload_options_add(sp_req_t *q, apr_table_t *given, const char *name, const char *value);

#endif
