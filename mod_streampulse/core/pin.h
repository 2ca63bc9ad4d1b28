/* The administrator's PIN, kept as a bcrypt hash in a file. */
#ifndef SP_PIN_H
#define SP_PIN_H

#include "error.h"

#define SP_PIN_MAX_BYTES 72 /* bcrypt looks at no more */

/* *hash: the file's first line. SP_E_INTERNAL when the file cannot be read or does not hold a bcrypt hash; which file, and why, is in err->log. Pool: p. */
apr_status_t sp_pin_read(apr_pool_t *p, const char *file, const char **hash, sp_error_t *err);

/* As slow as the hash's cost says. */
int sp_pin_matches(const char *pin, const char *hash);

#endif
