/* Who serves requests, and which files that user can read. */
#ifndef SP_SERVER_USER_H
#define SP_SERVER_USER_H

#include <httpd.h>

/* info: with APR_FINFO_NORM. Also true while the configuration is read as root. */
int sp_server_user_reads(const apr_finfo_t *info);
const char *sp_server_user_name(void); /* "GROUP" where it has none */

#endif
