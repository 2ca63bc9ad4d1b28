/* Whether somebody has the PIN: each attempt is counted before it is looked at. */
#ifndef SP_PIN_CHECK_H
#define SP_PIN_CHECK_H

#include "request.h"

/* hash: sp_pin_read's. SP_E_WRONG_PIN; SP_E_TOO_MANY_ATTEMPTS with retry_after_s when it was not looked at, as there were too many wrong ones
 * (store/pin_attempts.h), or too many are being looked at just now. Holds no connection while it computes. */
apr_status_t sp_pin_check(sp_req_t *q, const char *pin, const char *hash);

#endif
