/* The table of directives. */
#ifndef SP_DIRECTIVES_H
#define SP_DIRECTIVES_H

#include <httpd.h>
#include <http_config.h>

/* Ends with an empty row. */
extern const command_rec sp_directives[];

#endif
