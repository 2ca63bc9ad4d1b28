/* The PIN's line in its file, read again only when the file is another one. */
#ifndef SP_PIN_LINE_H
#define SP_PIN_LINE_H

#include <httpd.h>

struct sp_req_t;

/* child_init. */
void sp_pin_line_child_init(apr_pool_t *pchild);

/* As sp_pin_read, for the request's location. APR_NOTFOUND: there is none, or it cannot be read now, which is logged. Pool: q->p. */
apr_status_t sp_pin_line_get(struct sp_req_t *q, const char **line);

#endif
