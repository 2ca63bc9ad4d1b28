/* The module's own record, for the files that log or look up their configuration. */
#ifndef SP_MODULE_H
#define SP_MODULE_H

#include <httpd.h>
#include <http_config.h>
#include <http_log.h>

/* The one symbol that leaves the shared object. */
extern module __attribute__((visibility("default"))) streampulse_module;

/* AP_DECLARE_MODULE, which mod_streampulse.c uses, holds this line already. */
#ifndef SP_MODULE_RECORD
APLOG_USE_MODULE(streampulse);
#endif

/* r->handler of a request that is ours. */
#define SP_HANDLER_NAME "streampulse"

#endif
