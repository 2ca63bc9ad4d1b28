/* The parameters dry_run and expect: look at what a change would do, and make exactly that change. */
#ifndef SP_PLAN_INPUT_H
#define SP_PLAN_INPUT_H

#include "plan.h"
#include "request.h"

/* *plan: NULL where given has neither. SP_E_BAD_PARAMETER. It is remembered for the error plan_changed, whose answer tells the plan as it is now. Pool:
 * q->p. */
apr_status_t sp_plan_input_read(sp_req_t *q, const apr_table_t *given, sp_plan_t **plan);
/* Whether it is only looked at. plan may be NULL. */
int sp_plan_input_is_dry(const sp_plan_t *plan);

#endif
