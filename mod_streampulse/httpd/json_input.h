/* A JSON object as a client sends it, read strictly. */
#ifndef SP_JSON_INPUT_H
#define SP_JSON_INPUT_H

#include <jansson.h>

#include "request.h"

/* The body, whatever it is. *body is the caller's to release. SP_E_UNSUPPORTED_MEDIA_TYPE, SP_E_BAD_JSON. */
apr_status_t sp_json_input_parse(sp_req_t *q, json_t **body);
/* The body, as an object of the named fields (NULL-terminated); every other field is a problem (sp_entry_input_problem). *body is the caller's to release, also
 * where this fails. SP_E_UNSUPPORTED_MEDIA_TYPE, SP_E_BAD_JSON. */
apr_status_t sp_json_input_read(sp_req_t *q, const char *const *fields, json_t **body);
/* SP_E_BAD_ENTRY when there was a problem, with all of them in the details. */
apr_status_t sp_json_input_finish(sp_req_t *q);

/* A name, cleaned; NULL where it is missing or was refused. */
const char *sp_json_input_name(sp_req_t *q, json_t *body, const char *field);
const char *sp_json_input_clean_name(sp_req_t *q, const char *field, json_t *value);
/* A problem where it is missing. */
void sp_json_input_require(sp_req_t *q, json_t *body, const char *field);

#endif
