/* Few PINs are hashed at once in a child, and those of one client do not fill the queue. */
#ifndef SP_PIN_GATE_H
#define SP_PIN_GATE_H

#include <httpd.h>

/* child_init. */
void sp_pin_gate_child_init(apr_pool_t *pchild);

/* Waits for a second at most. APR_TIMEUP: there is no place, and nothing to leave. */
apr_status_t sp_pin_gate_enter(const request_rec *r);
void sp_pin_gate_leave(const request_rec *r);

#endif
