/* The shapes that several answers share, as JSON. */
#ifndef SP_SHAPE_H
#define SP_SHAPE_H

#include "import.h"
#include "json.h"
#include "ledger.h"
#include "request.h"
#include "table.h"

const char *sp_shape_interval_name(sp_interval_e interval);                        /* "week", "month", "quarter", "year" */
apr_status_t sp_shape_interval_by_name(const char *name, sp_interval_e *interval); /* APR_NOTFOUND */

/* The members id, name and color of an open object. */
void sp_shape_ident_members(sp_json_t *j, const sp_ident_t *ident);
/* One service's table; week_start and week_end, or period_start and period_end for the other intervals. */
void sp_shape_series(sp_json_t *j, const sp_table_t *t, sp_interval_e interval);
/* One event's table. */
void sp_shape_event(sp_json_t *j, const sp_table_t *t);
void sp_shape_events(sp_json_t *j, const apr_array_header_t *tables);

/* A ledger entry, or null where there is none (entry->id 0). The actor is shown to people who are signed in. */
void sp_shape_entry(sp_json_t *j, const sp_entry_t *entry, int with_actor);
/* Sends the answer to a commit: 201 with the address of its entry, 200 where it made none (0). */
apr_status_t sp_shape_entry_reply(sp_req_t *q, apr_int64_t entry, sp_out_t *out);
/* The members services and events of an open object, from sp_ledger_touched_t. */
void sp_shape_touched_members(sp_json_t *j, const apr_array_header_t *touched);
/* An array of sp_error_detail_t. */
void sp_shape_details(sp_json_t *j, const apr_array_header_t *details);
/* An array of sp_import_note_t. */
void sp_shape_notes(sp_json_t *j, const apr_array_header_t *notes);

#endif
