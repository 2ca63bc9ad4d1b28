/* The key of the Messages API, from a file that not everybody may read. */
#ifndef SP_API_KEY_H
#define SP_API_KEY_H

#include "error.h"
#include "messages.h"

/* NULL where the text can be a key, such as that of the environment; else what is wrong with it, as the end of a sentence. */
const char *sp_api_key_complaint(const char *text, apr_size_t len);
/* The file's first line, into a buffer of SP_MESSAGES_KEY_MAX bytes. SP_E_INSIGHT_ANSWER: err->message says what to do. Nothing of the file is in it. */
apr_status_t sp_api_key_read(const char *file, char *key, sp_error_t *err);

#endif
