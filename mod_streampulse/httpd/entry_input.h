/* Manual entries as a client sends them, read strictly. */
#ifndef SP_ENTRY_INPUT_H
#define SP_ENTRY_INPUT_H

#include "request.h"

#define SP_ENTRY_INPUT_MAX      1000 /* entries in one request */
#define SP_ENTRY_INPUT_MAX_SPAN 30   /* days from week_start to week_end */

typedef struct {
    const char *event;   /* cleaned name; NULL: a weekly number */
    const char *service; /* cleaned name or public id; NULL: none */
    const char *platform;
    sp_day_t first, last;
    apr_int64_t viewers; /* SP_VIEWERS_NONE clears */
} sp_entry_input_t;

/* *inputs: of sp_entry_input_t, in the body's order. SP_E_UNSUPPORTED_MEDIA_TYPE, SP_E_BAD_JSON; SP_E_BAD_ENTRY with every problem and its field in the
 * details. */
apr_status_t sp_entry_input_read(sp_req_t *q, apr_array_header_t **inputs);

/* Adds a problem with a field to q->err's details, which sp_entry_input_finish turns into an error. */
void sp_entry_input_problem(sp_req_t *q, const char *field, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* SP_E_BAD_ENTRY when there was a problem. */
apr_status_t sp_entry_input_finish(sp_req_t *q);

#endif
