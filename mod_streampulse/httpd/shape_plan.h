/* Plans and the numbers in them, as JSON. */
#ifndef SP_SHAPE_PLAN_H
#define SP_SHAPE_PLAN_H

#include "detail.h"
#include "json.h"
#include "request.h"

/* The members of an open object. plan NULL: one that cannot be made, with digest null. touched: of sp_ledger_touched_t; may be NULL. */
void sp_shape_plan_members(sp_json_t *j, const sp_plan_t *plan, const apr_array_header_t *touched);
/* The whole answer to a dry run. Call after the connection was released. */
apr_status_t sp_shape_plan_reply(sp_req_t *q, const sp_plan_t *plan, const apr_array_header_t *touched);

/* Where a number is: service, platform and week_start, week_end, or event, service, platform and date. Members of an open object. */
void sp_shape_plan_place(sp_json_t *j, const sp_plan_cell_t *cell);
/* Where the file says it; left out where there is no file. */
void sp_shape_plan_source(sp_json_t *j, apr_uint32_t line, apr_uint16_t column);
/* One number, old and new. */
void sp_shape_plan_cell(sp_json_t *j, const sp_plan_cell_t *cell);

#endif
