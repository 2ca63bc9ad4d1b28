/* Slowing down people who guess the PIN, without keeping anybody else out. Per child. */
#ifndef SP_PIN_BRAKE_H
#define SP_PIN_BRAKE_H

#include "request.h"

/* child_init. */
void sp_pin_brake_child_init(apr_pool_t *pchild);

/* Before a PIN is hashed: few are at once, one of an address. SP_E_TOO_MANY_ATTEMPTS with retry_after_s when the address was wrong too often, or when there is no
 * place within a second. After APR_SUCCESS sp_pin_brake_leave must follow. */
apr_status_t sp_pin_brake_enter(sp_req_t *q);
/* matches: whether it was the PIN. */
void sp_pin_brake_leave(sp_req_t *q, int matches);

#endif
