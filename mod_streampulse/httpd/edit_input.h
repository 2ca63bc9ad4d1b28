/* Edits as a client sends them, read strictly. */
#ifndef SP_EDIT_INPUT_H
#define SP_EDIT_INPUT_H

#include "edit.h"
#include "request.h"

/* The body of a PATCH of a service or platform. *merge_into: public id or name; NULL: none, and then edit has at least one field. SP_E_UNSUPPORTED_MEDIA_TYPE,
 * SP_E_BAD_JSON;
 * SP_E_BAD_ENTRY with every problem and its field in the details. */
apr_status_t sp_edit_input_ident(sp_req_t *q, sp_edit_ident_t *edit, const char **merge_into);
/* Of an event; complete: it is a new one and needs name and start_date, and end_date is start_date where it is left out. */
apr_status_t sp_edit_input_event(sp_req_t *q, int complete, sp_edit_event_t *edit);

#endif
